"""What a person types into the look-up box, and how what is found is put in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.core.catalogue import Item, Location, LocationKind
from app.core.decimals import ZERO
from app.core.history import Entry

SHORTEST_PART = 3
"""Letters from which on any part of a word is found; fewer are taken as a beginning."""


@dataclass(frozen=True, slots=True)
class ItemStock:
    """An item with its totals over all places of ours, in base units."""

    id: int
    sku: str
    name: str
    unit: str
    decimals: int
    category: str
    on_hand: Decimal
    allocated: Decimal = ZERO
    on_order: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        return self.on_hand - self.allocated


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that must all be found, in any order."""
    return tuple(text.split())


def matches(words: Iterable[str], haystack: str) -> bool:
    """Tell whether every word is a part of the text, without regard to case."""
    folded = haystack.casefold()
    return all(word.casefold() in folded for word in words)


def rank(text: str, sku: str, name: str, codes: str) -> tuple[int, str]:
    """Return a key that sorts: the exact code, its beginning, the beginning of a word, the rest."""
    wanted = text.casefold()
    if wanted in (sku.casefold(), *codes.casefold().split()):
        return 0, sku
    if sku.casefold().startswith(wanted):
        return 1, sku
    if any(word.startswith(wanted) for word in name.casefold().split()):
        return 2, sku
    if name.casefold().startswith(wanted):
        return 2, sku
    return 3, sku


class FoundKind(StrEnum):
    """What a clerk can look up."""

    ITEM = "item"
    PLACE = "place"
    LOT = "lot"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Found:
    """A place, lot or document that goes by the text, offered beside the items."""

    kind: FoundKind
    code: str
    about: str


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


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure or text of a subject's head; `name` says which."""

    name: str
    value: Decimal | datetime | str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: its head, the stock of it, and for a document its lines."""

    kind: FoundKind
    code: str
    about: str
    item: Item | None = None
    location: Location | None = None
    facts: tuple[Fact, ...] = ()
    stock: tuple[PlaceStock, ...] = ()
    entries: tuple[Entry, ...] = ()
    orders: tuple[OrderLine, ...] = ()
    can_be_reversed: bool = False
    is_cut: bool = False
    """There is more stock than is shown."""
