"""When Windows says a key was pressed. Qt only tells when it took the key from the queue."""

import sys
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from typing_extensions import override

MESSAGE = QByteArray(b"windows_generic_MSG")
REMEMBERED = 256  # presses; more than a scan that arrives in one lump


@dataclass(frozen=True, slots=True)
class Press:
    scancode: int
    t_ms: float
    with_shift: bool = False


class Presses:
    """The presses the system told of, until Qt tells of the same ones.

    Qt says nothing of dead keys, which only change the next one; a scanner means them.
    """

    def __init__(self) -> None:
        self._waiting: deque[Press] = deque(maxlen=REMEMBERED)
        self.are_told = False

    def note(self, press: Press) -> None:
        self.are_told = True
        self._waiting.append(press)

    def match(self, scancode: int) -> list[Press]:
        """Take out the press of this key, and return those before it that Qt kept to itself."""
        for at, press in enumerate(self._waiting):
            if press.scancode == scancode:
                return [self._waiting.popleft() for _ in range(at + 1)][:-1]
        return []

    def time_of(self, scancode: int) -> float | None:
        """Return when the next press of this key was, leaving it to be matched."""
        return next((press.t_ms for press in self._waiting if press.scancode == scancode), None)


class NativeKeys(QAbstractNativeEventFilter):
    """Reads key presses from the messages of Windows, before Qt does."""

    def __init__(self, presses: Presses) -> None:
        super().__init__()
        self._presses = presses

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        if sys.platform == "win32" and QByteArray(eventType) == MESSAGE:
            press = _read(int(message))
            if press:
                self._presses.note(press)
        return False, 0


def listen_to_windows(presses: Presses) -> NativeKeys | None:
    """Begin to note presses, on Windows; keep what is returned for as long as it shall go on."""
    application = QCoreApplication.instance()
    if sys.platform != "win32" or application is None:
        return None
    native = NativeKeys(presses)
    application.installNativeEventFilter(native)
    return native


if sys.platform == "win32":
    from ctypes import windll, wintypes

    _KEY_DOWN = (0x0100, 0x0104)  # WM_KEYDOWN, WM_SYSKEYDOWN
    _BY_INPUT_METHOD = 0xE5  # VK_PROCESSKEY
    _VK_SHIFT = 0x10

    def _read(address: int) -> Press | None:
        message = wintypes.MSG.from_address(address)
        if message.message not in _KEY_DOWN or message.wParam == _BY_INPUT_METHOD:
            return None
        with_shift = bool(windll.user32.GetKeyState(_VK_SHIFT) & 0x8000)
        return Press((message.lParam >> 16) & 0x1FF, float(message.time), with_shift)
