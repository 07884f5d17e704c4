"""Which character a scanner means by a key."""

import pytest

from app.core.scanner import Decode
from app.scanning.keys import Key, by_position, character


@pytest.mark.parametrize(
    ("key", "text", "position"),
    [
        (Key(0, "ß", scancode=12), "ß", "-"),
        (Key(0, "z", scancode=21), "z", "y"),
        (Key(0, "a", scancode=30, mods="S"), "a", "A"),
        (Key(0, "+", scancode=27, mods="C"), "\x1d", "\x1d"),
        (Key(0, "\x1d", scancode=27, mods="C"), "\x1d", "\x1d"),
        (Key(0, "", scancode=7, mods="C"), "\x1e", "\x1e"),
        (Key(0, "\x01", scancode=16, mods="C"), "\x01", "\x11"),
        (Key(0, "]", scancode=10, mods="CA"), "]", "9"),
        (Key(0, "x", scancode=45, mods="A"), "", ""),
        (Key(0, "x", scancode=45, mods="M"), "", ""),
        (Key(0, "\r", "Enter", 96, "K"), "\r", "\r"),
        (Key(0, "/", scancode=98, mods="K"), "/", "/"),
        (Key(0, "5", scancode=76, mods="K"), "5", "5"),
        (Key(0, "", "Clear", 76, "K"), "5", "5"),
        (Key(0, "", "Home", 0x147), "", ""),
        (Key(0, "é", "none"), "é", "é"),
        (Key(0, "", "Shift", 42), "", ""),
        (Key(0, "\b", "Backspace", 14), "", ""),
        (Key(0, "4"), "4", "4"),
    ],
    ids=repr,
)
def test_a_key_means_its_text_or_its_place(key, text, position):
    assert character(key, Decode.TEXT) == text
    assert character(key, Decode.POSITIONS) == position


def test_every_printable_character_has_its_place_on_a_us_keyboard():
    places = [Key(0, scancode=code, mods=mods) for code in range(2, 58) for mods in ("", "S")]

    assert {by_position(key) for key in places} >= {chr(code) for code in range(0x20, 0x7F)}
