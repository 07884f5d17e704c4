"""Fits texts into boxes: as large as they go, broken between words where there are lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Face(StrEnum):
    """Kinds of type. Codes are set in the one that tells 0 from O and 1 from I."""

    TEXT = "text"
    BOLD = "bold"
    CODE = "code"


Measure = Callable[[str, Face], float]
"""How wide a text is, in units of the type's size."""

LINE = 1.2
"""Height of a line in units of the type's size."""

BASELINE = 0.92
"""Where letters stand within their line, from its top, in the same units."""

_STEP = 0.94
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Room:
    """The space a text may take: dots wide and high, so many lines, from one size to another."""

    width: int
    height: int
    lines: int
    smallest: int
    largest: int


@dataclass(frozen=True, slots=True)
class Setting:
    """A text broken into lines at one size; `is_whole` unless its end had to go."""

    lines: tuple[str, ...]
    size: int
    is_whole: bool = True


def set_text(text: str, face: Face, room: Room, measure: Measure) -> Setting:
    """Return the text as large as the room allows; words are broken only where they must be."""
    for may_break in (False, True):
        best: Setting | None = None
        for count in range(1, room.lines + 1):
            found = _set_in(text, face, replace(room, lines=count), measure, may_break=may_break)
            if found and (best is None or found.size > best.size):
                best = found
        if best:
            return best
    return _cut(text, face, room, measure)


def _set_in(
    text: str, face: Face, room: Room, measure: Measure, *, may_break: bool
) -> Setting | None:
    """Return the text in at most so many lines, or None if it is too long for the smallest."""
    size = min(int(room.height / (room.lines * LINE)), room.largest)
    widest = max(measure(word, face) for word in ([text] if room.lines == 1 else text.split(" ")))
    if not may_break and widest:
        size = min(size, int(room.width / widest))
    while size >= room.smallest:
        lines = broken(text, face, room.width / size, measure)
        if len(lines) <= room.lines:
            return Setting(tuple(lines), size)
        size = min(size - 1, int(size * _STEP))
    return None


def broken(text: str, face: Face, width: float, measure: Measure) -> list[str]:
    """Break a text into lines no wider than so many units: between words, else anywhere."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer, face) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while measure(line, face) > width and len(line) > 1:
            fits = _longest_start(line, face, width, measure)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line]


def _longest_start(text: str, face: Face, width: float, measure: Measure) -> int:
    """Return how many characters fit, one at least."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle], face) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, face: Face, room: Room, measure: Measure) -> Setting:
    width = room.width / room.smallest
    count = max(1, min(room.lines, int(room.height / (room.smallest * LINE))))
    lines = broken(text, face, width, measure)
    kept: Sequence[str] = lines[: count - 1]
    last = " ".join(lines[count - 1 :])
    fits = _longest_start(last, face, width - measure(_ELLIPSIS, face), measure)
    return Setting((*kept, last[:fits].rstrip() + _ELLIPSIS), room.smallest, is_whole=False)
