"""Writes tables as workbooks and as CSV. What came from outside stays text, whatever it looks like.

A file is written beside its place and then put there whole: an old one is never left half over.
"""

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.adapters.spreadsheet.preflight import FileNotWritten
from app.core.decimals import plain

Value = str | Decimal | int | date | None
Steps = Iterator[int]

LONGEST_TEXT = 32_767
LONGEST_TITLE = 31
TOLD_EVERY = 250  # rows between two reports of progress

_TITLE_MARKS = re.compile(r"[\[\]:*?/\\]")
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_ENCODING = "utf-8-sig"
"""With a mark, by which Excel tells UTF-8 from the system's own encoding."""


@dataclass(frozen=True, slots=True)
class OutColumn:
    """`width` in characters; `is_text` columns keep the zeros of codes when edited in Excel."""

    heading: str
    width: int = 14
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class OutSheet:
    title: str
    columns: tuple[OutColumn, ...]
    rows: Iterable[Sequence[Value]]


def write_table(path: Path, sheet: OutSheet) -> None:
    """Write one table as CSV or as a workbook, by the file's ending."""
    if path.suffix.lower() in (".csv", ".txt"):
        write_csv(path, sheet)
    else:
        write_workbook(path, [sheet])


def writing_table(path: Path, sheet: OutSheet) -> Steps:
    """Write one table as `write_table` does, telling now and then how many rows are in.

    The last figure told is that of all rows. Given up in between, it leaves nothing behind.
    """
    with replacing(path) as beside:
        if path.suffix.lower() in (".csv", ".txt"):
            with beside.open("w", encoding=_ENCODING, newline="") as file:
                yield from _write_lines(csv.writer(file), sheet)
            return
        with new_workbook() as book:
            yield from _write_sheet(book, sheet, unused_title(sheet.title, set()))
            book.save(beside)


def write_workbook(path: Path, sheets: Sequence[OutSheet]) -> None:
    """Write tables as sheets of one workbook, headings frozen and filterable."""
    with replacing(path) as beside, new_workbook() as book:
        titles: set[str] = set()
        for sheet in sheets:
            _do(_write_sheet(book, sheet, unused_title(sheet.title, titles)))
        book.save(beside)


def write_csv(path: Path, sheet: OutSheet) -> None:
    """Write one table as CSV: UTF-8, commas, text that looks like a formula behind a '."""
    with (
        replacing(path) as beside,
        beside.open("w", encoding=_ENCODING, newline="") as file,
    ):
        _do(_write_lines(csv.writer(file), sheet))


def csv_text(sheet: OutSheet) -> str:
    """Return the same as text, for the clipboard or standard output."""
    text = StringIO()
    _do(_write_lines(csv.writer(text, lineterminator="\n"), sheet))
    return text.getvalue()


def printable(text: str) -> str:
    """Return text as a workbook can hold it: no control characters, not too long."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST_TEXT]


def unused_title(wanted: str, taken: set[str]) -> str:
    """Return a name for a sheet that Excel accepts and that is not taken; take it."""
    stem = _TITLE_MARKS.sub(" ", printable(wanted)).strip(" '")[:LONGEST_TITLE] or "Sheet"
    title, number = stem, 1
    while title.casefold() in taken or title.casefold() == "history":
        number += 1
        ending = f" ({number})"
        title = stem[: LONGEST_TITLE - len(ending)] + ending
    taken.add(title.casefold())
    return title


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside the wanted one; what was written there then takes its place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    except OSError as fault:
        raise FileNotWritten(file=path.name, reason=f"{fault.strerror}.") from fault
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def new_workbook() -> Iterator[Workbook]:
    """Give a workbook to be written row by row; given up half-way, it leaves no files open."""
    book = Workbook(write_only=True)
    try:
        yield book
    finally:
        for page in book.worksheets:
            if not page.closed:
                page.close()
                page._writer.cleanup()


def _do(steps: Iterable[int]) -> None:
    """Take all steps at once, without looking at how far they are."""
    for _ in steps:
        pass


def _told(rows: Iterable[Sequence[Value]], write: Callable[[Sequence[Value]], object]) -> Steps:
    """Write row by row, telling every so many how many there are, and at the end."""
    count = 0
    for count, row in enumerate(rows, start=1):
        write(row)
        if count % TOLD_EVERY == 0:
            yield count
    yield count


def _write_sheet(book: Workbook, sheet: OutSheet, title: str) -> Steps:
    page = book.create_sheet(title)
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.freeze_panes = "A2"
    bold = WriteOnlyCell(page)
    bold.font = Font(bold=True)
    page.append(_put(bold, column.heading) for column in sheet.columns)
    texts = [WriteOnlyCell(page) for _ in sheet.columns]
    for cell, column in zip(texts, sheet.columns, strict=True):
        cell.number_format = "@" if column.is_text else "General"
    dates = WriteOnlyCell(page)
    return _told(sheet.rows, lambda row: page.append(_cells(row, texts, dates)))


def _cells(
    row: Sequence[Value], texts: list[WriteOnlyCell], dates: WriteOnlyCell
) -> Iterator[object]:
    """Yield each value in the form that is written at once, so that the cells can be used again."""
    for value, cell in zip(row, texts, strict=False):
        if isinstance(value, str):
            yield _put(cell, value)
        elif isinstance(value, date):
            dates.value = value
            yield dates
        else:
            yield value


def _put(cell: WriteOnlyCell, text: str) -> WriteOnlyCell:
    cell.value = printable(text) or None
    if cell.value is not None:
        cell.data_type = "s"
    return cell


def _write_lines(writer: Any, sheet: OutSheet) -> Steps:
    writer.writerow([_guarded(column.heading) for column in sheet.columns])
    return _told(sheet.rows, lambda row: writer.writerow([_csv_field(value) for value in row]))


def _csv_field(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _guarded(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return plain(value) if isinstance(value, Decimal) else str(value)


def _guarded(text: str) -> str:
    text = text.replace("\0", "")
    return f"'{text}" if text.startswith(_LIVE) else text
