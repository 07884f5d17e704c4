"""What stock is worth: arrivals lay down layers of cost, departures take them up again.

Sources: ledger.md rule 7; the methods as IAS 2 "Inventories" names them (FIFO, weighted average),
with LIFO and standard cost beside them. One `Pool` is one item (or one lot of it) over the whole
company; moving goods between our own places never comes here.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice

from app.core.catalogue import Costing
from app.core.decimals import EXACT, ZERO, apportion, rounded, share

Moment = tuple[datetime, int]
"""When in history: effective time, sequence."""


@dataclass(slots=True, eq=False)
class Layer:
    """What is left of one arrival. Below zero: what was issued before it arrived."""

    source: int
    moment: Moment
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """A known cost, exact: `amount` of money for `quantity` base units.

    It was stated, or worked out of what the goods were made of or went out as.
    """

    movement: int
    amount: Decimal
    quantity: Decimal
    is_stated: bool = True

    def of(self, quantity: Decimal) -> Decimal:
        """Return what so many base units cost, not rounded."""
        return EXACT.divide(EXACT.multiply(self.amount, quantity), self.quantity)

    def plus(self, amount: Decimal) -> "Cost":
        return Cost(self.movement, self.amount + amount, self.quantity) if amount else self


@dataclass(frozen=True, slots=True)
class Change:
    """A movement into or out of the pool: its number, its moment, base units.

    `cost` is what an arrival was stated to cost, or is known to be worth, and `landed` an amount of
    money that was added to that; `standard` is the item's standard cost for a base unit, `origin`
    the layer that a return to the supplier takes first.
    """

    number: int
    moment: Moment
    quantity: Decimal
    cost: Cost | None = None
    landed: Decimal = ZERO
    standard: Decimal | None = None
    origin: int | None = None


class Pool:
    """Values arrivals and departures one after the other, in the order of history.

    `touched` collects the layers that came, changed or were used up; `changed`, by movement, what
    an arrival adds to the value of an earlier departure that was short of stock. A stored pool
    goes on from its layers, which are read only as far as need be. `standard` is the standard cost
    that a revaluation set; without it, each change states its own.
    """

    def __init__(
        self,
        method: Costing,
        places: int,
        last_cost: Cost | None = None,
        standard: Decimal | None = None,
    ) -> None:
        self.method = method
        self.places = places
        self.last_cost = last_cost
        self.quantity = ZERO
        self.value = ZERO
        self.touched: dict[int, Layer] = {}
        self.changed: dict[int, Decimal] = {}
        self.standard = standard
        self._older: Iterator[Layer] = iter(())
        self._ahead: deque[Layer] = deque()
        self._new: deque[Layer] = deque()

    def resume(self, quantity: Decimal, value: Decimal, older: Iterator[Layer]) -> None:
        """Go on from a stored state; `older` gives its layers in the order they are taken."""
        self.quantity = quantity
        self.value = value
        self._older = older

    def close(self) -> None:
        """Leave what was not read of the stored layers alone, and the question for them closed."""
        close = getattr(self._older, "close", None)
        if close is not None:
            close()

    @property
    def is_averaged(self) -> bool:
        return self.method in (Costing.AVERAGE, Costing.STANDARD)

    @property
    def layers(self) -> list[Layer]:
        """All open layers, oldest first; reads the older ones to their end."""
        self._ahead.extend(self._older)
        found = sorted([*self._ahead, *self._new], key=_by_moment)
        self._ahead.clear()
        self._new = deque(found)
        return found

    def arrive(self, change: Change) -> Decimal:
        """Take stock in and return its value: its own cost, else what the pool's units cost."""
        value = self._value_of(change)
        if change.cost is not None and change.cost.is_stated:
            self.last_cost = change.cost.plus(change.landed)
        elif change.cost is not None:
            self.last_cost = Cost(change.number, value, change.quantity)
        short = self.quantity < 0
        self.quantity += change.quantity
        self.value += value
        left, worth = change.quantity, value
        if short:
            left, worth = self._cover_shortages(left, worth)
        if left:
            self._lay(Layer(change.number, change.moment, left, worth))
        return value

    def leave(self, change: Change) -> Decimal:
        """Take stock out and return its value; a shortage counts at the last known cost."""
        left, value = change.quantity, ZERO
        named = self._named(change.origin)
        if named is not None:
            taken = min(left, named.quantity)
            value += self._take(named, taken)
            left -= taken
        while left and (layer := self._next_to_take()) is not None:
            taken = min(left, layer.quantity)
            value += self._take(layer, taken)
            left -= taken
        if left:
            worth = self._last_known(left, change.standard)
            self._append(Layer(change.number, change.moment, -left, -worth))
            value += worth
        self.quantity -= change.quantity
        self.value -= value
        return value

    def revalue(self, unit_cost: Decimal) -> Decimal:
        """Let what is there be worth so much a base unit; return what that adds to its value.

        An item at standard cost goes on with the new one. What is short keeps its value.
        """
        if self.method is Costing.STANDARD:
            self.standard = unit_cost
        if self.quantity <= 0:
            return ZERO
        worth = rounded(EXACT.multiply(self.quantity, unit_cost), self.places)
        more, layers = worth - self.value, self.layers
        values = apportion(worth, [layer.quantity for layer in layers], self.places)
        for layer, value in zip(layers, values, strict=True):
            layer.value = value
            self.touched[layer.source] = layer
        self.value = worth
        return more

    def change_method(
        self, method: Costing, source: int, moment: Moment, standard: Decimal | None = None
    ) -> None:
        """Go on by another method with one layer of today's quantity and value.

        What is short stays as it is: each piece of it waits for the arrival that covers it.
        """
        layers = self.layers
        self.method = method
        self.standard = standard
        if self.quantity > 0:
            for layer in layers:
                layer.quantity = layer.value = ZERO
                self.touched[layer.source] = layer
            self._new.clear()
            self._append(Layer(source, moment, self.quantity, self.value))
        else:
            self.touched.update((layer.source, layer) for layer in layers)

    def cost_of(self, quantity: Decimal, standard: Decimal | None) -> Decimal:
        """Return what so many base units would be worth by what is here, not rounded."""
        if self.quantity > 0:
            return Cost(0, self.value, self.quantity).of(quantity)
        return self._last_known_exact(quantity, standard)

    def _standard_cost(self, stated: Decimal | None) -> Decimal | None:
        return stated if self.standard is None else self.standard

    def _value_of(self, change: Change) -> Decimal:
        standard = self._standard_cost(change.standard)
        if self.method is Costing.STANDARD and standard is not None:
            return rounded(EXACT.multiply(standard, change.quantity), self.places)
        if change.cost is not None:
            exact = change.cost.of(change.quantity)
        else:
            exact = self.cost_of(change.quantity, change.standard)
        return rounded(exact, self.places) + change.landed

    def _last_known(self, quantity: Decimal, standard: Decimal | None) -> Decimal:
        return rounded(self._last_known_exact(quantity, standard), self.places)

    def _last_known_exact(self, quantity: Decimal, stated: Decimal | None) -> Decimal:
        """The latest costed arrival, else the standard cost, else nothing (ledger.md rule 6)."""
        standard = self._standard_cost(stated)
        by_standard = self.method is Costing.STANDARD and standard is not None
        if self.last_cost is not None and not by_standard:
            return self.last_cost.of(quantity)
        return EXACT.multiply(standard or ZERO, quantity)

    def _cover_shortages(self, quantity: Decimal, value: Decimal) -> tuple[Decimal, Decimal]:
        """Give what is still short its real cost; return what is left of the arrival."""
        while quantity and (short := self._oldest()) is not None and short.quantity < 0:
            covered = min(quantity, -short.quantity)
            real = share(value, covered, quantity, self.places)
            assumed = share(-short.value, covered, -short.quantity, self.places)
            self._reduce(short, -covered, -assumed)
            quantity -= covered
            value -= real
            self.value += assumed - real
            more = self.changed.get(short.source, ZERO) + real - assumed
            self.changed[short.source] = more
        return quantity, value

    def _named(self, origin: int | None) -> Layer | None:
        """Return the layer that a return names, if it is there; the average knows none."""
        if origin is None or self.is_averaged or self.quantity <= 0:
            return None
        return next((layer for layer in self.layers if layer.source == origin), None)

    def _next_to_take(self) -> Layer | None:
        newest = self._new[-1] if self._new and self.method is Costing.LIFO else None
        layer = newest or self._oldest()
        return layer if layer is not None and layer.quantity > 0 else None

    def _oldest(self) -> Layer | None:
        """Return the first layer in the order of taking, which for shortages is their age."""
        if not self._ahead:
            self._ahead.extend(islice(self._older, 1))
        if self._ahead:
            return self._ahead[0]
        return self._new[0] if self._new else None

    def _take(self, layer: Layer, quantity: Decimal) -> Decimal:
        worth = share(layer.value, quantity, layer.quantity, self.places)
        self._reduce(layer, quantity, worth)
        return worth

    def _reduce(self, layer: Layer, quantity: Decimal, value: Decimal) -> None:
        layer.quantity -= quantity
        layer.value -= value
        self.touched[layer.source] = layer
        if layer.quantity:
            return
        if self._ahead and self._ahead[0] is layer:
            self._ahead.popleft()
        elif self._new[-1] is layer:
            self._new.pop()
        else:
            self._new.remove(layer)

    def _lay(self, layer: Layer) -> None:
        merged = self._oldest() if self.is_averaged else None
        if merged is None:
            self._append(layer)
        else:
            merged.quantity += layer.quantity
            merged.value += layer.value
            self.touched[merged.source] = merged

    def _append(self, layer: Layer) -> None:
        self._new.append(layer)
        self.touched[layer.source] = layer


def _by_moment(layer: Layer) -> Moment:
    return layer.moment
