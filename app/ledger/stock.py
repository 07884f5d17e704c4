"""What there is, where, now or at any past moment: on hand, allocated, available, value."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.core.catalogue import OWNED, LocationKind
from app.core.decimals import EXACT, PLACES, ZERO, rounded
from app.core.refusals import UnknownItem, UnknownLocation
from app.db.catalogue import find_item
from app.db.prepared import Prepared
from app.db.tables import BalanceRow, ItemRow, LocationRow, LotRow, MovementRow, ValueEntryRow
from app.db.tables.values import EntryValueRow, MovementValueRow, PeriodDifferenceRow, PoolRow
from app.db.types import Quantity
from app.ledger.derivation import worth_at
from app.ledger.facts import known_items, money_places

_SOURCE = aliased(LocationRow)
_TARGET = aliased(LocationRow)
AT_ONCE = 500
"""Items worked out together for a moment in the past."""


@dataclass(frozen=True, slots=True)
class StockAt:
    """Stock of one item (and lot) at one place; `lot` is empty where there is none."""

    item: str
    location: str
    lot: str
    on_hand: Decimal
    allocated: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        return self.on_hand - self.allocated


@dataclass(frozen=True, slots=True)
class ItemValue:
    """What the company owns of an item, and what it is worth."""

    item: str
    quantity: Decimal
    value: Decimal

    @property
    def unit_cost(self) -> Decimal:
        """Value per base unit, rounded to six decimals; 0 where there is nothing."""
        if not self.quantity:
            return ZERO
        return rounded(EXACT.divide(self.value, self.quantity), PLACES)


def find_stock(
    session: Session,
    *,
    item: str = "",
    location: str = "",
    lot: str = "",
    at: datetime | None = None,
    below: bool = False,
) -> list[StockAt]:
    """Return stock that is not zero, in our own places, by item, place and lot.

    `location` is a path; with `below` everything under it counts too. With `at` it is what the
    ledger says for the end of that moment; nothing is known of past allocations.
    """
    query = _of_places(_of_item(session, _BALANCES, item), session, location, below=below)
    if lot:
        query = query.where(LotRow.code == lot)
    if at is None:
        query = query.where(or_(BalanceRow.on_hand != 0, BalanceRow.allocated != 0))
        return [
            StockAt(sku, path, code, on_hand, allocated)
            for _, _, _, sku, path, code, on_hand, allocated in session.execute(query)
        ]
    later = _moved_after(session, at, _item_id(session, item))
    found = []
    for item_id, place, lot_id, sku, path, code, on_hand, _ in session.execute(query):
        then = on_hand - later[item_id, place, lot_id]
        if then:
            found.append(StockAt(sku, path, code, then))
    return found


def find_values(session: Session, *, item: str = "", at: datetime | None = None) -> list[ItemValue]:
    """Return quantity and value of what the company owns, item by item, now or at a moment."""
    if at is not None:
        return _values_then(session, item, at)
    query = (
        select(ItemRow.sku, func.sum(PoolRow.quantity), func.sum(PoolRow.value))
        .join(PoolRow, PoolRow.item_id == ItemRow.id)
        .group_by(ItemRow.sku)
        .having(or_(func.sum(PoolRow.quantity) != 0, func.sum(PoolRow.value) != 0))
        .order_by(ItemRow.sku)
    )
    if item:
        query = query.where(ItemRow.id == _item_id(session, item))
    return [ItemValue(*row) for row in session.execute(query)]


def on_hand_of(session: Session, item_id: int) -> list[tuple[str, str, Decimal, Decimal]]:
    """Return (path, lot, on hand, allocated) of one item over all places of ours."""
    rows = _ON_HAND.all(session.connection(), item=item_id)
    return [(row[4], row[5], row[6], row[7]) for row in rows]


_BALANCES: Select[*tuple[Any, ...]] = (
    select(
        BalanceRow.item_id,
        BalanceRow.location_id,
        BalanceRow.lot_id,
        ItemRow.sku,
        LocationRow.path,
        func.coalesce(LotRow.code, ""),
        BalanceRow.on_hand,
        BalanceRow.allocated,
    )
    .join(ItemRow, ItemRow.id == BalanceRow.item_id)
    .join(LocationRow, LocationRow.id == BalanceRow.location_id)
    .outerjoin(LotRow, LotRow.id == BalanceRow.lot_id)
    .where(or_(*(LocationRow.kind == kind for kind in sorted(OWNED))))
    .order_by(ItemRow.sku, LocationRow.path, func.coalesce(LotRow.code, ""))
)
_ON_HAND = Prepared(
    _BALANCES.where(BalanceRow.item_id == bindparam("item"), BalanceRow.on_hand != 0)
)


def _of_item(
    session: Session, query: Select[*tuple[Any, ...]], item: str
) -> Select[*tuple[Any, ...]]:
    number = _item_id(session, item)
    return query if number is None else query.where(BalanceRow.item_id == number)


def _of_places(
    query: Select[*tuple[Any, ...]], session: Session, path: str, *, below: bool
) -> Select[*tuple[Any, ...]]:
    if not path:
        return query
    if session.scalar(select(LocationRow.id).where(LocationRow.path == path)) is None:
        raise UnknownLocation(location=path)
    here = LocationRow.path == path
    under = func.substr(LocationRow.path, 1, len(path) + 1) == f"{path}/"
    return query.where(or_(here, under) if below else here)


def _item_id(session: Session, item: str) -> int | None:
    if not item:
        return None
    found = find_item(session, item)
    if found is None:
        raise UnknownItem(item=item)
    return found.item.id


def _moved_after(
    session: Session, at: datetime, item: int | None
) -> defaultdict[tuple[int, int, int], Decimal]:
    """Return by item, place and lot what arrived after a moment, less what left."""
    net: defaultdict[tuple[int, int, int], Decimal] = defaultdict(lambda: ZERO)
    lot = func.coalesce(MovementRow.lot_id, 0)
    for column, sign in ((MovementRow.to_id, 1), (MovementRow.from_id, -1)):
        query = (
            select(
                MovementRow.item_id,
                column,
                lot,
                func.sum(MovementRow.quantity, type_=Quantity),
            )
            .where(MovementRow.effective_at > at)
            .group_by(MovementRow.item_id, column, lot)
        )
        if item is not None:
            query = query.where(MovementRow.item_id == item)
        for item_id, place, lot_id, quantity in session.execute(query):
            net[item_id, place, lot_id] += sign * quantity
    return net


def _values_then(session: Session, item: str, at: datetime) -> list[ItemValue]:
    """What was owned then is what had come in less what had gone out, and what revaluations did.

    Where stock may go below zero, a departure that was short is worth more or less since; so
    history is worked out again as far as that moment.
    """
    inside = (LocationKind.SITE, *OWNED)  # outside our walls it always may, and is not ours
    may_be_short = select(LocationRow.id).where(
        LocationRow.allow_negative.is_(True), LocationRow.kind.in_(inside)
    )
    if session.scalar(may_be_short.limit(1)) is not None:
        return _values_replayed(session, item, at)
    sign = case((_TARGET.kind.in_(OWNED), 1), else_=-1)
    moved = (
        select(
            MovementRow.item_id,
            (sign * MovementRow.quantity).label("quantity"),
            (sign * func.coalesce(MovementValueRow.value, 0)).label("value"),
        )
        .join(_SOURCE, _SOURCE.id == MovementRow.from_id)
        .join(_TARGET, _TARGET.id == MovementRow.to_id)
        .outerjoin(MovementValueRow, MovementValueRow.movement_id == MovementRow.id)
        .where(
            MovementRow.effective_at <= at,
            _SOURCE.kind.in_(OWNED) != _TARGET.kind.in_(OWNED),
        )
    )
    nothing = literal(ZERO, Quantity)
    revalued = (
        select(ValueEntryRow.item_id, nothing, EntryValueRow.value)
        .join(ValueEntryRow, ValueEntryRow.id == EntryValueRow.entry_id)
        .where(ValueEntryRow.effective_at <= at)
    )
    booked = select(PeriodDifferenceRow.item_id, nothing, PeriodDifferenceRow.value).where(
        PeriodDifferenceRow.boundary <= at
    )
    number = _item_id(session, item)
    if number is not None:
        moved = moved.where(MovementRow.item_id == number)
        revalued = revalued.where(ValueEntryRow.item_id == number)
        booked = booked.where(PeriodDifferenceRow.item_id == number)
    parts = union_all(moved, revalued, booked).subquery()
    quantity = func.sum(parts.c.quantity, type_=Quantity)
    value = func.sum(parts.c.value, type_=Quantity)
    query = (
        select(ItemRow.sku, quantity, value)
        .join(parts, parts.c.item_id == ItemRow.id)
        .group_by(ItemRow.sku)
        .having(or_(quantity != ZERO, value != ZERO))
        .order_by(ItemRow.sku)
    )
    return [ItemValue(*row) for row in session.execute(query)]


def _values_replayed(session: Session, item: str, at: datetime) -> list[ItemValue]:
    """Work out the value at a moment; in a closed period by what was known when it was closed."""
    number = _item_id(session, item)
    wanted = [number] if number is not None else session.scalars(select(PoolRow.item_id)).all()
    connection = session.connection()
    places = money_places(connection)
    found = []
    for start in range(0, len(wanted), AT_ONCE):
        some = set(wanted[start : start + AT_ONCE])
        worth = worth_at(connection, some, places, at)
        facts = known_items(connection, some)
        found += [ItemValue(facts[n].sku, *figures) for n, figures in worth.items()]
    return sorted(found, key=lambda value: value.item)
