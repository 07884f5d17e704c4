"""Presses the system told of, and Qt's later word of them."""

from PySide6.QtCore import QByteArray

from app.shell.native_keys import NativeKeys, Press, Presses


def test_qts_word_of_a_press_finds_the_systems():
    presses = Presses()
    for code, time in ((5, 100.0), (11, 105.0)):
        presses.note(Press(code, time))

    assert presses.time_of(5) == 100
    assert presses.match(5) == []
    assert presses.time_of(5) is None
    assert presses.time_of(11) == 105


def test_presses_qt_kept_to_itself_come_out_before_the_next_it_tells():
    presses = Presses()
    dead = Press(13, 104.0, with_shift=True)
    for press in (dead, Press(30, 108.0)):
        presses.note(press)

    assert presses.match(30) == [dead]
    assert presses.match(30) == []


def test_a_press_the_system_did_not_tell_of_takes_nothing_out():
    presses = Presses()
    presses.note(Press(30, 1.0))

    assert presses.match(99) == []
    assert presses.time_of(30) == 1


def test_only_windows_has_such_messages():
    presses = Presses()

    answer = NativeKeys(presses).nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0)

    assert answer == (False, 0)
    assert not presses.are_told
