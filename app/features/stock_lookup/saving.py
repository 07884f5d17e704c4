"""Puts tables into files, with figures as figures and times as they are shown here."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.adapters.spreadsheet import OutColumn, OutSheet, writing_table
from app.core.errors import Refused, marked
from app.core.progress import Progress

Steps = Generator[Progress, None, int]

MOST_ROWS = 1_048_575
"""Rows that a sheet of a workbook holds below its headings."""


class TooLongForASheet(Refused):
    template = marked(
        "{rows} rows do not fit onto a sheet of Excel, which holds 1,048,575. Save them as CSV."
    )


def save_rows(
    path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], total: int
) -> Steps:
    """Write rows to Excel or CSV, by the file's ending; return how many there were."""
    if total > MOST_ROWS and path.suffix.lower() == ".xlsx":
        raise TooLongForASheet(rows=total)
    columns = tuple(OutColumn(heading, is_text=False) for heading in headings)
    done = 0
    for done in writing_table(path, OutSheet(title, columns, _shown_here(rows))):
        yield Progress(done, max(done, total))
    return done


def _shown_here(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_local(value) if isinstance(value, datetime) else value for value in row]


def _local(moment: datetime) -> datetime:
    """Return the time on the clock here: a cell of a sheet knows no time zone."""
    return moment.astimezone().replace(tzinfo=None, microsecond=0)
