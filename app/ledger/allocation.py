"""Promising stock to orders: never more than is there, never the same piece twice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from app.core.catalogue import LocationKind, Removal
from app.core.clock import now
from app.core.decimals import ZERO, plain
from app.core.documents import DocumentType
from app.core.refusals import UnknownOrder
from app.db.tables import (
    AllocationRow,
    BalanceRow,
    ItemRow,
    LocationRow,
    LotRow,
    MovementRow,
    OrderLineRow,
    OrderRow,
    table_of,
)
from app.ledger.facts import find_items
from app.ledger.moves import Move, StockKey
from app.ledger.orders import find_order
from app.ledger.timeline import Balances

_ALLOCATION = table_of(AllocationRow)
_BALANCE = table_of(BalanceRow)
_FIRST_IN = (
    select(func.min(MovementRow.effective_at))
    .where(
        MovementRow.item_id == BalanceRow.item_id,
        MovementRow.to_id == BalanceRow.location_id,
        func.coalesce(MovementRow.lot_id, 0) == BalanceRow.lot_id,
    )
    .scalar_subquery()
)
_CHANGE_ALLOCATED = (
    update(_BALANCE)
    .where(
        _BALANCE.c.item_id == bindparam("item"),
        _BALANCE.c.location_id == bindparam("place"),
        _BALANCE.c.lot_id == bindparam("lot"),
    )
    .values(allocated=_BALANCE.c.allocated + bindparam("more", type_=_BALANCE.c.allocated.type))
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
_OF_ORDER = (
    select(_ALLOCATION)
    .join(table_of(OrderLineRow), table_of(OrderLineRow).c.id == _ALLOCATION.c.order_line_id)
    .where(table_of(OrderLineRow).c.order_id == bindparam("order_number"))
)
_AT_PLACE = (
    select(_ALLOCATION, OrderRow.number)
    .join(table_of(OrderLineRow), table_of(OrderLineRow).c.id == _ALLOCATION.c.order_line_id)
    .join(OrderRow, OrderRow.id == table_of(OrderLineRow).c.order_id)
    .where(
        _ALLOCATION.c.item_id == bindparam("item"),
        _ALLOCATION.c.location_id == bindparam("place"),
        _ALLOCATION.c.lot_id == bindparam("lot"),
    )
    .order_by(_ALLOCATION.c.id.desc())
)


def reserve(connection: Connection, order: str) -> tuple[int, list[str]]:
    """Promise what is available to the order's open lines; return its row and what is missing."""
    order_id = _sales_order(connection, order)
    rows = connection.execute(_LINES, {"order_number": order_id}).all()
    find_items(connection, sorted({row.item_id for row in rows}))
    promised: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in connection.execute(_OF_ORDER, {"order_number": order_id}):
        promised[row.order_line_id] += row.quantity
    missing: list[str] = []
    for row in rows:
        wanted = row.quantity - row.done - promised[row.id]
        left = _reserve_line(connection, row, wanted) if wanted > 0 else ZERO
        if left > 0:
            missing.append(f"Line {row.line}: {plain(left)} {row.unit} of {row.sku} are missing.")
    return order_id, missing


def release(connection: Connection, order: str) -> int:
    """Give back all that is promised to an order and return its row number."""
    order_id = _sales_order(connection, order)
    rows = connection.execute(_OF_ORDER, {"order_number": order_id}).all()
    find_items(connection, sorted({row.item_id for row in rows}))
    for row in connection.execute(_OF_ORDER, {"order_number": order_id}).all():
        _lessen(connection, row, row.quantity)
    return order_id


def use_up(connection: Connection, moves: Iterable[Move], balances: Balances) -> None:
    """Let issues for an order take what is promised to that very order line."""
    for move in moves:
        held = balances.held[move.out_of]
        if move.order_line_id is None or not held.allocated:
            continue
        left = move.quantity
        for row in connection.execute(_AT_PLACE, _place(move.out_of)).all():
            taken = min(left, row.quantity)
            if row.order_line_id == move.order_line_id and taken:
                _lessen(connection, row, taken)
                held.allocated -= taken
                left -= taken


def give_way(connection: Connection, moves: Iterable[Move], balances: Balances) -> list[str]:
    """Where goods turn out to be gone, take back the latest promises; return what to tell."""
    lost: defaultdict[StockKey, Decimal] = defaultdict(lambda: ZERO)
    names: dict[StockKey, Move] = {}
    for move in moves:
        if move.target.kind is LocationKind.LOSS and balances.held[move.out_of].allocated:
            lost[move.out_of] += move.quantity
            names[move.out_of] = move
    told: list[str] = []
    for key, quantity in lost.items():
        held = balances.held[key]
        excess = held.allocated - max(held.on_hand - quantity, ZERO)
        for row in connection.execute(_AT_PLACE, _place(key)).all():
            taken = min(excess, row.quantity)
            if taken <= 0:
                break
            _lessen(connection, row, taken)
            held.allocated -= taken
            excess -= taken
            what = f"{plain(taken)} {names[key].item.unit} of {names[key].item.sku}"
            told.append(
                f"{what} at {names[key].source.path} are no longer promised to {row.number}."
            )
    return told


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
        _change(connection, (line.item_id, row.location_id, row.lot_id), taken)
        wanted -= taken
    return wanted


def _available(removal: Removal) -> Select[int, int, Decimal, Decimal]:
    """What is free in storage and not expired, in the order it is to be taken."""
    oldest = _FIRST_IN.desc() if removal is Removal.LIFO else _FIRST_IN
    order: list[Any] = [LocationRow.path]
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


def _lessen(connection: Connection, row: Any, quantity: Decimal) -> None:
    """Take part or all of one allocation back."""
    one = _ALLOCATION.c.id == row.id
    if quantity == row.quantity:
        connection.execute(delete(_ALLOCATION).where(one))
    else:
        less = row.quantity - quantity
        connection.execute(update(_ALLOCATION).where(one).values(quantity=less))
    _change(connection, (row.item_id, row.location_id, row.lot_id), -quantity)


def _change(connection: Connection, key: StockKey, more: Decimal) -> None:
    connection.execute(_CHANGE_ALLOCATED, {**_place(key), "more": more})


def _place(key: StockKey) -> dict[str, int]:
    return {"item": key[0], "place": key[1], "lot": key[2]}
