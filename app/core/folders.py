"""Makes the folders that the program keeps things in."""

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
