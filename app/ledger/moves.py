"""A document taken apart: movements and counted places, resolved, not yet written."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from app.core.catalogue import Costing, Tracking
from app.core.costing import Cost
from app.core.decimals import ZERO
from app.core.documents import ValueKind
from app.ledger.facts import ItemFacts, LotFacts, Place
from app.ledger.happenings import stated_cost

StockKey = tuple[int, int, int]
"""Item, location and lot (0: none): the smallest thing that has a balance."""


@dataclass(slots=True)
class Move:
    """A movement to be written. `sequence` and `id` are given when it is; a correction of an
    earlier count and a reversal bring the sequence of what they stand beside.

    `origin_id` is the movement whose goods come back or go on, `share` a by-product's part of a
    build's cost, `bound_for` where goods in transit are to arrive.
    """

    line: int
    item: ItemFacts
    lot: LotFacts | None
    source: Place
    target: Place
    quantity: Decimal
    at: datetime
    unit: str = ""
    unit_quantity: Decimal | None = None
    unit_cost: Decimal | None = None
    given_value: Decimal | None = None
    order_line_id: int | None = None
    reason: str = ""
    sequence: int = 0
    id: int = 0
    document_id: int = 0
    cause_id: int | None = None
    origin_id: int | None = None
    share: Decimal | None = None
    bound_for: int | None = None

    @property
    def lot_id(self) -> int:
        return self.lot.id if self.lot else 0

    @property
    def out_of(self) -> StockKey:
        return self.item.id, self.source.id, self.lot_id

    @property
    def into(self) -> StockKey:
        return self.item.id, self.target.id, self.lot_id

    @property
    def name(self) -> str:
        """What a message calls the goods: the item, and its lot if it has one."""
        return f"{self.item.sku} {self.lot.code}" if self.lot else self.item.sku

    def may_go_below(self, place: Place) -> bool:
        """Whether there may be less than nothing of this; a serial number is there or it is not."""
        is_serial = self.item.tracking is Tracking.SERIAL
        return place.allow_negative and not (place.is_owned and is_serial)

    @property
    def pool(self) -> tuple[int, int]:
        """The cost pool: the item, and the lot where its cost is kept by lot."""
        return self.item.id, self.lot_id if self.item.cost_per_lot else 0

    @property
    def owned_change(self) -> Decimal:
        """What the movement adds to what the company owns; 0 between two places of its own."""
        if self.source.is_owned == self.target.is_owned:
            return ZERO
        return self.quantity if self.target.is_owned else -self.quantity

    def cost(self) -> Cost | None:
        """Return the stated cost, exact, if one was stated."""
        return stated_cost(self.id, self.unit_cost, self.unit_quantity, self.quantity)


@dataclass(slots=True)
class CountedPlace:
    """One line of a count: at this moment there were so many here."""

    line: int
    item: ItemFacts
    lot: LotFacts | None
    place: Place
    counted: Decimal
    at: datetime
    reason: str = ""
    sequence: int = 0

    @property
    def key(self) -> StockKey:
        return self.item.id, self.place.id, self.lot.id if self.lot else 0

    def adjustment(self, difference: Decimal, loss: Place) -> Move:
        """Return the movement that makes the ledger agree with the count."""
        gain = difference > 0
        return Move(
            line=self.line,
            item=self.item,
            lot=self.lot,
            source=loss if gain else self.place,
            target=self.place if gain else loss,
            quantity=abs(difference),
            at=self.at,
            reason=self.reason,
            sequence=self.sequence,
            id=self.sequence,
        )


@dataclass(slots=True)
class Entry:
    """A change of value to be written; see `ValueEntryRow`."""

    line: int
    kind: ValueKind
    item: ItemFacts
    at: datetime
    lot_id: int | None = None
    sequence: int = 0
    movement_id: int | None = None
    amount: Decimal | None = None
    unit_cost: Decimal | None = None
    costing: Costing | None = None


@dataclass(slots=True)
class Plan:
    """All that a document will do, at the moment `at`.

    `count_loss` is where count differences go; `cancels_order` the order that a reversal closes;
    `revalued` the items whose value changes though nothing moves, each from its moment on.
    """

    at: datetime
    moves: list[Move] = field(default_factory=list)
    counts: list[CountedPlace] = field(default_factory=list)
    count_loss: Place | None = None
    partner_id: int | None = None
    order_id: int | None = None
    reverses_id: int | None = None
    names_id: int | None = None
    entries: list[Entry] = field(default_factory=list)
    revalued: dict[int, datetime] = field(default_factory=dict)
    cancels_order: int | None = None
    warnings: list[str] = field(default_factory=list)

    def items(self) -> dict[int, ItemFacts]:
        found = {move.item.id: move.item for move in self.moves}
        found.update((count.item.id, count.item) for count in self.counts)
        return found

    def moments(self) -> set[datetime]:
        """Return all moments at which the document itself, or something in it, happened."""
        parts: list[Move | CountedPlace] = [*self.moves, *self.counts]
        return {self.at, *(part.at for part in parts)}

    def earliest(self) -> dict[int, datetime]:
        """Return the first moment at which the document touches each item."""
        moments: dict[int, datetime] = {}
        parts: list[Move | CountedPlace] = [*self.moves, *self.counts]
        for part in parts:
            moments[part.item.id] = min(part.at, moments.get(part.item.id, part.at))
        return moments
