"""The company that random documents are about, in a database and in the model."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from app.core.catalogue import Costing, LocationKind, Tracking
from app.db.database import Database
from app.db.tables import (
    BarcodeRow,
    BillLineRow,
    ItemRow,
    ItemUnitRow,
    LocationRow,
    LotRow,
)
from tests.ledger.model.company import Company, Item

FIRST_DAY = date(2026, 3, 2)
DAYS = 4
MOMENTS = tuple(
    datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=day)
    for day in range(DAYS)
    for hour in (8, 12, 16)
)

STORAGE = ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1")
DOCK = "MAIN/DOCK"
PLACES = (*STORAGE, DOCK)
SHORT = ("MAIN/A-2", "SHOP/S-1")
"""Where stock may go below zero, if it may anywhere."""

ITEMS = {
    item.sku: item
    for item in (
        Item("TEA", weight=Decimal("0.25"), units={"box": Fraction(6)}),
        Item("RUM", costing="fifo", weight=Decimal("1.3")),
        Item("GIN", costing="lifo", units={"pack": Fraction(4)}),
        Item("FLOUR", decimals=3, weight=Decimal(1), units={"half": Fraction(1, 2)}),
        Item("MILK", costing="fifo", tracking="lot"),
        Item("WINE", tracking="lot", cost_per_lot=True),
        Item("OIL", costing="standard", standard_cost=Decimal("2.35")),
        Item("SAW", costing="fifo", tracking="serial"),
        Item("KIT", costing="fifo", bill={"TEA": Decimal(2), "RUM": Decimal(1)}),
        Item("OFFCUT", standard_cost=Decimal("0.07")),
    )
}
BARCODES = {"TEA-DOZEN": ("TEA", Decimal(12)), "RUM-SIX": ("RUM", Decimal(6))}
LOTS = {
    ("MILK", "M1"): date(2026, 3, 3),
    ("MILK", "M2"): date(2040, 1, 1),
    ("MILK", "M3"): date(2039, 1, 1),
    ("WINE", "W1"): None,
    ("WINE", "W2"): None,
    ("SAW", "S1"): None,
    ("SAW", "S2"): None,
}


@dataclass(frozen=True)
class Goods:
    """An item (and lot) as a document names it; `each` is how many base units that is."""

    name: str
    lot: str = ""

    @property
    def sku(self) -> str:
        return BARCODES.get(self.name, (self.name, Decimal(1)))[0]


PLAIN = (Goods("TEA"), Goods("RUM"), Goods("GIN"), Goods("FLOUR"))
TRACKED = (
    *(Goods("MILK", "M1"), Goods("MILK", "M2"), Goods("MILK", "M3")),
    *(Goods("WINE", "W1"), Goods("WINE", "W2")),
)
STANDARD = (Goods("OIL"),)
SERIALS = (Goods("SAW", "S1"), Goods("SAW", "S2"))
MADE = ("KIT", "OFFCUT", "TEA", "RUM")
"""What builds make, and what the bill of materials says that they are made of."""


def company(*, may_be_short: bool) -> Company:
    return Company(
        items=ITEMS,
        storage=STORAGE,
        negative=frozenset(SHORT if may_be_short else ()),
        barcodes=BARCODES,
        lots=LOTS,
    )


def furnish(database: Database) -> None:
    """Put the company into a database that has only tables."""
    with database.writing() as session:
        rows = {sku: _row_of(item) for sku, item in ITEMS.items()}
        places = _places()
        session.add_all([*rows.values(), *places])
        session.flush()
        numbers = {sku: row.id for sku, row in rows.items()}
        session.add_all(_belongings(numbers))
        sites = {row.path: row.id for row in places if "/" not in row.path}
        for row in places:
            if "/" in row.path:
                row.parent_id = sites[row.path.partition("/")[0]]


def allow_shortages(database: Database) -> None:
    with database.writing() as session:
        places = session.query(LocationRow).filter(LocationRow.path.in_(SHORT))
        places.update({"allow_negative": True})


def _row_of(item: Item) -> ItemRow:
    return ItemRow(
        sku=item.sku,
        name=item.sku.title(),
        decimals=item.decimals,
        tracking=Tracking(item.tracking),
        costing=Costing(item.costing),
        cost_per_lot=item.cost_per_lot,
        standard_cost=item.standard_cost,
        weight=item.weight or None,
    )


def _places() -> list[LocationRow]:
    kinds = {
        **dict.fromkeys(("MAIN", "SHOP"), LocationKind.SITE),
        **dict.fromkeys(STORAGE, LocationKind.STORAGE),
        DOCK: LocationKind.DOCK,
    }
    return [
        LocationRow(path=path, code=path.rpartition("/")[2], kind=kind)
        for path, kind in kinds.items()
    ]


def _belongings(numbers: dict[str, int]) -> list[object]:
    """Packs, barcodes, lots and bills of materials of the items."""
    rows: list[object] = []
    for sku, number in numbers.items():
        for unit, factor in ITEMS[sku].units.items():
            top, bottom = factor.numerator, factor.denominator
            rows.append(ItemUnitRow(item_id=number, unit=unit, numerator=top, denominator=bottom))
        for component, quantity in ITEMS[sku].bill.items():
            of = numbers[component]
            rows.append(BillLineRow(product_id=number, component_id=of, quantity=quantity))
    for code, (sku, quantity) in BARCODES.items():
        rows.append(BarcodeRow(item_id=numbers[sku], code=code, quantity=quantity))
    for (sku, code), expiry in LOTS.items():
        rows.append(LotRow(item_id=numbers[sku], code=code, expiry=expiry))
    return rows
