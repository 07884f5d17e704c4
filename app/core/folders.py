"""Makes the folders that the program keeps things in, and writes files that are whole or old."""

import os
from io import BufferedWriter
from pathlib import Path

from app.core.errors import Unavailable, marked


class FolderRefused(Unavailable):
    template = marked(
        "The folder {folder} cannot be made or written to ({detail}). Choose another folder."
    )


def make_folder(folder: Path) -> None:
    """Make the folder and those above it, if they are not there yet; raises FolderRefused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise FolderRefused(folder=folder, detail=fault.strerror or fault) from fault


def new_beside(file: Path) -> BufferedWriter:
    """Make a file with a name of its own in the folder of another; only its owner may read it.

    Raises OSError. Python's `tempfile` does not where Windows lets nobody write in the folder: it
    takes each refusal for a name that is taken, and tries two thousand million of them.
    """
    name = file.parent / f".{os.urandom(8).hex()}.part"
    return open(name, "xb", opener=_for_the_owner)


def is_writable(folder: Path) -> bool:
    """Try it: what a system says about rights is not always so."""
    try:
        with new_beside(folder / "any") as file:
            pass
        os.unlink(file.name)
    except OSError:
        return False
    return True


def write_whole(text: str, file: Path) -> None:
    """Write a file that only its owner may read; raises OSError.

    A crash leaves the old file or the new one, never half of one.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    new = new_beside(file)
    try:
        with new:
            new.write(text.encode("utf-8"))
            new.flush()
            os.fsync(new.fileno())
        os.replace(new.name, file)
    except BaseException:
        Path(new.name).unlink(missing_ok=True)
        raise


def _for_the_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
