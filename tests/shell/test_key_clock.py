"""Whose word is taken for when a key was pressed."""

from time import sleep

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.shell.key_clock import KeyClock
from app.shell.native_keys import Press, Presses


def key(timestamp: int = 0, scancode: int = 5) -> QKeyEvent:
    event = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_4.value,
        Qt.KeyboardModifier.NoModifier,
        scancode,
        0,
        0,
        "4",
    )
    event.setTimestamp(timestamp)
    return event


def test_the_event_knows():
    clock = KeyClock(Presses())

    assert [clock.moment(key(t)) for t in (5_000, 5_005)] == [5_000, 5_005]


def test_the_messages_of_windows_know_better_than_the_event():
    presses = Presses()
    presses.note(Press(5, 7_000.0))

    assert KeyClock(presses).moment(key(9_999)) == 7_000


def test_for_keys_nobody_timed_the_clock_goes_on():
    clock = KeyClock(Presses())
    first = clock.moment(key(5_000))
    sleep(0.02)

    assert clock.moment(key()) - first >= 20


def test_where_messages_tell_a_key_without_one_is_not_timed_by_another_clock():
    presses = Presses()
    presses.note(Press(5, 7_000.0))
    clock = KeyClock(presses)
    clock.moment(key(99_000))

    assert 7_000 <= clock.moment(key(99_005, scancode=11)) < 60_000
