"""The history of a line of stock, with what was on hand after each movement."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.catalogue import OWNED
from app.core.decimals import ZERO
from app.core.paging import Key, Page
from app.db.tables import BalanceRow, LocationRow
from app.db.types import Quantity
from app.features.stock_lookup.rules import HISTORY_AT_ONCE
from app.features.stock_lookup.saving import Steps, save_rows
from app.features.stock_lookup.subject import HistoryLine, Scope
from app.ledger.history import count_history, page_of_history

BATCH = 2_000
"""Movements read at once for an export, between two reports of progress."""


def history_page(
    session: Session, scope: Scope, after: Key | None = None, size: int = HISTORY_AT_ONCE
) -> Page[HistoryLine]:
    """Return a page of a history, the latest first.

    What is on hand now is counted back; the key carries it on to the next page.
    """
    left = _on_hand(session, scope) if after is None else after[-1]
    page = page_of_history(
        session,
        scope.item_id,
        location_id=scope.location_id,
        lot_id=scope.lot_id,
        after=after[:-1] if after else None,
        size=size,
    )
    lines: list[HistoryLine] = []
    for entry in page.rows:
        change = entry.change_at(scope.path) if scope.path else entry.change
        lines.append(HistoryLine(entry, change, left))
        left -= change
    return Page(tuple(lines), (*page.next, left) if page.next else None)


def save_history(
    session: Session, path: Path, title: str, headings: Sequence[str], scope: Scope
) -> Steps:
    """Write a whole history to Excel or CSV, the latest first; return the number of rows."""
    total = count_history(
        session, scope.item_id, location_id=scope.location_id, lot_id=scope.lot_id
    )
    rows = (_cells(line) for line in _all(session, scope))
    return (yield from save_rows(path, title, headings, rows, total))


def _all(session: Session, scope: Scope) -> Iterator[HistoryLine]:
    page = history_page(session, scope, size=BATCH)
    yield from page.rows
    while page.next:
        page = history_page(session, scope, page.next, BATCH)
        yield from page.rows


def _cells(line: HistoryLine) -> tuple[Any, ...]:
    entry = line.entry
    return (
        entry.at,
        entry.number,
        entry.type.value,
        entry.line,
        entry.item,
        entry.lot,
        entry.source,
        entry.target,
        entry.quantity,
        line.change,
        line.after,
        entry.unit,
        entry.value,
        entry.user,
        entry.reference,
        entry.reason,
        entry.reversed_by,
        entry.entered_at,
    )


def _on_hand(session: Session, scope: Scope) -> Decimal:
    query = (
        select(func.sum(BalanceRow.on_hand, type_=Quantity))
        .join(LocationRow, LocationRow.id == BalanceRow.location_id)
        .where(BalanceRow.item_id == scope.item_id)
    )
    if scope.location_id is None:
        query = query.where(LocationRow.kind.in_(OWNED))
    else:
        query = query.where(BalanceRow.location_id == scope.location_id)
    if scope.lot_id is not None:
        query = query.where(BalanceRow.lot_id == scope.lot_id)
    return session.scalar(query) or ZERO
