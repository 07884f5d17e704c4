"""Sends bytes to label printers: to a file, over the network, or through the Windows spooler."""

import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.core.errors import Said, Unavailable, marked
from app.core.folders import new_beside

PORT = 9100
"""Where printers listen for raw data."""

PATIENCE = 5.0
"""Seconds to wait for a printer on the network."""

PART = 65_536
"""Bytes sent at once: Windows takes any number from us, whether the printer does or not."""

WRONG_DATA_TYPE = 1804
"""ERROR_INVALID_DATATYPE: what an XPS driver says to "RAW"."""

_DATA_TYPES = ("RAW", "XPS_PASS")


class FileNotWritten(Unavailable):
    template = marked(
        "{path} cannot be written ({detail}). Check that the folder exists, that the file is not"
        " open in another program and that the disk has room."
    )


class PrinterSilent(Unavailable):
    template = marked(
        "The printer at {address} does not answer ({detail}). Check that it is switched on, on"
        " the network and that its address is right. Some labels may have been printed."
    )


class PrinterRefuses(Unavailable):
    template = marked(
        "Windows could not hand the labels to {printer} ({detail}). Check the printer in the"
        " Windows settings and try again."
    )


class NoSpooler(Unavailable):
    template = marked(
        "Raw printing through the spooler needs Windows. Use the printer's network address, or"
        " save the labels as a file."
    )


def write_file(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all: one that was there stays until the new one is complete."""
    target = Path(path)
    try:
        file = new_beside(target)
        new = Path(file.name)
        try:
            with file:
                file.write(data)
            new.chmod(0o644)
            new.replace(target)
        except OSError:
            with suppress(OSError):
                new.unlink()
            raise
    except OSError as error:
        raise FileNotWritten(path=target, detail=error.strerror or error) from error


def send_over_network(host: str, data: bytes, port: int = PORT, patience: float = PATIENCE) -> None:
    """Send everything to a printer that listens on the network. It need not answer."""
    try:
        with socket.create_connection((host, port), timeout=patience) as connection:
            for begin in range(0, len(data), PART):
                connection.sendall(data[begin : begin + PART])
            connection.shutdown(socket.SHUT_WR)
    except (OSError, UnicodeError) as error:
        raise PrinterSilent(address=f"{host}:{port}", detail=_why(error)) from error


def send_to_spooler(printer: str, data: bytes, title: str) -> None:
    """Hand everything to a Windows printer as it is, past its driver."""
    if sys.platform != "win32":
        raise NoSpooler
    _spool(_windows_spooler(), printer, data, title)


def _why(error: OSError | UnicodeError) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _spool(spooler: Any, printer: str, data: bytes, title: str) -> None:
    """Try each way past the driver; only a refused data type leads to the next."""
    for data_type in _DATA_TYPES:
        code = spooler.send(printer, data, title, data_type)
        if code == 0:
            return
        if code != WRONG_DATA_TYPE:
            break
    raise PrinterRefuses(printer=printer, detail=Said(marked("Windows error {code}"), code=code))


def _windows_spooler() -> Any:
    from app.adapters.winspool import Spooler  # noqa: PLC0415 - exists on Windows only

    return Spooler()
