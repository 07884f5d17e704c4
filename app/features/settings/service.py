"""Periods, as one unit of work for each call."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.adapters.spreadsheet.writing import OutColumn, OutSheet, write_table
from app.core.clock import EPOCH
from app.core.decimals import ZERO
from app.core.documents import Document, DocumentType, Posted, new_key
from app.db.tables import DocumentRow, PeriodRow
from app.db.tables.values import PeriodDifferenceRow
from app.features.settings.rules import AlreadyClosed, Closing, Consequence, Periods
from app.ledger.door import post, preview
from app.ledger.periods import PERIODS, last_day, open_from, start_of_day

_CLOSINGS = (
    select(
        DocumentRow.number,
        DocumentRow.type == DocumentType.CLOSE_PERIOD,
        PeriodRow.until,
        DocumentRow.entered_at,
        DocumentRow.user,
    )
    .join(DocumentRow, DocumentRow.id == PeriodRow.document_id)
    .order_by(DocumentRow.id.desc())
)


def load_periods(session: Session) -> Periods:
    """Return up to which day everything is closed, and who closed and opened what."""
    closings = tuple(Closing(*row) for row in session.execute(_CLOSINGS))
    boundary = open_from(session)
    return Periods(last_day(boundary) if boundary else None, closings)


def weigh_closing(session: Session, day: date, user: str) -> Consequence:
    """Return what closing up to a day would touch; refuses what posting it would refuse."""
    boundary = open_from(session)
    new = start_of_day(day + timedelta(days=1))
    if boundary is not None and new <= boundary:
        raise AlreadyClosed(until=day, closed=last_day(boundary))
    preview(session, _document(DocumentType.CLOSE_PERIOD, day, new_key()), user=user)
    return Consequence(day, _count_documents(session, boundary or EPOCH, new))


def weigh_reopening(session: Session, day: date, user: str) -> Consequence:
    """Return what opening again from a day on would touch; refuses as posting it would."""
    boundary = open_from(session)
    preview(session, _document(DocumentType.REOPEN_PERIOD, day, new_key()), user=user)
    first = start_of_day(day)
    booked = session.scalar(
        select(func.sum(PeriodDifferenceRow.value, type_=PeriodDifferenceRow.value.type)).where(
            PeriodDifferenceRow.boundary > first
        )
    )
    return Consequence(day, _count_documents(session, first, boundary or first), booked or ZERO)


def close_period(session: Session, day: date, key: str, user: str) -> Posted:
    """Close everything up to a day; the same key does it once."""
    return post(session, _document(DocumentType.CLOSE_PERIOD, day, key), user=user)


def reopen_period(session: Session, day: date, key: str, user: str) -> Posted:
    """Open everything from a day on again; the same key does it once."""
    return post(session, _document(DocumentType.REOPEN_PERIOD, day, key), user=user)


def save_table(path: Path, title: str, headings: list[str], rows: list[list[Any]]) -> int:
    """Write a table as it is shown to Excel or CSV, by the file's ending; return its rows."""
    columns = tuple(OutColumn(heading) for heading in headings)
    write_table(path, OutSheet(title, columns, ([_local(value) for value in row] for row in rows)))
    return len(rows)


def _document(kind: DocumentType, day: date, key: str) -> Document:
    return Document(key=key, type=kind, until=day)


def _count_documents(session: Session, first: datetime, end: datetime) -> int:
    query = select(func.count(DocumentRow.id)).where(
        DocumentRow.effective_at >= first,
        DocumentRow.effective_at < end,
        DocumentRow.type.not_in(PERIODS),
    )
    return session.scalar(query) or 0


def _local(value: Any) -> Any:
    """Return a time as the clock here showed it: a cell knows no time zone."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone().replace(tzinfo=None, microsecond=0)
