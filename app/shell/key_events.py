"""Turns Qt's key events into plain key strokes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from app.scanning.keys import ALT, COMPOSED, CTRL, KEYPAD, META, SHIFT, Key

_NAMES = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Shift: "Shift",
    Qt.Key.Key_Control: "Ctrl",
    Qt.Key.Key_Alt: "Alt",
    Qt.Key.Key_AltGr: "AltGr",
    Qt.Key.Key_Meta: "Meta",
    Qt.Key.Key_CapsLock: "CapsLock",
    Qt.Key.Key_NumLock: "NumLock",
    Qt.Key.Key_ScrollLock: "ScrollLock",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Insert: "Insert",
    Qt.Key.Key_Clear: "Clear",
}
_NAME_OF = {int(key): name for key, name in _NAMES.items()}

_FIRST_WITHOUT_CHARACTER = 0x01000000
"""Qt numbers keys that give no character from here on."""

_MODIFIERS = (
    (Qt.KeyboardModifier.ShiftModifier.value, SHIFT),
    (Qt.KeyboardModifier.ControlModifier.value, CTRL),
    (Qt.KeyboardModifier.AltModifier.value, ALT),
    (Qt.KeyboardModifier.MetaModifier.value, META),
    (Qt.KeyboardModifier.KeypadModifier.value, KEYPAD),
)

X11_OFFSET = 8
"""X11 numbers the keys like scan code set 1, but from 8 on."""


def read_key(event: QKeyEvent, t_ms: float) -> Key:
    """Return what the event says, pressed at that moment."""
    code = int(event.key())
    text = event.text()
    if code in (0, int(Qt.Key.Key_unknown)) and text:
        name = COMPOSED
    elif code in _NAME_OF:
        name = _NAME_OF[code]
    else:
        name = "char" if code < _FIRST_WITHOUT_CHARACTER or text else f"key {code:#x}"
    held = event.modifiers().value
    mods = "".join(letter for flag, letter in _MODIFIERS if held & flag)
    return Key(t_ms, text, name, set_1(event.nativeScanCode()), mods, event.isAutoRepeat())


def identity(event: QKeyEvent) -> int:
    """Return what a press and its release have in common."""
    return event.nativeScanCode() or -int(event.key())


def set_1(native: int) -> int:
    """Return the place of a key in scan code set 1, however this system numbers it."""
    if QGuiApplication.platformName() in ("xcb", "wayland"):
        return max(native - X11_OFFSET, 0)
    return native
