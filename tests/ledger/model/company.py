"""What the company stocks and where: what documents only name."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

OUTSIDE = frozenset({"supplier", "customer", "production", "loss", "opening"})


@dataclass(frozen=True)
class Item:
    """`units` are base units to one pack, `bill` what one piece is made of."""

    sku: str
    costing: str = "average"
    tracking: str = "none"
    cost_per_lot: bool = False
    standard_cost: Decimal | None = None
    weight: Decimal = Decimal(0)
    decimals: int = 0
    units: dict[str, Fraction] = field(default_factory=dict)
    bill: dict[str, Decimal] = field(default_factory=dict)


@dataclass
class Company:
    """`storage` are the places that stock is promised from, `negative` those that may be short.

    `barcodes` stand for an item and so many base units, `lots` say when each lot expires.
    """

    items: dict[str, Item]
    storage: tuple[str, ...]
    negative: frozenset[str] = frozenset()
    barcodes: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    lots: dict[tuple[str, str], date | None] = field(default_factory=dict)

    def named(self, name: str) -> tuple[Item, Decimal]:
        """Return the item that a SKU or barcode means, and how many base units one is."""
        sku, quantity = self.barcodes.get(name, (name, Decimal(1)))
        return self.items[sku], quantity

    def may_be_short(self, sku: str, place: str) -> bool:
        return place in self.negative and self.items[sku].tracking != "serial"


def site_of(place: str) -> str:
    return place.partition("/")[0]


def quarantine_of(place: str) -> str:
    return f"{site_of(place)}/QUARANTINE"


def transit_to(place: str) -> str:
    return f"{site_of(place)}/TRANSIT"
