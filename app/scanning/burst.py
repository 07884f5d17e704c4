"""Keys that are held back, what they spell and how fast they came; and which keys are held down."""

from app.core.scanner import Decode
from app.scanning.keys import COMPOSED, MODIFIERS, Key, alt_digit, by_position

FIRST_REPEAT_MS = 150
"""No system begins to repeat a key that is held down sooner than this."""

FASTEST_REPEAT_MS = 25
"""Nor does it go on faster than this, unless someone made it."""


class Burst:
    """Keys in a row. `keys` is all of them, modifiers too, to be given back if need be."""

    def __init__(self, decode: Decode) -> None:
        self.keys: list[Key] = []
        self._decode = decode
        self._times: list[float] = []
        self._spelt: list[str] = []
        self._in_place: list[str] = []
        self._number = ""

    @property
    def text(self) -> str:
        return "".join(self._spelt) + _numbered(self._number)

    @property
    def strokes(self) -> int:
        """How many keys had a part in the text."""
        return len(self._times)

    @property
    def last_ms(self) -> float:
        return self.keys[-1].t_ms

    def mean_ms(self, until_ms: float | None = None) -> float:
        """Return the mean time from key to key, up to a moment behind the last if one is given."""
        times = self._times if until_ms is None else [*self._times, until_ms]
        return (times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else 0.0

    def hold(self, key: Key) -> None:
        """Keep a key that gives no character. Alt begins the next number, if it is one."""
        self.keys.append(key)
        if key.key == "Alt":
            self._finish_number()

    def spell(self, key: Key, char: str) -> None:
        """Keep a key that means this character. One the system composed stands for its number."""
        self.keys.append(key)
        self._times.append(key.t_ms)
        if key.key == COMPOSED:
            self._number = ""
        self._finish_number()
        self._spelt.append(char)
        self._in_place.append(by_position(key))

    def count(self, key: Key) -> None:
        """Keep a digit of an Alt number: a character once the number is whole."""
        self.keys.append(key)
        self._times.append(key.t_ms)
        self._number += alt_digit(key)

    def in_place(self) -> str:
        """Return what a US keyboard would have spelt, if that is known and is something else."""
        spelt = "".join(self._in_place)
        is_known = all(self._in_place) and len(self._in_place) == len(self._spelt)
        return spelt if is_known and self._decode == Decode.TEXT and spelt != self.text else ""

    def _finish_number(self) -> None:
        if char := _numbered(self._number):
            self._spelt.append(char)
            self._in_place.append("")
        self._number = ""


class Repeats:
    """Knows a key that is held down from one that only says so.

    A system takes a press for a repeat when it has not seen the release, because the window
    changed in between. So the first one is doubted; a second of the same key settles it, unless
    they come faster than any system repeats.
    """

    def __init__(self) -> None:
        self._last: Key | None = None
        self._is_held = False
        self._is_likely = False
        self._began_flagged = False

    def is_real(self, key: Key) -> bool:
        last = self._last
        if not key.autorepeat or last is None or last.place != key.place:
            return False
        at_its_pace = key.t_ms - last.t_ms >= FASTEST_REPEAT_MS
        return self._is_held or self._is_likely or (self._began_flagged and at_its_pace)

    def note(self, key: Key) -> None:
        if key.key in MODIFIERS:
            return
        last = self._last
        is_same = last is not None and last.place == key.place
        self._is_held = self.is_real(key)
        self._began_flagged = key.autorepeat and (self._began_flagged or not is_same)
        pause = key.t_ms - last.t_ms if last else 0
        self._is_likely = key.autorepeat and is_same and pause >= FIRST_REPEAT_MS
        self._last = key


def _numbered(number: str) -> str:
    """Return the character of an Alt number; "" for none, or one that no label holds."""
    return chr(int(number)) if number and 0 < int(number) < 0x100 else ""
