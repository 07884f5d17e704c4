"""Goes through all of history from its start: what lay where, and what it was worth."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from tests.ledger.model.company import OUTSIDE, Company
from tests.ledger.model.events import (
    Counted,
    Event,
    Key,
    Made,
    MethodChanged,
    Move,
    Revalued,
    TakenApart,
)
from tests.ledger.model.money import apportion, share
from tests.ledger.model.pools import Pool

ZERO = Decimal(0)
Place = tuple[str, str, str]
"""Item, lot ("" where there is none), place."""


@dataclass
class Shipped:
    """A movement to a customer, of which part came back."""

    move: Move
    returned: Decimal = ZERO
    returned_value: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return self.move.quantity - self.returned


class Replay:
    """`new` is the number of the document that is tried: what is wrong is its fault or others'.

    `values` says what each movement is worth: above zero what came in, below zero what went out.
    `changes` says what else changed the value of a pool. What a build makes of goods that came
    only later gets their real cost, so it has to be known beforehand: `foreseen` are the values
    that an earlier time through came to, `passed_on` those that were used.
    """

    def __init__(
        self, company: Company, new: str = "", foreseen: dict[Key, Decimal] | None = None
    ) -> None:
        self.company = company
        self.new = new
        self.foreseen = foreseen or {}
        self.passed_on: dict[Key, Decimal] = {}
        self.held: defaultdict[Place, Decimal] = defaultdict(Decimal)
        self.pools: dict[tuple[str, str], Pool] = {}
        self.methods: dict[str, str] = {}
        self.standards: dict[str, Decimal] = {}
        self.values: dict[Key, Decimal] = {}
        self.changes: dict[tuple[str, str, str], Decimal] = {}
        self.shipped: defaultdict[str, list[Shipped]] = defaultdict(list)
        self.problems: dict[Place, str] = {}
        self.moved: list[Move] = []

    def run(self, events: list[Event], until: datetime | None = None) -> "Replay":
        """Go through the events, to a moment and including it."""
        for _, group in groupby(events, key=lambda event: (event.at, event.sequence)):
            together = list(group)
            if until is not None and together[0].at > until:
                break
            moved_before = len(self.moved)
            for event in together:
                self._happen(event)
            self._check_serials(moved_before)
        return self

    @property
    def is_settled(self) -> bool:
        """Tell whether what was passed on is what it came to in the end."""
        return all(self.values[key] == value for key, value in self.passed_on.items())

    def pool(self, item: str, lot: str) -> Pool:
        known = self.company.items[item]
        name = (item, lot if known.cost_per_lot else "")
        if name not in self.pools:
            method = self.methods.get(item, known.costing)
            standard = self.standards.get(item, known.standard_cost)
            self.pools[name] = Pool(method, standard)
        return self.pools[name]

    def total(self, item: str) -> tuple[Decimal, Decimal]:
        """Return how much of an item is owned, and its value."""
        pools = [pool for (sku, _), pool in self.pools.items() if sku == item]
        return sum((one.quantity for one in pools), ZERO), sum((one.value for one in pools), ZERO)

    def _happen(self, event: Event) -> None:
        match event:
            case Move():
                self._carry(event)
                self._cost(event)
            case Counted():
                self._count(event)
            case Made():
                self._make(event)
            case TakenApart():
                self._take_apart(event)
            case Revalued():
                self._revalue(event)
            case MethodChanged():
                self._change_method(event)

    def _carry(self, move: Move) -> None:
        """Move the goods, and note where there is less than nothing for the first time."""
        self.moved.append(move)
        for place, quantity in ((move.source, -move.quantity), (move.target, move.quantity)):
            if place in OUTSIDE:
                continue
            where = (move.item, move.lot, place)
            self.held[where] += quantity
            is_short = quantity < 0 and self.held[where] < 0
            if is_short and not self.company.may_be_short(move.item, place):
                own = move.number == self.new
                self.problems.setdefault(where, "not_enough_stock" if own else "impossible_past")

    def _cost(self, move: Move) -> None:
        if move.is_arrival:
            self._arrive(move, *self._worth(move))
        elif move.is_departure:
            self._leave(move)

    def _worth(self, move: Move) -> tuple[Decimal, Fraction | None]:
        """Return what an arrival is worth, and what it cost exactly, if that is known."""
        pool = self.pool(move.item, move.lot)
        given = move.given
        if move.returns:
            value = self._come_back(move)
            given = Fraction(value)
        if given is not None:
            given += Fraction(move.landed)
            return pool.worth_of(move.quantity, given), given
        value = pool.worth_of(move.quantity, None)
        return value if pool.method == "standard" else value + move.landed, None

    def _arrive(self, move: Move, value: Decimal, given: Fraction | None) -> None:
        pool = self.pool(move.item, move.lot)
        self.values[move.key] = value
        for key, difference in pool.arrive(move.key, move.quantity, value):
            self.values[key] -= difference
        if given is not None:
            pool.last_cost = given / Fraction(move.quantity)

    def _leave(self, move: Move) -> None:
        pool = self.pool(move.item, move.lot)
        value = pool.leave(move.key, move.quantity, self._came_with(move) if move.returns else ())
        self.values[move.key] = -value
        if move.target == "customer":
            self.shipped[move.number].append(Shipped(move))

    def _came_with(self, move: Move) -> list[Key]:
        """Return the movements of the receipt that the goods go back for."""
        same = (move.returns, move.item, move.lot)
        return [came.key for came in self.moved if (came.number, came.item, came.lot) == same]

    def _come_back(self, move: Move) -> Decimal:
        """Return what pieces left with that come back: each shipment is used up like a layer."""
        value, wanted = ZERO, move.quantity
        for shipped in self.shipped[move.returns]:
            if (shipped.move.item, shipped.move.lot) != (move.item, move.lot):
                continue
            taken = min(wanted, shipped.left)
            if taken:
                worth = self._pass_on(shipped.move) - shipped.returned_value
                part = share(worth, taken, shipped.left)
                shipped.returned += taken
                shipped.returned_value += part
                value += part
                wanted -= taken
        return value

    def _pass_on(self, move: Move) -> Decimal:
        """Return what goods that left are worth to what is made of them, or to their return."""
        value = self.foreseen.get(move.key, self.values[move.key])
        self.passed_on[move.key] = value
        return -value

    def _count(self, event: Counted) -> None:
        """The difference to what was known is a gain or a loss."""
        where = (event.item, event.lot, event.place)
        difference = event.counted - self.held[where]
        way = ("loss", event.place) if difference > 0 else (event.place, "loss")
        head = (event.number, event.at, event.sequence, event.line)
        if difference:
            self._happen(Move(*head, event.item, event.lot, abs(difference), *way))

    def _make(self, event: Made) -> None:
        """The components and the work pass their value on, undiminished."""
        for move in event.components:
            self._carry(move)
        outputs = [event.product, *(move for move, _ in event.by_products)]
        for move in outputs:
            self._carry(move)
        for move in event.components:
            self._leave(move)
        spent = sum((self._pass_on(move) for move in event.components), event.cost)
        shares = [Fraction(part) for _, part in event.by_products]
        parts = apportion(spent, [1 - sum(shares), *shares])
        self._bring(outputs, parts)

    def _take_apart(self, event: TakenApart) -> None:
        for move in (event.product, *event.components):
            self._carry(move)
        self._leave(event.product)
        total = self._pass_on(event.product) + event.cost
        weights = [
            Fraction(move.quantity) * self.pool(move.item, move.lot).unit_cost()
            for move in event.components
        ]
        if not sum(weights):
            weights = [Fraction(move.quantity) for move in event.components]
        self._bring(event.components, apportion(total, weights))

    def _bring(self, outputs: list[Move], parts: list[Decimal]) -> None:
        for move, part in zip(outputs, parts, strict=True):
            worth = self._worth(replace(move, given=Fraction(part)))
            self._arrive(move, *worth)

    def _revalue(self, event: Revalued) -> None:
        if self.methods.get(event.item, self.company.items[event.item].costing) == "standard":
            self.standards[event.item] = event.unit_cost
        for (item, lot), pool in self.pools.items():
            if item != event.item or event.lot not in ("", lot):
                continue
            if pool.method == "standard":
                pool.standard_cost = event.unit_cost
            self._note_change(event.number, (item, lot), pool.revalue(event.unit_cost))

    def _change_method(self, event: MethodChanged) -> None:
        """The cost that a revaluation set goes with the method; then the item's own holds again."""
        self.methods[event.item] = event.costing
        self.standards.pop(event.item, None)
        for (item, _), pool in self.pools.items():
            if item == event.item:
                pool.standard_cost = self.company.items[item].standard_cost
                pool.change_method(event.costing, event.number)

    def _note_change(self, number: str, where: tuple[str, str], difference: Decimal) -> None:
        name = (number, *where)
        self.changes[name] = self.changes.get(name, ZERO) + difference

    def _check_serials(self, moved_before: int) -> None:
        """A serial number is one piece, and here once: looked at when a document is through."""
        touched = {
            (move.item, move.lot)
            for move in self.moved[moved_before:]
            if self.company.items[move.item].tracking == "serial"
        }
        for item, lot in touched:
            here = sum(
                (q for (sku, code, _), q in self.held.items() if (sku, code) == (item, lot)), ZERO
            )
            if here > 1:
                self.problems.setdefault((item, lot, ""), "serial_conflict")
