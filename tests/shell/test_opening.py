import logging
import sqlite3
from contextlib import closing
from threading import Event

import pytest

from app import __version__
from app.core.errors import Unavailable
from app.db.database import Database
from app.shell.main_window import MainWindow
from app.shell.opening import Opening
from app.ui.jobs import Jobs
from tests.support.pages import PLACES


@pytest.fixture
def jobs(qapp):
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def window(qtbot, jobs):
    window = MainWindow(jobs, PLACES)
    qtbot.addWidget(window)
    return window


def test_the_window_is_there_before_the_database_and_works_when_it_is(
    qtbot, window, jobs, sqlite_file
):
    go_on = Event()

    def open_slowly():
        go_on.wait(timeout=5)
        return Database(sqlite_file)

    opening = Opening(window, jobs, open_slowly, lambda: "Kim")
    window.show()
    qtbot.waitUntil(lambda: window.current_screen() is not None)
    question = jobs.read(lambda _: "answer")
    assert opening.database is None

    with qtbot.waitSignals([opening.opened, question.succeeded]):
        go_on.set()

    assert window.status.database.toolTip() == opening.database.place
    assert window.status.user.text() == "Kim"
    opening.database.close()


def test_a_database_that_cannot_be_opened_is_told_and_tried_again(qtbot, window, jobs, sqlite_file):
    tries = []

    def open_at_second_try():
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("stock.db is locked.")
        return Database(sqlite_file)

    opening = Opening(window, jobs, open_at_second_try, str)
    window.show()
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.text.text() == "stock.db is locked."
    assert window.status.database.text() == "no database"

    with qtbot.waitSignal(opening.opened):
        window.notice.button.click()
    assert window.notice.isHidden()
    opening.database.close()


def test_a_newer_database_is_said_to_be_only_to_look_at(qtbot, window, jobs, sqlite_file):
    with closing(sqlite3.connect(sqlite_file)) as connection, connection:
        connection.execute("UPDATE stockroom_version SET version_num = '9999'")
    database = Database(sqlite_file)
    database.create()

    opening = Opening(window, jobs, lambda: database, str)
    with qtbot.waitSignal(opening.opened):
        window.show()

    assert "newer version" in window.notice.text.text()
    assert window.status.database.text() == "stock.db (only to look at)"
    database.close()


def test_the_log_tells_which_version_opened_what(qtbot, window, jobs, sqlite_file, caplog):
    caplog.set_level(logging.INFO)
    opening = Opening(window, jobs, lambda: Database(sqlite_file), lambda: "Kim")
    with qtbot.waitSignal(opening.opened):
        opening.start()

    assert f"Stockroom {__version__} opened {opening.database.place}" in caplog.text
    opening.database.close()
