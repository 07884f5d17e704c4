"""One sheet of a workbook: values and formulas in one pass over its XML."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from zipfile import ZipFile

from app.adapters.spreadsheet.formats import Formats, iso_date_cell, number_cell, text_cell
from app.adapters.spreadsheet.parts import Unusable, new_parser, pour, spaced
from app.core.cells import BLANK, Cell, CellKind, Row
from app.core.errors import marked

MOST_COLUMNS = 256
MOST_CELLS = 3_000_000
MOST_MERGED = 1_000_000
MOST_REMEMBERED = 50_000

TOO_MANY = marked("it holds more than 3,000,000 filled cells. Split it into smaller files.")

LARGE = 4_000_000
"""Bytes of a sheet from which it pays to sieve out formatted cells that hold nothing."""

_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]{1,7}"[^<>]*(?:/>|></row>)')

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")

Strings = list[Cell]


class SheetReader:
    """Takes the elements of a sheet as they come and keeps the rows that hold anything."""

    def __init__(self, strings: Strings, formats: Formats) -> None:
        self.rows: list[tuple[int, list[Cell]]] = []
        self._strings = strings
        self._formats = formats
        self._numbers: dict[str, Cell] = {}
        self._columns: dict[str, int] = {}
        self._merged: list[str] = []
        self._cells: list[Cell] = []
        self._row = 0
        self._column = -1
        self._count = 0
        self._type = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] = []
        self._text: list[str] | None = None
        self._phonetic = False
        self._starts = spaced(
            {
                "row": self._start_row,
                "c": self._start_cell,
                "v": self._start_text,
                "f": self._start_text,
                "t": self._start_text,
                "rPh": self._start_phonetic,
                "mergeCell": self._note_merged,
            }
        )
        self._ends = spaced(
            {
                "row": self._end_row,
                "c": self._end_cell,
                "v": self._end_value,
                "f": self._end_formula,
                "t": self._end_inline,
                "rPh": self._end_phonetic,
            }
        )

    def read(self, archive: ZipFile, part: str) -> Iterator[int]:
        """Read the part; yield the bytes of each piece. The rows are in `rows` afterwards."""
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        is_large = archive.getinfo(part).file_size > LARGE
        yield from pour(archive, part, parser, Sifting() if is_large else None)
        self.rows.sort(key=lambda row: row[0])
        self._fill_merged()

    def result(self) -> tuple[Row, ...]:
        return tuple(Row(number, tuple(cells)) for number, cells in self.rows)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._starts.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        handler = self._ends.get(name)
        if handler is not None:
            handler()

    def _take(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = -1
        self._cells = []

    def _end_row(self) -> None:
        if self._cells:
            self.rows.append((self._row, self._cells))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column_of(reference) if reference else self._column + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = self._formula = None

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = _column_number(letters)
        return self._columns[letters]

    def _start_text(self, _: dict[str, str]) -> None:
        self._text = []

    def _start_phonetic(self, _: dict[str, str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _end_value(self) -> None:
        self._value = "".join(self._text or ())
        self._text = None

    def _end_formula(self) -> None:
        self._formula = "".join(self._text or ())
        self._text = None

    def _end_inline(self) -> None:
        if not self._phonetic:
            self._value = (self._value or "") + "".join(self._text or ())
        self._text = None

    def _end_cell(self) -> None:
        if self._value is None and self._formula is None:
            return
        cell = self._make()
        if (cell.kind is CellKind.BLANK and not cell.is_formula) or self._column >= MOST_COLUMNS:
            return
        self._count += 1
        if self._count > MOST_CELLS:
            raise Unusable(TOO_MANY)
        gap = self._column - len(self._cells)
        if gap > 0:
            self._cells.extend([BLANK] * gap)
        if gap < 0:
            self._cells[self._column] = cell
        else:
            self._cells.append(cell)

    def _make(self) -> Cell:
        raw, is_formula = self._value, self._formula is not None
        if is_formula and not raw and not (raw == "" and self._type == "str"):
            return Cell(CellKind.FORMULA, f"={self._formula}", is_formula=True)
        if raw is None:
            return BLANK
        make = _MAKERS.get(self._type)
        if make is not None:
            return make(raw, is_formula)
        if self._type == "s":
            return self._shared(raw, is_formula)
        return self._number(raw.strip(), is_formula)

    def _shared(self, raw: str, is_formula: bool) -> Cell:
        number = int(raw) if raw.strip().isdecimal() else -1
        if not 0 <= number < len(self._strings):
            return Cell(CellKind.ERROR, raw)
        cell = self._strings[number]
        return replace(cell, is_formula=True) if is_formula else cell

    def _number(self, raw: str, is_formula: bool) -> Cell:
        if not raw:
            return BLANK
        if self._formats.is_date(self._style):
            return self._formats.date_cell(raw, is_formula)
        percent = self._formats.is_percent(self._style)
        if is_formula or percent:
            return number_cell(raw, is_formula, percent)
        cell = self._numbers.get(raw)
        if cell is None:
            cell = number_cell(raw)
            if len(self._numbers) < MOST_REMEMBERED:
                self._numbers[raw] = cell
        return cell

    def _note_merged(self, attributes: dict[str, str]) -> None:
        self._merged.append(attributes.get("ref", ""))

    def _fill_merged(self) -> None:
        """Repeat what a range merged over several rows holds in each of its rows."""
        numbers = [number for number, _ in self.rows]
        filled = 0
        for reference in self._merged:
            column, first, last = _down_the_side(reference)
            start, end = bisect_left(numbers, first), bisect_right(numbers, last)
            if last <= first or start >= end or numbers[start] != first:
                continue
            top = self.rows[start][1]
            cell = top[column] if column < len(top) else BLANK
            filled += end - start
            if cell.is_blank or filled > MOST_MERGED:
                continue
            cell = replace(cell, is_merged=True)
            for _, cells in self.rows[start:end]:
                cells.extend([BLANK] * (column + 1 - len(cells)))
                cells[column] = cell


class Sifting:
    """Takes empty cells and rows out of a sheet's XML before it is parsed, piece by piece.

    In a sheet that is coloured down to its last row they are a million; the parser would call
    us four times for each.
    """

    def __init__(self) -> None:
        self._rest = b""

    def __call__(self, piece: bytes) -> bytes:
        text = self._rest + piece
        whole = text.rfind(b"<row ") if piece else len(text)
        if whole <= 0:
            whole = 0 if piece and len(text) < LARGE else len(text)
        self._rest = text[whole:]
        return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", text[:whole]))


def _boolean(raw: str, is_formula: bool) -> Cell:
    value = raw.strip() in ("1", "true")
    return Cell(CellKind.BOOLEAN, "TRUE" if value else "FALSE", value, is_formula)


def _error(raw: str, is_formula: bool) -> Cell:
    return Cell(CellKind.ERROR, raw, is_formula=is_formula)


_MAKERS: dict[str, Callable[[str, bool], Cell]] = {
    "b": _boolean,
    "e": _error,
    "d": iso_date_cell,
    "str": text_cell,
    "inlineStr": text_cell,
}


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _down_the_side(reference: str) -> tuple[int, int, int]:
    """Return the first column of a range and its first and last row; zeros if it is none."""
    ends = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return 0, 0, 0
    return _column_number(ends[0][1]), int(ends[0][2]), int(ends[1][2])
