"""Makes the folders that the program keeps things in, and writes files that are whole or old."""

import os
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


def is_writable(folder: Path) -> bool:
    """Try it: what a system says about rights is not always so."""
    import tempfile  # noqa: PLC0415 -- dear to load, and not wanted before the first paint

    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def write_whole(text: str, file: Path) -> None:
    """Write a file that only its owner may read; raises OSError.

    A crash leaves the old file or the new one, never half of one.
    """
    import tempfile  # noqa: PLC0415 -- dear to load, and not wanted before the first paint

    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as temporary:
            temporary.write(text)
            temporary.flush()
            os.fsync(temporary.fileno())
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
