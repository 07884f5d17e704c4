"""What happened to an item, movement by movement, each with the document behind it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.decimals import ZERO
from app.core.history import Entry, OpenLayer
from app.core.paging import Key, Page
from app.db.paging import PAGE_SIZE, fetch_page
from app.db.tables import (
    DocumentRow,
    ItemRow,
    LocationRow,
    LotRow,
    MovementRow,
    OrderLineRow,
    ValueEntryRow,
)
from app.db.tables.values import MovementValueRow
from app.ledger.assemblies import beside
from app.ledger.facts import known_items, money_places
from app.ledger.replay import work_out

_SOURCE = aliased(LocationRow)
_TARGET = aliased(LocationRow)
_REVERSAL = aliased(DocumentRow)
_CAUSE = aliased(DocumentRow)

KEY = (MovementRow.effective_at, MovementRow.sequence, MovementRow.id)


_ENTRIES: Select[*tuple[Any, ...]] = (
    select(
        *KEY,
        MovementRow.entered_at,
        DocumentRow.number,
        DocumentRow.type,
        MovementRow.line,
        ItemRow.sku,
        func.coalesce(LotRow.code, ""),
        _SOURCE.path,
        _TARGET.path,
        MovementRow.quantity,
        func.coalesce(MovementValueRow.value, ZERO, type_=MovementValueRow.value.type),
        DocumentRow.user,
        DocumentRow.reference,
        func.coalesce(_REVERSAL.number, ""),
        MovementRow.reason,
        ItemRow.name,
        ItemRow.unit,
        _SOURCE.kind,
        _TARGET.kind,
        func.coalesce(_CAUSE.number, ""),
    )
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .outerjoin(_CAUSE, _CAUSE.id == MovementRow.cause_id)
    .join(ItemRow, ItemRow.id == MovementRow.item_id)
    .join(_SOURCE, _SOURCE.id == MovementRow.from_id)
    .join(_TARGET, _TARGET.id == MovementRow.to_id)
    .outerjoin(LotRow, LotRow.id == MovementRow.lot_id)
    .outerjoin(MovementValueRow, MovementValueRow.movement_id == MovementRow.id)
)


def history_of(session: Session, item_id: int) -> Iterator[Entry]:
    """Give every movement of an item, in the order of history."""
    query = _ENTRIES.where(MovementRow.item_id == item_id).order_by(*KEY)
    for row in session.execute(query).yield_per(1_000):
        yield _entry(row)


def all_movements(session: Session) -> Iterator[Entry]:
    """Give every movement of every item, in the order of history, without holding them all."""
    for row in session.execute(_ENTRIES.order_by(*KEY)).yield_per(1_000):
        yield _entry(row)


def page_of_history(
    session: Session,
    item_id: int,
    *,
    location_id: int | None = None,
    lot_id: int | None = None,
    after: Key | None = None,
    size: int = PAGE_SIZE,
) -> Page[Entry]:
    """Return one page of an item's history, the latest first, of one place or lot if given.

    A lot number of 0 stands for stock without a lot.
    """
    query = _ENTRIES.where(*_narrowed(item_id, location_id, lot_id))
    return fetch_page(session, query, KEY, after, size, descending=True).into(_entry)


def count_history(
    session: Session, item_id: int, *, location_id: int | None = None, lot_id: int | None = None
) -> int:
    """Return how many movements such a history has."""
    query = select(func.count(MovementRow.id)).where(*_narrowed(item_id, location_id, lot_id))
    return session.scalar(query) or 0


def movements_of(session: Session, document: str) -> list[Entry]:
    """Return the movements of a document by its number, in the order they were written."""
    query = _ENTRIES.where(DocumentRow.number == document).order_by(MovementRow.id)
    return [_entry(row) for row in session.execute(query)]


def movements_for_order(session: Session, order_id: int) -> list[Entry]:
    """Return what has come or gone for an order, the latest first."""
    lines = select(OrderLineRow.id).where(OrderLineRow.order_id == order_id)
    query = _ENTRIES.where(MovementRow.order_line_id.in_(lines))
    rows = session.execute(query.order_by(*(column.desc() for column in KEY)))
    return [_entry(row) for row in rows]


def open_layers(session: Session, item_id: int) -> list[OpenLayer]:
    """Return an item's open layers of cost, oldest first; an averaged pool has one.

    The layer of an averaged pool stands at its first arrival since it was last empty.
    """
    connection = session.connection()
    facts = known_items(connection, beside(connection, [item_id]))
    pools = work_out(connection, facts.values(), money_places(connection)).pools
    layers = [layer for key, pool in pools.items() if key[0] == item_id for layer in pool.layers]
    found = []
    for layer in sorted(layers, key=lambda layer: layer.moment):
        number = document_of(session, layer.source)
        found.append(OpenLayer(layer.moment[0], layer.quantity, layer.value, number or ""))
    return found


def document_of(session: Session, number: int) -> str | None:
    """Return the document of a movement or of a change of value, which are numbered together."""
    for row in (MovementRow, ValueEntryRow):
        query = select(DocumentRow.number).join(row, row.document_id == DocumentRow.id)
        found = session.scalar(query.where(row.id == number))
        if found is not None:
            return found
    return None


def _narrowed(
    item_id: int, location_id: int | None, lot_id: int | None
) -> Iterator[ColumnElement[bool]]:
    yield MovementRow.item_id == item_id
    if location_id is not None:
        yield or_(MovementRow.from_id == location_id, MovementRow.to_id == location_id)
    if lot_id is not None:
        yield MovementRow.lot_id == (lot_id or None)


def _entry(row: Any) -> Entry:
    at, _, number, *rest = row
    return Entry(number, at, *rest)
