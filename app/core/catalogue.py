"""The things we stock, the places they lie in, and the people we trade with, as plain values."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.core.errors import marked

LONGEST_SHELF_LIFE = 36_500
"""Days: a hundred years. What keeps longer does not spoil."""


class Tracking(StrEnum):
    """Whether pieces of an item are told apart by batch, one by one, or not at all."""

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"


class Costing(StrEnum):
    FIFO = "fifo"
    LIFO = "lifo"
    AVERAGE = "average"
    STANDARD = "standard"


class Removal(StrEnum):
    """In which order stock is taken: first expired, first in, last in, or along the shelf."""

    FEFO = "fefo"
    FIFO = "fifo"
    LIFO = "lifo"
    PATH = "path"


class LocationKind(StrEnum):
    """What a place is. The last five lie outside our walls."""

    SITE = "site"
    STORAGE = "storage"
    DOCK = "dock"
    QUARANTINE = "quarantine"
    TRANSIT = "transit"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    PRODUCTION = "production"
    LOSS = "loss"
    OPENING = "opening"

    @property
    def is_owned(self) -> bool:
        """Whether stock here is the company's: on hand and valued."""
        return self in OWNED

    @property
    def is_inside(self) -> bool:
        """Whether it lies within our walls: a site, or a place in one."""
        return self is LocationKind.SITE or self in OWNED


OWNED = frozenset(
    {LocationKind.STORAGE, LocationKind.DOCK, LocationKind.QUARANTINE, LocationKind.TRANSIT}
)


class PartnerKind(StrEnum):
    SUPPLIER = "supplier"
    CUSTOMER = "customer"


CHOICES = (
    marked("none"),
    marked("lot"),
    marked("serial"),
    marked("fifo"),
    marked("lifo"),
    marked("average"),
    marked("standard"),
    marked("site"),
    marked("storage"),
    marked("dock"),
    marked("quarantine"),
    marked("transit"),
    marked("supplier"),
    marked("customer"),
    marked("production"),
    marked("loss"),
    marked("opening"),
)
"""The words above as messages name them, which the window says in the user's language."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item as screens and rules know it. `decimals`: how fine its base unit counts."""

    id: int
    sku: str
    name: str
    unit: str = "each"
    decimals: int = 0
    tracking: Tracking = Tracking.NONE
    barcode: str = ""
    category: str = ""
    shelf_life_days: int | None = None


def keeps_until(received: date, days: int) -> date:
    """Return the last good day of goods that keep for so many days."""
    return received + timedelta(days=min(days, LONGEST_SHELF_LIFE))


@dataclass(frozen=True, slots=True)
class Pack:
    """Another unit of an item: 1 `unit` is numerator / denominator base units."""

    unit: str
    numerator: int
    denominator: int = 1

    def in_base_units(self, quantity: Decimal) -> Decimal:
        return quantity * self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Location:
    id: int
    path: str
    kind: LocationKind
    name: str = ""
    site: str = ""

    @property
    def code(self) -> str:
        """The last part of the path: what is written on the shelf."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Lot:
    id: int
    item_id: int
    code: str
    expiry: date | None = None
