"""Says when a key was pressed, rather than when it arrived here, and what came before it."""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtGui import QKeyEvent

from app.shell.native_keys import Press, Presses


class KeyClock:
    """Milliseconds on the system's clock, where it tells; else time just goes on.

    X11 puts the time into the event too. Events that a program made have none.
    """

    def __init__(self, presses: Presses) -> None:
        self._presses = presses
        self._last_ms = 0.0
        self._seen = monotonic()
        self._told: tuple[int, int, int] | None = None

    def hear(self, event: QKeyEvent) -> tuple[float, Sequence[Press]]:
        """Return when the key was pressed, and what was pressed before it without Qt's telling.

        Qt tells of a press twice, first to ask for shortcuts; the second time nothing is new.
        """
        mark = (event.nativeScanCode(), int(event.key()), event.timestamp())
        if event.timestamp() and mark == self._told:
            return self._last_ms, ()
        self._told = mark
        presses = self._presses.match(event.nativeScanCode())
        told = presses[-1].t_ms if presses else None
        if told is None and not self._presses.are_told:
            told = float(event.timestamp()) or None
        now = monotonic()
        self._last_ms = self._last_ms + (now - self._seen) * 1000 if told is None else told
        self._seen = now
        return self._last_ms, presses[:-1]
