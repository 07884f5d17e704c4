"""What a document's words stand for: items, places, lots, partners, looked up all at once.

Looking an item up for posting locks it (on PostgreSQL; SQLite has one writer), in the order of
the row numbers, so that two postings of the same items never wait for each other in a circle.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, union

from app.core.catalogue import Costing, LocationKind, PartnerKind, Tracking
from app.core.documents import Line
from app.core.errors import Refused
from app.core.gtin import as_gtin14
from app.core.refusals import UnknownItem, UnknownPartner, UnknownUnit
from app.db.prepared import Prepared, one_of
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow, LotRow, PartnerRow, SettingRow, table_of


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
    weight: Decimal | None
    first_costing: Costing | None
    first_standard_cost: Decimal | None

    @property
    def standard_at_entry(self) -> Decimal | None:
        """Return the standard cost that holds until a document says else."""
        return self.standard_cost if self.first_costing is None else self.first_standard_cost

    @property
    def standard_now(self) -> Decimal | None:
        """Return the standard cost that what happens last is valued with."""
        by_standard = self.costing is Costing.STANDARD
        return self.standard_cost if by_standard else self.standard_at_entry

    def pool_lot(self, lot: int) -> int:
        """Return the lot that a cost pool is kept for; 0 where it is kept for the whole item."""
        return lot if self.cost_per_lot else 0


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
    ITEM.weight,
    ITEM.first_costing,
    ITEM.first_standard_cost,
)
_ITEMS_BY_ID = Prepared(
    select(*_ITEM_COLUMNS)
    .where(one_of(ITEM.id, "wanted"))
    .order_by(ITEM.id)
    .with_for_update(key_share=True)
)
_ITEMS_UNLOCKED = Prepared(select(*_ITEM_COLUMNS).where(one_of(ITEM.id, "wanted")))
_MONEY_PLACES = select(SettingRow.value).where(SettingRow.name == "currency_places")
USUAL_MONEY_PLACES = 2
_BARCODE = table_of(BarcodeRow).c
_BARCODES = Prepared(
    select(_BARCODE.code, _BARCODE.item_id, _BARCODE.quantity).where(
        one_of(_BARCODE.code, "wanted")
    )
)
_GTINS = Prepared(
    select(_BARCODE.gtin.label("code"), _BARCODE.item_id, _BARCODE.quantity).where(
        one_of(_BARCODE.gtin, "wanted")
    )
)
_NAMED = table_of(ItemRow).alias("named").c
_BY_SKU = select(_NAMED.id).where(one_of(_NAMED.sku, "wanted"))
_BY_CODE = select(_BARCODE.item_id).where(one_of(_BARCODE.code, "wanted"))
_BY_GTIN = select(_BARCODE.item_id).where(one_of(_BARCODE.gtin, "gtins"))


def _items_named(*ways: Select[int]) -> Prepared:
    """However they are named, all are locked by one statement: the locks' order depends on it."""
    named = ITEM.id.in_(union(*ways))
    return Prepared(
        select(*_ITEM_COLUMNS).where(named).order_by(ITEM.id).with_for_update(key_share=True)
    )


_ITEMS_BY_NAME = _items_named(_BY_SKU, _BY_CODE)
_ITEMS_BY_ANY_NAME = _items_named(_BY_SKU, _BY_CODE, _BY_GTIN)
_UNIT = table_of(ItemUnitRow).c
_UNITS = Prepared(
    select(_UNIT.item_id, _UNIT.unit, _UNIT.numerator, _UNIT.denominator).where(
        one_of(_UNIT.item_id, "wanted")
    )
)
_LOT = table_of(LotRow).c
_LOTS = Prepared(
    select(_LOT.id, _LOT.item_id, _LOT.code, _LOT.expiry).where(
        one_of(_LOT.item_id, "items"),
        one_of(_LOT.code, "wanted"),
    )
)
_PARTNER = table_of(PartnerRow).c
_PARTNERS = select(_PARTNER.id).where(
    _PARTNER.kind == bindparam("partner_kind"), _PARTNER.code == bindparam("partner_code")
)


@contextmanager
def on_line(number: int) -> Iterator[None]:
    """Name the line in any refusal that is raised inside."""
    try:
        yield
    except Refused as refusal:
        refusal.line = refusal.line or number or None
        raise


class ItemBook:
    """The items that a document names, by what the document calls them."""

    def __init__(self, connection: Connection, names: Iterable[str]) -> None:
        self._connection = connection
        self._units: dict[int, dict[str, Packing]] | None = None
        self.packs: dict[str, Decimal] = {}
        wanted = set(names)
        gtins = {name: gtin for name in wanted if (gtin := as_gtin14(name))}
        rows = (
            _ITEMS_BY_ANY_NAME.all(connection, wanted=wanted, gtins=gtins.values())
            if gtins
            else _ITEMS_BY_NAME.all(connection, wanted=wanted)
        )
        found = {item.id: item for item in sorted_by_id(rows)}
        self.by_name = {item.sku: item for item in found.values() if item.sku in wanted}
        if missing := wanted - self.by_name.keys():
            self._find_by_barcode(missing, gtins, found)

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

    def _find_by_barcode(
        self, codes: set[str], gtins: dict[str, str], items: dict[int, ItemFacts]
    ) -> None:
        rows = _BARCODES.all(self._connection, wanted=codes)
        missing = codes - {row.code for row in rows}
        others = {code: gtin for code, gtin in gtins.items() if code in missing}
        if others:
            known = {row.code: row for row in _GTINS.all(self._connection, wanted=others.values())}
            rows += [known[g]._replace(code=code) for code, g in others.items() if g in known]
        for code, item_id, quantity in rows:
            if item_id in items:  # a barcode given away a moment ago is none any more
                self.by_name[code] = items[item_id]
                self.packs[code] = quantity

    def _units_of(self, item: ItemFacts) -> dict[str, Packing]:
        if self._units is None:
            self._units = {}
            ids = {found.id for found in self.by_name.values()}
            for item_id, unit, numerator, denominator in _UNITS.all(self._connection, wanted=ids):
                packing = Packing(unit, Decimal(numerator), Decimal(denominator))
                self._units.setdefault(item_id, {})[unit] = packing
        return self._units.get(item.id, {})


def sorted_by_id(rows: Iterable[Any]) -> list[ItemFacts]:
    return sorted((ItemFacts(*row) for row in rows), key=lambda item: item.id)


def known_items(connection: Connection, ids: Collection[int]) -> dict[int, ItemFacts]:
    """Return items by row number without locking them, for questions."""
    found = _ITEMS_UNLOCKED.all(connection, wanted=ids)
    return {item.id: item for item in sorted_by_id(found)}


def money_places(connection: Connection) -> int:
    """Return how many decimals the company's currency has."""
    found = connection.scalar(_MONEY_PLACES)
    return int(found) if found else USUAL_MONEY_PLACES


def find_items(connection: Connection, ids: Collection[int]) -> dict[int, ItemFacts]:
    """Return (and lock) items by row number."""
    return {item.id: item for item in sorted_by_id(_ITEMS_BY_ID.all(connection, wanted=ids))}


def find_lots(
    connection: Connection, wanted: Sequence[tuple[ItemFacts, str]]
) -> dict[tuple[int, str], LotFacts]:
    """Return the lots that exist, by item and code."""
    if not wanted:
        return {}
    items = sorted({item.id for item, _ in wanted})
    codes = sorted({code for _, code in wanted})
    return {
        (item_id, code): LotFacts(lot_id, code, expiry)
        for lot_id, item_id, code, expiry in _LOTS.all(connection, items=items, wanted=codes)
    }


def find_partner(connection: Connection, kind: PartnerKind, code: str) -> int | None:
    """Return the row number of a supplier or customer; None where none is named."""
    if not code:
        return None
    found = connection.scalar(_PARTNERS, {"partner_kind": kind, "partner_code": code})
    if found is None:
        raise UnknownPartner(kind=kind.value, partner=code)
    return int(found)
