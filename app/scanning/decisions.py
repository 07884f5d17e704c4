"""What the classifier says about a key: what becomes of it, and what it completed."""

from dataclasses import dataclass
from enum import Enum, auto

from app.scanning.keys import Key


class Fate(Enum):
    """What becomes of the key at hand."""

    PASS = auto()
    HOLD = auto()
    SWALLOW = auto()


class Outcome(Enum):
    COMPLETE = auto()
    REPEATED = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Scan:
    """A code. `in_place` is what a US keyboard would have made of it, where that differs."""

    text: str
    outcome: Outcome = Outcome.COMPLETE
    in_place: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """First give back the keys of `resend`, then report the scan, then deal with the key."""

    fate: Fate = Fate.SWALLOW
    resend: tuple[Key, ...] = ()
    scan: Scan | None = None
