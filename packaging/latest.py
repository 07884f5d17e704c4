"""Writes latest.json, by which installed programs find a newer version, beside the installers.

python packaging/latest.py FOLDER VERSION [NOTES]
"""

import json
import sys
from pathlib import Path

from archives import sha256

NAME = "latest.json"
WINDOWS, LINUX = "-setup.exe", "_amd64.deb"


def write_latest(folder: Path, version: str, notes: str = "") -> Path:
    """Name the installers of a version that lie in the folder, with size and SHA-256."""
    told: dict[str, object] = {"version": version, "notes": notes}
    for system, ending in (("windows", WINDOWS), ("linux", LINUX)):
        for file in sorted(folder.iterdir()):
            if file.name.endswith(ending) and version in file.name:
                size = file.stat().st_size
                told[system] = {"file": file.name, "size": size, "sha256": sha256(file)}
    target = folder / NAME
    target.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return target


if __name__ == "__main__":
    print(write_latest(Path(sys.argv[1]), *sys.argv[2:4]))
