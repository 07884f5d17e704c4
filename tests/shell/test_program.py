import gc
import logging
import sys
import threading
from functools import partial

import pytest
from shiboken6 import delete

from app.companies import open_chosen, open_company
from app.core.companies import Kind, Wanted
from app.db.database import Database
from app.scanning.keys import Key
from app.settings import Settings, load_settings
from app.shell.program import Asking, Program
from app.ui.choices import choices
from tests.support.keyboard import Keyboard


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.toml"


@pytest.fixture
def program(qtbot, tmp_path, sqlite_file, file, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    settings = Settings(user="Kim", theme="light", sound=0)
    program = Program(settings, lambda: Database(sqlite_file), file=file, log=tmp_path / "log")
    qtbot.addWidget(program.window)
    yield program
    program.window.close()
    program.close()
    delete(program)  # or it goes on listening for scans in the windows of other tests


def test_it_opens_the_database_and_has_the_ledger_audited(qtbot, program):
    with qtbot.waitSignal(program.opening.opened):
        program.opening.start()

    assert program.database is not None
    assert program.jobs.user == "Kim"
    assert program.window.status.user.text() == "Kim"
    program.auditor._go_on()
    qtbot.waitUntil(lambda: program.window.status.audit.word.text() == "audit ok")


def test_it_listens_for_the_scanner_as_it_is_set_up(qtbot, tmp_path, sqlite_file):
    settings = Settings(sound=0, scanner={"suffix": "none"})
    program = Program(settings, lambda: Database(sqlite_file), log=tmp_path / "log")
    qtbot.addWidget(program.window)
    with qtbot.waitSignal(program.opening.opened):
        program.window.show()
    window = program.window.windowHandle()

    Keyboard(window).strike_all(Key(5 * at, char) for at, char in enumerate("4006381333931"))

    qtbot.waitUntil(lambda: len(program.window.tape.entries()) == 1)
    qtbot.waitUntil(program.listening.router.is_idle)
    program.window.close()
    program.close()
    delete(program)  # or it goes on listening for scans in the windows of other tests


def test_what_is_chosen_in_the_window_is_kept(program, file):
    program.window.view_menu.theme_chosen.emit("dark")
    program.window.view_menu.volume_chosen.emit(25)

    kept = load_settings(file)
    assert (kept.theme, kept.sound, kept.user) == ("dark", 25, "Kim")


def test_a_language_that_is_chosen_is_kept(program, file):
    assert choices().get("language") == ""
    choices().put("language", "de")

    assert load_settings(file).language == "de"
    assert program.settings.user == "Kim"


def test_settings_that_cannot_be_kept_are_told(program, file):
    file.parent.joinpath("settings.toml").mkdir()

    program.window.view_menu.theme_chosen.emit("dark")

    assert not program.window.notice.isHidden()
    assert "could not be written" in program.window.notice.text.text()


def test_without_a_name_it_is_who_is_logged_in(program, monkeypatch):
    monkeypatch.setenv("LOGNAME", "lee")
    program.keep(user="")

    assert program.who() == "lee"


def test_it_keeps_watch(program, tmp_path, monkeypatch):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr("app.shell.program.keep_last_words", lambda _folder: None)
    program.keep_watch()
    try:
        assert sys.excepthook == program.admission.admit
        assert (tmp_path / "log" / "stockroom.log").exists()
        assert not gc.isenabled()
    finally:
        gc.enable()
        root.setLevel(level)
        for handler in [handler for handler in root.handlers if handler not in before]:
            root.removeHandler(handler)
            handler.close()


def test_a_place_for_updates_is_kept_and_looked_at_from_the_next_start(program, file):
    choices().put("updates", "/srv/updates")

    assert load_settings(file).updates == "/srv/updates"


def test_the_file_for_support_is_made_of_the_database_that_is_open(qtbot, program, sqlite_file):
    with qtbot.waitSignal(program.opening.opened):
        program.opening.start()

    assert choices().get("database") == str(sqlite_file)


@pytest.fixture
def asked(qtbot, tmp_path, file):
    """Make a program whose window asks which company to open, once one of them is set."""
    made = []

    def make(database, opener, **more):
        settings = Settings(user="Kim", theme="light", sound=0, database=str(database))
        asking = Asking(open_company, **more)
        program = Program(settings, opener, file=file, log=tmp_path / "log", asking=asking)
        qtbot.addWidget(program.window)
        made.append(program)
        return program

    yield make
    for program in made:
        program.window.close()
        program.close()
        delete(program)


def test_a_company_that_is_gone_is_told_on_the_page_and_tried_again(qtbot, asked, tmp_path):
    gone = tmp_path / "gone.db"
    program = asked(gone, partial(open_chosen, str(gone)))
    with qtbot.waitSignal(program.opening.refused):
        program.opening.start()
    assert program.page.title.text() == "Open a company"
    assert "gone.db is gone" in program.page.banner.text.text()
    assert program.window.notice.isHidden()
    assert not gone.exists()

    open_company(Wanted(Kind.NEW, str(gone))).close()
    with qtbot.waitSignal(program.opening.opened):
        program.page.banner.button.click()
    assert program.page is None


def test_the_way_back_to_a_new_company_opens_it_and_does_not_make_it(qtbot, asked, tmp_path):
    program = asked("", None)
    new = tmp_path / "new.db"
    with qtbot.waitSignal(program.opening.opened):
        program.page.wanted.emit(Wanted(Kind.NEW, str(new)))
    assert program.settings.database == str(new)
    way_back = program.opening.opener

    program = asked(new, way_back, came_from=str(new))
    with qtbot.waitSignal(program.opening.opened):
        program.page.back_wanted.emit()
    assert program.database.file == new


def test_settings_lead_to_another_company_too(qtbot, program):
    with qtbot.waitSignal(program.opening.opened):
        program.opening.start()

    with qtbot.waitSignal(program.another_wanted):
        choices().company_wanted.emit()
