"""Key strokes as plain values, and the characters a scanner means by them."""

from dataclasses import dataclass

from app.core.scanner import Decode

GS = "\x1d"
"""What a scanner types for the FNC1 that separates GS1 elements."""

SHIFT, CTRL, ALT, META, KEYPAD = "S", "C", "A", "M", "K"

COMPOSED = "none"
"""The key of a character that the system made up from Alt and digits."""

MODIFIERS = frozenset({"Shift", "Ctrl", "Alt", "AltGr", "Meta"})
LOCKS = frozenset({"CapsLock", "NumLock", "ScrollLock"})
EDITING = frozenset({"Backspace", "Escape"})

_CONTROL_KEYS = {"Return": "\r", "Enter": "\r", "Tab": "\t"}
_LF_KEYS = frozenset({"Down"})

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_PLAIN = {first + at: char for first, row, _ in _ROWS for at, char in enumerate(row)}
_SHIFTED = {first + at: char for first, _, row in _ROWS for at, char in enumerate(row)}
_KEYPAD = {
    **dict(zip(range(71, 84), "789-456+1230.", strict=True)),
    55: "*",
    98: "/",  # X11
    0x135: "/",  # Windows
}
"""The cursor keys beside it have numbers of their own, on either system."""

_WITH_CONTROL = {**{char: char for char in "abcdefghijklmnopqrstuvwxyz[\\]"}, "6": "^", "-": "_"}
"""Ctrl turns the letters and signs of ASCII's fourth and sixth columns into control characters."""

_NAVIGATION = frozenset(
    {"Home", "Up", "PageUp", "Left", "Clear", "Right", "End", "Down", "PageDown", "Insert"}
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key press: when, the text it gives, its name, and its place in scan code set 1.

    `key` is "char" for whatever gives a character, COMPOSED where no key did; `mods` holds the
    letters of the modifiers that are down. `scancode` is 0 where it is not known.
    """

    t_ms: float
    text: str = ""
    key: str = "char"
    scancode: int = 0
    mods: str = ""
    autorepeat: bool = False

    @property
    def place(self) -> object:
        """What tells one key from another."""
        return self.scancode or (self.key, self.text.lower())


def character(key: Key, decode: Decode) -> str:
    """Return the one character a scanner means by the key, a control character too, or ""."""
    if key.key in _CONTROL_KEYS:
        return _CONTROL_KEYS[key.key]
    if key.key in MODIFIERS | LOCKS | EDITING or is_alt_digit(key) or META in key.mods:
        return ""
    if key.key == COMPOSED:
        return key.text
    if digit := _digit_without_num_lock(key):
        return digit
    if CTRL in key.mods and ALT not in key.mods:
        return _control(key, decode)
    if ALT in key.mods and CTRL not in key.mods:
        return ""
    return by_position(key) or key.text if decode == Decode.POSITIONS else key.text


def by_position(key: Key) -> str:
    """Return what the key gives on a US keyboard without Caps Lock, or "" where that is unknown."""
    if key.scancode in _KEYPAD:
        return _KEYPAD[key.scancode]
    return (_SHIFTED if SHIFT in key.mods else _PLAIN).get(key.scancode, "")


def is_alt_digit(key: Key) -> bool:
    """Tell whether it is a digit of a number typed on the keypad while Alt is down."""
    return ALT in key.mods and KEYPAD in key.mods and bool(alt_digit(key))


def alt_digit(key: Key) -> str:
    digit = key.text if key.text.isascii() and key.text.isdigit() else ""
    digit = digit or _KEYPAD.get(key.scancode, "")
    return digit if digit.isdigit() else ""


def is_line_feed(key: Key, char: str) -> bool:
    """Tell whether it may be the second half of a suffix: Enter, Tab, Ctrl+J, Down."""
    return char in ("\r", "\n", "\t") or key.key in _LF_KEYS


def is_text(char: str) -> bool:
    return char.isprintable() and char != ""


def _digit_without_num_lock(key: Key) -> str:
    """A scanner that types on the keypad moves the cursor where Num Lock is off."""
    if key.key not in _NAVIGATION or key.text:
        return ""
    digit = _KEYPAD.get(key.scancode, "")
    return digit if digit.isdigit() else ""


def _control(key: Key, decode: Decode) -> str:
    """Return the control character of Ctrl with a key: 0x1D for Ctrl+] and whatever is there."""
    is_told = len(key.text) == 1 and ord(key.text) < 0x20
    if is_told and decode == Decode.TEXT:
        return key.text
    place = _PLAIN.get(key.scancode, "")
    if place and place in _WITH_CONTROL:
        return chr(ord(_WITH_CONTROL[place]) & 0x1F)
    return key.text if is_told else ""
