"""Key events that are kept back from their windows until it is clear what they are."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import getCppPointer, isValid

from app.scanning.decisions import Fate
from app.shell.key_events import identity


@dataclass(frozen=True)
class _Held:
    window: QWindow
    event: QKeyEvent


class HeldKeys:
    """Presses and releases, given back in the order they came or dropped for good.

    The release of a key goes the way of its press: nobody gets one without the other.
    """

    def __init__(self) -> None:
        self._held: list[_Held] = []
        self._down: dict[int, Fate] = {}
        self._sending: QKeyEvent | None = None

    def note_press(self, window: QWindow, event: QKeyEvent, fate: Fate) -> None:
        mark = identity(event)
        self._down.pop(mark, None)
        if fate != Fate.PASS:
            self._down[mark] = fate
        if fate == Fate.HOLD:
            self._held.append(_Held(window, event.clone()))

    def takes_release(self, window: QWindow, event: QKeyEvent) -> bool:
        """Take the release of a key whose press was kept from its window."""
        fate = self._down.pop(identity(event), Fate.PASS)
        if fate == Fate.HOLD:
            self._held.append(_Held(window, event.clone()))
        return fate != Fate.PASS

    def drop(self) -> None:
        """They were a scan. Their releases still to come are nobody's."""
        self._held.clear()
        for mark, fate in self._down.items():
            if fate == Fate.HOLD:
                self._down[mark] = Fate.SWALLOW

    def give_back(self) -> None:
        """They were typing: send them to the windows they were meant for."""
        held, self._held = self._held, []
        self._down = {mark: fate for mark, fate in self._down.items() if fate != Fate.HOLD}
        for each in held:
            window = each.window if isValid(each.window) else QGuiApplication.focusWindow()
            if window is not None:
                self._send(window, each.event)

    def is_given_back(self, event: QKeyEvent) -> bool:
        """Tell whether this is the event on its way back. What it sets off is not."""
        sending = self._sending
        if sending is None or getCppPointer(event) != getCppPointer(sending):
            return False
        self._sending = None
        return True

    def _send(self, window: QWindow, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and event.type() == QEvent.Type.KeyPress:
            # A menu bar opens on Alt alone only if it saw this first, as from a keyboard.
            before = event.modifiers() ^ Qt.KeyboardModifier.AltModifier
            override = QKeyEvent(QEvent.Type.ShortcutOverride, event.key(), before)
            self._sending = override
            QCoreApplication.sendEvent(window, override)
        self._sending = event
        QCoreApplication.sendEvent(window, event)
        self._sending = None
