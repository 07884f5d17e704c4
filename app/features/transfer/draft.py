"""A transfer in the making. Nothing here changes: every change makes a new draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.core.catalogue import Item, Location, LocationKind, Pack, Tracking
from app.core.decimals import ZERO


@dataclass(frozen=True, slots=True)
class Held:
    """Stock of one item (and lot) in the bin it comes from; part of it may be promised."""

    lot: str
    expiry: date | None
    on_hand: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of an item to move it: its packs, and what of it lies in the source,
    the first to expire first."""

    packs: tuple[Pack, ...] = ()
    held: tuple[Held, ...] = ()


class Side(StrEnum):
    SOURCE = "source"
    TARGET = "target"


class Need(StrEnum):
    """What a line must still be told."""

    QUANTITY = "quantity"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class MoveLine:
    """Goods of one item and lot, in base units.

    `unit` is what a typed number counts, "" the base unit. `is_guess`: the lot is the one that
    expires first, but nobody has said so. `typed` counts how often the line was changed by hand,
    so that an older scan is not taken back from a figure that no longer holds it.
    """

    id: int
    item: Item
    quantity: Decimal = ZERO
    lot: str = ""
    expiry: date | None = None
    unit: str = ""
    is_guess: bool = False
    typed: int = 0

    @property
    def needs(self) -> Need | None:
        if self.item.tracking is not Tracking.NONE and not self.lot:
            return Need.LOT
        return None if self.quantity or self.typed else Need.QUANTITY

    def is_expired(self, today: date) -> bool:
        """An expiry is the last good day."""
        return self.expiry is not None and self.expiry < today


@dataclass(frozen=True, slots=True)
class Draft:
    """`key` makes it post once. `may_fall_short`: the source may go below zero, so what it holds
    limits nothing. `at` is when it happened, None when it is posted. `facts` are of the items on
    it, by item number: what lies there now."""

    key: str
    site: str = ""
    source: Location | None = None
    target: Location | None = None
    may_fall_short: bool = False
    at: datetime | None = None
    lines: tuple[MoveLine, ...] = ()
    last_id: int = 0
    facts: Mapping[int, Facts] = field(default_factory=dict, compare=False)

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.source or self.target or self.at)

    @property
    def is_limited(self) -> bool:
        """Whether what lies in the source now limits what goes. What lay there at an earlier time
        is for the ledger to say."""
        return self.at is None and not self.may_fall_short

    @property
    def is_complete(self) -> bool:
        """Whether it says all that posting needs."""
        return bool(self.source and self.target and any(line.quantity for line in self.lines))

    def place(self, side: Side) -> Location | None:
        return self.source if side is Side.SOURCE else self.target

    def with_place(self, side: Side, place: Location | None) -> "Draft":
        return replace(self, source=place) if side is Side.SOURCE else replace(self, target=place)

    def line(self, number: int) -> MoveLine | None:
        return next((line for line in self.lines if line.id == number), None)

    def with_line(self, changed: MoveLine) -> "Draft":
        """Put a line in place of the one with its number, or at the end."""
        if self.line(changed.id) is None:
            return replace(
                self, lines=(*self.lines, changed), last_id=max(self.last_id, changed.id)
            )
        lines = tuple(changed if line.id == changed.id else line for line in self.lines)
        return replace(self, lines=lines)

    def without_line(self, number: int) -> "Draft":
        return replace(self, lines=tuple(line for line in self.lines if line.id != number))

    def facts_of(self, item: Item) -> Facts:
        return self.facts.get(item.id, NOTHING)

    def knowing(self, facts: Mapping[int, Facts]) -> "Draft":
        return replace(self, facts={**self.facts, **facts})

    def held(self, item: Item, lot: str) -> Held:
        """Return what lies in the source of an item and lot; nothing, if it is not there."""
        same = (held for held in self.facts_of(item).held if held.lot == lot)
        return next(same, Held(lot, None, ZERO, ZERO))

    def room(self, item: Item, lot: str, but_not: int = 0) -> Decimal:
        """Return how much more of an item and lot can be moved."""
        taken = (
            line.quantity
            for line in self.lines
            if line.item.id == item.id and line.lot == lot and line.id != but_not
        )
        return self.held(item, lot).available - sum(taken, ZERO)

    def leaves_quarantine(self) -> bool:
        source = self.source.kind if self.source else None
        target = self.target.kind if self.target else None
        return source is LocationKind.QUARANTINE and target is not LocationKind.QUARANTINE


NOTHING = Facts()
