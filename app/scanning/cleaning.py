"""What a scanner or a keyboard adds to a code, taken off again."""

import re
import unicodedata
from dataclasses import dataclass

from app.scanning.keys import GS

LONGEST_SHOWN = 60
"""Characters; a whole page of text may stand in a QR code."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_FIRST_FULL_WIDTH, _LAST_FULL_WIDTH = 0xFF01, 0xFF5E
_FULL_WIDTH_ABOVE_ASCII = 0xFEE0
_UNWRITTEN = {"Cc", "Cf", "Cs"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A code as it is compared. `aim` names its symbology (“]C1”), if the scanner said so."""

    code: str
    aim: str = ""
    had_separator: bool = False


def clean(text: str) -> Cleaned:
    """Take off blanks, invisible characters and the AIM identifier; write digits as 0 to 9.

    Separators of GS1 elements stay, but at both ends, where they separate nothing.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_usual, unicodedata.normalize("NFC", text)))
    text = text.strip(" ")
    aim = found.group() if (found := _AIM.match(text)) else ""
    code = text[len(aim) :]
    return Cleaned(code.strip(f" {GS}"), aim, GS in code)


def shown(text: str) -> str:
    """Return a code as it can be shown: on one line, not too long, separators visible."""
    text = text.replace(GS, "␝")
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _usual(char: str) -> str:
    if char == GS or (char.isascii() and char.isprintable()):
        return char
    if _FIRST_FULL_WIDTH <= ord(char) <= _LAST_FULL_WIDTH:
        return chr(ord(char) - _FULL_WIDTH_ABOVE_ASCII)
    digit = unicodedata.decimal(char, None)  # the digits of all scripts, but not a superscript two
    if digit is not None:
        return str(digit)
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in _UNWRITTEN else char
