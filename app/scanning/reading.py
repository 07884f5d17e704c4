"""Reads a code step by step, from what is certain to what is likely."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import ModuleType

from app.core.decimals import PLACES, InvalidQuantity, parse_quantity
from app.core.errors import marked
from app.core.gtin import is_gtin, is_sscc
from app.core.scanner import MeasureRule
from app.core.scans import Command
from app.scanning.cleaning import Cleaned, clean
from app.scanning.content import Content, Kind
from app.scanning.trade_numbers import read_trade_number

NOTHING_KNOWN = marked("No item, place, lot or document goes by this code.")
NO_QUANTITY = marked("This is not a quantity that can be used: it must be a number above zero.")
NO_COMMAND = marked("There is no such command.")
UNREADABLE = marked("The scanner calls this a GS1 code, but it cannot be read as one.")

LOCATION, QUANTITY, COMMAND = "LOC:", "QTY:", "CMD:"

_MULTIPLIED = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?\* ?(.*)", re.DOTALL)
_GS1_SYMBOLS = ("]C1", "]d2", "]Q3", "]J1", "]e")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_WRITTEN_ELEMENTS = re.compile(r"\([0-9]{2,4}\)")
_MEASURES = re.compile(r"(?:3[1-6]\d[0-5]\d{6})+", re.ASCII)
"""Weights and measures alone: whole messages of digits that no code of ours looks like."""

IsKnown = Callable[[str], bool]


def read(
    text: str,
    *,
    typed: bool = False,
    rules: Sequence[MeasureRule] = (),
    is_known: IsKnown | None = None,
) -> Content:
    """Read a code. `typed`: by hand, so that blanks and hyphens may stand between digits.

    `is_known` tells whether something goes by exactly a code: that comes before any guess at
    what else it might be.
    """
    cleaned = clean(text)
    if not cleaned.code:
        return Content(kind=Kind.NOTHING)
    if found := _MULTIPLIED.fullmatch(cleaned.code):
        rest = found[2] and read(found[2], typed=typed, rules=rules, is_known=is_known)
        return _multiplied(found[1], rest or None, cleaned.code)
    content = (
        _read_label(cleaned.code)
        or _read_known(cleaned.code, is_known)
        or (None if typed else _read_told_elements(cleaned))
        or read_trade_number(cleaned.code, typed, rules)
        or _read_likely_elements(cleaned.code)
        or Content(kind=Kind.UNKNOWN, problem=NOTHING_KNOWN)
    )
    return replace(content, code=cleaned.code, aim=cleaned.aim)


@cache
def elements() -> ModuleType:
    """Load what reads GS1 messages; it takes a while, once."""
    return import_module("app.scanning.elements")


def _multiplied(figure: str, rest: Content | None, code: str) -> Content:
    try:
        quantity = parse_quantity(figure, PLACES)
    except InvalidQuantity:
        return Content(kind=Kind.INVALID, code=code, problem=NO_QUANTITY)
    if rest is None or rest.kind == Kind.NOTHING:
        return Content(kind=Kind.QUANTITY, code=code, multiplier=quantity)
    return replace(rest, multiplier=quantity)


def _read_label(code: str) -> Content | None:
    """Read one of our own labels; a person may print them in small letters."""
    start, rest = code[: len(LOCATION)].upper(), code[len(LOCATION) :].strip()
    if start == LOCATION and rest:
        return Content(kind=Kind.LOCATION, place=rest)
    if start == QUANTITY:
        return _multiplied(rest, None, code)
    if start == COMMAND:
        return _read_command(rest.upper())
    return None


def _read_command(word: str) -> Content:
    if word in set(Command):
        return Content(kind=Kind.COMMAND, command=Command(word))
    return Content(kind=Kind.UNKNOWN, problem=NO_COMMAND)


def _read_known(code: str, is_known: IsKnown | None) -> Content | None:
    return Content(kind=Kind.KNOWN) if is_known and is_known(code) else None


def _read_told_elements(cleaned: Cleaned) -> Content | None:
    """Read element strings where the scanner says that they are some, or no number looks so."""
    is_told = cleaned.aim.startswith(_GS1_SYMBOLS)
    if not (is_told or cleaned.had_separator or _MEASURES.fullmatch(cleaned.code)):
        return None
    content: Content | None = elements().read_elements(cleaned.code)
    is_odd = content is None and is_told and not _ADDRESS.match(cleaned.code)
    return Content(kind=Kind.UNKNOWN, problem=UNREADABLE) if is_odd else content


def _read_likely_elements(code: str) -> Content | None:
    content: Content | None = None
    if _ADDRESS.match(code):
        content = elements().read_link(code)
    elif _begins_like_elements(code):
        content = elements().read_elements(code)
    return content


def _begins_like_elements(code: str) -> bool:
    """A number with its check digit, right or wrong, or identifiers in brackets, or measures."""
    number = code[2:20] if code.startswith("00") else code[2:16]
    if code.startswith("00") and len(number) == 18 and number.isdigit():
        return is_sscc(number) or len(code) == 20
    if code.startswith(("01", "02")) and len(number) == 14 and number.isdigit():
        return is_gtin(number) or code.startswith("01")
    return bool(_WRITTEN_ELEMENTS.match(code) or _MEASURES.fullmatch(code))
