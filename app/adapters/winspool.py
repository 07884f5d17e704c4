"""The few calls of winspool.drv that send raw data. Source: Microsoft, Print Spooler API."""

import ctypes
from ctypes import POINTER, Structure, byref, c_int, c_uint32, c_void_p, c_wchar_p
from typing import Any, ClassVar

SHORT_WRITE = 29
"""ERROR_WRITE_FAULT: not every byte was taken."""


class _Document(Structure):
    """DOC_INFO_1W."""

    _fields_: ClassVar[list[tuple[str, Any]]] = [
        ("pDocName", c_wchar_p),
        ("pOutputFile", c_wchar_p),
        ("pDatatype", c_wchar_p),
    ]


class Spooler:
    """The spooler of this PC. `library` and `last_error` come from Windows unless stated."""

    def __init__(self, library: Any = None, last_error: Any = None) -> None:
        self._library = library or _load()
        self._last_error = last_error or ctypes.get_last_error  # type: ignore[attr-defined, unused-ignore]

    def send(self, printer: str, data: bytes, title: str, data_type: str) -> int:
        """Send everything as one document; return 0, or the number of the Windows error."""
        handle = c_void_p()
        if not self._library.OpenPrinterW(printer, byref(handle), None):
            return int(self._last_error())
        try:
            return self._document(handle, data, _Document(title, None, data_type))
        finally:
            self._library.ClosePrinter(handle)

    def _document(self, handle: c_void_p, data: bytes, document: _Document) -> int:
        if not self._library.StartDocPrinterW(handle, 1, byref(document)):
            return int(self._last_error())
        try:
            return self._page(handle, data)
        finally:
            self._library.EndDocPrinter(handle)

    def _page(self, handle: c_void_p, data: bytes) -> int:
        if not self._library.StartPagePrinter(handle):
            return int(self._last_error())
        written = c_uint32()
        done = self._library.WritePrinter(handle, data, len(data), byref(written))
        code = 0 if done else int(self._last_error())
        self._library.EndPagePrinter(handle)
        return code or (0 if written.value == len(data) else SHORT_WRITE)


def _load() -> Any:
    library = ctypes.WinDLL("winspool.drv", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    handle = [c_void_p]
    library.OpenPrinterW.argtypes = [c_wchar_p, POINTER(c_void_p), c_void_p]
    library.ClosePrinter.argtypes = handle
    library.StartDocPrinterW.argtypes = [c_void_p, c_uint32, POINTER(_Document)]
    library.EndDocPrinter.argtypes = handle
    library.StartPagePrinter.argtypes = handle
    library.EndPagePrinter.argtypes = handle
    library.WritePrinter.argtypes = [c_void_p, c_void_p, c_uint32, POINTER(c_uint32)]
    for function in (library.OpenPrinterW, library.StartPagePrinter, library.WritePrinter):
        function.restype = c_int
    return library
