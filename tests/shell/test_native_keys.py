"""Presses the system told of, and Qt's later word of them."""

import struct

from PySide6.QtCore import QByteArray

from app.shell.native_keys import NativeKeys, Press, Presses, read_x11


def x11_event(kind: int, code: int, time: int, state: int = 0) -> bytes:
    return struct.pack("=BBHI20xHH", kind, code, 7, time, state, 1)


def test_qts_word_of_a_press_finds_the_systems():
    presses = Presses()
    first, second = Press(5, 100.0), Press(11, 105.0)
    for press in (first, second):
        presses.note(press)

    assert presses.match(5) == [first]
    assert presses.match(5) == []
    assert presses.match(11) == [second]


def test_presses_qt_kept_to_itself_come_out_before_the_next_it_tells():
    presses = Presses()
    dead, press = Press(13, 104.0, "S"), Press(30, 108.0)
    for each in (dead, press):
        presses.note(each)

    assert presses.match(30) == [dead, press]
    assert presses.match(30) == []


def test_a_press_the_system_did_not_tell_of_takes_nothing_out():
    presses = Presses()
    presses.note(Press(30, 1.0))

    assert presses.match(99) == []
    assert presses.match(30) == [Press(30, 1.0)]


def test_x11_tells_key_time_and_modifiers():
    assert read_x11(x11_event(2, 35, 7_902_372, 0x05)) == Press(35, 7_902_372.0, "SC")
    assert read_x11(x11_event(0x82, 35, 1)) == Press(35, 1.0)
    assert read_x11(x11_event(3, 35, 1)) is None


def test_messages_of_other_systems_are_left_alone():
    presses = Presses()

    answer = NativeKeys(presses).nativeEventFilter(QByteArray(b"mac_generic_NSEvent"), 0)

    assert answer == (False, 0)
    assert not presses.are_told
