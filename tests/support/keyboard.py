"""Strikes keys at a window the way the system does: shortcuts first, then press and release."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow

from app.scanning.keys import Key

NAMED = {"Ctrl": Qt.Key.Key_Control, "none": Qt.Key(0)}
MODIFIERS = {
    "S": Qt.KeyboardModifier.ShiftModifier,
    "C": Qt.KeyboardModifier.ControlModifier,
    "A": Qt.KeyboardModifier.AltModifier,
    "K": Qt.KeyboardModifier.KeypadModifier,
}
CONTROLS = {"\x1d": Qt.Key.Key_BracketRight, "\n": Qt.Key.Key_J}


class Keyboard:
    """Keys for one window. `offered` is what a shortcut of the window could have taken."""

    def __init__(self, window: QWindow, start_ms: float = 1_000) -> None:
        self.window = window
        self.start_ms = start_ms
        self.offered: list[str] = []

    def strike_all(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self.strike(key)

    def strike(self, key: Key, *, timed: bool = True) -> None:
        """Press and release. `timed`: as if it had been pressed at its own moment, not now."""
        override = self._event(QEvent.Type.ShortcutOverride, key, timed)
        override.ignore()
        QCoreApplication.sendEvent(self.window, override)
        if not override.isAccepted():
            self.offered.append(QKeySequence(override.keyCombination()).toString())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self.window, self._event(kind, key, timed))

    def _event(self, kind: QEvent.Type, key: Key, timed: bool) -> QKeyEvent:
        modifiers = Qt.KeyboardModifier.NoModifier
        for letter in key.mods:
            modifiers |= MODIFIERS[letter]
        event = QKeyEvent(kind, _code(key), modifiers, key.scancode, 0, 0, key.text, key.autorepeat)
        if timed:
            event.setTimestamp(round(self.start_ms + key.t_ms))
        return event


def _code(key: Key) -> int:
    if key.key != "char":
        named = NAMED.get(key.key)
        return (getattr(Qt.Key, f"Key_{key.key}") if named is None else named).value
    if key.text < " " and "C" in key.mods:
        return CONTROLS.get(key.text, Qt.Key(ord(key.text) + 0x40)).value
    return ord(key.text.upper()) if len(key.text.upper()) == 1 else ord(key.text)
