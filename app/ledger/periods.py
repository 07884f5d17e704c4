"""Closed periods: what is closed, closing and reopening, and what was known at each closing.

Only the boundary counts: all that happened before it is closed. Every closing is a document, so
that what a closed period was worth is what the documents posted before that one say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from app.core.clock import EARLIEST, EPOCH, from_microseconds, now, to_microseconds
from app.core.documents import Document, DocumentType
from app.core.errors import marked
from app.core.refusals import Malformed, PeriodClosed, PeriodNotClosed, PeriodNotOver
from app.db.tables import DocumentRow, PeriodRow, SettingRow, table_of

CLOSED_BEFORE = "closed_before"
PERIODS = (DocumentType.CLOSE_PERIOD, DocumentType.REOPEN_PERIOD)

_SETTING = table_of(SettingRow)
_VALUE = select(_SETTING.c.value).where(_SETTING.c.name == CLOSED_BEFORE)
_LOCKED = _VALUE.with_for_update()
_CHANGES = (
    select(PeriodRow.document_id, PeriodRow.boundary, DocumentRow.type)
    .join(DocumentRow, DocumentRow.id == PeriodRow.document_id)
    .order_by(PeriodRow.document_id)
)


@dataclass(frozen=True, slots=True)
class Era:
    """History from the boundary before up to `boundary`, as it was known when document
    `known_before` closed it. The last era is open: it has neither."""

    boundary: datetime | None = None
    known_before: int | None = None


def closed_before(connection: Connection) -> datetime | None:
    """Return the moment before which everything is closed; None where nothing is."""
    return moment_of(connection.scalar(_VALUE))


def open_from(session: Session) -> datetime | None:
    """Return the first moment that is not closed; None where nothing is."""
    return closed_before(session.connection())


def check_open(connection: Connection, moments: Iterable[datetime]) -> None:
    """Refuse what lies in a closed period.

    Nobody can close one between this question and the end of the transaction: see
    `heads.wait_for_turn`.
    """
    refuse_closed(closed_before(connection), moments)


def refuse_closed(boundary: datetime | None, moments: Iterable[datetime]) -> None:
    """Refuse what lies before the boundary."""
    earliest = min(moments, default=None)
    if boundary is not None and earliest is not None and earliest < boundary:
        raise PeriodClosed(moment=earliest, until=last_day(boundary))


def change_period(connection: Connection, document: Document, number: int) -> datetime:
    """Close up to a day, or open again from one on; return the new boundary."""
    day = document.until
    if day is None or day < EARLIEST.date():
        raise Malformed(marked("until: it is missing, or before 1980."))
    boundary = moment_of(connection.scalar(_LOCKED))
    if document.type is DocumentType.CLOSE_PERIOD:
        if day >= now().astimezone().date():
            raise PeriodNotOver(until=day)
        new = start_of_day(day + timedelta(days=1))
        new = new if boundary is None else max(new, boundary)
    else:
        new = start_of_day(day)
        if boundary is None or new >= boundary:
            last = "—" if boundary is None else last_day(boundary)
            raise PeriodNotClosed(until=day, closed=last)
    values = {"document_id": number, "until": day, "boundary": new}
    connection.execute(insert(table_of(PeriodRow)), values)
    keep_boundary(connection, new)
    return new


def eras(connection: Connection) -> list[Era]:
    """Return the closed eras that hold now, oldest first, and the open one at the end."""
    found: list[Era] = []
    for number, boundary, kind in connection.execute(_CHANGES):
        if kind is DocumentType.CLOSE_PERIOD:
            if not found or (found[-1].boundary or EPOCH) < boundary:
                found.append(Era(boundary, number))
            continue
        while found and (found[-1].boundary or EPOCH) > boundary:
            last = found.pop()
            if not found or (found[-1].boundary or EPOCH) < boundary:
                found.append(Era(boundary, last.known_before))
                break
    return [*found, Era()]


def documented_boundary(connection: Connection) -> datetime | None:
    """Return the moment before which everything is closed, as the documents say."""
    *closed, _ = eras(connection)
    return closed[-1].boundary if closed else None


def keep_boundary(connection: Connection, boundary: datetime | None) -> None:
    """Let all before this moment be closed; nothing, if there is none."""
    text = "" if boundary is None else str(to_microseconds(boundary))
    change = update(_SETTING).where(_SETTING.c.name == CLOSED_BEFORE).values(value=text)
    connection.execute(change)


def start_of_day(day: date) -> datetime:
    """Return the first moment of a day here, in UTC."""
    return datetime.combine(day, time.min).astimezone().astimezone(UTC)


def last_day(boundary: datetime) -> date:
    """Return the last day that a boundary closes."""
    return (boundary - timedelta(microseconds=1)).astimezone().date()


def moment_of(text: str | None) -> datetime | None:
    return from_microseconds(int(text)) if text else None
