"""What an entry does beside what it states: to later costs, to later counts, to closed periods."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CostChange:
    """A movement that is worth something else now."""

    document: str
    item: str
    at: datetime
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class CountChange:
    """A later count whose adjustment changes by so many base units; its result stays."""

    document: str
    item: str
    lot: str
    location: str
    at: datetime
    counted: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What is owned of an item today, by value before and after, apart from what was stated.

    `booked` is the part that belongs to a closed period and is booked after its end.
    """

    item: str
    before: Decimal
    after: Decimal
    booked: Decimal


@dataclass(frozen=True, slots=True)
class Effects:
    """All that an entry changes of what was known before.

    `is_late`: something of its items happened after it. `number` is what the entry would have been
    called. Costs and counts are in the order of history.
    """

    at: datetime
    is_late: bool
    number: str = ""
    costs: tuple[CostChange, ...] = ()
    counts: tuple[CountChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    warnings: tuple[str, ...] = ()
    money_places: int = 2

    @property
    def is_nothing(self) -> bool:
        return not (self.costs or self.counts)
