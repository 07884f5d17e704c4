"""Presses keys on an X display at set moments, from outside of the program that is tested.

Reads one line of JSON from standard input, a list of [milliseconds, character], and plays it to
whatever window has the focus of DISPLAY. Needs libX11 and libXtst.
"""

import ctypes
import json
import os
import sys
import time
from contextlib import suppress

RETURN = 0xFF0D
SHIFT = 0xFFE1
NAMED = {"\r": RETURN}
SHIFTED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ:_+*()")


class Display:
    """Keys by the XTEST extension: for everybody else they come from hardware."""

    def __init__(self) -> None:
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self._x11.XKeysymToKeycode.restype = ctypes.c_ubyte
        self._x11.XFlush.argtypes = [ctypes.c_void_p]
        self._test.XTestFakeKeyEvent.argtypes = [
            ctypes.c_void_p,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_ulong,
        ]
        self._display = self._x11.XOpenDisplay(None)
        if not self._display:
            raise SystemExit("no display")

    def strike(self, char: str) -> None:
        keysym = NAMED.get(char, ord(char.lower()))
        if char == ":":
            keysym = ord(";")
        code = self._x11.XKeysymToKeycode(self._display, keysym)
        shift = self._x11.XKeysymToKeycode(self._display, SHIFT) if char in SHIFTED else 0
        if shift:
            self._send(shift, True)
        self._send(code, True)
        self._send(code, False)
        if shift:
            self._send(shift, False)
        self._x11.XFlush(self._display)

    def _send(self, code: int, is_press: bool) -> None:
        self._test.XTestFakeKeyEvent(self._display, code, is_press, 0)


def main() -> None:
    with suppress(OSError):
        os.nice(-10)  # a scanner does not wait for a busy processor
    display = Display()
    plan = json.loads(sys.stdin.readline())
    started = time.monotonic()
    for due, char in plan:
        wait = due / 1000 - (time.monotonic() - started)
        if wait > 0:
            time.sleep(wait)
        display.strike(char)


if __name__ == "__main__":
    main()
