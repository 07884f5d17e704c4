"""Reads what lies at a place for updates: a folder, or a server over https."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import IO, Any

from app.core.errors import AppError, Unavailable, marked
from app.core.update_places import check_place

PATIENCE = 10.0
"""Seconds without a word from a server."""

LONGEST = 60.0
"""Seconds in which a server must have said what was asked for, however often it says a little."""


class UpdatesOutOfReach(Unavailable):
    template = marked(
        "The place for updates, {address}, does not answer ({detail}). Check that it is named"
        " right and can be reached from this PC."
    )


class Haste:
    """How long may still be waited for what was asked for last."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._end = monotonic() + LONGEST

    def left(self) -> float:
        """Return how long a server may be silent now; raises TimeoutError."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError("too slow")
        return min(left, PATIENCE)


class Source:
    """An open file at a place; each piece of it must come in time."""

    def __init__(self, address: str, stream: IO[bytes], haste: Haste) -> None:
        self._address, self._stream, self._haste = address, stream, haste

    def read(self, size: int) -> bytes:
        """Return the next piece, b"" at the end; raises UpdatesOutOfReach."""
        self._haste.begin()
        with _reaching(self._address):
            return self._stream.read(size)


@contextmanager
def open_source(address: str, name: str) -> Iterator[Source]:
    """Open a file at a place; raises UpdatesOutOfReach, NoPlaceForUpdates."""
    haste = Haste()
    with _reaching(address):
        stream = _open_url(f"{address.rstrip('/')}/{name}", haste) if "://" in address else None
        stream = stream or Path(address, name).open("rb")  # noqa: SIM115 -- closed below
    with stream:
        yield Source(address, stream, haste)


def _open_url(url: str, haste: Haste) -> IO[bytes]:
    import ssl  # noqa: PLC0415 -- dear to load, and most look nowhere or in a folder
    from urllib.request import HTTPRedirectHandler, HTTPSHandler, build_opener  # noqa: PLC0415

    class OnlySafe(HTTPRedirectHandler):
        def redirect_request(
            self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
        ) -> Any:
            check_place(newurl.partition("?")[0])
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    class Hasty(ssl.SSLSocket):
        """The socket's own timeout counts only silence, anew with every byte."""

        def recv_into(self, *into: Any) -> int:
            self.settimeout(haste.left())
            return super().recv_into(*into)

    context = ssl.create_default_context()
    context.sslsocket_class = Hasty
    opener = build_opener(HTTPSHandler(context=context), OnlySafe)
    stream: IO[bytes] = opener.open(url, timeout=PATIENCE)
    return stream


@contextmanager
def _reaching(address: str) -> Iterator[None]:
    """Raise what goes wrong on the way as something a person can act on."""
    try:
        yield
    except AppError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as fault:
        detail = getattr(fault, "reason", None) or getattr(fault, "strerror", None) or fault
        raise UpdatesOutOfReach(address=address, detail=detail) from fault
