"""Count sheets: make, send out, bring back, count on the screen, review, post, undo."""

from collections.abc import Generator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.adapters.spreadsheet import OutColumn, OutSheet, write_table
from app.core.progress import Progress
from app.features.count_sheets.counting import count_scan, enter_count, note_on_line, take_back
from app.features.count_sheets.importing import import_sheet
from app.features.count_sheets.making import create_sheet, find_categories
from app.features.count_sheets.posting import cancel_sheet, post_sheet, reverse_sheet
from app.features.count_sheets.reviewing import review_sheet
from app.features.count_sheets.rules import Scope
from app.features.count_sheets.store import find_lines, find_sheet, list_sheets
from app.features.count_sheets.workbook import write_sheet

__all__ = [
    "Scope",
    "cancel_sheet",
    "count_scan",
    "create_sheet",
    "enter_count",
    "export_sheet",
    "find_categories",
    "find_lines",
    "find_sheet",
    "import_sheet",
    "list_sheets",
    "note_on_line",
    "post_sheet",
    "reverse_sheet",
    "review_sheet",
    "save_table",
    "take_back",
    "write_sheet",
]


def save_table(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]
) -> int:
    """Write a table as it is shown to Excel or CSV, by the file's ending; return its rows."""
    columns = tuple(OutColumn(heading) for heading in headings)
    local = ([_local(value) for value in row] for row in rows)
    write_table(path, OutSheet(title, columns, local))
    return len(rows)


def export_sheet(session: Session, number: int, path: Path) -> Generator[Progress, None, int]:
    """Write a sheet as a workbook and return how many lines it holds; raises UnknownSheet."""
    sheet = find_sheet(session, number)
    return (yield from write_sheet(sheet, path))


def _local(value: Any) -> Any:
    """Return a time as the clock here showed it: a cell knows no time zone."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone().replace(tzinfo=None, microsecond=0)
