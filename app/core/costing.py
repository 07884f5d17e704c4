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
from app.core.decimals import EXACT, ZERO, rounded, share

Moment = tuple[datetime, int]
"""When in history: effective time, sequence."""


@dataclass(slots=True)
class Layer:
    """What is left of one arrival. Below zero: what was issued before it arrived."""

    movement: int
    moment: Moment
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """A stated cost, exact: `amount` of money for `quantity` base units."""

    movement: int
    amount: Decimal
    quantity: Decimal


class Pool:
    """Values arrivals and departures one after the other, in the order of history.

    `older` gives the layers there are, in the order they are taken, and is read only as far as
    need be. `touched` collects the layers that came, changed or were used up; `changed`, by
    movement, what an arrival adds to the value of an earlier departure that was short of stock.
    """

    def __init__(
        self,
        method: Costing,
        places: int,
        standard_cost: Decimal | None = None,
        last_cost: Cost | None = None,
    ) -> None:
        self.method = method
        self.places = places
        self.standard_cost = standard_cost
        self.last_cost = last_cost
        self.quantity = ZERO
        self.value = ZERO
        self.touched: dict[int, Layer] = {}
        self.changed: dict[int, Decimal] = {}
        self._older: Iterator[Layer] = iter(())
        self._ahead: deque[Layer] = deque()
        self._new: deque[Layer] = deque()

    def resume(self, quantity: Decimal, value: Decimal, older: Iterator[Layer]) -> None:
        """Go on from a stored state instead of from nothing."""
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
        return sorted([*self._ahead, *self._new], key=_by_moment)

    def arrive(
        self, movement: int, moment: Moment, quantity: Decimal, cost: Cost | None = None
    ) -> Decimal:
        """Take stock in and return its value: the stated cost, else what the pool's units cost."""
        value = self._value_of_arrival(quantity, cost)
        if cost is not None:
            self.last_cost = cost
        short = self.quantity < 0
        self.quantity += quantity
        self.value += value
        left, worth = self._cover_shortages(quantity, value) if short else (quantity, value)
        if left:
            self._lay(Layer(movement, moment, left, worth))
        return value

    def leave(self, movement: int, moment: Moment, quantity: Decimal) -> Decimal:
        """Take stock out and return its value; a shortage counts at the last known cost."""
        left, value = quantity, ZERO
        while left and (layer := self._next_to_take()) is not None:
            taken = min(left, layer.quantity)
            worth = share(layer.value, taken, layer.quantity, self.places)
            self._reduce(layer, taken, worth)
            left -= taken
            value += worth
        if left:
            worth = self._last_known(left)
            self._append(Layer(movement, moment, -left, -worth))
            value += worth
        self.quantity -= quantity
        self.value -= value
        return value

    def _value_of_arrival(self, quantity: Decimal, cost: Cost | None) -> Decimal:
        if self.method is Costing.STANDARD and self.standard_cost is not None:
            return rounded(EXACT.multiply(self.standard_cost, quantity), self.places)
        if cost is not None:
            return self._at(cost.amount, cost.quantity, quantity)
        if self.quantity > 0:
            return self._at(self.value, self.quantity, quantity)
        return self._last_known(quantity)

    def _last_known(self, quantity: Decimal) -> Decimal:
        """The latest costed arrival, else the standard cost, else nothing (ledger.md rule 6)."""
        by_standard = self.method is Costing.STANDARD and self.standard_cost is not None
        if self.last_cost is not None and not by_standard:
            return self._at(self.last_cost.amount, self.last_cost.quantity, quantity)
        return rounded(EXACT.multiply(self.standard_cost or ZERO, quantity), self.places)

    def _at(self, amount: Decimal, whole: Decimal, quantity: Decimal) -> Decimal:
        """Value a quantity at amount / whole, rounded once."""
        return rounded(EXACT.divide(EXACT.multiply(amount, quantity), whole), self.places)

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
            more = self.changed.get(short.movement, ZERO) + real - assumed
            self.changed[short.movement] = more
        return quantity, value

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

    def _reduce(self, layer: Layer, quantity: Decimal, value: Decimal) -> None:
        layer.quantity -= quantity
        layer.value -= value
        self.touched[layer.movement] = layer
        if layer.quantity:
            return
        if self._ahead and self._ahead[0] is layer:
            self._ahead.popleft()
        elif self._new[0] is layer:
            self._new.popleft()
        else:
            self._new.pop()

    def _lay(self, layer: Layer) -> None:
        merged = self._oldest() if self.is_averaged else None
        if merged is None:
            self._append(layer)
        else:
            merged.quantity += layer.quantity
            merged.value += layer.value
            self.touched[merged.movement] = merged

    def _append(self, layer: Layer) -> None:
        self._new.append(layer)
        self.touched[layer.movement] = layer


def _by_moment(layer: Layer) -> Moment:
    return layer.moment
