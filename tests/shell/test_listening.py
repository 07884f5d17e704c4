"""From key strokes at the main window to the screen and the tape."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.scanning.keys import Key
from app.shell import listening
from app.shell.listening import Listening
from app.shell.main_window import MainWindow
from app.ui.jobs import Jobs
from tests.support.keyboard import Keyboard
from tests.support.pages import PLACES, Nearby

EAN = "4006381333931"


@pytest.fixture
def window(qtbot, jobs):
    Nearby.loaded.clear()
    window = MainWindow(jobs, PLACES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(lambda: window.current_screen() is not None)
    return window


@pytest.fixture
def heard(window, jobs):
    return Listening(window, jobs)


def strike(text: str, start_ms: float = 1_000) -> None:
    keys = [Key(5 * at, char, "Return" if char == "\r" else "char") for at, char in enumerate(text)]
    Keyboard(QGuiApplication.focusWindow(), start_ms).strike_all(keys)


def told(window):
    return [(entry.code, entry.told) for entry in window.tape.entries()]


def test_a_scan_reaches_the_screen_in_front_and_the_tape(qtbot, stock, window, heard):
    stock.item("GEL-7", barcode=EAN)

    strike(EAN + "\r")

    qtbot.waitUntil(lambda: told(window) == [(EAN, "GEL-7 +1")])


def test_a_quantity_is_shown_large_until_it_is_used(qtbot, stock, window, heard):
    stock.item("GEL-7", barcode=EAN)

    strike("QTY:12\r")
    qtbot.waitUntil(lambda: heard.pending.text() == "×12")
    assert heard.pending.isVisible()
    strike(EAN + "\r", start_ms=2_000)

    qtbot.waitUntil(heard.pending.isHidden)
    assert told(window)[-1] == (EAN, "GEL-7 +1")


def test_a_code_can_be_typed_wherever_one_is(qtbot, stock, window, heard):
    stock.item("GEL-7", barcode=EAN)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(heard.typed.hasFocus)

    heard.typed.setText("12* GEL-7")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: told(window) == [("12* GEL-7", "GEL-7 +1")])


def test_what_was_no_whole_scan_is_told(qtbot, window, heard):
    strike("4006381")

    qtbot.waitUntil(lambda: len(told(window)) == 1)
    assert "broke off" in told(window)[0][1]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_keys_of_the_window_go_on_working(qtbot, window, heard):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F3)

    qtbot.waitUntil(lambda: window.current_screen().title == "Stock lookup")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_gs1_codes_need_is_loaded_after_the_first_scan(qtbot, window, heard, monkeypatch):
    loaded = []
    monkeypatch.setattr(listening, "load_readers", loaded.append)

    strike("nobody\r")
    strike("nothing\r", start_ms=2_000)

    qtbot.waitUntil(lambda: len(told(window)) == 2 and heard.router.is_idle())
    qtbot.waitUntil(lambda: len(loaded) == 1)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_scans_wait_for_the_database(qtbot, database, stock):
    stock.item("GEL-7", barcode=EAN)
    jobs = Jobs()
    window = MainWindow(jobs, PLACES)
    qtbot.addWidget(window)
    heard = Listening(window, jobs)
    with qtbot.waitActive(window):
        window.show()

    strike(EAN + "\r")
    qtbot.waitUntil(lambda: len(told(window)) == 1)
    jobs.open(database)

    qtbot.waitUntil(heard.router.is_idle)
    assert told(window) == [(EAN, "GEL-7 +1")]
    jobs.close()
