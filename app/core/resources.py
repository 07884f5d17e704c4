"""Finds the files that come with the program, also inside the frozen one."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def resource(name: str) -> Path:
    """Return the path of a file or folder in resources/, named with slashes."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen or ROOT, "resources", *name.split("/"))
