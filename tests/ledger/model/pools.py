"""What an item (or lot) of the company is worth: layers of cost, or shortages."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.ledger.model.money import apportion, cents, share

ZERO = Decimal(0)


@dataclass
class Layer:
    """What is left of an arrival. `source` is the movement it came with."""

    source: Any
    quantity: Decimal
    value: Decimal

    def take(self, quantity: Decimal) -> Decimal:
        value = share(self.value, quantity, self.quantity)
        self.quantity -= quantity
        self.value -= value
        return value


class Pool:
    """Either layers or shortages: what is short is made up for before anything lies there.

    A shortage is a layer of what left too early, at what it was assumed to cost.
    """

    def __init__(self, method: str, standard_cost: Decimal | None) -> None:
        self.method = method
        self.standard_cost = standard_cost
        self.layers: list[Layer] = []
        self.shortages: list[Layer] = []
        self.last_cost: Fraction | None = None

    @property
    def quantity(self) -> Decimal:
        held = sum((layer.quantity for layer in self.layers), ZERO)
        return held - sum((layer.quantity for layer in self.shortages), ZERO)

    @property
    def value(self) -> Decimal:
        held = sum((layer.value for layer in self.layers), ZERO)
        return held - sum((layer.value for layer in self.shortages), ZERO)

    def open_layers(self) -> list[tuple[Decimal, Decimal]]:
        """Return quantity and value of each, the oldest first: an averaged pool has one."""
        found = [(layer.quantity, layer.value) for layer in self.layers]
        return found + [(-layer.quantity, -layer.value) for layer in self.shortages]

    def known_cost(self) -> Fraction:
        """Return the last known cost of a piece."""
        if self.method != "standard" and self.last_cost is not None:
            return self.last_cost
        return Fraction(self.standard_cost or 0)

    def unit_cost(self) -> Fraction:
        """Return what a piece is worth now."""
        if self.quantity > 0:
            return Fraction(self.value) / Fraction(self.quantity)
        return self.known_cost()

    def worth_of(self, quantity: Decimal, given: Fraction | None) -> Decimal:
        """Return what an arrival is worth; `given` is the exact money it cost, if known."""
        if self.method == "standard":
            return cents(Fraction(self.standard_cost or 0) * Fraction(quantity))
        if given is not None:
            return cents(given)
        return cents(self.unit_cost() * Fraction(quantity))

    def arrive(self, source: Any, quantity: Decimal, value: Decimal) -> list[tuple[Any, Decimal]]:
        """Take in an arrival; return which earlier departures cost how much more than assumed."""
        arrived = Layer(source, quantity, value)
        corrections = []
        while self.shortages and arrived.quantity:
            shortage = self.shortages[0]
            covered = min(shortage.quantity, arrived.quantity)
            assumed, real = shortage.take(covered), arrived.take(covered)
            corrections.append((shortage.source, real - assumed))
            self.shortages = [one for one in self.shortages if one.quantity]
        if arrived.quantity:
            self._lay(arrived)
        return corrections

    def leave(self, source: Any, quantity: Decimal, first: Any = ()) -> Decimal:
        """Take out so much, from layers of the sources in `first` before all others."""
        value = ZERO
        while quantity and self.layers:
            layer = self._next(first)
            taken = min(quantity, layer.quantity)
            value += layer.take(taken)
            quantity -= taken
            self.layers = [one for one in self.layers if one.quantity]
        if quantity:
            assumed = cents(self.known_cost() * Fraction(quantity))
            self.shortages.append(Layer(source, quantity, assumed))
            value += assumed
        return value

    def revalue(self, unit_cost: Decimal) -> Decimal:
        """Make each piece worth so much; return by how much all of it rose."""
        if self.quantity <= 0:
            return ZERO
        before = self.value
        worth = cents(Fraction(self.quantity) * Fraction(unit_cost))
        parts = apportion(worth, [Fraction(layer.quantity) for layer in self.layers])
        for layer, part in zip(self.layers, parts, strict=True):
            layer.value = part
        return worth - before

    def change_method(self, method: str, source: Any) -> None:
        """Go on from what it is worth now, as one layer; what is short stays short."""
        if self.layers:
            self.layers = [Layer(source, self.quantity, self.value)]
        self.method = method

    def _lay(self, arrived: Layer) -> None:
        if self.layers and self.method in ("average", "standard"):
            self.layers[0].quantity += arrived.quantity
            self.layers[0].value += arrived.value
        else:
            self.layers.append(arrived)

    def _next(self, first: Any) -> Layer:
        if self.method in ("fifo", "lifo"):
            for source in first:
                for layer in self.layers:
                    if layer.source == source:
                        return layer
        return self.layers[-1 if self.method == "lifo" else 0]
