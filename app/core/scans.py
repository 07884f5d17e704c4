"""What a scan turned out to mean, and what it did. Screens take meanings, never raw key strokes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.catalogue import Item, Location
from app.core.tones import Tone

__all__ = [
    "Command",
    "CommandScan",
    "DocumentScan",
    "Effect",
    "ItemScan",
    "LocationScan",
    "LotScan",
    "Meaning",
    "QuantityScan",
    "Tone",
    "UnknownScan",
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The base of all meanings; `code` is the text as it was scanned, shown on the tape."""

    code: str


@dataclass(frozen=True, slots=True)
class ItemScan(Meaning):
    """An item. `quantity` base units for one pull of the trigger: a pack's content, a count or
    weight in the code (AI 30, 37, 310n), times a quantity scanned or typed before (`12*`).

    It is 0 where the code leaves it to somebody to say how many.

    `quantity_given` tells that the code or the clerk stated it, so it is not just "one piece".
    `expiry` is AI 17, else AI 15. `lot` is AI 10, or AI 21 for an item tracked by serial.
    """

    item: Item
    quantity: Decimal = Decimal(1)
    quantity_given: bool = False
    lot: str = ""
    expiry: date | None = None
    problem: str = ""
    """Something in the code that must not be used, in a sentence: an impossible date."""


@dataclass(frozen=True, slots=True)
class LocationScan(Meaning):
    location: Location


@dataclass(frozen=True, slots=True)
class LotScan(Meaning):
    """A lot or serial number by its own label."""

    item: Item
    lot: str
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentScan(Meaning):
    """A document, order or count sheet: `kind` is its type (receipt, count_sheet …)."""

    number: str
    kind: str


class Command(StrEnum):
    """What a `CMD:` label may ask for."""

    POST = "POST"
    CANCEL = "CANCEL"
    UNDO = "UNDO"
    PRINT = "PRINT"


@dataclass(frozen=True, slots=True)
class CommandScan(Meaning):
    command: Command


@dataclass(frozen=True, slots=True)
class QuantityScan(Meaning):
    """A quantity that holds for the next item scanned (`QTY:12`)."""

    quantity: Decimal


@dataclass(frozen=True, slots=True)
class UnknownScan(Meaning):
    """Nothing goes by this code; `reason` says so in a sentence (no such code, check digit)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scan did, for the tape: `text` is short (“GEL-7 +12”), `undo` takes it back.

    `undo` raises what it refuses (an AppError), and may return the job that saves the change.
    """

    text: str
    tone: Tone = Tone.GOOD
    undo: Callable[[], object] | None = field(default=None, compare=False)
