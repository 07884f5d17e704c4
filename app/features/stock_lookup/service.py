"""Everything a clerk may look up: items, places, lots and documents, and what lies behind them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.features.stock_lookup.documents import open_document, reverse_document
from app.features.stock_lookup.finding import find_others, find_subject
from app.features.stock_lookup.histories import history_page, save_history
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.saving import Steps, save_rows
from app.features.stock_lookup.search import look_for, save_items, search_items
from app.features.stock_lookup.subject import Subject
from app.features.stock_lookup.subjects import open_item, open_lot, open_place

__all__ = [
    "find_others",
    "find_subject",
    "history_page",
    "look_for",
    "open_subject",
    "reverse_document",
    "save_history",
    "save_items",
    "save_table",
    "search_items",
]


def open_subject(session: Session, ref: Ref) -> Subject:
    """Return what is to be seen of an item, place, lot or document.

    Raises NothingFound or UnknownDocument.
    """
    opener = {
        FoundKind.ITEM: open_item,
        FoundKind.PLACE: open_place,
        FoundKind.LOT: open_lot,
        FoundKind.DOCUMENT: open_document,
    }[ref.kind]
    return opener(session, ref)


def save_table(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Steps:
    """Write what a table shows to Excel or CSV, by the file's ending; return the number of rows."""
    return save_rows(path, title, headings, rows, len(rows))
