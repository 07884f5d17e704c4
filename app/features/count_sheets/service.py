"""Count sheets: make, send out, bring back, count on the screen, review, post, undo."""

from collections.abc import Generator
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.progress import Progress
from app.features.count_sheets.counting import count_scan, enter_count, note_on_line
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
    "write_sheet",
]


def export_sheet(session: Session, number: int, path: Path) -> Generator[Progress, None, int]:
    """Write a sheet as a workbook and return how many lines it holds; raises UnknownSheet."""
    sheet = find_sheet(session, number)
    return (yield from write_sheet(sheet, path))
