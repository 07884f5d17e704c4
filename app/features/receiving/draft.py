"""A receipt in the making. Nothing here changes: every change makes a new draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.core.catalogue import Item, Pack, Tracking
from app.core.decimals import ZERO


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What was ordered and what came before, in base units; `price` is per base unit."""

    number: int
    item: Item
    ordered: Decimal
    before: Decimal = ZERO
    price: Decimal | None = None
    due: date | None = None

    @property
    def expected(self) -> Decimal:
        return max(self.ordered - self.before, ZERO)


@dataclass(frozen=True, slots=True)
class Order:
    number: str
    supplier: str = ""
    supplier_name: str = ""
    reference: str = ""
    site: str = ""
    is_open: bool = True
    lines: tuple[OrderLine, ...] = ()

    def line(self, number: int | None) -> OrderLine | None:
        return next((line for line in self.lines if line.number == number), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of an item to receive it.

    `put_away` is where it should go in the site, `price` what the supplier's list says per base
    unit.
    """

    packs: tuple[Pack, ...] = ()
    put_away: str = ""
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class KnownLot:
    """What the books say of a lot: its expiry, and whether any of it is here already."""

    expiry: date | None = None
    is_here: bool = False


class Need(StrEnum):
    """What a line must still be told."""

    QUANTITY = "quantity"
    LOT = "lot"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Goods of one item (and lot) for one line of the order, in base units.

    `unit` is what a typed number counts, "" the base unit. `cost` is per base unit, as typed;
    `target` the place as chosen by the clerk. `typed` counts how often the quantity was typed
    over, so that an older scan is not taken back from a figure that no longer holds it.
    """

    id: int
    item: Item
    quantity: Decimal = ZERO
    rejected: Decimal = ZERO
    lot: str = ""
    expiry: date | None = None
    unit: str = ""
    cost: Decimal | None = None
    target: str = ""
    order_line: int | None = None
    typed: int = 0

    @property
    def arrived(self) -> Decimal:
        return self.quantity + self.rejected

    @property
    def needs(self) -> Need | None:
        """What to ask for next."""
        if self.item.tracking is not Tracking.NONE:
            if not self.lot:
                return Need.LOT
            if self.expiry is None and self.item.shelf_life_days is not None:
                return Need.EXPIRY
        return None if self.arrived or self.typed else Need.QUANTITY

    def is_expired(self, today: date) -> bool:
        """An expiry is the last good day."""
        return self.expiry is not None and self.expiry < today


@dataclass(frozen=True, slots=True)
class Draft:
    """`key` makes it post once. `place` is where all of it goes, "" each to its own place; `site`
    is where it is received; `at` is when it happened, None when it is posted. `facts` are of the
    items on it and on its order, by item number."""

    key: str
    order: Order | None = None
    supplier: str = ""
    reference: str = ""
    place: str = ""
    site: str = ""
    at: datetime | None = None
    lines: tuple[DraftLine, ...] = ()
    last_id: int = 0
    facts: Mapping[int, Facts] = field(default_factory=dict, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that would be a pity to lose."""
        head = self.order or self.supplier or self.reference or self.place or self.at
        return not (self.lines or head)

    def line(self, number: int) -> DraftLine | None:
        return next((line for line in self.lines if line.id == number), None)

    def with_line(self, changed: DraftLine) -> "Draft":
        """Put a line in place of the one with its number, or at the end."""
        if self.line(changed.id) is None:
            return replace(
                self, lines=(*self.lines, changed), last_id=max(self.last_id, changed.id)
            )
        lines = tuple(changed if line.id == changed.id else line for line in self.lines)
        return replace(self, lines=lines)

    def without_line(self, number: int) -> "Draft":
        return replace(self, lines=tuple(line for line in self.lines if line.id != number))

    def target_of(self, line: DraftLine) -> str:
        """Return where a line goes: the clerk's choice, the place for all, the usual place."""
        return line.target or self.place or self.facts_of(line.item).put_away or self.site

    def price_of(self, line: DraftLine) -> Decimal | None:
        """Return what one base unit costs if the clerk types nothing."""
        if line.order_line is None or self.order is None:
            return self.facts_of(line.item).price
        ordered = self.order.line(line.order_line)
        return ordered.price if ordered else None

    def facts_of(self, item: Item) -> Facts:
        return self.facts.get(item.id, _NOTHING)

    def renewed(self, order: Order, facts: Mapping[int, Facts]) -> "Draft":
        """Return the draft with what the books say of its order now; its lines stay as they are."""
        return replace(self, order=order).knowing(facts)

    def knowing(self, facts: Mapping[int, Facts]) -> "Draft":
        return replace(self, facts={**self.facts, **facts})


_NOTHING = Facts()
