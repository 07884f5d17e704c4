"""How a barcode scanner is set up: what tells its keys from typing, and how its codes are read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

SUFFIXES = {"none": "", "enter": "\r\n", "tab": "\t", "any": "\r\n\t"}
"""Names for what a scanner may send behind a code."""

SLOWEST_GUESS_MS = 45.0
SLOWEST_GUESS_MEAN_MS = 35.0
SHORTEST_GUESS = 4
"""Beyond these, typing would be taken for a scan; only a prefix makes more of them safe."""


class Decode(StrEnum):
    """Whether the system's characters are believed, or the keys' places on a US keyboard."""

    TEXT = "text"
    POSITIONS = "positions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerProfile:
    """One scanner's habits; times in milliseconds.

    Keys at most `hold_ms` apart are held back; three of them, `avg_ms` apart on average, are
    taken for a scan, in which pauses of `gap_ms` are forgiven, and of `stall_ms` once it is too
    long to be typing: the system may be busy. `suffix` names what ends a code
    (see SUFFIXES) or states it; without one a scan ends by `silence_ms` of silence. Behind a
    `prefix` everything up to the suffix is the code, whatever its speed, for `frame_ms`. For
    `guard_ms` after a scan a second Enter is ignored; the same code again within `repeat_ms` is
    reported, not counted. For `lost_ms` after a scan that broke off its other half is ignored.
    """

    name: str = ""
    hold_ms: float = 45
    gap_ms: float = 80
    stall_ms: float = 200
    avg_ms: float = 35
    min_len: int = SHORTEST_GUESS
    suffix: str = "any"
    prefix: str = ""
    guard_ms: float = 60
    repeat_ms: float = 250
    silence_ms: float = 120
    frame_ms: float = 2_000
    lost_ms: float = 500
    decode: Decode = Decode.TEXT

    @property
    def endings(self) -> str:
        """The characters that end a code; none at all if silence does."""
        return SUFFIXES.get(self.suffix, self.suffix)

    def limits(self) -> tuple[float, float, int]:
        """Return how far a scan may be guessed at: hold_ms, avg_ms, min_len.

        With a prefix nobody has to guess at slow or short ones, so typing is left alone.
        """
        if not self.prefix:
            return self.hold_ms, self.avg_ms, self.min_len
        return (
            min(self.hold_ms, SLOWEST_GUESS_MS),
            min(self.avg_ms, SLOWEST_GUESS_MEAN_MS),
            max(self.min_len, SHORTEST_GUESS),
        )


class MeasureKind(StrEnum):
    """What the figure inside a code printed by a scale or a shop stands for."""

    WEIGHT = "weight"
    PRICE = "price"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRule:
    """How an EAN-13 of restricted circulation (prefix 02, 20 to 29) is divided up here.

    Behind the prefix stand `item_digits` naming the item and `value_digits` of a figure with so
    many `decimals`: a weight in kilograms, a price, or a number of pieces.
    """

    prefix: str
    item_digits: int = 5
    value_digits: int = 5
    kind: MeasureKind = MeasureKind.PRICE
    decimals: int = 2

    def figure(self, digits: str) -> Decimal:
        return Decimal(int(digits)).scaleb(-self.decimals)


def read_profile(kept: Mapping[str, str | int | bool]) -> ScannerProfile:
    """Return the profile that is kept in the settings; what makes no sense there is as usual."""
    usual = ScannerProfile()
    right: dict[str, Any] = {
        entry.name: kept[entry.name]
        for entry in fields(ScannerProfile)
        if entry.name in kept and _makes_sense(kept[entry.name], getattr(usual, entry.name))
    }
    if "decode" in right:
        right["decode"] = Decode(right["decode"])
    return ScannerProfile(**right)


def _makes_sense(value: str | int | bool, usual: Any) -> bool:
    if isinstance(usual, Decode):
        return value in set(Decode)
    if isinstance(usual, str):
        return isinstance(value, str)
    return type(value) is int and value > 0
