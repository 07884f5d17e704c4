"""The plain part of costing in whole millionths, for proving many movements at full speed.

Only what happens to stock that is never short: where it would become so, the answer is None and
`app/core/costing.py` has to say. Rounding is half away from zero, as there.
"""

from collections import deque
from typing import Protocol

from app.core.catalogue import Costing
from app.core.decimals import PLACES

Layers = dict[int, tuple[int, int]]
"""What is left of arrivals, by movement: quantity and value."""


class QuickPool(Protocol):
    """Stock and its value; `latest` is the last arrival that was stated to cost something."""

    quantity: int
    value: int
    latest: int | None

    def arrive(self, number: int, quantity: int, amount: int | None) -> int | None:
        """Take stock in and return its value. `amount`: the stated cost, exact to 1e-12."""

    def leave(self, quantity: int) -> int | None:
        """Take stock out and return its value."""

    def layers(self) -> Layers:
        """Return the open layers, as far as they are stored."""


class Averaged:
    """All of it is one layer."""

    def __init__(self, places: int) -> None:
        self.quantity = 0
        self.value = 0
        self.latest: int | None = None
        self._latest_cost = 0, 1
        self._coin: int = 10 ** (PLACES - places)
        self._exact_coin: int = 10 ** (2 * PLACES - places)

    def arrive(self, number: int, quantity: int, amount: int | None) -> int | None:
        worth = self._worth(number, quantity, amount)
        if worth is not None:
            self.quantity += quantity
            self.value += worth
        return worth

    def leave(self, quantity: int) -> int | None:
        held, value = self.quantity, self.value
        if quantity >= held:
            self.quantity = self.value = 0
            return value if quantity == held else None
        coin = self._coin
        whole = held * coin
        worth = (2 * value * quantity + whole) // (2 * whole) * coin
        self.quantity = held - quantity
        self.value = value - worth
        return worth

    def layers(self) -> Layers:
        return {}

    def _worth(self, number: int, quantity: int, amount: int | None) -> int | None:
        """Return an arrival's value: as stated, as what is here, as the last that was stated."""
        if amount is not None:
            self.latest = number
            self._latest_cost = amount, quantity
            coin = self._exact_coin
            return (2 * amount + coin) // (2 * coin) * self._coin
        if self.quantity:
            return _share(self.value, quantity, self.quantity, self._coin)
        if self.latest is None:
            return None
        amount, known = self._latest_cost
        whole = known * self._exact_coin
        return (2 * amount * quantity + whole) // (2 * whole) * self._coin


class Layered(Averaged):
    """Each arrival is a layer of its own, taken oldest or newest first."""

    def __init__(self, places: int, *, newest_first: bool) -> None:
        super().__init__(places)
        self._newest_first = newest_first
        self._layers: deque[list[int]] = deque()

    def arrive(self, number: int, quantity: int, amount: int | None) -> int | None:
        worth = super().arrive(number, quantity, amount)
        if worth is not None:
            self._layers.append([number, quantity, worth])
        return worth

    def leave(self, quantity: int) -> int | None:
        if quantity > self.quantity:
            return None
        left, worth = quantity, 0
        while left:
            layer = self._layers[-1 if self._newest_first else 0]
            taken = min(left, layer[1])
            part = _share(layer[2], taken, layer[1], self._coin)
            layer[1] -= taken
            layer[2] -= part
            if not layer[1]:
                self._drop()
            left -= taken
            worth += part
        self.quantity -= quantity
        self.value -= worth
        return worth

    def layers(self) -> Layers:
        return {number: (quantity, value) for number, quantity, value in self._layers}

    def _drop(self) -> None:
        if self._newest_first:
            self._layers.pop()
        else:
            self._layers.popleft()


def make_pool(costing: Costing, places: int) -> QuickPool:
    """Return an empty pool of an item that is not kept at standard cost."""
    if costing is Costing.AVERAGE:
        return Averaged(places)
    return Layered(places, newest_first=costing is Costing.LIFO)


def _share(value: int, part: int, whole: int, coin: int) -> int:
    """Return value × part / whole in whole coins, rounded once; all of it for the whole."""
    if part == whole:
        return value
    whole *= coin
    return (2 * value * part + whole) // (2 * whole) * coin
