"""History, slow and obvious: every question is answered by going through all that happened."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


class Impossible(Exception):
    """Somewhere, at some moment, there would be less than nothing."""


@dataclass(frozen=True)
class Event:
    """One document of one line. A count has `counted`, the others a quantity."""

    number: int
    kind: str
    item: str
    at: int
    quantity: int = 0
    source: str = ""
    target: str = ""
    cost: Decimal | None = None


def cents(exact: Fraction) -> Decimal:
    """Round half away from zero to two places."""
    scaled = Decimal(exact.numerator * 100 * 10**6 // exact.denominator) / 10**6
    if scaled * exact.denominator == exact.numerator * 100:
        return scaled.quantize(Decimal(1), ROUND_HALF_UP) * CENT
    return Decimal(int(scaled) + (1 if scaled - int(scaled) >= Decimal("0.5") else 0)) * CENT


class History:
    """All that happened; a reversed event is simply no longer there."""

    def __init__(self, methods: dict[str, str]) -> None:
        self.methods = methods
        self.events: list[Event] = []

    def add(self, event: Event) -> None:
        self._try([*self.events, event])

    def remove(self, number: int) -> None:
        self._try([event for event in self.events if event.number != number])

    def on_hand(self, item: str) -> dict[str, int]:
        return {place: held for place, held in self._run(self.events, item)[0].items() if held}

    def value(self, item: str) -> tuple[int, Decimal]:
        return self._run(self.events, item)[1].total()

    def _try(self, events: list[Event]) -> None:
        for item in {event.item for event in self.events + events}:
            self._run(events, item)
        self.events = events

    def _run(self, events: list[Event], item: str) -> tuple[dict[str, int], "Costs"]:
        held: defaultdict[str, int] = defaultdict(int)
        costs = Costs(self.methods[item])
        theirs = [event for event in events if event.item == item]
        for event in sorted(theirs, key=lambda event: (event.at, event.number)):
            if event.kind == "count":
                change = event.quantity - held[event.source]
                held[event.source] = event.quantity
                costs.change(change, None)
                continue
            if event.source:
                held[event.source] -= event.quantity
                if held[event.source] < 0:
                    raise Impossible
            if event.target:
                held[event.target] += event.quantity
            if not (event.source and event.target):
                costs.change(event.quantity if event.target else -event.quantity, event.cost)
        return held, costs


class Costs:
    """Layers as plain lists of [pieces, money]."""

    def __init__(self, method: str) -> None:
        self.method = method
        self.layers: list[list] = []
        self.last: Decimal | None = None

    def total(self) -> tuple[int, Decimal]:
        return sum(q for q, _ in self.layers), sum((v for _, v in self.layers), Decimal(0))

    def change(self, quantity: int, cost: Decimal | None) -> None:
        if quantity > 0:
            self._arrive(quantity, cost)
        elif quantity < 0:
            self._leave(-quantity)

    def _arrive(self, quantity: int, cost: Decimal | None) -> None:
        held, worth = self.total()
        if cost is not None:
            value = cents(Fraction(cost) * quantity)
            self.last = cost
        elif held:
            value = cents(Fraction(worth) * quantity / held)
        else:
            value = cents(Fraction(self.last or 0) * quantity)
        if self.method == "average" and self.layers:
            self.layers[0][0] += quantity
            self.layers[0][1] += value
        else:
            self.layers.append([quantity, value])

    def _leave(self, quantity: int) -> None:
        while quantity:
            layer = self.layers[-1 if self.method == "lifo" else 0]
            taken = min(quantity, layer[0])
            worth = layer[1] if taken == layer[0] else cents(Fraction(layer[1]) * taken / layer[0])
            layer[0] -= taken
            layer[1] -= worth
            quantity -= taken
            self.layers = [layer for layer in self.layers if layer[0]]
