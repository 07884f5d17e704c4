"""What is looked at: its head, the stock of it, and for a document its lines. Plain values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.core.catalogue import LocationKind
from app.core.decimals import ZERO
from app.core.documents import DocumentType
from app.core.history import Entry
from app.core.labels import LabelKind, LabelRequest
from app.features.stock_lookup.rules import FoundKind, Ref


@dataclass(frozen=True, slots=True)
class Scope:
    """What a history is of: an item, narrowed to a place or a lot (0: to stock without a lot)."""

    item_id: int
    item: str
    unit: str
    location_id: int | None = None
    path: str = ""
    lot_id: int | None = None
    lot: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A movement, what it changed in the scope, and what was on hand there after it."""

    entry: Entry
    change: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class PlaceStock:
    """Stock of one item (and lot) at one place, with the row numbers its history is found by."""

    item_id: int
    sku: str
    name: str
    unit: str
    location_id: int
    path: str
    kind: LocationKind
    lot_id: int
    lot: str
    expiry: date | None
    on_hand: Decimal
    allocated: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        return self.on_hand - self.allocated

    @property
    def code(self) -> str:
        """What is written on the place."""
        return self.path.rpartition("/")[2]

    @property
    def within(self) -> str:
        """The path of what the place stands in."""
        return self.path.rpartition("/")[0]

    @property
    def scope(self) -> Scope:
        """The history of this line."""
        place = (self.location_id, self.path)
        return Scope(self.item_id, self.sku, self.unit, *place, self.lot_id, self.lot)

    def has_expired(self, today: date) -> bool:
        """A lot is still good on the day it expires."""
        return self.expiry is not None and self.expiry < today


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order: what was ordered and what has come or gone, in base units."""

    line: int
    sku: str
    name: str
    unit: str
    quantity: Decimal
    done: Decimal
    due: date | None

    @property
    def open(self) -> Decimal:
        return max(self.quantity - self.done, ZERO)


class FactKind(StrEnum):
    """What a figure or text of a subject's head says; the screen has a word for each."""

    ON_HAND = "on_hand"
    ALLOCATED = "allocated"
    AVAILABLE = "available"
    ON_ORDER = "on_order"
    IN_TRANSIT = "in_transit"
    VALUE = "value"
    UNIT_COST = "unit_cost"
    ITEMS = "items"
    LINES = "lines"
    EXPIRY = "expiry"
    AT = "at"
    ENTERED_AT = "entered_at"
    ENTERED_LATE = "entered_late"
    USER = "user"
    PARTNER = "partner"
    REFERENCE = "reference"
    NOTE = "note"
    ORDER = "order"
    REVERSES = "reverses"
    REVERSED_BY = "reversed_by"
    NAMES = "names"
    NAMED_BY = "named_by"
    CORRECTED_FOR = "corrected_for"
    AMOUNT = "amount"
    CLOSED_UNTIL = "closed_until"
    OPEN_FROM = "open_from"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure or text; None is unknown. `leads_to` is what it names, if that can be opened."""

    kind: FactKind
    value: Decimal | datetime | date | str | None
    unit: str = ""
    leads_to: Ref | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """`history` is what the history shows while no line of the stock is chosen."""

    ref: Ref
    about: str = ""
    aside: str = ""
    facts: tuple[Fact, ...] = ()
    stock: tuple[PlaceStock, ...] = ()
    is_cut: bool = False
    history: Scope | None = None
    place: LocationKind | None = None
    type: DocumentType | None = None
    orders: tuple[OrderLine, ...] = ()
    entries: tuple[Entry, ...] = ()
    can_be_reversed: bool = False
    labels: tuple[LabelRequest, ...] = ()
    money_places: int = 2

    @property
    def is_document(self) -> bool:
        return self.ref.kind is FoundKind.DOCUMENT

    def fact(self, kind: FactKind) -> Fact | None:
        """Return the fact of that kind; None if nothing is said of it."""
        return next((fact for fact in self.facts if fact.kind is kind), None)


def quantities(entries: Iterable[Entry]) -> list[tuple[Decimal, str]]:
    """Return how much was moved in all, unit by unit."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        sums[entry.unit] += entry.quantity
    return [(total, unit) for unit, total in sorted(sums.items())]


def labels_of(subject: Subject, chosen: Iterable[PlaceStock] = ()) -> list[LabelRequest]:
    """Return the labels wanted: of the lots of the lines chosen, else of the whole."""
    lots = {(line.sku, line.lot): None for line in chosen if line.lot}
    if subject.ref.kind in (FoundKind.ITEM, FoundKind.LOT) and lots:
        return [LabelRequest(kind=LabelKind.LOT, sku=sku, lot=lot) for sku, lot in lots]
    return list(subject.labels)
