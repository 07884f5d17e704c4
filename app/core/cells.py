"""Tables from outside, cell by cell: what was found, what it can stand for, what it cannot."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from app.core.errors import Refused, marked

LARGEST_WHOLE_KEY = 10**15
"""Excel keeps 15 digits of a number; a longer code that became one has lost its end."""

HEADER_WITHIN = 30
"""Rows from the top in which the headings are looked for."""


class CellKind(StrEnum):
    """What a cell holds. FORMULA: one whose result the file does not hold."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is what was found, for messages and as a code; `value` what it stands for.

    A number's value is exact, rounded to 9 places. `is_merged` cells are part of a range merged
    over several rows; those below its first cell repeat that cell's content.
    """

    kind: CellKind
    text: str
    value: Decimal | bool | datetime | date | time | None = None
    is_formula: bool = False
    is_percent: bool = False
    is_merged: bool = False

    @property
    def is_blank(self) -> bool:
        return self.kind is CellKind.BLANK


BLANK = Cell(CellKind.BLANK, "")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with content; `number` from 1, as the spreadsheet numbers it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else BLANK


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet. `trusts_text`: False where text may be a code that lost its zeros (CSV)."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    trusts_text: bool = True


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables, with its custom document properties and defined names."""

    file: str
    tabs: tuple[Tab, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """Which column holds which field; several where a heading is doubled."""

    row: int
    columns: Mapping[str, tuple[int, ...]]
    unknown: tuple[str, ...]

    def missing(self, wanted: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in wanted if name not in self.columns)


class NotAFigure(Refused):
    template = marked("“{found}” cannot be read as a number: {reason}")


class NotAKey(Refused):
    template = marked("“{found}” cannot be read as a code: {reason}")


class DoubledColumn(Refused):
    template = marked("two columns have this heading and say different things: {found}.")


_INVISIBLE = {
    ord(character): None
    for character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
}
_EDGES = (
    "".join(map(chr, _INVISIBLE))
    + " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0"
    + "".join(map(chr, (*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x2028, 0x2029)))
)
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HEADING_MARKS = re.compile(r"[\s_\-.:/#*()\[\]]+")

_PLAIN = re.compile(r"[+-]?(\d+([.,]\d+)?|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GROUP_MARKS = re.compile(r"[+-]?\d{1,3}([ .,'’\u00a0\u202f]\d{3})+([.,]\d+)?")

_WRONG_KIND = {
    CellKind.BLANK: marked("the cell is empty."),
    CellKind.BOOLEAN: marked("it is a yes/no value."),
    CellKind.DATE: marked("it is a date or time; Excel changed what was typed."),
    CellKind.ERROR: marked("the formula in the cell failed."),
    CellKind.FORMULA: marked(
        "the file does not hold the formula's result; open the file, save it and try again."
    ),
}


def clean(text: str) -> str:
    """Return text without blanks and invisible characters around it, composed (NFC)."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text.strip(_EDGES))


def loose(text: str) -> str:
    """Return a form in which texts that look alike to a person are equal. For suggestions only."""
    if not text.isascii():
        text = text.translate(_INVISIBLE).translate(_HYPHENS).translate(_FULL_WIDTH)
        text = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def find_header(
    tab: Tab, names: Mapping[str, Collection[str]], wanted: Collection[str]
) -> Header | None:
    """Find the row of headings near the top: `names` gives the headings that mean each field.

    It is the row that has the most of the fields, two at least (all, if fewer are wanted).
    """
    meanings = {_heading(name): key for key, known in names.items() for name in (key, *known)}
    best: tuple[int, Header] | None = None
    for row in tab.rows[:HEADER_WITHIN]:
        header = _read_header(row, meanings)
        score = len(header.columns)
        if score >= min(2, len(wanted) or 2) and (best is None or score > best[0]):
            best = score, header
    return best[1] if best else None


def cell_of(header: Header, row: Row, name: str) -> Cell:
    """Return the row's cell for a field; of doubled columns the one that is filled."""
    found = BLANK
    for column in header.columns.get(name, ()):
        cell = row.cell(column)
        if cell.is_blank or cell.text == found.text:
            continue
        if not found.is_blank:
            raise DoubledColumn(found=f"“{found.text}”, “{cell.text}”")
        found = cell
    return found


def read_figure(cell: Cell) -> Decimal:
    """Return the number in a cell; a text must be one beyond doubt, in whatever script."""
    reason = _WRONG_KIND.get(cell.kind)
    if reason is None and cell.is_percent:
        reason = marked("the cell shows a percentage.")
    if reason is not None:
        raise NotAFigure(found=cell.text, reason=reason)
    if isinstance(cell.value, Decimal):
        return cell.value
    return _figure_in(cell.text)


def key_text(cell: Cell) -> str:
    """Return a cell's content as a code; refuse what Excel has turned into something else."""
    if cell.kind in (CellKind.TEXT, CellKind.BLANK):
        return cell.text
    if not isinstance(cell.value, Decimal):
        raise NotAKey(found=cell.text, reason=_WRONG_KIND[cell.kind])
    if cell.value != cell.value.to_integral_value():
        raise NotAKey(found=cell.text, reason=marked("it is a number with decimals."))
    if abs(cell.value) >= LARGEST_WHOLE_KEY:
        raise NotAKey(
            found=cell.text,
            reason=marked("it became a number of more than 15 digits, so its end is lost."),
        )
    return str(int(cell.value))


def _read_header(row: Row, meanings: Mapping[str, str]) -> Header:
    columns: dict[str, tuple[int, ...]] = {}
    unknown = []
    for column, cell in enumerate(row.cells):
        name = meanings.get(_heading(cell.text))
        if name is not None:
            columns[name] = (*columns.get(name, ()), column)
        elif not cell.is_blank:
            unknown.append(cell.text)
    return Header(row.number, columns, tuple(unknown))


def _heading(text: str) -> str:
    return _HEADING_MARKS.sub("", loose(text))


def _figure_in(text: str) -> Decimal:
    cleaned = clean(text.removeprefix("'")).translate(_HYPHENS)
    cleaned = "".join(_ascii_digit(character) for character in cleaned)
    if _GROUPED.fullmatch(cleaned):
        reason = marked("the mark may stand before thousands or before decimals; type it without.")
    elif _PLAIN.fullmatch(cleaned):
        return Decimal(cleaned.replace(",", "."))
    elif _GROUP_MARKS.fullmatch(cleaned):
        reason = marked("type it without marks between the thousands.")
    else:
        reason = marked("type digits only.")
    raise NotAFigure(found=text, reason=reason)


def _ascii_digit(character: str) -> str:
    if character in "．，＋":
        return chr(ord(character) - 0xFEE0)
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
