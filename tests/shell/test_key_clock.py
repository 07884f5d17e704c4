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


def told(*presses: Press) -> Presses:
    known = Presses()
    for press in presses:
        known.note(press)
    return known


def test_the_event_knows():
    clock = KeyClock(Presses())

    assert [clock.hear(key(t))[0] for t in (5_000, 5_005)] == [5_000, 5_005]


def test_the_messages_of_the_system_know_better_than_the_event():
    assert KeyClock(told(Press(5, 7_000.0))).hear(key(9_999)) == (7_000, [])


def test_the_same_key_told_twice_takes_only_its_own_message():
    """The next digit is the same one, and its message is there already."""
    clock = KeyClock(told(Press(5, 7_000.0), Press(9, 7_005.0), Press(5, 7_010.0)))

    assert clock.hear(key(100)) == (7_000, [])
    assert clock.hear(key(100)) == (7_000, ())
    assert clock.hear(key(105, scancode=9)) == (7_005, [])
    assert clock.hear(key(110)) == (7_010, [])


def test_dead_keys_come_out_with_the_next():
    dead = Press(27, 7_000.0, "C")
    clock = KeyClock(told(dead, Press(5, 7_005.0)))

    assert clock.hear(key(100)) == (7_005, [dead])


def test_for_keys_nobody_timed_the_clock_goes_on():
    clock = KeyClock(Presses())
    first, _ = clock.hear(key(5_000))
    sleep(0.02)

    assert clock.hear(key())[0] - first >= 20


def test_where_messages_tell_a_key_without_one_is_not_timed_by_another_clock():
    clock = KeyClock(told(Press(5, 7_000.0)))
    clock.hear(key(99_000))

    assert 7_000 <= clock.hear(key(99_005, scancode=11))[0] < 60_000
