"""How big what is given out may be: more is refused, so that growth is somebody's decision."""

from pathlib import Path

from nsis import Bundle
from told import CannotGoOn

MEGABYTE = 1_000_000
LARGEST = {
    "windows": 120,
    "linux": 165,
    "-setup.exe": 40,
    ".msi": 60,
    ".zip": 60,
    ".deb": 58,
    ".tar.xz": 54,
}
"""Megabytes of each system's folder and, by their endings, of the files."""


class TooLarge(CannotGoOn):
    """Something grew beyond what it may be."""


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder; links count as what they are."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def check_folder(bundle: Bundle, platform: str) -> str:
    """Return how big a system's folder is; raises TooLarge."""
    return _checked(bundle.folder.name, size_of(bundle.folder), LARGEST[platform])


def check_files(files: list[Path]) -> list[str]:
    """Return how big the files are; raises TooLarge. What no limit is known for has none."""
    limits = {path: [LARGEST[end] for end in LARGEST if path.name.endswith(end)] for path in files}
    return [
        _checked(path.name, path.stat().st_size, limit)
        for path, found in limits.items()
        for limit in found
    ]


def _checked(name: str, size: int, limit: int) -> str:
    found = f"{name}, {size / MEGABYTE:.1f} MB"
    if size > limit * MEGABYTE:
        raise TooLarge(f"{found}: more than the {limit} MB it may have (packaging/sizes.py).")
    return found
