"""Proves balances, allocations, order lines and counts by adding up what happened."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import BigInteger, Connection, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.core.decimals import ZERO, plain
from app.db.prepared import one_of
from app.db.tables import (
    AllocationRow,
    BalanceRow,
    CountResultRow,
    DocumentRow,
    ItemRow,
    LocationRow,
    LotRow,
    MovementRow,
    OrderLineRow,
    OrderRow,
)
from app.db.types import Quantity
from app.ledger.checks import Check
from app.ledger.spans import Span, within

_TOTAL = func.sum(BalanceRow.on_hand, type_=Quantity)
_ZERO_SUMS = (
    select(ItemRow.sku, _TOTAL)
    .join(BalanceRow, BalanceRow.item_id == ItemRow.id)
    .where(one_of(BalanceRow.item_id, "items"))
    .group_by(ItemRow.sku)
    .having(_TOTAL != ZERO)
)

_LOT = func.coalesce(MovementRow.lot_id, 0).label("lot")
_THEIRS = one_of(MovementRow.item_id, "items")
_SIGNED = union_all(
    select(
        MovementRow.item_id,
        MovementRow.to_id.label("place"),
        _LOT,
        MovementRow.quantity.label("change"),
        literal(0, BigInteger).label("is_balance"),
    ).where(_THEIRS),
    select(
        MovementRow.item_id,
        MovementRow.from_id,
        _LOT,
        -MovementRow.quantity,
        literal(0, BigInteger),
    ).where(_THEIRS),
    select(
        BalanceRow.item_id,
        BalanceRow.location_id,
        BalanceRow.lot_id,
        -BalanceRow.on_hand,
        literal(1, BigInteger),
    ).where(one_of(BalanceRow.item_id, "items")),
).subquery()
_REST = func.sum(_SIGNED.c.change, type_=Quantity)
_BALANCES = (
    select(ItemRow.sku, LocationRow.path, LotRow.code, _REST)
    .select_from(_SIGNED)
    .join(ItemRow, ItemRow.id == _SIGNED.c.item_id)
    .join(LocationRow, LocationRow.id == _SIGNED.c.place)
    .outerjoin(LotRow, LotRow.id == _SIGNED.c.lot)
    .group_by(ItemRow.sku, LocationRow.path, LotRow.code)
    .having(
        or_(
            _REST != ZERO,
            func.max(_SIGNED.c.is_balance) == 0,
            func.min(_SIGNED.c.is_balance) == 1,
        )
    )
)

_PROMISED = union_all(
    select(
        AllocationRow.item_id,
        AllocationRow.location_id.label("place"),
        AllocationRow.lot_id.label("lot"),
        AllocationRow.quantity.label("change"),
    ).where(within(AllocationRow.item_id)),
    select(
        BalanceRow.item_id, BalanceRow.location_id, BalanceRow.lot_id, -BalanceRow.allocated
    ).where(within(BalanceRow.item_id), BalanceRow.allocated != 0),
).subquery()
_PROMISED_REST = func.sum(_PROMISED.c.change, type_=Quantity)
_ALLOCATIONS = (
    select(ItemRow.sku, LocationRow.path, _PROMISED_REST)
    .select_from(_PROMISED)
    .join(ItemRow, ItemRow.id == _PROMISED.c.item_id)
    .join(LocationRow, LocationRow.id == _PROMISED.c.place)
    .group_by(ItemRow.sku, LocationRow.path, _PROMISED.c.lot)
    .having(_PROMISED_REST != ZERO)
)
_DIFFERING_PROMISES = (
    select(_PROMISED.c.item_id)
    .group_by(_PROMISED.c.item_id, _PROMISED.c.place, _PROMISED.c.lot)
    .having(_PROMISED_REST != ZERO)
)
_BEYOND = (
    select(ItemRow.sku, LocationRow.path, BalanceRow.allocated, BalanceRow.on_hand)
    .join(ItemRow, ItemRow.id == BalanceRow.item_id)
    .join(LocationRow, LocationRow.id == BalanceRow.location_id)
    .where(
        within(BalanceRow.item_id),
        BalanceRow.allocated > 0,
        BalanceRow.allocated > BalanceRow.on_hand,
    )
)

_MOVED = (
    select(
        func.sum(
            case((DocumentRow.reverses_id.is_(None), 1), else_=-1) * MovementRow.quantity,
            type_=Quantity,
        )
    )
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .where(MovementRow.order_line_id == OrderLineRow.id)
    .correlate(OrderLineRow)
    .scalar_subquery()
)
DONE = func.coalesce(_MOVED, literal(ZERO, Quantity), type_=Quantity)
"""What is done of an order line: what the movements that name it add up to."""
_ORDERS = (
    select(OrderRow.number, OrderLineRow.line, OrderLineRow.done, DONE)
    .join(OrderRow, OrderRow.id == OrderLineRow.order_id)
    .where(within(OrderLineRow.item_id), OrderLineRow.done != DONE)
)

_REVERSAL = aliased(DocumentRow)
_COUNTED_ITEMS = select(CountResultRow.item_id).where(within(CountResultRow.item_id))
_CHANGES = union_all(
    *(
        select(
            MovementRow.item_id,
            place.label("place"),
            _LOT,
            MovementRow.effective_at.label("at"),
            MovementRow.sequence,
            change.label("change"),
            literal(0, BigInteger).label("result"),
        ).where(MovementRow.item_id.in_(_COUNTED_ITEMS))
        for place, change in (
            (MovementRow.to_id, MovementRow.quantity),
            (MovementRow.from_id, -MovementRow.quantity),
        )
    ),
    select(
        CountResultRow.item_id,
        CountResultRow.location_id,
        func.coalesce(CountResultRow.lot_id, 0),
        CountResultRow.effective_at,
        CountResultRow.sequence,
        literal(ZERO, Quantity),
        CountResultRow.id,
    ).where(within(CountResultRow.item_id)),
).subquery()
_C = _CHANGES.c
_HELD = select(
    _C.result,
    func.sum(_C.change, type_=Quantity)
    .over(
        partition_by=(_C.item_id, _C.place, _C.lot),
        order_by=(_C.at, _C.sequence, _C.result),  # a count after what stands at its place
        rows=(None, 0),
    )
    .label("held"),
).subquery()
_COUNTS = (
    select(DocumentRow.number, CountResultRow.line, CountResultRow.counted, _HELD.c.held)
    .join(CountResultRow, CountResultRow.id == _HELD.c.result)
    .join(DocumentRow, DocumentRow.id == CountResultRow.document_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .where(_REVERSAL.id.is_(None), _HELD.c.held != CountResultRow.counted)
)

Checks = dict[str, Check]


def check_balances(session: Session, items: Collection[int], checks: Checks) -> None:
    """Over all places an item sums to zero; each balance is what the movements add up to."""
    some = {"items": sorted(items)}
    for sku, rest in session.execute(_ZERO_SUMS, some):
        checks["double_entry"].add(f"{sku}: all places together hold {plain(rest)}, not 0")
    for sku, path, code, change in session.execute(_BALANCES, some):
        name = f"{sku} {code}" if code else sku
        told = "a balance of 0 is missing, or no movement is behind it"
        if change:
            told = f"the movements add up to {plain(change)} more than the balance"
        checks["balances"].add(f"{name} at {path}: {told}")


def check_promises(session: Session, span: Span, checks: Checks) -> None:
    """Allocated is the sum of open allocation lines, and never more than is on hand."""
    check = checks["allocations"]
    for sku, path, change in session.execute(_ALLOCATIONS, span.values()):
        check.add(f"{sku} at {path}: allocation lines differ by {plain(change)}")
    for sku, path, allocated, on_hand in session.execute(_BEYOND, span.values()):
        check.add(f"{sku} at {path}: {plain(allocated)} allocated of {plain(on_hand)}")


def differing_promises(connection: Connection, span: Span) -> set[int]:
    """Return the items of which something else is allocated than the allocation lines say."""
    return set(connection.scalars(_DIFFERING_PROMISES, span.values()))


def check_orders(session: Session, span: Span, checks: Checks) -> None:
    """What is done of an order line is what the movements that name it add up to."""
    for number, line, stored, real in session.execute(_ORDERS, span.values()):
        checks["orders"].add(
            f"{number} line {line}: {plain(stored)} done, movements say {plain(real)}"
        )


def check_counts(session: Session, span: Span, checks: Checks) -> None:
    """No count's result ever changes: up to its moment the movements add up to what was counted."""
    for number, line, counted, found in session.execute(_COUNTS, span.values()):
        checks["counts"].add(
            f"{number} line {line}: counted {plain(counted)}, history says {plain(found)}"
        )


OF_SPANS: tuple[Callable[[Session, Span, Checks], Any], ...] = (
    check_promises,
    check_orders,
    check_counts,
)
