"""The tables of the catalogue, as they can be brought in again, row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.catalogue import PartnerKind
from app.db.tables import (
    BarcodeRow,
    BillLineRow,
    ItemRow,
    ItemUnitRow,
    LocationRow,
    OrderLineRow,
    OrderRow,
    PartnerRow,
    SupplierItemRow,
    table_of,
)
from app.features.catalogue.import_bills import BillImport
from app.features.catalogue.import_items import ItemImport
from app.features.catalogue.import_orders import TAKEN_BACK, OrderImport
from app.features.catalogue.import_packs import BarcodeImport, UnitImport
from app.features.catalogue.import_partners import PartnerImport, SupplierItemImport
from app.features.catalogue.import_places import LocationImport
from app.features.catalogue.importers import Importer

CHUNK = 2_000
"""Rows fetched at a time, so that a table of any length fits into memory."""

Rows = Iterator[Sequence[Any]]

_ITEM = table_of(ItemRow).c
_BARCODE = table_of(BarcodeRow).c
_UNIT = table_of(ItemUnitRow).c
_LOCATION = table_of(LocationRow).c
_PARTNER = table_of(PartnerRow).c
_TERMS = table_of(SupplierItemRow).c
_BILL = table_of(BillLineRow).c
_COMPONENT = table_of(ItemRow).alias("component")
_ORDER = table_of(OrderRow).c
_LINE = table_of(OrderLineRow).c


@dataclass(frozen=True, slots=True)
class OutTable:
    """A table to be written: its headings and how to fetch its rows."""

    headings: tuple[str, ...]
    rows: Callable[[Session], Rows]


def stream(session: Session, query: Select[Any]) -> Rows:
    """Return the rows of a query without holding them all."""
    for row in session.execute(query, execution_options={"yield_per": CHUNK}):
        yield tuple(row)


def _table(importer: type[Importer], query: Select[Any]) -> OutTable:
    headings = tuple(field.name for field in importer.fields)

    def rows(session: Session) -> Rows:
        return stream(session, query)

    return OutTable(headings, rows)


_OWN_BARCODE = (
    select(_BARCODE.code)
    .where(_BARCODE.item_id == _ITEM.id, _BARCODE.quantity == 1)
    .order_by(_BARCODE.id)
    .limit(1)
    .correlate(table_of(ItemRow))
    .scalar_subquery()
)

_ITEMS = select(
    _ITEM.sku,
    _ITEM.name,
    _ITEM.unit,
    _ITEM.decimals,
    _ITEM.tracking,
    _ITEM.costing,
    _ITEM.standard_cost,
    _OWN_BARCODE,
    _ITEM.category,
    _ITEM.shelf_life_days,
    _ITEM.abc,
    _ITEM.weight,
    _ITEM.cost_per_lot,
    _ITEM.removal,
    _ITEM.is_active,
).order_by(_ITEM.sku)

_BARCODES = (
    select(_ITEM.sku, _BARCODE.code, _BARCODE.quantity)
    .join(table_of(ItemRow), _ITEM.id == _BARCODE.item_id)
    .order_by(_ITEM.sku, _BARCODE.id)
)

_UNITS = (
    select(_ITEM.sku, _UNIT.unit, _UNIT.numerator, _UNIT.denominator)
    .join(table_of(ItemRow), _ITEM.id == _UNIT.item_id)
    .order_by(_ITEM.sku, _UNIT.unit)
)

_LOCATIONS = select(
    _LOCATION.path,
    _LOCATION.kind,
    _LOCATION.name,
    _LOCATION.barcode,
    _LOCATION.allow_negative,
    _LOCATION.walk_order,
    _LOCATION.is_active,
).order_by(_LOCATION.path)

_SUPPLIER_ITEMS = (
    select(
        _PARTNER.code,
        _ITEM.sku,
        _TERMS.price,
        _TERMS.lead_time_days,
        _TERMS.minimum,
        _TERMS.pack,
    )
    .join(table_of(PartnerRow), _PARTNER.id == _TERMS.partner_id)
    .join(table_of(ItemRow), _ITEM.id == _TERMS.item_id)
    .order_by(_PARTNER.code, _ITEM.sku)
)

_BILLS = (
    select(_ITEM.sku, _COMPONENT.c.sku, _BILL.quantity)
    .join(table_of(ItemRow), _ITEM.id == _BILL.product_id)
    .join(_COMPONENT, _COMPONENT.c.id == _BILL.component_id)
    .order_by(_ITEM.sku, _COMPONENT.c.sku)
)


def _partners(kind: PartnerKind) -> Select[Any]:
    query = select(_PARTNER.code, _PARTNER.name).where(_PARTNER.kind == kind)
    return query.order_by(_PARTNER.code)


def _code_of(kind: PartnerKind) -> Any:
    query = select(_PARTNER.code).where(_PARTNER.id == _ORDER.partner_id, _PARTNER.kind == kind)
    return query.scalar_subquery()


_SITE_PATH = (
    select(_LOCATION.path).where(_LOCATION.id == _ORDER.site_id).correlate(table_of(OrderRow))
).scalar_subquery()

_ORDERS = (
    select(
        func.coalesce(func.nullif(_ORDER.reference, ""), _ORDER.number),
        _code_of(PartnerKind.SUPPLIER),
        _code_of(PartnerKind.CUSTOMER),
        _ITEM.sku,
        _LINE.quantity,
        _ITEM.unit,
        _LINE.price,
        _LINE.due,
        _SITE_PATH,
    )
    .join(table_of(OrderRow), _ORDER.id == _LINE.order_id)
    .join(table_of(ItemRow), _ITEM.id == _LINE.item_id)
    .where(_ORDER.number.not_in(TAKEN_BACK))
    .order_by(_ORDER.id, _LINE.line)
)

TABLES: dict[str, OutTable] = {
    "items": _table(ItemImport, _ITEMS),
    "barcodes": _table(BarcodeImport, _BARCODES),
    "units": _table(UnitImport, _UNITS),
    "locations": _table(LocationImport, _LOCATIONS),
    "suppliers": _table(PartnerImport, _partners(PartnerKind.SUPPLIER)),
    "customers": _table(PartnerImport, _partners(PartnerKind.CUSTOMER)),
    "supplier-items": _table(SupplierItemImport, _SUPPLIER_ITEMS),
    "bom": _table(BillImport, _BILLS),
    "orders": _table(OrderImport, _ORDERS),
}
