"""From the text of one cell to a value, or to what is wrong with it in a clerk's words."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from app.core.catalogue import LONGEST_SHELF_LIFE
from app.core.cells import Cell, CellKind, NotAKey, key_text
from app.core.decimals import PLACES, InvalidQuantity, check_figure, parse_decimal, plain
from app.core.errors import Refused, Said, marked
from app.features.catalogue.words import NO, YES, choice_named, folded

Read = Callable[[str], Any]
Word = TypeVar("Word", bound=StrEnum)

LONGEST_CODE = 80
LONGEST_NAME = 500
LARGEST_WHOLE = 999_999_999

EITHER_OR = marked("This could be {either} or {other}: write one of the two.")
NO_NUMBER = marked("Not a number that can be used: {reason}")
NOT_A_CHOICE = marked("Not known here. Write one of: {expected}.")
TOO_LONG = marked("Too long: {length} characters, {longest} at most.")

_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class BadCell(Refused):
    """What one cell holds cannot be used."""


def text_of(cell: Cell, read: Read) -> str:
    """Return the text of a cell for this way of reading it, whatever Excel made of it."""
    match cell.kind:
        case CellKind.ERROR:
            raise BadCell(marked("The cell shows an Excel fault. Type the value itself."))
        case CellKind.FORMULA:
            raise BadCell(marked("The formula has no result. Open the file in Excel and save it."))
        case CellKind.BOOLEAN:
            return "yes" if cell.value else "no"
        case CellKind.DATE:
            return _text_of_date(cell, read)
        case CellKind.NUMBER:
            return _text_of_number(cell, read)
    return cell.text


def _text_of_date(cell: Cell, read: Read) -> str:
    if read is not read_date or not isinstance(cell.value, date):
        raise BadCell(marked("Excel made a date of it. Format the column as text, type it again."))
    return cell.value.isoformat()


def _text_of_number(cell: Cell, read: Read) -> str:
    if cell.is_percent:
        raise BadCell(marked("It is a percentage. Format the column as a number or as text."))
    if read is not read_code:
        return plain(Decimal(str(cell.value)))
    try:
        return key_text(cell)
    except NotAKey as refusal:
        raise BadCell(refusal.said) from None


def read_code(text: str) -> str:
    """Read what identifies something: one line, not too long to be scanned."""
    return _one_line(text, LONGEST_CODE)


def read_name(text: str) -> str:
    return _one_line(text, LONGEST_NAME)


def read_path(text: str) -> str:
    """Read the path of a location: SITE/ZONE/BIN, blanks around the strokes taken away."""
    parts = [part.strip() for part in _one_line(text, 3 * LONGEST_CODE).split("/")]
    if not all(parts):
        raise BadCell(marked("A path is names with single strokes between: SITE/ZONE/BIN."))
    return "/".join(parts)


def read_figure(text: str) -> Decimal:
    """Read an amount that is not below zero, with at most six decimals."""
    if _AMBIGUOUS.fullmatch(text):
        whole, _, rest = text.partition(",")
        either, other = f"{whole}{rest}", f"{whole}.{rest}"
        raise BadCell(Said(EITHER_OR, either=either, other=other))
    try:
        value = check_figure(parse_decimal(text), PLACES, text)
    except InvalidQuantity as refusal:
        raise BadCell(Said(NO_NUMBER, reason=refusal.fields["reason"])) from None
    if value < 0:
        raise BadCell(marked("It must not be below zero."))
    return value


def read_amount(text: str) -> Decimal:
    """Read a quantity above zero."""
    value = read_figure(text)
    if value == 0:
        raise BadCell(marked("It must be above zero."))
    return value


def read_whole(text: str) -> int:
    value = read_figure(text)
    if value != int(value) or value > LARGEST_WHOLE:
        raise BadCell(marked("Whole numbers only."))
    return int(value)


def read_count(text: str) -> int:
    """Read a whole number of at least 1."""
    value = read_whole(text)
    if value == 0:
        raise BadCell(marked("It must be at least 1."))
    return value


def read_days(text: str) -> int:
    """Read how long something keeps."""
    value = read_count(text)
    if value > LONGEST_SHELF_LIFE:
        raise BadCell(marked("It must be 36500 days (100 years) at most."))
    return value


def read_decimals(text: str) -> int:
    value = read_whole(text)
    if value > PLACES:
        raise BadCell(marked("A unit has 0 to 6 decimals."))
    return value


def read_boolean(text: str) -> bool:
    word = folded(text)
    if word not in YES | NO:
        raise BadCell(marked("Write yes or no."))
    return word in YES


def read_policy(text: str) -> bool | None:
    """Read yes or no where blank leaves the decision to the place above."""
    return read_boolean(text) if text else None


def read_date(text: str) -> date:
    """Read a day: 2026-05-31, or 31.05.2026 as it is written in German."""
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise BadCell(marked("Not a date: write it as 2026-05-31.")) from None


def read_class(text: str) -> str:
    """Read an ABC class: one letter."""
    if len(text) != 1 or not text.isalpha():
        raise BadCell(marked("A class is one letter: A, B or C."))
    return text.upper()


def choice_of(kind: type[Word]) -> Callable[[str], Word]:
    """Return how to read one of the words of a list, in any language."""
    choices = tuple(member.value for member in kind)
    expected = ", ".join(choices)

    def read(text: str) -> Word:
        found = choice_named(text, choices)
        if found is None:
            raise BadCell(Said(NOT_A_CHOICE, expected=expected))
        return kind(found)

    return read


def _one_line(text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadCell(Said(TOO_LONG, length=len(text), longest=longest))
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise BadCell(marked("It holds a line break or a control character."))
    return text
