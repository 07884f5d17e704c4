"""The Catalogue screen's questions: lists by page, and everything about one record."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, literal, or_, select, text
from sqlalchemy.orm import Session

from app.core.catalogue import LocationKind, PartnerKind, Tracking
from app.core.decimals import plain
from app.core.paging import Key, Page
from app.core.refusals import UnknownItem
from app.db.paging import fetch_page
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow, LocationRow, PartnerRow
from app.features.catalogue.lookups import find_used_items

SHORTEST_SEARCH = 3
"""Characters from which on any part of a name is found; shorter text finds beginnings."""

_OUTSIDE = frozenset(kind for kind in LocationKind if not kind.is_inside)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list."""

    sku: str
    name: str
    category: str
    unit: str
    tracking: Tracking


@dataclass(frozen=True, slots=True)
class BarcodeLine:
    code: str
    quantity: Decimal
    is_gtin: bool


@dataclass(frozen=True, slots=True)
class PackLine:
    """1 `unit` is numerator / denominator base units."""

    unit: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Card:
    """One record as the side panel shows it: its fields as text, by their names in tables.

    `is_used`: it has history, which fixes some of its fields.
    """

    kind: str
    key: str
    texts: dict[str, str]
    is_used: bool = False
    barcodes: tuple[BarcodeLine, ...] = ()
    packs: tuple[PackLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LocationLine:
    path: str
    kind: LocationKind
    name: str
    barcode: str


@dataclass(frozen=True, slots=True)
class PartnerLine:
    code: str
    name: str


def find_items(session: Session, wanted: str, after: Key | None = None) -> Page[ItemLine]:
    """Return a page of items by SKU: all, or those that the text is part of."""
    columns = (ItemRow.sku, ItemRow.name, ItemRow.category, ItemRow.unit, ItemRow.tracking)
    query = select(*columns).where(_item_matches(session, wanted.strip()))
    return fetch_page(session, query, [ItemRow.sku], after).into(_item_line)


def find_locations(session: Session, wanted: str, after: Key | None = None) -> Page[LocationLine]:
    """Return a page of our own places by path."""
    columns = (LocationRow.path, LocationRow.kind, LocationRow.name, LocationRow.barcode)
    query = select(*columns).where(LocationRow.kind.not_in(_OUTSIDE))
    if wanted.strip():
        like = (LocationRow.path, LocationRow.name, LocationRow.barcode)
        query = query.where(or_(*(_contains(column, wanted.strip()) for column in like)))
    return fetch_page(session, query, [LocationRow.path], after).into(_location_line)


def find_partners(
    session: Session, kind: PartnerKind, wanted: str, after: Key | None = None
) -> Page[PartnerLine]:
    """Return a page of suppliers or customers by code."""
    query = select(PartnerRow.code, PartnerRow.name).where(PartnerRow.kind == kind)
    if wanted.strip():
        like = (PartnerRow.code, PartnerRow.name)
        query = query.where(or_(*(_contains(column, wanted.strip()) for column in like)))
    return fetch_page(session, query, [PartnerRow.code], after).into(_partner_line)


def read_item(session: Session, sku: str) -> Card:
    """Return everything about an item that can be edited."""
    row = session.scalar(select(ItemRow).where(ItemRow.sku == sku))
    if row is None:
        raise UnknownItem(item=sku)
    names = (
        "sku",
        "name",
        "unit",
        "decimals",
        "tracking",
        "costing",
        "standard_cost",
        "category",
        "shelf_life_days",
        "abc",
        "weight",
        "cost_per_lot",
        "removal",
    )
    barcodes = session.scalars(
        select(BarcodeRow).where(BarcodeRow.item_id == row.id).order_by(BarcodeRow.id)
    )
    packs = session.scalars(
        select(ItemUnitRow).where(ItemUnitRow.item_id == row.id).order_by(ItemUnitRow.unit)
    )
    return Card(
        kind="items",
        key=row.sku,
        texts={
            **{name: as_text(getattr(row, name)) for name in names},
            "active": as_text(row.is_active),
        },
        is_used=bool(find_used_items(session.connection(), {row.id})),
        barcodes=tuple(BarcodeLine(code.code, code.quantity, bool(code.gtin)) for code in barcodes),
        packs=tuple(PackLine(pack.unit, pack.numerator, pack.denominator) for pack in packs),
    )


def read_location(session: Session, path: str) -> Card:
    row = session.scalars(select(LocationRow).where(LocationRow.path == path)).one()
    names = ("path", "kind", "name", "barcode", "allow_negative", "walk_order")
    texts = {name: as_text(getattr(row, name)) for name in names}
    return Card("locations", row.path, {**texts, "active": as_text(row.is_active)})


def read_partner(session: Session, kind: PartnerKind, code: str) -> Card:
    query = select(PartnerRow).where(PartnerRow.kind == kind, PartnerRow.code == code)
    row = session.scalars(query).one()
    return Card(f"{kind}s", row.code, {"code": row.code, "name": row.name})


def as_text(value: Any) -> str:
    """Return a stored value as a person would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return plain(value)
    return str(value)


def _item_matches(session: Session, wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return literal(True)
    if session.get_bind().dialect.name == "postgresql":
        coded = select(BarcodeRow.item_id).where(_contains(BarcodeRow.code, wanted))
        return or_(
            _contains(ItemRow.sku, wanted), _contains(ItemRow.name, wanted), ItemRow.id.in_(coded)
        )
    if len(wanted) < SHORTEST_SEARCH:
        coded = select(BarcodeRow.item_id).where(_begins(BarcodeRow.code, wanted))
        return or_(
            _begins(ItemRow.sku, wanted), _begins(ItemRow.name, wanted), ItemRow.id.in_(coded)
        )
    found = text("SELECT rowid FROM item_search WHERE item_search MATCH :phrase")
    phrase = '"' + wanted.replace('"', '""') + '"'
    return ItemRow.id.in_(found.bindparams(phrase=phrase).columns(ItemRow.id))


def _contains(column: Any, wanted: str) -> ColumnElement[bool]:
    return func.coalesce(column, literal("", String)).icontains(wanted, autoescape=True)


def _begins(column: Any, wanted: str) -> ColumnElement[bool]:
    """Compare by range, which an index serves, in the two cases that people type."""
    forms = {wanted, wanted.upper(), wanted.capitalize()}
    return or_(*(and_(column >= form, column < form + "\U0010ffff") for form in sorted(forms)))


def _item_line(row: Any) -> ItemLine:
    return ItemLine(*row)


def _location_line(row: Any) -> LocationLine:
    return LocationLine(row.path, row.kind, row.name, row.barcode or "")


def _partner_line(row: Any) -> PartnerLine:
    return PartnerLine(*row)
