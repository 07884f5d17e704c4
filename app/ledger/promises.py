"""What is promised to orders while stock moves: used up, given back, never left behind."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from app.core.catalogue import LocationKind
from app.core.decimals import ZERO, plain
from app.core.errors import Said, marked
from app.core.refusals import PromisedStock
from app.db.prepared import Prepared, one_of
from app.db.tables import AllocationRow, BalanceRow, OrderLineRow, OrderRow, table_of
from app.ledger.moves import Move, StockKey
from app.ledger.timeline import Balances, Held

NOT_PROMISED = marked(
    "{quantity} {unit} of {item} at {location} are no longer promised to {order}."
)

_ALLOCATION = table_of(AllocationRow)
_BALANCE = table_of(BalanceRow)
_LINE = table_of(OrderLineRow)
_CHANGE_ALLOCATED = (
    update(_BALANCE)
    .where(
        _BALANCE.c.item_id == bindparam("item"),
        _BALANCE.c.location_id == bindparam("place"),
        _BALANCE.c.lot_id == bindparam("lot"),
    )
    .values(allocated=_BALANCE.c.allocated + bindparam("more", type_=_BALANCE.c.allocated.type))
)
_OF_ORDER = (
    select(_ALLOCATION)
    .join(_LINE, _LINE.c.id == _ALLOCATION.c.order_line_id)
    .where(_LINE.c.order_id == bindparam("order_number"))
)
_AT_PLACE = (
    select(_ALLOCATION, OrderRow.number)
    .join(_LINE, _LINE.c.id == _ALLOCATION.c.order_line_id)
    .join(OrderRow, OrderRow.id == _LINE.c.order_id)
    .where(
        _ALLOCATION.c.item_id == bindparam("item"),
        _ALLOCATION.c.location_id == bindparam("place"),
        _ALLOCATION.c.lot_id == bindparam("lot"),
    )
    .order_by(_ALLOCATION.c.id.desc())
)
_OF_LINES = Prepared(
    select(
        _ALLOCATION.c.id,
        _ALLOCATION.c.order_line_id,
        _ALLOCATION.c.item_id,
        _ALLOCATION.c.location_id,
        _ALLOCATION.c.lot_id,
        _ALLOCATION.c.quantity,
        _LINE.c.quantity.label("ordered"),
        _LINE.c.done,
    )
    .join(_LINE, _LINE.c.id == _ALLOCATION.c.order_line_id)
    .where(one_of(_ALLOCATION.c.order_line_id, "lines"))
    .order_by(_ALLOCATION.c.id)
)


def promised_of(connection: Connection, order_id: int) -> list[Any]:
    """Return what is promised to an order, place by place."""
    return list(connection.execute(_OF_ORDER, {"order_number": order_id}).all())


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
                lessen(connection, row, taken)
                held.allocated -= taken
                left -= taken


def keep_promises(connection: Connection, moves: Iterable[Move], balances: Balances) -> list[str]:
    """Refuse a document that leaves less at a place than is promised there (ledger.md rule 9).

    `balances` are what it leaves. Where goods turn out to be lost, the latest promises are taken
    back instead, and what to tell of it is returned.
    """
    net: defaultdict[StockKey, Decimal] = defaultdict(lambda: ZERO)
    last: dict[StockKey, Move] = {}
    for move in moves:
        net[move.into] += move.quantity
        net[move.out_of] -= move.quantity
        last[move.out_of] = move
    told: list[str] = []
    for key, move in last.items():
        held = balances.held[key]
        if net[key] >= 0 or held.allocated <= max(held.on_hand, ZERO):
            continue
        if move.target.kind is not LocationKind.LOSS:
            _refuse(connection, key, move, held, held.on_hand - net[key])
        told += _take_back(connection, key, move, held)
    return told


def trim_promises(connection: Connection, lines: Collection[int]) -> None:
    """Give back what is promised to order lines beyond what they still want."""
    left: dict[int, Decimal] = {}
    for row in _OF_LINES.all(connection, lines=lines):
        wanted = left.setdefault(row.order_line_id, max(row.ordered - row.done, ZERO))
        kept = min(wanted, row.quantity)
        left[row.order_line_id] -= kept
        if kept < row.quantity:
            lessen(connection, row, row.quantity - kept)


def lessen(connection: Connection, row: Any, quantity: Decimal) -> None:
    """Take part or all of one allocation back."""
    one = _ALLOCATION.c.id == row.id
    if quantity == row.quantity:
        connection.execute(delete(_ALLOCATION).where(one))
    else:
        less = row.quantity - quantity
        connection.execute(update(_ALLOCATION).where(one).values(quantity=less))
    change_allocated(connection, (row.item_id, row.location_id, row.lot_id), -quantity)


def change_allocated(connection: Connection, key: StockKey, more: Decimal) -> None:
    connection.execute(_CHANGE_ALLOCATED, {**_place(key), "more": more})


def _refuse(
    connection: Connection, key: StockKey, move: Move, held: Held, on_hand: Decimal
) -> None:
    orders = [row.number for row in connection.execute(_AT_PLACE, _place(key))]
    raise PromisedStock(
        location=move.source.path,
        on_hand=plain(on_hand),
        unit=move.item.unit,
        item=move.name,
        allocated=plain(held.allocated),
        order=", ".join(sorted(set(orders))) or "—",
        line=move.line,
    )


def _take_back(connection: Connection, key: StockKey, move: Move, held: Held) -> list[str]:
    told: list[str] = []
    excess = held.allocated - max(held.on_hand, ZERO)
    for row in connection.execute(_AT_PLACE, _place(key)).all():
        taken = min(excess, row.quantity)
        if taken <= 0:
            break
        lessen(connection, row, taken)
        held.allocated -= taken
        excess -= taken
        told.append(
            Said(
                NOT_PROMISED,
                quantity=plain(taken),
                unit=move.item.unit,
                item=move.item.sku,
                location=move.source.path,
                order=row.number,
            )
        )
    return told


def _place(key: StockKey) -> dict[str, int]:
    return {"item": key[0], "place": key[1], "lot": key[2]}
