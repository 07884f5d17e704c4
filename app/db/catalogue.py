"""Finds items, their units and places by what a person scans or types."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.catalogue import Item, Location, LocationKind
from app.core.errors import Refused, marked
from app.core.gtin import as_gtin14
from app.db.tables import BarcodeRow, ItemRow, LocationRow, table_of

BATCH = 500  # codes in one question
ONE = Decimal(1)

_ITEMS, _BARCODES = table_of(ItemRow), table_of(BarcodeRow)


class AmbiguousLocation(Refused):
    template = marked(
        "{location} is the code of several places: {paths}. Scan or type the whole path."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """An item, and how many base units of it the code stands for: a pack's barcode for many."""

    item: Item
    quantity: Decimal = ONE


def find_item(session: Session, code: str) -> Found | None:
    """Return the item with this SKU, else this barcode, else this GTIN in any of its forms."""
    return find_items(session, [code]).get(code)


def find_items(session: Session, codes: Iterable[str]) -> dict[str, Found]:
    """Return the items of many codes, by code; those that nothing goes by are left out."""
    found: dict[str, Found] = {}
    wanted = {code for code in codes if _can_be_stored(code)}
    for batch in _batches(wanted):
        found |= _by_sku(session, batch)
    for batch in _batches(wanted - found.keys()):
        found |= _by_barcode(session, BarcodeRow.code, {code: code for code in batch})
    gtins = {code: gtin for code in wanted - found.keys() if (gtin := as_gtin14(code))}
    for batch in _batches(gtins):
        found |= _by_barcode(session, BarcodeRow.gtin, {code: gtins[code] for code in batch})
    return found


def get_item(session: Session, number: int) -> Item:
    """Return the item of a row number that is known to exist."""
    return as_item(session.execute(select_items().where(ItemRow.id == number)).one())


def find_location(session: Session, code: str, site: str = "") -> Location | None:
    """Return the place with this path, else this barcode, else this code as written on the shelf.

    Of places with the same code the one in `site` is meant, and where there is none, the place
    whose path in the site it is. Raises AmbiguousLocation.
    """
    if not _can_be_stored(code):
        return None
    query = select(LocationRow).where(
        or_(LocationRow.path == code, LocationRow.barcode == code, LocationRow.code == code)
    )
    rows = session.scalars(query).all()
    for row in rows:
        if row.path == code:
            return _location(row)
    for row in rows:
        if row.barcode == code:
            return _location(row)
    here = [row for row in rows if row.path.startswith(f"{site}/")] or rows
    if len(here) > 1:
        paths = ", ".join(sorted(row.path for row in here))
        raise AmbiguousLocation(location=code, paths=paths)
    if here or not site or code.startswith(f"{site}/"):
        return _location(here[0]) if here else None
    return find_location(session, f"{site}/{code}")


def select_items() -> Select[*tuple[Any, ...]]:
    """Return the question whose rows `as_item` reads, to be narrowed down and ordered."""
    own = _BARCODES.alias()
    barcode = (
        select(own.c.code)
        .where(own.c.item_id == _ITEMS.c.id, own.c.quantity == ONE)
        .order_by(own.c.id)
        .limit(1)
        .scalar_subquery()
    )
    columns = ("id", "sku", "name", "unit", "decimals", "tracking")
    return select(
        *(_ITEMS.c[name] for name in columns),
        func.coalesce(barcode, ""),
        _ITEMS.c.category,
        _ITEMS.c.shelf_life_days,
    )


def as_item(row: Iterable[Any]) -> Item:
    """Return the item of a row of `select_items`; columns added behind it are ignored."""
    return Item(*islice(row, 9))


def _by_sku(session: Session, skus: list[str]) -> dict[str, Found]:
    rows = session.execute(select_items().where(ItemRow.sku.in_(skus)))
    return {item.sku: Found(item) for item in map(as_item, rows)}


def _by_barcode(
    session: Session,
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    wanted: Mapping[str, str],
) -> dict[str, Found]:
    """Return the items whose barcodes have these texts in the column, by what was asked for."""
    query = select_items().add_columns(BarcodeRow.quantity, column)
    query = query.join(BarcodeRow, BarcodeRow.item_id == ItemRow.id)
    rows = session.execute(query.where(column.in_(set(wanted.values()))))
    found = {row[-1]: Found(as_item(row), row[-2]) for row in rows}
    return {code: found[text] for code, text in wanted.items() if text in found}


def _location(row: LocationRow) -> Location:
    is_ours = row.kind.is_owned or row.kind is LocationKind.SITE
    site = row.path.split("/", 1)[0] if is_ours else ""
    return Location(row.id, row.path, row.kind, row.name, site)


def _batches(codes: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(sorted(codes))
    while batch := list(islice(rest, BATCH)):
        yield batch


def _can_be_stored(code: str) -> bool:
    """Whether a text can be in a database at all: a damaged scan may hold what no text has."""
    return bool(code) and "\0" not in code and not any("\ud800" <= c <= "\udfff" for c in code)
