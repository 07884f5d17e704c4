"""What a build is made of, for its name: two that differ can then lie side by side."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

PARTS = ("main.py", "pyproject.toml", "app", "resources", "packaging")
WORK = ("wine",)
"""Folders in packaging that only try what was built."""


def build_of(root: Path, *besides: str) -> str:
    """Return a word that is another for other sources, or for others of what is named besides."""
    found = hashlib.sha256("\0".join(besides).encode())
    for path in sorted(_files(root)):
        content = path.read_bytes()
        found.update(f"\0{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:8]


def _files(root: Path) -> Iterable[Path]:
    unwanted = [root / "packaging" / name for name in WORK]
    for name in PARTS:
        part = root / name
        for path in part.rglob("*") if part.is_dir() else (part,):
            is_ours = path.is_file() and "__pycache__" not in path.parts
            if is_ours and not any(folder in path.parents for folder in unwanted):
                yield path
