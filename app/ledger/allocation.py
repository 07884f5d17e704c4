"""Promising stock to orders: never more than is there, never the same piece twice."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.core.catalogue import LocationKind, Removal
from app.core.clock import now
from app.core.decimals import ZERO, plain
from app.core.documents import DocumentType
from app.core.errors import Said, marked
from app.core.refusals import UnknownOrder
from app.db.tables import (
    AllocationRow,
    BalanceRow,
    DocumentRow,
    ItemRow,
    LocationRow,
    LotRow,
    MovementRow,
    OrderLineRow,
    table_of,
)
from app.ledger.orders import find_order, lock_items_of
from app.ledger.promises import change_allocated, lessen, promised_of

_ALLOCATION = table_of(AllocationRow)
_REVERSAL = aliased(DocumentRow)
_FIRST_IN = (
    select(func.min(MovementRow.effective_at))
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .where(
        DocumentRow.reverses_id.is_(None),
        _REVERSAL.id.is_(None),
        MovementRow.item_id == BalanceRow.item_id,
        MovementRow.to_id == BalanceRow.location_id,
        func.coalesce(MovementRow.lot_id, 0) == BalanceRow.lot_id,
    )
    .scalar_subquery()
)
_LINES = (
    select(
        OrderLineRow.id,
        OrderLineRow.line,
        OrderLineRow.item_id,
        OrderLineRow.quantity,
        OrderLineRow.done,
        ItemRow.sku,
        ItemRow.unit,
        ItemRow.removal,
    )
    .join(ItemRow, ItemRow.id == OrderLineRow.item_id)
    .where(OrderLineRow.order_id == bindparam("order_number"))
    .order_by(OrderLineRow.line)
)


MISSING = marked("Line {line}: {quantity} {unit} of {item} are missing.")


def reserve(connection: Connection, order: str) -> tuple[int, list[str]]:
    """Promise what is available to the order's open lines; return its row and what is missing."""
    order_id = _locked_sales_order(connection, order)
    promised: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in promised_of(connection, order_id):
        promised[row.order_line_id] += row.quantity
    missing: list[str] = []
    for row in connection.execute(_LINES, {"order_number": order_id}).all():
        wanted = row.quantity - row.done - promised[row.id]
        left = _reserve_line(connection, row, wanted) if wanted > 0 else ZERO
        if left > 0:
            what = {"quantity": plain(left), "unit": row.unit, "item": row.sku}
            missing.append(Said(MISSING, line=row.line, **what))
    return order_id, missing


def release(connection: Connection, order: str) -> int:
    """Give back all that is promised to an order and return its row number."""
    order_id = _locked_sales_order(connection, order)
    give_back(connection, order_id)
    return order_id


def give_back(connection: Connection, order_id: int) -> None:
    """Give back all that is promised to an order whose items are locked."""
    for row in promised_of(connection, order_id):
        lessen(connection, row, row.quantity)


def _locked_sales_order(connection: Connection, order: str) -> int:
    """Find the order, lock its items, and look again: it may have been taken back meanwhile."""
    lock_items_of(connection, _sales_order(connection, order))
    return _sales_order(connection, order)


def _sales_order(connection: Connection, order: str) -> int:
    if not order:
        raise UnknownOrder(order="—")
    return find_order(connection, order, DocumentType.SALES_ORDER)


def _reserve_line(connection: Connection, line: Any, wanted: Decimal) -> Decimal:
    """Promise stock to one order line in the item's removal order; return what is missing."""
    for row in connection.execute(_available(line.removal), {"item": line.item_id}).all():
        taken = min(wanted, row.on_hand - row.allocated)
        if taken <= 0:
            break
        values = {
            "order_line_id": line.id,
            "item_id": line.item_id,
            "location_id": row.location_id,
            "lot_id": row.lot_id,
            "quantity": taken,
        }
        connection.execute(insert(_ALLOCATION), values)
        change_allocated(connection, (line.item_id, row.location_id, row.lot_id), taken)
        wanted -= taken
    return wanted


def _available(removal: Removal) -> Select[int, int, Decimal, Decimal]:
    """What is free in storage and not expired, in the order it is to be taken."""
    oldest = _FIRST_IN.desc() if removal is Removal.LIFO else _FIRST_IN
    order: list[Any] = [LocationRow.path, LotRow.code]
    if removal in (Removal.FIFO, Removal.LIFO, Removal.FEFO):
        order.insert(0, oldest)
    if removal is Removal.FEFO:
        order.insert(0, func.coalesce(LotRow.expiry, date.max))
    query = (
        select(BalanceRow.location_id, BalanceRow.lot_id, BalanceRow.on_hand, BalanceRow.allocated)
        .join(LocationRow, LocationRow.id == BalanceRow.location_id)
        .outerjoin(LotRow, LotRow.id == BalanceRow.lot_id)
        .where(
            BalanceRow.item_id == bindparam("item"),
            LocationRow.kind == LocationKind.STORAGE,
            BalanceRow.on_hand > BalanceRow.allocated,
            or_(LotRow.expiry.is_(None), LotRow.expiry >= now().astimezone().date()),
        )
        .order_by(*order)
    )
    return query
