"""Qt's keys as plain ones."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from app.scanning.keys import Key
from app.shell.key_events import identity, read_key, set_1

pytestmark = pytest.mark.usefixtures("qapp")

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def event(key, mods=NONE, code=0, text="", repeat=False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key(key).value, mods, code, 0, 0, text, repeat)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (event(Qt.Key.Key_4, code=5, text="4"), Key(7, "4", "char", 5)),
        (event(Qt.Key.Key_A, text="a", repeat=True), Key(7, "a", "char", 0, "", True)),
        (event(Qt.Key.Key_Return, text="\r"), Key(7, "\r", "Return")),
        (event(Qt.Key.Key_BracketRight, CTRL, 27, "\x1d"), Key(7, "\x1d", "char", 27, "C")),
        (event(Qt.Key.Key_Plus, CTRL, 27), Key(7, "", "char", 27, "C")),
        (event(Qt.Key.Key_Home, KEYPAD, 71), Key(7, "", "Home", 71, "K")),
        (event(0, text="é"), Key(7, "é", "none")),
        (event(Qt.Key.Key_Dead_Acute, text="´"), Key(7, "´", "char")),
    ],
    ids=lambda value: repr(value) if isinstance(value, Key) else "",  # Qt's own need not be UTF-8
)
def test_a_key_is_read_as_what_it_is(told, key):
    assert read_key(told, 7) == key


def test_a_key_without_character_or_name_of_ours_is_known_by_its_number():
    assert read_key(event(Qt.Key.Key_F8), 0).key == "key 0x1000037"


def test_press_and_release_are_the_same_key():
    press = event(Qt.Key.Key_A, code=30, text="a")
    release = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_A.value, NONE, 30, 0, 0, "")

    assert identity(press) == identity(release) == 30
    assert identity(event(Qt.Key.Key_A)) != identity(event(Qt.Key.Key_B))


def test_x11_numbers_keys_from_eight_on(monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")

    assert set_1(13) == 5
