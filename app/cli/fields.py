"""Single values as documents in JSON state them, read strictly: programs have no excuse."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.core.clock import MalformedTime, parse_time
from app.core.decimals import InvalidQuantity
from app.core.errors import marked
from app.core.refusals import Malformed

LONGEST = 500
LONGEST_NOTE = 4_000

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Reader = Callable[[str, Any], Any]
"""From a field's name and what JSON holds there to the value."""


class InexactNumber(float):
    """A number that JSON wrote with a decimal mark: most readers would round it."""


def read_text(name: str, found: Any) -> str:
    return _text(name, found, LONGEST, "")


def read_note(name: str, found: Any) -> str:
    return _text(name, found, LONGEST_NOTE, "\n\t\r")


def read_code(name: str, found: Any) -> str:
    """Read a text that also may be stated as a whole number: SKU 1001."""
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return read_text(name, found).strip()


def read_decimal(name: str, found: Any) -> Decimal:
    """Read a figure: a string holding a decimal, or a whole number."""
    if isinstance(found, InexactNumber):
        raise Malformed(f"{name}: write {_shown(found)} as a string, so that it stays exact.")
    if isinstance(found, int) and not isinstance(found, bool):
        return Decimal(found)
    if not isinstance(found, str):
        raise Malformed(f"{name}: a string holding a decimal is wanted, not {_shown(found)}.")
    if not _NUMBER.fullmatch(found.strip()):
        raise InvalidQuantity(
            found=found, reason=marked("write digits with a point before the decimals.")
        )
    return Decimal(found.strip())


def read_money(name: str, found: Any) -> Decimal:
    try:
        return read_decimal(name, found)
    except InvalidQuantity:
        raise Malformed(f"{name}: {_shown(found)} is not an amount of money.") from None


def read_counted(name: str, found: Any) -> Decimal | None:
    """Read what was counted: blank is “not counted”, which is not zero."""
    return None if found in ("", None) else read_decimal(name, found)


def read_position(name: str, found: Any) -> int:
    if isinstance(found, int) and not isinstance(found, bool) and 0 < found < 2**31:
        return found
    raise Malformed(f"{name}: a line number from 1 is wanted, not {_shown(found)}.")


def read_moment(name: str, found: Any) -> datetime:
    try:
        return parse_time(read_text(name, found))
    except MalformedTime as refusal:
        raise Malformed(f"{name}: {refusal}") from None


def read_day(name: str, found: Any) -> date:
    text = read_text(name, found)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(f"{name}: “{text}” is not a date like 2027-01-31.") from None


def word_of(kind: type[StrEnum]) -> Reader:
    """Return how to read one of the words of a list."""

    def read(name: str, found: Any) -> StrEnum:
        if not isinstance(found, str) or found not in set(kind):
            raise Malformed(f"{name}: {_shown(found)} is not one of {', '.join(kind)}.")
        return kind(found)

    return read


def _text(name: str, found: Any, longest: int, allowed: str) -> str:
    if not isinstance(found, str):
        raise Malformed(f"{name}: a text is wanted, not {_shown(found)}.")
    if len(found) > longest:
        raise Malformed(f"{name}: too long, {len(found)} characters of {longest} at most.")
    for character in found:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in allowed:
            raise Malformed(f"{name}: it holds a character that no text has.")
    return unicodedata.normalize("NFC", found)


def _shown(found: Any) -> str:
    """Return what was found, short, as JSON says it."""
    match found:
        case None:
            return "null"
        case bool():
            return str(found).lower()
        case dict():
            return "an object"
        case list():
            return "a list"
    return repr(found)[:60]
