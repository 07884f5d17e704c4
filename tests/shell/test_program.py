import gc
import json
import logging
import os
import sys
import threading
import time
import zipfile
from functools import partial

import pytest
from PySide6.QtWidgets import QFileDialog
from shiboken6 import delete
from sqlalchemy import make_url

from app.companies import open_chosen, open_company
from app.core.companies import Kind, Wanted
from app.core.logs import close_log
from app.db.database import Database
from app.features.receiving.draft import Draft
from app.features.receiving.service import keep_draft
from app.features.settings.program_panel import ProgramPanel
from app.scanning.keys import Key
from app.settings import Settings, change_settings, load_settings
from app.shell.program import Asking, Program
from app.ui.choices import choices
from app.ui.updates import updates
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


def jotted(program):
    """Whether all that is to be written down is."""
    return not [job for job in program.jobs.children() if getattr(job, "kind", "") == "jot"]


def test_what_is_chosen_in_the_window_is_kept(qtbot, program, file):
    program.window.view_menu.theme_chosen.emit("dark")
    program.window.view_menu.volume_chosen.emit(75)
    program.window.view_menu.volume_chosen.emit(25)
    qtbot.waitUntil(lambda: jotted(program))

    kept = load_settings(file)
    assert (kept.theme, kept.sound, kept.user) == ("dark", 25, "Kim")
    assert program.settings == kept


def test_what_is_chosen_last_of_all_is_kept_too(program, file):
    program.window.view_menu.theme_chosen.emit("dark")
    program.window.close()

    assert load_settings(file).theme == "dark"


def test_settings_on_a_share_that_does_not_answer_hold_nothing_up(qtbot, program, file):
    file.unlink(missing_ok=True)
    os.mkfifo(file)  # reading it waits until somebody writes
    began = time.monotonic()

    program.window.view_menu.theme_chosen.emit("dark")

    assert time.monotonic() - began < 1
    assert program.settings.theme == "dark"
    file.write_text("", encoding="utf-8")


def test_what_another_window_chose_stays(qtbot, program, file):
    change_settings(Settings(), file, language="de", theme="light")
    program.window.view_menu.theme_chosen.emit("dark")
    qtbot.waitUntil(lambda: jotted(program))

    assert load_settings(file).language == "de"
    assert (program.settings.language, program.settings.theme) == ("de", "dark")


def test_a_language_that_is_chosen_is_kept(qtbot, program, file):
    assert choices().get("language") == ""
    choices().put("language", "de")
    qtbot.waitUntil(lambda: jotted(program))

    assert load_settings(file).language == "de"
    assert program.settings.user == "Kim"


def test_settings_that_cannot_be_kept_are_told(qtbot, program, file):
    file.parent.joinpath("settings.toml").mkdir()

    program.window.view_menu.theme_chosen.emit("dark")

    qtbot.waitUntil(lambda: not program.window.notice.isHidden())
    assert "could not be written" in program.window.notice.text.text()


def test_without_a_name_it_is_who_is_logged_in(program, monkeypatch):
    monkeypatch.setenv("LOGNAME", "lee")
    program.keep(user="")

    assert program.who() == "lee"


def test_it_keeps_watch(qtbot, program, tmp_path, monkeypatch):
    level = logging.getLogger().level
    monkeypatch.setattr("app.shell.crash.keep_last_words", lambda _folder: None)
    program.keep_watch()
    logging.getLogger("app").warning("before there is a file")
    try:
        assert sys.excepthook == program.admission.admit
        assert not gc.isenabled()
        qtbot.waitUntil(lambda: jotted(program))
        written = (tmp_path / "log" / "stockroom.log").read_text(encoding="utf-8")
        assert "before there is a file" in written
    finally:
        gc.enable()
        close_log(tmp_path / "log")
        logging.getLogger().setLevel(level)


def test_a_place_for_updates_is_kept_and_looked_at_from_the_next_start(qtbot, program, file):
    choices().put("updates", "/srv/updates")
    qtbot.waitUntil(lambda: jotted(program))

    assert load_settings(file).updates == "/srv/updates"


def test_where_updates_are_looked_for_is_known_soon(qtbot, tmp_path):
    settings = Settings(sound=0, updates=str(tmp_path))
    program = Program(settings, None, file=tmp_path / "settings.toml", log=tmp_path / "log")
    qtbot.addWidget(program.window)

    qtbot.waitUntil(lambda: updates().address == str(tmp_path))
    program.window.close()
    delete(program)


def test_where_the_administrator_s_word_cannot_be_read_nothing_is_looked_for_and_settings_say_why(
    qtbot, tmp_path, monkeypatch
):
    policy = tmp_path / "policy.toml"
    policy.write_text("updates = ")
    monkeypatch.setattr("app.policy.POLICY_FILE", policy)
    settings = Settings(sound=0, updates=str(tmp_path))
    program = Program(settings, None, file=tmp_path / "settings.toml", log=tmp_path / "log")
    qtbot.addWidget(program.window)
    panel = ProgramPanel()
    qtbot.addWidget(panel)

    qtbot.waitUntil(lambda: "cannot be read" in panel.state.text())
    assert (updates().address, panel.address.text()) == ("", "")
    assert panel.address.isReadOnly()
    assert not panel.look.isEnabled()
    program.window.close()
    delete(program)


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


@pytest.fixture
def typed_at_the_start(postgres, postgres_url, guarded):
    """A company on the server whose password, r1ght, is kept nowhere."""
    name = make_url(postgres_url).database
    postgres.execute_in(name, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {guarded}")
    return Wanted(Kind.SERVER, postgres.url(name, guarded), "r1ght")


def test_the_file_for_support_looks_into_a_server_whose_password_was_typed(
    qtbot, asked, typed_at_the_start, tmp_path, monkeypatch
):
    support = tmp_path / "support.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(support), ""))
    program = asked("", None)
    with qtbot.waitSignal(program.opening.opened):
        program.page.wanted.emit(typed_at_the_start)
    settings = program.window.screen_named("settings")

    settings.program.support.click()
    qtbot.waitUntil(lambda: not settings.banner.isHidden(), timeout=20_000)

    assert "password" not in settings.banner.text.text().replace("no passwords", "")
    with zipfile.ZipFile(support) as archive:
        told = [archive.read(name).decode() for name in archive.namelist()]
        report = json.loads(archive.read("report.json"))
    assert report["database"]["verify"]["balances"] == []
    assert "guarded:***@" in report["database"]["address"]
    kept = (tmp_path / "settings.toml").read_text(encoding="utf-8")
    assert not [text for text in (*told, kept) if "r1ght" in text]


def typed(text, gap, start=0):
    names = {"\t": "Tab", "\r": "Return"}
    return [Key(start + at * gap, one, names.get(one, "char")) for at, one in enumerate(text)]


@pytest.mark.parametrize("gap", [8, 31, 60])
def test_what_is_typed_into_an_address_is_never_taken_for_a_scan(qtbot, asked, gap):
    program = asked("", None)
    page, window = program.page, program.window
    window.show()
    page._show(page.join)
    page.join.host.setFocus()
    chosen = []
    page.wanted.disconnect(program._open)
    page.wanted.connect(chosen.append)

    keyboard = Keyboard(window.windowHandle())
    keyboard.strike_all(typed("kim:s3cret-word@server", gap))
    qtbot.wait(300)
    page.join.user.setFocus()
    # As password managers do: who, Tab, the password, Enter.
    keyboard.strike_all(typed("kim-of-the-shop\ts3cret-word\r", gap, start=5_000))
    qtbot.wait(300)

    assert page.join.host.text() == "kim:s3cret-word@server"
    assert (page.join.user.text(), chosen[0].password) == ("kim-of-the-shop", "s3cret-word")
    assert window.tape.entries() == []


def test_a_receipt_that_was_left_is_back_though_the_database_opens_slowly(
    qtbot, tmp_path, sqlite_file, file
):
    """Its screen is built before the database is open, and asks for what this user left."""
    with Database(sqlite_file).writing() as session:
        keep_draft(session, Draft(key="left", reference="DN-77"), "Kim")
    goes_on = threading.Event()

    def open_slowly():
        goes_on.wait(10)
        return Database(sqlite_file)

    program = Program(Settings(user="Kim", sound=0), open_slowly, file=file, log=tmp_path / "log")
    qtbot.addWidget(program.window)
    program.window.show()
    qtbot.waitUntil(lambda: program.window.current_screen() is not None)
    goes_on.set()

    screen = program.window.screen_named("receiving")
    qtbot.waitUntil(lambda: screen.is_ready)
    assert screen._draft.reference == "DN-77"
    program.window.close()
    program.close()
    delete(program)
