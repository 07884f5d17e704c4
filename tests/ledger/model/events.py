"""What a posted document does to stock, told in single events."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from app.core.documents import Document
from tests.ledger.model.company import OUTSIDE


@dataclass(frozen=True)
class Entry:
    """A document as it was posted. The sequence is the order of entry."""

    number: str
    sequence: int
    at: datetime
    document: Document

    @property
    def type(self) -> str:
        return self.document.type.value


@dataclass(frozen=True)
class Event:
    """Something that happened, in the order of history: time, order of entry, order of lines."""

    number: str
    at: datetime
    sequence: int
    line: int

    @property
    def order(self) -> tuple[datetime, int, int]:
        return self.at, self.sequence, self.line


@dataclass(frozen=True)
class Move(Event):
    """Goods went from one place to another.

    `given` is the exact money they cost, `landed` what was added to it later. `returns` is the
    document whose goods go back or come back with it.
    """

    item: str
    lot: str
    quantity: Decimal
    source: str
    target: str
    given: Fraction | None = None
    landed: Decimal = Decimal(0)
    returns: str = ""

    @property
    def is_arrival(self) -> bool:
        return self.source in OUTSIDE and self.target not in OUTSIDE

    @property
    def is_departure(self) -> bool:
        return self.source not in OUTSIDE and self.target in OUTSIDE

    @property
    def place(self) -> str:
        """Return where it came in or went out."""
        return self.target if self.source in OUTSIDE else self.source

    @property
    def key(self) -> "Key":
        return (self.number, self.line, self.item, self.lot, self.place)


Key = tuple[str, int, str, str, str]
"""Which movement: document, line, item, lot, place of ours."""


@dataclass(frozen=True)
class Counted(Event):
    """There were so many here, whatever was known."""

    item: str
    lot: str
    place: str
    counted: Decimal


@dataclass(frozen=True)
class Made(Event):
    """Components became a product and by-products."""

    components: list[Move]
    product: Move
    by_products: list[tuple[Move, Decimal]]
    cost: Decimal


@dataclass(frozen=True)
class TakenApart(Event):
    """A product became its components."""

    product: Move
    components: list[Move]
    cost: Decimal


@dataclass(frozen=True)
class Revalued(Event):
    """A piece is worth so much from now on; `lot` is empty for all lots."""

    item: str
    lot: str
    unit_cost: Decimal


@dataclass(frozen=True)
class MethodChanged(Event):
    item: str
    costing: str


@dataclass
class Documents:
    """The documents that still hold, by number and in order of entry."""

    live: list[Entry] = field(default_factory=list)

    def find(self, number: str) -> Entry | None:
        return next((entry for entry in self.live if entry.number == number), None)

    def naming(self, number: str, *types: str) -> list[Entry]:
        """Return those that name the document and are of one of the types, if any are given."""
        return [
            entry
            for entry in self.live
            if entry.document.names == number and (not types or entry.type in types)
        ]
