"""What receiving asks the books: open orders, and what must be known of the goods that come."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.core.catalogue import OWNED, LocationKind, Pack
from app.core.decimals import ZERO
from app.core.documents import DocumentType
from app.core.paging import Key, Page
from app.core.refusals import UnknownOrder
from app.db.catalogue import as_item, select_items
from app.db.paging import fetch_page
from app.db.tables import (
    BalanceRow,
    ItemRow,
    ItemUnitRow,
    LocationRow,
    LotRow,
    MovementRow,
    OrderLineRow,
    OrderRow,
    PartnerRow,
    SupplierItemRow,
)
from app.features.receiving.draft import Facts, KnownLot, Order, OrderLine

BATCH = 500
"""Items in one question."""

LAST = 1_000_000_000
"""Behind every place that has an order of walking."""


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """A purchase order that still expects something, as it stands in the list."""

    number: str
    supplier: str
    reference: str
    site: str
    lines: int
    open_lines: int
    due: date | None


def find_open_orders(session: Session, text: str, after: Key | None) -> Page[OpenOrder]:
    """Return open purchase orders, the latest first, whose number, supplier or reference has the
    text in it."""
    line = select(func.count()).where(OrderLineRow.order_id == OrderRow.id)
    unfinished = OrderLineRow.done < OrderLineRow.quantity
    due = select(func.min(OrderLineRow.due)).where(OrderLineRow.order_id == OrderRow.id, unfinished)
    query = (
        select(
            OrderRow.id,
            OrderRow.number,
            func.coalesce(PartnerRow.name, ""),
            OrderRow.reference,
            func.coalesce(LocationRow.path, ""),
            line.correlate(OrderRow).scalar_subquery(),
            line.where(unfinished).correlate(OrderRow).scalar_subquery(),
            due.correlate(OrderRow).scalar_subquery(),
        )
        .outerjoin(PartnerRow, PartnerRow.id == OrderRow.partner_id)
        .outerjoin(LocationRow, LocationRow.id == OrderRow.site_id)
        .where(OrderRow.type == DocumentType.PURCHASE_ORDER, OrderRow.is_open)
    )
    for word in text.split():
        columns = (OrderRow.number, OrderRow.reference, PartnerRow.name, PartnerRow.code)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    page = fetch_page(session, query, [OrderRow.id], after, descending=True)
    return page.into(lambda row: OpenOrder(*row[1:]))


def load_order(session: Session, name: str) -> Order:
    """Return a purchase order by its number, else by its reference. Raises UnknownOrder."""
    query = (
        select(OrderRow, PartnerRow.code, PartnerRow.name, LocationRow.path)
        .outerjoin(PartnerRow, PartnerRow.id == OrderRow.partner_id)
        .outerjoin(LocationRow, LocationRow.id == OrderRow.site_id)
        .where(
            OrderRow.type == DocumentType.PURCHASE_ORDER,
            or_(OrderRow.number == name, OrderRow.reference == name),
        )
        .order_by(OrderRow.is_open.desc(), OrderRow.id)
    )
    rows = session.execute(query).all()
    exact = [row for row in rows if row[0].number == name] or rows
    if not exact or (len(exact) > 1 and exact[1][0].is_open == exact[0][0].is_open):
        raise UnknownOrder(order=name)
    row, code, supplier, site = exact[0]
    return Order(
        number=row.number,
        supplier=code or "",
        supplier_name=supplier or "",
        reference=row.reference,
        site=site or "",
        is_open=row.is_open,
        lines=_lines_of(session, row.id),
    )


def find_facts(
    session: Session, items: Collection[int], site: str, supplier: str
) -> dict[int, Facts]:
    """Return packs, place and list price of items, in a few questions for all of them."""
    packs: defaultdict[int, list[Pack]] = defaultdict(list)
    for some in _batches(items):
        for row in session.scalars(select(ItemUnitRow).where(ItemUnitRow.item_id.in_(some))):
            packs[row.item_id].append(Pack(row.unit, row.numerator, row.denominator))
    units = dict[int, str]()
    for some in _batches(items):
        found = session.execute(select(ItemRow.id, ItemRow.unit).where(ItemRow.id.in_(some)))
        units |= dict(found.all())
    places = find_places_to_put(session, items, site)
    prices = find_prices(session, items, supplier)
    return {
        item: Facts(
            packs=(Pack(unit, 1), *sorted(packs[item], key=_size)),
            put_away=places[item],
            price=prices.get(item),
        )
        for item, unit in units.items()
    }


def find_prices(session: Session, items: Collection[int], supplier: str) -> dict[int, Decimal]:
    """Return what the supplier's list asks for a base unit of these items."""
    found: dict[int, Decimal] = {}
    for some in _batches(items) if supplier else ():
        query = (
            select(SupplierItemRow.item_id, SupplierItemRow.price)
            .join(PartnerRow, PartnerRow.id == SupplierItemRow.partner_id)
            .where(PartnerRow.code == supplier, SupplierItemRow.item_id.in_(some))
        )
        found |= {item: price for item, price in session.execute(query) if price is not None}
    return found


def find_places_to_put(session: Session, items: Collection[int], site: str) -> dict[int, str]:
    """Return where each item goes in a site: where most of it lies, else its last bin, else the
    dock."""
    places = dict.fromkeys(items, find_dock(session, site))
    if not site:
        return places
    lying: dict[int, tuple[Decimal, str]] = {}
    for some in _batches(items):
        on_hand = func.sum(BalanceRow.on_hand)
        query = (
            select(BalanceRow.item_id, LocationRow.path, on_hand)
            .join(LocationRow, LocationRow.id == BalanceRow.location_id)
            .where(BalanceRow.item_id.in_(some), BalanceRow.on_hand > ZERO, *_bins_of(site))
            .group_by(BalanceRow.item_id, LocationRow.path)
            .order_by(LocationRow.path)
        )
        for item, path, quantity in session.execute(query):
            if item not in lying or quantity > lying[item][0]:
                lying[item] = (quantity, path)
    places |= find_last_bins(session, [item for item in items if item not in lying], site)
    return places | {item: path for item, (_, path) in lying.items()}


def find_last_bins(session: Session, items: Collection[int], site: str) -> dict[int, str]:
    """Return the bin that each item went to last."""
    found: dict[int, str] = {}
    for some in _batches(items):
        last = (
            select(func.max(MovementRow.id))
            .join(LocationRow, LocationRow.id == MovementRow.to_id)
            .where(MovementRow.item_id.in_(some), *_bins_of(site))
            .group_by(MovementRow.item_id)
        )
        query = (
            select(MovementRow.item_id, LocationRow.path)
            .join(LocationRow, LocationRow.id == MovementRow.to_id)
            .where(MovementRow.id.in_(last))
        )
        found |= dict(session.execute(query).all())
    return found


def find_dock(session: Session, site: str) -> str:
    """Return where goods without a place of their own go; the site itself if it has no dock."""
    query = (
        select(LocationRow.path)
        .where(
            _is_below(site),
            LocationRow.kind == LocationKind.DOCK,
            LocationRow.is_active,
        )
        .order_by(func.coalesce(LocationRow.walk_order, LAST), LocationRow.path)
        .limit(1)
    )
    return (session.scalar(query) if site else None) or site


def find_lot(session: Session, item: int, lot: str) -> KnownLot | None:
    """Return what the books say of a lot; None if it never came."""
    held = (
        select(func.coalesce(func.sum(BalanceRow.on_hand), ZERO))
        .join(LocationRow, LocationRow.id == BalanceRow.location_id)
        .where(
            BalanceRow.item_id == item,
            BalanceRow.lot_id == LotRow.id,
            LocationRow.kind.in_(OWNED),
        )
        .scalar_subquery()
    )
    query = select(LotRow.expiry, held > ZERO).where(LotRow.item_id == item, LotRow.code == lot)
    row = session.execute(query).first()
    return KnownLot(row[0], bool(row[1])) if row else None


def _lines_of(session: Session, order: int) -> tuple[OrderLine, ...]:
    query = (
        select_items()
        .add_columns(
            OrderLineRow.line,
            OrderLineRow.quantity,
            OrderLineRow.done,
            OrderLineRow.price,
            OrderLineRow.due,
        )
        .join(OrderLineRow, OrderLineRow.item_id == ItemRow.id)
        .where(OrderLineRow.order_id == order)
        .order_by(OrderLineRow.line)
    )
    return tuple(
        OrderLine(row[-5], as_item(row), row[-4], row[-3], row[-2], row[-1])
        for row in session.execute(query)
    )


def _bins_of(site: str) -> tuple[ColumnElement[bool], ...]:
    is_bin = LocationRow.kind == LocationKind.STORAGE
    return (is_bin, LocationRow.is_active.is_(True), _is_below(site))


def _is_below(site: str) -> ColumnElement[bool]:
    return func.substr(LocationRow.path, 1, len(site) + 1) == f"{site}/"


def _size(pack: Pack) -> tuple[Decimal, str]:
    return (pack.in_base_units(Decimal(1)), pack.unit)


def _batches(items: Collection[int]) -> Iterator[list[int]]:
    rest = iter(sorted(items))
    while some := list(islice(rest, BATCH)):
        yield some
