"""Writes latest.json, by which installed programs find a newer version, beside the installers.

python packaging/latest.py FOLDER VERSION [NOTES]
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archives import sha256
from names import DEB, MSI, SETUP, TAR, ZIP
from told import CannotGoOn

NAME = "latest.json"
SYSTEMS = {"windows": (SETUP, MSI, ZIP), "linux": (DEB, TAR)}
"""The usual file first: a program that understands no "also" knows that one alone."""

VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){1,3}", re.ASCII)
"""As app/adapters/updates.py has it."""


def write_latest(folder: Path, version: str, notes: str = "") -> Path:
    """Name the files of a version that lie in the folder, with size and SHA-256."""
    if not VERSION.fullmatch(version):
        raise CannotGoOn(f"Installed programs understand no version {version}, but 1.2 or 1.2.3.")
    told: dict[str, Any] = {"version": version, "notes": notes}
    for system, names in SYSTEMS.items():
        if found := list(_found(folder, [name.format(version=version) for name in names])):
            usual, *also = found
            told[system] = {**usual, "also": also}
    if not told.keys() & SYSTEMS.keys():
        wanted = ", ".join(name.format(version=version) for name in (SETUP, MSI, ZIP, DEB, TAR))
        raise CannotGoOn(f"There is none of these in {folder}: {wanted}")
    target = folder / NAME
    target.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return target


def _found(folder: Path, names: Iterable[str]) -> Iterable[dict[str, Any]]:
    for file in (folder / name for name in names):
        if file.is_file():
            yield {"file": file.name, "size": file.stat().st_size, "sha256": sha256(file)}


if __name__ == "__main__":
    try:
        print(write_latest(Path(sys.argv[1]), *sys.argv[2:4]))
    except CannotGoOn as trouble:
        sys.exit(str(trouble))
