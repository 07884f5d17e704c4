"""Items with what there is of each in all: on hand, allocated, on order."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, literal, select
from sqlalchemy.orm import Session

from app.core.documents import DocumentType
from app.core.paging import Key, Page
from app.db.prepared import Prepared, one_of
from app.db.tables import AllocationRow, ItemRow, OrderLineRow, OrderRow
from app.db.tables.values import PoolRow
from app.db.types import Quantity
from app.features.stock_lookup.rules import ITEMS_AT_ONCE, ItemStock


def _sum_of(column: Any, *where: Any) -> Any:
    total = func.coalesce(func.sum(column, type_=Quantity), literal(0, Quantity))
    return select(total).where(*where).correlate(ItemRow).scalar_subquery()


_COLUMNS = (
    ItemRow.id,
    ItemRow.sku,
    ItemRow.name,
    ItemRow.unit,
    ItemRow.decimals,
    ItemRow.category,
    _sum_of(PoolRow.quantity, PoolRow.item_id == ItemRow.id).label("on_hand"),
    _sum_of(AllocationRow.quantity, AllocationRow.item_id == ItemRow.id).label("allocated"),
    _sum_of(
        OrderLineRow.quantity - OrderLineRow.done,
        OrderLineRow.item_id == ItemRow.id,
        OrderLineRow.done < OrderLineRow.quantity,
        OrderRow.id == OrderLineRow.order_id,
        OrderRow.is_open,
        OrderRow.type == DocumentType.PURCHASE_ORDER,
    ).label("on_order"),
)
_IN_ORDER = select(*_COLUMNS).order_by(ItemRow.sku).limit(bindparam("size"))
_FIRST = Prepared(_IN_ORDER)
_NEXT = Prepared(_IN_ORDER.where(ItemRow.sku > bindparam("after")))
_BY_IDS = Prepared(select(*_COLUMNS).where(one_of(ItemRow.id, "ids")))


def list_items(
    session: Session, after: Key | None = None, size: int = ITEMS_AT_ONCE
) -> Page[ItemStock]:
    """Return a page of all items in the order of their SKUs."""
    connection = session.connection()
    if after is None:
        rows = _FIRST.all(connection, size=size + 1)
    else:
        rows = _NEXT.all(connection, size=size + 1, after=after[0])
    items = tuple(ItemStock(*row) for row in rows[:size])
    return Page(items, (items[-1].sku,) if len(rows) > size else None)


def stock_of(session: Session, ids: Sequence[int]) -> tuple[ItemStock, ...]:
    """Return the items in the order of their numbers here."""
    rows = _BY_IDS.all(session.connection(), ids=list(ids)) if ids else []
    found = {row[0]: ItemStock(*row) for row in rows}
    return tuple(found[number] for number in ids if number in found)
