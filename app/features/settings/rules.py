"""What the settings screen shows of periods and languages. Plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.core.decimals import ZERO
from app.core.errors import Refused, marked

DAY = timedelta(days=1)

AS_THE_SYSTEM = ""
LANGUAGES = {"en": "English", "de": "Deutsch"}
"""The languages that are shipped, each by its own name."""


class AlreadyClosed(Refused):
    template = marked("{until} is closed already: everything up to {closed} is.")


@dataclass(frozen=True, slots=True)
class Closing:
    """A period that was closed up to `day`, or opened again from `day` on."""

    number: str
    closes: bool
    day: date
    entered_at: datetime
    user: str


@dataclass(frozen=True, slots=True)
class Periods:
    """`closed` is the last closed day, None where nothing is; the latest closing comes first."""

    closed: date | None = None
    closings: tuple[Closing, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """What closing up to a day, or opening from it on, would touch: so many documents; `booked`
    is what came to light of the period after it was closed."""

    day: date
    documents: int
    booked: Decimal = ZERO


def usual_closing(today: date, closed: date | None) -> date | None:
    """Return the day that is most likely to be closed up to next: the end of the last month."""
    end = today.replace(day=1) - DAY
    return end if closed is None or end > closed else None


def language_of(code: str) -> str:
    """Return which of the languages a setting means: de_CH is German; "" is the system's."""
    short = code.partition("_")[0]
    return short if short in LANGUAGES else AS_THE_SYSTEM
