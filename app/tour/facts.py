"""What somebody in the warehouse has before his eyes: codes on goods, shelves and papers."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.core.catalogue import LocationKind, Tracking
from app.core.documents import DocumentType
from app.db.tables import (
    BalanceRow,
    BarcodeRow,
    ItemRow,
    LocationRow,
    OrderLineRow,
    OrderRow,
    PartnerRow,
)

FEWEST_LINES, MOST_LINES = 3, 6


@dataclass(frozen=True, slots=True)
class Goods:
    """A kind of goods on the dock: its barcode and how many there are."""

    sku: str
    barcode: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Delivery:
    """A lorry at the dock: the order it is for and what is on it."""

    order: str
    supplier: str
    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A bin with goods in it, and another one that is near."""

    path: str
    goods: tuple[Goods, ...]
    target: str


def find_delivery(session: Session) -> Delivery:
    """Return an open order of some lines that are neither lots nor serials."""
    tracked = func.sum(case((ItemRow.tracking == Tracking.NONE, 0), else_=1))
    lines = func.count(OrderLineRow.id)
    query = (
        select(OrderRow.id, OrderRow.number, PartnerRow.name)
        .join(OrderLineRow, OrderLineRow.order_id == OrderRow.id)
        .join(ItemRow, ItemRow.id == OrderLineRow.item_id)
        .join(PartnerRow, PartnerRow.id == OrderRow.partner_id)
        .where(OrderRow.is_open, OrderRow.type == DocumentType.PURCHASE_ORDER)
        .group_by(OrderRow.id, OrderRow.number, PartnerRow.name)
        .having(
            lines.between(FEWEST_LINES, MOST_LINES),
            tracked == 0,
            func.sum(OrderLineRow.done) == 0,
        )
        .order_by(OrderRow.number.desc())
    )
    number, order, supplier = session.execute(query).first() or (0, "", "")
    goods = (
        select(ItemRow.sku, func.min(BarcodeRow.code), OrderLineRow.quantity)
        .join(ItemRow, ItemRow.id == OrderLineRow.item_id)
        .join(BarcodeRow, BarcodeRow.item_id == ItemRow.id)
        .where(OrderLineRow.order_id == number, BarcodeRow.quantity == 1)
        .group_by(ItemRow.sku, OrderLineRow.quantity)
        .order_by(ItemRow.sku)
    )
    return Delivery(order, supplier, tuple(Goods(*row) for row in session.execute(goods)))


def find_shelf(session: Session, zone: str) -> Shelf:
    """Return the bin of a zone that holds the most kinds of plain goods, and another bin there."""
    below = LocationRow.path.startswith(f"{zone}/", autoescape=True)
    here = (
        select(LocationRow.id, LocationRow.path)
        .join(BalanceRow, BalanceRow.location_id == LocationRow.id)
        .join(ItemRow, ItemRow.id == BalanceRow.item_id)
        .where(
            below,
            LocationRow.kind == LocationKind.STORAGE,
            BalanceRow.on_hand >= 10,
            ItemRow.tracking == Tracking.NONE,
        )
        .group_by(LocationRow.id, LocationRow.path)
        .order_by(func.count().desc(), LocationRow.path)
    )
    (number, path), (_, target), *_ = session.execute(here).all()
    goods = (
        select(ItemRow.sku, func.min(BarcodeRow.code), BalanceRow.on_hand)
        .join(ItemRow, ItemRow.id == BalanceRow.item_id)
        .join(BarcodeRow, BarcodeRow.item_id == ItemRow.id)
        .where(
            BalanceRow.location_id == number,
            BalanceRow.on_hand >= 10,
            ItemRow.tracking == Tracking.NONE,
            BarcodeRow.quantity == 1,
        )
        .group_by(ItemRow.sku, BalanceRow.on_hand)
        .order_by(ItemRow.sku)
    )
    found = tuple(Goods(*row) for row in session.execute(goods))
    return Shelf(path, found, target)
