"""What takes long to get or to make and stays the same: kept outside the checkout."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from archives import sha256 as sha256  # noqa: PLC0414 -- windows_python finds it here
from told import CannotGoOn

VARIABLE = "STOCKROOM_RIG"


def cache_folder(variables: Mapping[str, str]) -> Path:
    """Return where the rig keeps what it needs again."""
    named = variables.get(VARIABLE)
    return Path(named) if named else Path.home() / ".cache" / "stockroom-rig"


def make_once(folder: Path, recipe: str, make: Callable[[Path], None]) -> None:
    """Have a folder made, unless it was made by the same recipe; half of one never counts."""
    stamp = folder.with_name(f"{folder.name}.recipe")
    if folder.is_dir() and stamp.exists() and stamp.read_text("utf-8") == recipe:
        return
    part = folder.with_name(f"{folder.name}.part")
    stamp.unlink(missing_ok=True)
    remove(folder)
    remove(part)
    folder.parent.mkdir(parents=True, exist_ok=True)
    make(part)
    part.rename(folder)
    stamp.write_text(recipe, "utf-8")


def remove(folder: Path) -> None:
    """Delete a folder with all in it, unless something else is mounted there."""
    if not folder.exists():
        return
    if inside := mounted_below(folder, Path("/proc/self/mounts").read_text("utf-8")):
        raise CannotGoOn(f"Unmount first: {', '.join(inside)}")
    shutil.rmtree(folder)


def mounted_below(folder: Path, mounts: str) -> list[str]:
    """Return what is mounted in a folder, out of the system's list of mounts."""
    found = (line.split()[1].replace("\\040", " ") for line in mounts.splitlines())
    return [place for place in found if Path(place).is_relative_to(folder)]


def check_sum(file: Path, wanted: str) -> None:
    """Refuse a file that is not the very one that was looked at."""
    if (found := sha256(file)) != wanted:
        raise CannotGoOn(f"{file} is another file than it should be: sha256 {found}")
