"""What the commands say while they work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class CannotGoOn(Exception):
    """Something is missing that only the person at the keyboard can mend; the text says how."""


def report(line: str) -> None:
    """Say a line at once, also into a file or a pipe."""
    print(line, flush=True)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    report(f"{what} …")
    began = time.monotonic()
    yield
    report(f"  done in {time.monotonic() - began:.0f} s")
