"""What the system itself says of key presses, before Qt has made its own of them.

Windows tells when a key was pressed, Qt only when it took it from the queue. And neither on
Windows nor on X11 does Qt tell of dead keys, which only change the next one; a scanner means them.
"""

import sys
from collections import deque
from ctypes import string_at
from dataclasses import dataclass

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from typing_extensions import override

from app.scanning.keys import ALT, CTRL, SHIFT

WINDOWS = QByteArray(b"windows_generic_MSG")
X11 = QByteArray(b"xcb_generic_event_t")
REMEMBERED = 256  # presses; more than a scan that arrives in one lump

_KEY_PRESS = 2  # of X11; the highest bit tells who sent it
_X11_LENGTH = 32
_X11_MODIFIERS = ((0x01, SHIFT), (0x04, CTRL), (0x08, ALT))


@dataclass(frozen=True, slots=True)
class Press:
    """A key as the system numbers it, when it was pressed, and with what."""

    scancode: int
    t_ms: float
    mods: str = ""


class Presses:
    """The presses the system told of, until Qt tells of the same ones."""

    def __init__(self) -> None:
        self._waiting: deque[Press] = deque(maxlen=REMEMBERED)
        self.are_told = False

    def note(self, press: Press) -> None:
        self.are_told = True
        self._waiting.append(press)

    def match(self, scancode: int) -> list[Press]:
        """Take out the press of this key and those before it, which Qt kept to itself.

        The last one is the press itself; there is none at all if the system did not tell of it.
        """
        for at, press in enumerate(self._waiting):
            if press.scancode == scancode:
                return [self._waiting.popleft() for _ in range(at + 1)]
        return []


class NativeKeys(QAbstractNativeEventFilter):
    """Notes key presses from the messages of the system as they come in."""

    def __init__(self, presses: Presses) -> None:
        super().__init__()
        self._presses = presses

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        if press := _read(QByteArray(eventType), int(message)):
            self._presses.note(press)
        return False, 0


def listen_to_system(presses: Presses) -> NativeKeys | None:
    """Begin to note presses; keep what is returned for as long as it shall go on."""
    application = QCoreApplication.instance()
    if application is None:
        return None
    native = NativeKeys(presses)
    application.installNativeEventFilter(native)
    return native


def read_x11(event: bytes) -> Press | None:
    """Read an X11 event: its type, the key, a number, the time; far behind, the modifiers."""
    if event[0] & 0x7F != _KEY_PRESS:
        return None
    held = int.from_bytes(event[28:30], sys.byteorder)
    mods = "".join(letter for flag, letter in _X11_MODIFIERS if held & flag)
    return Press(event[1], float(int.from_bytes(event[4:8], sys.byteorder)), mods)


if sys.platform == "win32":
    from ctypes import windll, wintypes

    _KEY_DOWN = (0x0100, 0x0104)  # WM_KEYDOWN, WM_SYSKEYDOWN
    _BY_INPUT_METHOD = 0xE5  # VK_PROCESSKEY
    _VIRTUAL = ((0x10, SHIFT), (0x11, CTRL), (0x12, ALT))

    def _read(kind: QByteArray, address: int) -> Press | None:
        if kind != WINDOWS:
            return None
        message = wintypes.MSG.from_address(address)
        if message.message not in _KEY_DOWN or message.wParam == _BY_INPUT_METHOD:
            return None
        down = windll.user32.GetKeyState
        mods = "".join(letter for key, letter in _VIRTUAL if down(key) & 0x8000)
        return Press((message.lParam >> 16) & 0x1FF, float(message.time), mods)

else:

    def _read(kind: QByteArray, address: int) -> Press | None:
        return read_x11(string_at(address, _X11_LENGTH)) if kind == X11 else None
