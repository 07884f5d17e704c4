"""Random documents, late ones and reversals among them, against the slow and obvious model."""

import random
from decimal import Decimal

import pytest

from app.core.refusals import ImpossiblePast, NotEnoughStock
from tests.ledger.history_model import Event, History, Impossible

PLACES = ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1")
METHODS = {"TEA": "average", "RUM": "fifo", "GIN": "lifo"}
STEPS = 60


class Both:
    """Does everything twice: in the ledger and in the model, and compares."""

    def __init__(self, company, clock, seed: int) -> None:
        self.company = company
        self.clock = clock
        self.chance = random.Random(seed)
        self.model = History(METHODS)
        self.numbers: dict[int, str] = {}
        self.made = 0

    def step(self) -> None:
        self.made += 1
        if self.numbers and self.chance.random() < 0.15:
            self._reverse()
        else:
            self._post(self._event())
        self._compare()

    def _event(self) -> Event:
        chance = self.chance
        kind = chance.choice(("receipt", "receipt", "issue", "transfer", "count"))
        source, target = chance.sample(PLACES, 2)
        cost = Decimal(chance.randint(1, 999)) / 100 if chance.random() < 0.8 else None
        return Event(
            number=self.made,
            kind=kind,
            item=chance.choice(tuple(METHODS)),
            at=chance.randint(0, 12),
            quantity=chance.randint(0 if kind == "count" else 1, 9),
            source="" if kind == "receipt" else source,
            target=target if kind in ("receipt", "transfer") else "",
            cost=cost if kind == "receipt" else None,
        )

    def _post(self, event: Event) -> None:
        at = self.clock(event.at)
        post = {
            "receipt": lambda: self.company.receive(
                event.item, event.quantity, event.cost, target=event.target, at=at
            ),
            "issue": lambda: self.company.issue(event.item, event.quantity, event.source, at=at),
            "transfer": lambda: self.company.move(
                event.item, event.quantity, event.source, event.target, at=at
            ),
            "count": lambda: self.company.count(event.item, event.quantity, event.source, at=at),
        }[event.kind]
        number = self._agree(post, lambda: self.model.add(event))
        if number:
            self.numbers[event.number] = number

    def _reverse(self) -> None:
        event = self.chance.choice(list(self.numbers))
        number = self.numbers[event]
        if self._agree(lambda: self.company.reverse(number), lambda: self.model.remove(event)):
            del self.numbers[event]

    def _agree(self, ledger, model) -> str | None:
        """Do it in both; either both refuse it or none."""
        try:
            model()
        except Impossible:
            with pytest.raises((NotEnoughStock, ImpossiblePast)):
                ledger()
            return None
        return ledger()

    def _compare(self) -> None:
        for item in METHODS:
            held = {place: self.company.on_hand(item, place) for place in PLACES}
            assert {place: count for place, count in held.items() if count} == self.model.on_hand(
                item
            )
            assert self.company.value(item) == self.model.value(item)


@pytest.mark.parametrize("seed", range(4))
def test_the_ledger_agrees_with_the_slow_and_obvious_history(company, clock, seed):
    both = Both(company, clock, seed)
    for _ in range(STEPS):
        both.step()

    assert company.differences() == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_the_ledger_agrees_with_it_for_a_long_time(company, clock, seed):
    both = Both(company, clock, seed)
    for _ in range(5 * STEPS):
        both.step()

    assert company.differences() == []
