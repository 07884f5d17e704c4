"""Reads tables saved as text: any common separator, any common encoding, found out by itself."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from app.adapters.spreadsheet.preflight import NOT_A_TABLE, NotReadable
from app.core.cells import BLANK, Book, Cell, CellKind, Row, Tab, clean
from app.core.errors import Said, marked

SEPARATORS = ";\t,|"
SAMPLE = 200
LONGEST_FIELD = 1_000_000
MOST_ROWS = 1_100_000

OPEN_QUOTE = marked("a quotation mark in line {line} is not closed. Mend the line and try again.")
TOO_LONG = marked("it has more rows than a spreadsheet. Split it into smaller files.")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_AS_FORMULA = re.compile(r'="([^"]*)"')
_GUARDED = re.compile(r"'[=+\-@\t\r]")

csv.field_size_limit(LONGEST_FIELD)


def read_text_table(path: Path) -> Book:
    """Return the one table of a text file; raises NotReadable if it is none."""
    text = _decode(path)
    separator, first = _separator_line(text), 2
    if separator:
        text = text.partition("\n")[2]
    else:
        separator, first = _find_separator(text), 1
    rows = _rows(path, text, separator, first)
    trusts_text = any(_has_leading_zero(row) for row in rows)
    saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    tab = Tab(path.stem, tuple(rows), trusts_text=trusts_text)
    return Book(path.name, (tab,), saved_at=saved_at)


def _decode(path: Path) -> str:
    content = path.read_bytes()
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(path, content, encoding)
    encoding = _unmarked_utf16(content)
    if encoding:
        return _decoded(path, content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded(path, content, "cp1252")
    return _checked(path, text)


def _decoded(path: Path, content: bytes, encoding: str) -> str:
    try:
        return _checked(path, content.decode(encoding))
    except UnicodeDecodeError:
        raise NotReadable(file=path.name, reason=NOT_A_TABLE) from None


def _checked(path: Path, text: str) -> str:
    if _CONTROLS.search(text):
        raise NotReadable(file=path.name, reason=NOT_A_TABLE)
    return text


def _unmarked_utf16(content: bytes) -> str:
    """Tell UTF-16 without a mark by the zero byte beside each plain letter."""
    start = content[:400]
    if len(start) < 4 or len(content) % 2:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 4
    return "utf-16-le" if odd > half > even else "utf-16-be" if even > half > odd else ""


def _separator_line(text: str) -> str:
    found = _SEPARATOR_LINE.match(text)
    return found[1] if found else ""


def _find_separator(text: str) -> str:
    """Return the separator that cuts most of the first lines into the same number of fields."""
    sample = "".join(text.splitlines(keepends=True)[:SAMPLE])
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    try:
        widths = Counter(
            len(fields)
            for fields in csv.reader(StringIO(sample, newline=""), delimiter=separator)
            if fields
        )
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, lines = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]))
    return (lines / widths.total(), width) if width > 1 else (0.0, 0)


def _rows(path: Path, text: str, separator: str, first: int) -> list[Row]:
    rows = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, fields in enumerate(reader, start=first):
            cells = _cells(fields)
            if cells:
                rows.append(Row(number, cells))
            if len(rows) > MOST_ROWS:
                raise NotReadable(file=path.name, reason=TOO_LONG)
    except csv.Error:
        line = Said(OPEN_QUOTE, line=reader.line_num)
        raise NotReadable(file=path.name, reason=line) from None
    return rows


def _cells(fields: Iterable[str]) -> tuple[Cell, ...]:
    cells = [_cell(field) for field in fields]
    while cells and cells[-1].is_blank:
        cells.pop()
    return tuple(cells)


def _cell(field: str) -> Cell:
    if not field:
        return BLANK
    guarded = _AS_FORMULA.fullmatch(field)
    if guarded:
        field = guarded[1]
    elif _GUARDED.match(field):
        field = field[1:]
    text = clean(field)
    return Cell(CellKind.TEXT, text) if text else BLANK


def _has_leading_zero(row: Row) -> bool:
    return any(
        cell.text.startswith("0") and cell.text.isdecimal() and len(cell.text) > 1
        for cell in row.cells
    )
