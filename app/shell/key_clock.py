"""Says when a key was pressed, rather than when it arrived here."""

from time import monotonic

from PySide6.QtGui import QKeyEvent

from app.shell.native_keys import Presses


class KeyClock:
    """Milliseconds on a clock of its own: the system's, where it tells.

    X11 puts the time into the event. On Windows Qt puts in when it took the key from the queue,
    so the messages are asked. Events made by a program have no time: for them time goes on here.
    """

    def __init__(self, presses: Presses) -> None:
        self._presses = presses
        self._last_ms = 0.0
        self._seen = monotonic()

    def moment(self, event: QKeyEvent) -> float:
        told = self._presses.time_of(event.nativeScanCode())
        if told is None and not self._presses.are_told:
            told = float(event.timestamp()) or None
        now = monotonic()
        moment = self._last_ms + (now - self._seen) * 1000 if told is None else told
        self._last_ms, self._seen = moment, now
        return moment
