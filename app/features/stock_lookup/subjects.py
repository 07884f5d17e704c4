"""Items, places and lots as they are looked at: figures, and stock line by line."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session

from app.core.catalogue import OWNED, Item, LocationKind, Tracking
from app.core.decimals import EXACT, PLACES, ZERO, rounded
from app.core.labels import LabelKind, LabelRequest
from app.db.beginnings import begins_with
from app.db.catalogue import find_item, find_location
from app.db.tables import BalanceRow, ItemRow, LocationRow, LotRow
from app.db.tables.values import PoolRow
from app.db.types import Money, Quantity
from app.features.stock_lookup.rules import NothingFound, Ref
from app.features.stock_lookup.subject import Fact, FactKind, PlaceStock, Scope, Subject
from app.features.stock_lookup.totals import stock_of
from app.ledger.facts import money_places

MOST_ROWS = 20_000
"""Lines of stock shown of one thing; what has more is better exported."""

_LINES = (
    ItemRow.id,
    ItemRow.sku,
    ItemRow.name,
    ItemRow.unit,
    LocationRow.id,
    LocationRow.path,
    LocationRow.kind,
    BalanceRow.lot_id,
    func.coalesce(LotRow.code, ""),
    LotRow.expiry,
    BalanceRow.on_hand,
    BalanceRow.allocated,
)


def open_item(session: Session, ref: Ref) -> Subject:
    """Return all stock of an item by place and lot, with its totals."""
    found = find_item(session, ref.code)
    if found is None:
        raise NothingFound(text=ref.code)
    item = found.item
    places = money_places(session.connection())
    rows = _stock_lines(session, BalanceRow.item_id == item.id)
    return Subject(
        Ref(ref.kind, item.sku),
        about=item.name,
        aside=" · ".join(filter(None, (item.category, _tracked(item), item.barcode))),
        facts=_facts_of_item(session, item, places),
        stock=rows,
        is_cut=len(rows) == MOST_ROWS,
        history=Scope(item.id, item.sku, item.unit),
        labels=(LabelRequest(sku=item.sku),),
        money_places=places,
    )


def open_place(session: Session, ref: Ref) -> Subject:
    """Return what lies at a place and below it."""
    place = find_location(session, ref.code)
    if place is None:
        raise NothingFound(text=ref.code)
    here = LocationRow.id == place.id
    below = begins_with(LocationRow.path, f"{place.path}/")
    rows = _stock_lines(session, or_(here, below))
    is_cut = len(rows) == MOST_ROWS
    label = LabelRequest(kind=LabelKind.BIN, location=place.path)
    return Subject(
        Ref(ref.kind, place.path),
        about=place.name,
        facts=(
            Fact(FactKind.ITEMS, None if is_cut else Decimal(len({row.item_id for row in rows}))),
            Fact(FactKind.LINES, None if is_cut else Decimal(len(rows))),
        ),
        stock=rows,
        is_cut=is_cut,
        place=place.kind,
        labels=(label,) if place.kind.is_inside else (),
    )


def open_lot(session: Session, ref: Ref) -> Subject:
    """Return where a lot or serial number lies, of whichever items have one of that code."""
    lots = _lots(session, ref)
    if not lots:
        raise NothingFound(text=ref.code)
    rows = _stock_lines(session, BalanceRow.lot_id.in_([lot.id for lot in lots]))
    only = lots[0] if len(lots) == 1 else None
    skus = ", ".join(lot.sku for lot in lots[:3]) + (f" +{len(lots) - 3}" if lots[3:] else "")
    labels = [LabelRequest(kind=LabelKind.LOT, sku=lot.sku, lot=ref.code) for lot in lots]
    return Subject(
        ref,
        about=f"{only.sku} {only.name}" if only else skus,
        facts=tuple(_facts_of_lot(rows, only)),
        stock=rows,
        is_cut=len(rows) == MOST_ROWS,
        history=_history_of_lot(only, ref.code) if only else None,
        labels=tuple(labels),
    )


def _facts_of_item(session: Session, item: Item, places: int) -> tuple[Fact, ...]:
    (totals,) = stock_of(session, [item.id])
    value = session.scalar(
        select(func.sum(PoolRow.value, type_=Money)).where(PoolRow.item_id == item.id)
    )
    value = value or ZERO
    cost = rounded(EXACT.divide(value, totals.on_hand), PLACES) if totals.on_hand else None
    in_transit = session.scalar(
        select(func.coalesce(func.sum(BalanceRow.on_hand, type_=Quantity), literal(0, Quantity)))
        .join(LocationRow, LocationRow.id == BalanceRow.location_id)
        .where(BalanceRow.item_id == item.id, LocationRow.kind == LocationKind.TRANSIT)
    )
    unit = item.unit
    return (
        Fact(FactKind.ON_HAND, totals.on_hand, unit),
        Fact(FactKind.ALLOCATED, totals.allocated, unit),
        Fact(FactKind.AVAILABLE, totals.available, unit),
        Fact(FactKind.ON_ORDER, totals.on_order, unit),
        Fact(FactKind.IN_TRANSIT, in_transit, unit),
        Fact(FactKind.VALUE, rounded(value, places)),
        Fact(FactKind.UNIT_COST, cost),
    )


def _facts_of_lot(rows: Iterable[PlaceStock], only: Any) -> Iterable[Fact]:
    rows = list(rows)
    on_hand = sum((row.on_hand for row in rows), ZERO)
    allocated = sum((row.allocated for row in rows), ZERO)
    units = {row.unit for row in rows}
    unit = units.pop() if len(units) == 1 else ""
    yield Fact(FactKind.ON_HAND, on_hand, unit)
    yield Fact(FactKind.ALLOCATED, allocated, unit)
    yield Fact(FactKind.AVAILABLE, on_hand - allocated, unit)
    if only:
        yield Fact(FactKind.EXPIRY, only.expiry)
    else:
        yield Fact(FactKind.ITEMS, Decimal(len({row.item_id for row in rows})))


def _lots(session: Session, ref: Ref) -> list[Any]:
    query = (
        select(
            LotRow.id,
            LotRow.item_id,
            LotRow.code,
            LotRow.expiry,
            ItemRow.sku,
            ItemRow.name,
            ItemRow.unit,
        )
        .join(ItemRow, ItemRow.id == LotRow.item_id)
        .where(LotRow.code == ref.code)
        .order_by(ItemRow.sku)
    )
    if ref.item:
        query = query.where(ItemRow.sku == ref.item)
    return list(session.execute(query))


def _history_of_lot(lot: Any, code: str) -> Scope:
    return Scope(lot.item_id, lot.sku, lot.unit, lot_id=lot.id, lot=code)


def _stock_lines(session: Session, where: ColumnElement[bool]) -> tuple[PlaceStock, ...]:
    """Return stock that is not zero in our own places, place after place, item after item."""
    query = (
        select(*_LINES)
        .join(ItemRow, ItemRow.id == BalanceRow.item_id)
        .join(LocationRow, LocationRow.id == BalanceRow.location_id)
        .outerjoin(LotRow, LotRow.id == BalanceRow.lot_id)
        .where(where, LocationRow.kind.in_(OWNED))
        .where((BalanceRow.on_hand != 0) | (BalanceRow.allocated != 0))
        .order_by(LocationRow.path, BalanceRow.item_id, BalanceRow.lot_id)
        .limit(MOST_ROWS)
    )
    return tuple(PlaceStock(*row) for row in session.execute(query))


def _tracked(item: Item) -> str:
    return "" if item.tracking is Tracking.NONE else item.tracking.value
