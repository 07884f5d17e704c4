"""What a document's words stand for: items, places, lots, partners, looked up all at once.

Looking an item up for posting locks it (on PostgreSQL; SQLite has one writer), in the order of
the row numbers, so that two postings of the same items never wait for each other in a circle.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from app.core.catalogue import Costing, LocationKind, PartnerKind, Tracking
from app.core.documents import Line
from app.core.refusals import UnknownItem, UnknownPartner, UnknownUnit
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow, LotRow, PartnerRow, SettingRow, table_of

BATCH = 5_000
"""Values in one IN list: far below what either database allows."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What posting must know of an item."""

    id: int
    sku: str
    unit: str
    decimals: int
    tracking: Tracking
    costing: Costing
    cost_per_lot: bool
    standard_cost: Decimal | None
    shelf_life_days: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A location, with the negative-stock policy that holds for it."""

    id: int
    path: str
    kind: LocationKind
    allow_negative: bool

    @property
    def is_owned(self) -> bool:
        return self.kind.is_owned


@dataclass(frozen=True, slots=True)
class LotFacts:
    id: int
    code: str
    expiry: date | None


@dataclass(frozen=True, slots=True)
class Packing:
    """How many base units one of what the line counts in holds: numerator / denominator."""

    unit: str
    numerator: Decimal
    denominator: Decimal = Decimal(1)


ITEM = table_of(ItemRow).c
_ITEM_COLUMNS = (
    ITEM.id,
    ITEM.sku,
    ITEM.unit,
    ITEM.decimals,
    ITEM.tracking,
    ITEM.costing,
    ITEM.cost_per_lot,
    ITEM.standard_cost,
    ITEM.shelf_life_days,
)
_ITEMS_BY_SKU = (
    select(*_ITEM_COLUMNS)
    .where(ITEM.sku.in_(bindparam("wanted", expanding=True)))
    .order_by(ITEM.id)
    .with_for_update(key_share=True)
)
_ITEMS_BY_ID = (
    select(*_ITEM_COLUMNS)
    .where(ITEM.id.in_(bindparam("wanted", expanding=True)))
    .order_by(ITEM.id)
    .with_for_update(key_share=True)
)
_ITEMS_UNLOCKED = select(*_ITEM_COLUMNS).where(ITEM.id.in_(bindparam("wanted", expanding=True)))
_MONEY_PLACES = select(SettingRow.value).where(SettingRow.name == "currency_places")
USUAL_MONEY_PLACES = 2
_BARCODE = table_of(BarcodeRow).c
_BARCODES = select(_BARCODE.code, _BARCODE.item_id, _BARCODE.quantity).where(
    _BARCODE.code.in_(bindparam("wanted", expanding=True))
)
_UNIT = table_of(ItemUnitRow).c
_UNITS = select(_UNIT.item_id, _UNIT.unit, _UNIT.numerator, _UNIT.denominator).where(
    _UNIT.item_id.in_(bindparam("wanted", expanding=True))
)
_LOT = table_of(LotRow).c
_LOTS = select(_LOT.id, _LOT.item_id, _LOT.code, _LOT.expiry).where(
    _LOT.item_id.in_(bindparam("items", expanding=True)),
    _LOT.code.in_(bindparam("wanted", expanding=True)),
)
_PARTNER = table_of(PartnerRow).c
_PARTNERS = select(_PARTNER.id).where(
    _PARTNER.kind == bindparam("partner_kind"), _PARTNER.code == bindparam("partner_code")
)


def in_batches(
    connection: Connection, query: Select[Any], wanted: Collection[Any], **others: Any
) -> Iterator[Any]:
    """Run a query that has an IN list named `wanted`, as often as its length asks for."""
    values = list(wanted)
    for start in range(0, len(values), BATCH):
        yield from connection.execute(query, {"wanted": values[start : start + BATCH], **others})


class ItemBook:
    """The items that a document names, by what the document calls them."""

    def __init__(self, connection: Connection, names: Iterable[str]) -> None:
        self._connection = connection
        self._units: dict[int, dict[str, Packing]] | None = None
        self.packs: dict[str, Decimal] = {}
        wanted = set(names)
        found = sorted_by_id(in_batches(connection, _ITEMS_BY_SKU, wanted))
        self.by_name = {item.sku: item for item in found}
        missing = wanted - self.by_name.keys()
        if missing:
            self._find_by_barcode(missing)

    def find(self, name: str, line: int) -> ItemFacts:
        """Return the item of that SKU or barcode, or refuse the line."""
        try:
            return self.by_name[name]
        except KeyError:
            raise UnknownItem(item=name, line=line) from None

    def ids(self) -> set[int]:
        return {item.id for item in self.by_name.values()}

    def packing(self, line: Line, number: int) -> Packing:
        """Return what one of the line's quantity holds: a unit, else the pack its barcode is on."""
        item = self.find(line.item, number)
        pack = self.packs.get(line.item, Decimal(1))
        if line.unit in ("", item.unit):
            return Packing(item.unit if line.unit or pack == 1 else "", pack)
        known = self._units_of(item)
        if line.unit not in known:
            names = ", ".join([item.unit, *known])
            raise UnknownUnit(item=item.sku, unit=line.unit, known=names, line=number)
        return known[line.unit]

    def _find_by_barcode(self, codes: set[str]) -> None:
        rows = list(in_batches(self._connection, _BARCODES, codes))
        found = in_batches(self._connection, _ITEMS_BY_ID, {row.item_id for row in rows})
        items = {item.id: item for item in sorted_by_id(found)}
        for code, item_id, quantity in rows:
            self.by_name[code] = items[item_id]
            self.packs[code] = quantity

    def _units_of(self, item: ItemFacts) -> dict[str, Packing]:
        if self._units is None:
            self._units = {}
            ids = {found.id for found in self.by_name.values()}
            for item_id, unit, numerator, denominator in in_batches(self._connection, _UNITS, ids):
                packing = Packing(unit, Decimal(numerator), Decimal(denominator))
                self._units.setdefault(item_id, {})[unit] = packing
        return self._units.get(item.id, {})


def sorted_by_id(rows: Iterable[Any]) -> list[ItemFacts]:
    return sorted((ItemFacts(*row) for row in rows), key=lambda item: item.id)


def known_items(connection: Connection, ids: Collection[int]) -> dict[int, ItemFacts]:
    """Return items by row number without locking them, for questions."""
    found = in_batches(connection, _ITEMS_UNLOCKED, ids)
    return {item.id: item for item in sorted_by_id(found)}


def money_places(connection: Connection) -> int:
    """Return how many decimals the company's currency has."""
    found = connection.scalar(_MONEY_PLACES)
    return int(found) if found else USUAL_MONEY_PLACES


def find_items(connection: Connection, ids: Collection[int]) -> dict[int, ItemFacts]:
    """Return (and lock) items by row number."""
    return {item.id: item for item in sorted_by_id(in_batches(connection, _ITEMS_BY_ID, ids))}


def find_lots(
    connection: Connection, wanted: Sequence[tuple[ItemFacts, str]]
) -> dict[tuple[int, str], LotFacts]:
    """Return the lots that exist, by item and code."""
    if not wanted:
        return {}
    codes = {code for _, code in wanted}
    items = sorted({item.id for item, _ in wanted})
    found: dict[tuple[int, str], LotFacts] = {}
    for start in range(0, len(items), BATCH):
        some = items[start : start + BATCH]
        for lot_id, item_id, code, expiry in in_batches(connection, _LOTS, codes, items=some):
            found[item_id, code] = LotFacts(lot_id, code, expiry)
    return found


def find_partner(connection: Connection, kind: PartnerKind, code: str) -> int | None:
    """Return the row number of a supplier or customer; None where none is named."""
    if not code:
        return None
    found = connection.scalar(_PARTNERS, {"partner_kind": kind, "partner_code": code})
    if found is None:
        raise UnknownPartner(kind=kind.value, partner=code)
    return int(found)
