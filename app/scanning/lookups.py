"""Asks the database what goes by a code. The questions are put together once, when loaded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.catalogue import Item, Location, LocationKind
from app.core.documents import COUNT_SHEET, sheet_number, sheet_title
from app.core.gtin import as_gtin14
from app.db.catalogue import as_item, select_items
from app.db.prepared import Prepared
from app.db.tables import (
    BarcodeRow,
    CountSheetRow,
    DocumentRow,
    ItemRow,
    LocationRow,
    LotRow,
    OrderRow,
    table_of,
)
from app.db.types import Quantity

ONE = Decimal(1)

_ITEM, _BARCODE = table_of(ItemRow).c, table_of(BarcodeRow).c
_LOCATION, _LOT = table_of(LocationRow).c, table_of(LotRow).c
_DOCUMENT, _ORDER, _SHEET = (
    table_of(DocumentRow).c,
    table_of(OrderRow).c,
    table_of(CountSheetRow).c,
)
"""Tables, not mapped classes: a question about these is put together in a third of the time."""

_CODE: Any = bindparam("code")
_CODES: Any = bindparam("codes", expanding=True)
_BY_BARCODE, _BY_SKU, _BY_GTIN = range(3)
"""By what an item was found; the first that finds one counts."""

_ITEM_COLUMNS = 9
"""So many columns make an item; behind them: is it active, how many base units, found by what."""


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item, whether it is in use, and how many base units one code stands for."""

    item: Item
    is_active: bool
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class FoundPlace:
    location: Location
    is_active: bool


@dataclass(frozen=True, slots=True)
class FoundDocument:
    number: str
    kind: str


def _items_by_barcode(by: int) -> Select[*tuple[Any, ...]]:
    query = select_items().add_columns(_ITEM.is_active, _BARCODE.quantity, literal(by))
    return query.join(table_of(BarcodeRow), _BARCODE.item_id == _ITEM.id)


def _items_by_sku() -> Select[*tuple[Any, ...]]:
    return select_items().add_columns(_ITEM.is_active, literal(ONE, Quantity), literal(_BY_SKU))


_ITEMS_BY_CODE = (
    _items_by_barcode(_BY_BARCODE).where(_BARCODE.code == _CODE),
    _items_by_sku().where(_ITEM.sku == _CODE),
)
_ITEMS_BY_EXACT_CODE = Prepared(union_all(*_ITEMS_BY_CODE))
_ITEMS_BY_CODE_OR_GTIN = Prepared(
    union_all(
        *_ITEMS_BY_CODE,
        _items_by_barcode(_BY_GTIN).where(_BARCODE.gtin == bindparam("gtin")),
    )
)
_ITEMS_BY_ANY_CODE = union_all(
    _items_by_barcode(_BY_BARCODE).where(_BARCODE.code.in_(_CODES)),
    _items_by_sku().where(_ITEM.sku.in_(_CODES)),
)
_ITEM_BY_ID = Prepared(_items_by_sku().where(_ITEM.id == bindparam("id")))

_PLACE: Select[*tuple[Any, ...]] = select(
    _LOCATION.id,
    _LOCATION.path,
    _LOCATION.kind,
    _LOCATION.name,
    _LOCATION.barcode,
    _LOCATION.is_active,
)
_PLACES_BY_CODE = Prepared(
    _PLACE.where(or_(_LOCATION.path == _CODE, _LOCATION.barcode == _CODE, _LOCATION.code == _CODE))
)
_PLACES_BY_ANY_CODE = _PLACE.where(
    or_(_LOCATION.path.in_(_CODES), _LOCATION.barcode.in_(_CODES), _LOCATION.code.in_(_CODES))
)
_LOTS = Prepared(select(_LOT.item_id, _LOT.expiry).where(_LOT.code == _CODE).limit(2))
_DOCUMENTS = Prepared(
    select(_DOCUMENT.number, _DOCUMENT.type).where(_DOCUMENT.number == _CODE).limit(1)
)
_ORDERS = Prepared(select(_ORDER.number, _ORDER.type).where(_ORDER.number == _CODE).limit(1))
_REFERENCES = Prepared(
    select(_ORDER.number, _ORDER.type, _ORDER.is_open)
    .where(_ORDER.reference == _CODE)
    .order_by(_ORDER.is_open.desc())
    .limit(2)
)
_SHEETS = Prepared(
    select(_SHEET.id).where(or_(_SHEET.code == _CODE, _SHEET.id == bindparam("number"))).limit(1)
)


def find_items(session: Session, code: str) -> list[FoundItem]:
    """Return the items that go by exactly this code, or else by this GTIN in another form."""
    gtin = as_gtin14(code)
    if gtin is None:
        rows = _ITEMS_BY_EXACT_CODE.all(session.connection(), code=code)
    else:
        rows = _ITEMS_BY_CODE_OR_GTIN.all(session.connection(), code=code, gtin=gtin)
    return _distinct([row for row in rows if row[-1] != _BY_GTIN] or rows)


def find_items_by_any(session: Session, codes: Iterable[str]) -> list[FoundItem]:
    return _distinct(session.execute(_ITEMS_BY_ANY_CODE, {"codes": list(codes)}).all())


def get_item(session: Session, number: int) -> FoundItem:
    (row,) = _ITEM_BY_ID.all(session.connection(), id=number)
    return _found(row)


def find_places(session: Session, code: str, site: str = "") -> list[FoundPlace]:
    """Return the places with this path, else this barcode, else this code on the shelf.

    Of those with the same code the ones in use count, and of these the ones in `site`.
    """
    rows = _PLACES_BY_CODE.all(session.connection(), code=code)
    for exactly in (
        [row for row in rows if row.path == code],
        [row for row in rows if row.barcode == code],
    ):
        if exactly:
            return [_place(row) for row in exactly]
    places = [_place(row) for row in rows]
    in_use = [place for place in places if place.is_active] or places
    return [place for place in in_use if site and place.location.site == site] or in_use


def find_places_by_any(session: Session, codes: Iterable[str]) -> list[FoundPlace]:
    rows = session.execute(_PLACES_BY_ANY_CODE, {"codes": list(codes)})
    return [_place(row) for row in rows]


def find_lots(session: Session, code: str) -> Sequence[Any]:
    """Return (item_id, expiry) of the lots with this code; two are as good as many."""
    return _LOTS.all(session.connection(), code=code)


def find_document(session: Session, code: str) -> FoundDocument | None:
    """Return the document, order or count sheet with this number. A sheet goes by what it is
    called, CS-000012, or by the code in its workbook."""
    connection = session.connection()
    for query in (_DOCUMENTS, _ORDERS):
        if row := query.first(connection, code=code):
            return FoundDocument(row[0], row[1].value)
    sheet = _SHEETS.first(connection, code=code, number=sheet_number(code))
    return FoundDocument(sheet_title(sheet.id), COUNT_SHEET) if sheet else None


def find_order_by_reference(session: Session, code: str) -> FoundDocument | None:
    """Return the order that the other party knows by this number: the only one, or the only one
    still open."""
    rows = _REFERENCES.all(session.connection(), code=code)
    if not rows or (len(rows) > 1 and rows[0].is_open == rows[1].is_open):
        return None
    return FoundDocument(rows[0].number, rows[0].type.value)


def _distinct(rows: Sequence[Any]) -> list[FoundItem]:
    """One of each item; where SKU and barcode are alike, the barcode knows how many it is."""
    found: dict[int, FoundItem] = {}
    for row in sorted(rows, key=lambda row: row[-1]):
        found.setdefault(row[0], _found(row))
    return list(found.values())


def _found(row: Any) -> FoundItem:
    return FoundItem(as_item(row), row[_ITEM_COLUMNS], row[_ITEM_COLUMNS + 1])


def _place(row: Any) -> FoundPlace:
    kind: LocationKind = row.kind
    site = row.path.split("/", 1)[0] if kind.is_inside else ""
    return FoundPlace(Location(row.id, row.path, kind, row.name, site), row.is_active)
