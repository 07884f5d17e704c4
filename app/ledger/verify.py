"""Proves what is derived from what is fact, and reports every difference by document or place."""

from collections.abc import Generator

from sqlalchemy import and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.core.decimals import ZERO, plain
from app.core.progress import Progress
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
from app.ledger.verify_values import check_values

AT_ONCE = 200
"""Items whose value is worked out again between two reports of progress."""


def verify(session: Session) -> Generator[Progress, None, list[Check]]:
    """Recompute all derived tables from the movements and return what differs, check by check."""
    items = session.scalars(select(ItemRow.id).order_by(ItemRow.id)).all()
    total = len(items) + len(_WHOLE)
    checks = []
    for done, check in enumerate(_WHOLE, start=1):
        checks.append(check(session))
        yield Progress(done, total)
    values, layers = Check("values"), Check("layers")
    for start in range(0, len(items), AT_ONCE):
        some = items[start : start + AT_ONCE]
        check_values(session, list(some), values, layers)
        yield Progress(len(_WHOLE) + start + len(some), total)
    return [*checks, values, layers]


def _check_zero_sums(session: Session) -> Check:
    """Over all places an item's quantity sums to zero."""
    check = Check("double_entry")
    total = func.sum(BalanceRow.on_hand, type_=Quantity)
    query = (
        select(ItemRow.sku, total)
        .join(BalanceRow, BalanceRow.item_id == ItemRow.id)
        .group_by(ItemRow.sku)
        .having(total != ZERO)
    )
    for sku, rest in session.execute(query):
        check.differences.append(f"{sku}: all places together hold {plain(rest)}, not 0")
    return check


def _check_balances(session: Session) -> Check:
    check = Check("balances")
    lot = func.coalesce(MovementRow.lot_id, 0)
    signed = union_all(
        select(
            MovementRow.item_id,
            MovementRow.to_id.label("place"),
            lot.label("lot"),
            MovementRow.quantity.label("change"),
        ),
        select(MovementRow.item_id, MovementRow.from_id, lot, -MovementRow.quantity),
        select(BalanceRow.item_id, BalanceRow.location_id, BalanceRow.lot_id, -BalanceRow.on_hand),
    ).subquery()
    rest = func.sum(signed.c.change, type_=Quantity)
    query = (
        select(ItemRow.sku, LocationRow.path, LotRow.code, rest)
        .join(ItemRow, ItemRow.id == signed.c.item_id)
        .join(LocationRow, LocationRow.id == signed.c.place)
        .outerjoin(LotRow, LotRow.id == signed.c.lot)
        .group_by(ItemRow.sku, LocationRow.path, LotRow.code)
        .having(rest != ZERO)
    )
    for sku, path, code, change in session.execute(query):
        name = f"{sku} {code}" if code else sku
        check.differences.append(
            f"{name} at {path}: the movements add up to {plain(change)} more than the balance"
        )
    return check


def _check_allocations(session: Session) -> Check:
    """Allocated is the sum of open allocation lines, and never more than is on hand."""
    check = Check("allocations")
    promised = union_all(
        select(
            AllocationRow.item_id,
            AllocationRow.location_id.label("place"),
            AllocationRow.lot_id.label("lot"),
            AllocationRow.quantity.label("change"),
        ),
        select(
            BalanceRow.item_id, BalanceRow.location_id, BalanceRow.lot_id, -BalanceRow.allocated
        ).where(BalanceRow.allocated != 0),
    ).subquery()
    rest = func.sum(promised.c.change, type_=Quantity)
    query = (
        select(ItemRow.sku, LocationRow.path, rest)
        .join(ItemRow, ItemRow.id == promised.c.item_id)
        .join(LocationRow, LocationRow.id == promised.c.place)
        .group_by(ItemRow.sku, LocationRow.path, promised.c.lot)
        .having(rest != ZERO)
    )
    for sku, path, change in session.execute(query):
        check.differences.append(f"{sku} at {path}: allocation lines differ by {plain(change)}")
    beyond = (
        select(ItemRow.sku, LocationRow.path, BalanceRow.allocated, BalanceRow.on_hand)
        .join(ItemRow, ItemRow.id == BalanceRow.item_id)
        .join(LocationRow, LocationRow.id == BalanceRow.location_id)
        .where(BalanceRow.allocated > 0, BalanceRow.allocated > BalanceRow.on_hand)
    )
    for sku, path, allocated, on_hand in session.execute(beyond):
        check.differences.append(
            f"{sku} at {path}: {plain(allocated)} allocated of {plain(on_hand)}"
        )
    return check


def _check_orders(session: Session) -> Check:
    """What is done of an order line is what the movements that name it add up to."""
    check = Check("orders")
    moved = (
        select(
            MovementRow.order_line_id.label("line"),
            func.sum(
                case((DocumentRow.reverses_id.is_(None), 1), else_=-1) * MovementRow.quantity,
                type_=Quantity,
            ).label("done"),
        )
        .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
        .where(MovementRow.order_line_id.is_not(None))
        .group_by(MovementRow.order_line_id)
        .subquery()
    )
    done = func.coalesce(moved.c.done, literal(ZERO, Quantity))
    query = (
        select(OrderRow.number, OrderLineRow.line, OrderLineRow.done, done)
        .join(OrderRow, OrderRow.id == OrderLineRow.order_id)
        .outerjoin(moved, moved.c.line == OrderLineRow.id)
        .where(OrderLineRow.done != done)
    )
    for number, line, stored, real in session.execute(query):
        check.differences.append(
            f"{number} line {line}: {plain(stored)} done, movements say {plain(real)}"
        )
    return check


def _check_counts(session: Session) -> Check:
    """No count's result ever changes: up to its moment the movements add up to what was counted."""
    check = Check("counts")
    reversal = aliased(DocumentRow)
    change = case(
        (MovementRow.to_id == CountResultRow.location_id, MovementRow.quantity),
        else_=-MovementRow.quantity,
    )
    before = or_(
        MovementRow.effective_at < CountResultRow.effective_at,
        and_(
            MovementRow.effective_at == CountResultRow.effective_at,
            MovementRow.sequence <= CountResultRow.sequence,
        ),
    )
    held = (
        select(func.coalesce(func.sum(change, type_=Quantity), literal(ZERO, Quantity)))
        .where(
            MovementRow.item_id == CountResultRow.item_id,
            func.coalesce(MovementRow.lot_id, 0) == func.coalesce(CountResultRow.lot_id, 0),
            or_(
                MovementRow.to_id == CountResultRow.location_id,
                MovementRow.from_id == CountResultRow.location_id,
            ),
            before,
        )
        .correlate(CountResultRow)
        .scalar_subquery()
    )
    query = (
        select(DocumentRow.number, CountResultRow.line, CountResultRow.counted, held)
        .join(DocumentRow, DocumentRow.id == CountResultRow.document_id)
        .outerjoin(reversal, reversal.reverses_id == DocumentRow.id)
        .where(reversal.id.is_(None), held != CountResultRow.counted)
    )
    for number, line, counted, found in session.execute(query):
        check.differences.append(
            f"{number} line {line}: counted {plain(counted)}, history says {plain(found)}"
        )
    return check


_WHOLE = (_check_zero_sums, _check_balances, _check_allocations, _check_orders, _check_counts)
