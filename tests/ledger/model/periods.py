"""Periods that are closed: what was known of them stays what is said of them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tests.ledger.model.events import Entry


def start_of(day: date) -> datetime:
    """Return the first moment of a day, as the clock on the wall here shows it."""
    return datetime(day.year, day.month, day.day).astimezone()


def end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))


@dataclass(frozen=True)
class Closing:
    """All before the boundary is closed, and `known` is what was known of it."""

    boundary: datetime
    known: tuple[Entry, ...]


class Periods:
    def __init__(self) -> None:
        self.closings: list[Closing] = []

    def close(self, until: date, known: list[Entry]) -> None:
        self.closings.append(Closing(end_of(until), tuple(known)))

    def reopen(self, day: date) -> None:
        """The day is the first that is open again."""
        opened = start_of(day)
        self.closings = [
            replace(closing, boundary=min(closing.boundary, opened)) for closing in self.closings
        ]

    def closing_of(self, moment: datetime) -> Closing | None:
        """Return the closing that closed this moment: the first since it was last open."""
        return next((one for one in self.closings if moment < one.boundary), None)
