"""What stock is worth: arrivals lay down layers of cost, departures take them up again.

Sources: ledger.md rule 7; the methods as IAS 2 "Inventories" names them (FIFO, weighted average),
with LIFO and standard cost beside them. One `Pool` is one item (or one lot of it) over the whole
company; moving goods between our own places never comes here.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.core.catalogue import Costing
from app.core.decimals import EXACT, ZERO, rounded, share

Moment = tuple[int, int]
"""When in history: (effective time in microseconds, sequence)."""


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

    `changed` collects, by movement, what a later arrival adds to the value of an earlier
    departure that was short of stock.
    """

    def __init__(
        self,
        method: Costing,
        places: int,
        standard_cost: Decimal | None = None,
        last_cost: Cost | None = None,
        layers: Iterable[Layer] = (),
    ) -> None:
        self.method = method
        self.places = places
        self.standard_cost = standard_cost
        self.last_cost = last_cost
        self.layers = deque(layers)
        self.quantity = sum((layer.quantity for layer in self.layers), ZERO)
        self.value = sum((layer.value for layer in self.layers), ZERO)
        self.changed: dict[int, Decimal] = {}

    def arrive(
        self, movement: int, moment: Moment, quantity: Decimal, cost: Cost | None = None
    ) -> Decimal:
        """Take stock in and return its value: the stated cost, else what the pool's units cost."""
        value = self._value_of_arrival(quantity, cost)
        if cost is not None:
            self.last_cost = cost
        self.quantity += quantity
        self.value += value
        left, worth = self._cover_shortages(quantity, value)
        if left:
            self._lay(Layer(movement, moment, left, worth))
        return value

    def leave(self, movement: int, moment: Moment, quantity: Decimal) -> Decimal:
        """Take stock out and return its value; a shortage counts at the last known cost."""
        left, value = quantity, ZERO
        while left and self.layers and self.layers[0].quantity > 0:
            newest_first = self.method is Costing.LIFO
            layer = self.layers[-1] if newest_first else self.layers[0]
            taken = min(left, layer.quantity)
            worth = share(layer.value, taken, layer.quantity, self.places)
            layer.quantity -= taken
            layer.value -= worth
            left -= taken
            value += worth
            if not layer.quantity:
                _ = self.layers.pop() if newest_first else self.layers.popleft()
        if left:
            worth = self._last_known(left)
            self.layers.append(Layer(movement, moment, -left, -worth))
            value += worth
        self.quantity -= quantity
        self.value -= value
        return value

    def _value_of_arrival(self, quantity: Decimal, cost: Cost | None) -> Decimal:
        if self.method is Costing.STANDARD and self.standard_cost is not None:
            return rounded(EXACT.multiply(self.standard_cost, quantity), self.places)
        if cost is not None:
            return rounded(
                EXACT.divide(EXACT.multiply(cost.amount, quantity), cost.quantity), self.places
            )
        if self.quantity > 0:
            whole = self.quantity
            return rounded(EXACT.divide(EXACT.multiply(self.value, quantity), whole), self.places)
        return self._last_known(quantity)

    def _last_known(self, quantity: Decimal) -> Decimal:
        """The latest costed arrival, else the standard cost, else nothing (ledger.md rule 6)."""
        if self.method is Costing.STANDARD and self.standard_cost is not None:
            return rounded(EXACT.multiply(self.standard_cost, quantity), self.places)
        if self.last_cost is not None:
            whole = self.last_cost.quantity
            exact = EXACT.divide(EXACT.multiply(self.last_cost.amount, quantity), whole)
            return rounded(exact, self.places)
        return rounded(EXACT.multiply(self.standard_cost or ZERO, quantity), self.places)

    def _cover_shortages(self, quantity: Decimal, value: Decimal) -> tuple[Decimal, Decimal]:
        """Give what is still short its real cost; return what is left of the arrival."""
        while quantity and self.layers and self.layers[0].quantity < 0:
            short = self.layers[0]
            covered = min(quantity, -short.quantity)
            real = share(value, covered, quantity, self.places)
            assumed = share(-short.value, covered, -short.quantity, self.places)
            short.quantity += covered
            short.value += assumed
            quantity -= covered
            value -= real
            self.value += assumed - real
            self.changed[short.movement] = self.changed.get(short.movement, ZERO) + real - assumed
            if not short.quantity:
                self.layers.popleft()
        return quantity, value

    def _lay(self, layer: Layer) -> None:
        if self.method in (Costing.AVERAGE, Costing.STANDARD) and self.layers:
            self.layers[0].quantity += layer.quantity
            self.layers[0].value += layer.value
        else:
            self.layers.append(layer)
