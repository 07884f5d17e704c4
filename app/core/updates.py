"""Which version is newer, how a copy of the program is installed, and what suits it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Package = Literal["setup", "msi", "zip", "deb", "tar"]

ENDINGS: dict[str, Package] = {
    ".exe": "setup",
    ".msi": "msi",
    ".zip": "zip",
    ".deb": "deb",
    ".tar.xz": "tar",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """How a copy of the program came here; `package` is None where it runs from its source."""

    package: Package | None = None
    is_for_all: bool = False
    """For all users of the PC: only the administrator may put another in its place."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file of a newer version, as the note at the place says."""

    name: str
    size: int
    sha256: str

    @property
    def package(self) -> Package:
        return next(kind for end, kind in ENDINGS.items() if self.name.lower().endswith(end))


@dataclass(frozen=True, slots=True)
class Update:
    """A newer version. `name` is the file that suits this copy, "" if none is offered; `file` is
    where it lies ready, checked against its note, None if it is not for this user to install."""

    version: str
    notes: str
    address: str
    copy: Copy
    name: str
    file: Path | None


def as_numbers(version: str) -> tuple[int, ...]:
    """Return a version as figures to compare: 1.10 is newer than 1.9, and 1.0 is 1.0.0."""
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


def suiting(copy: Copy, files: Sequence[Offered]) -> Offered | None:
    """Return the file that a copy is replaced by; where it runs from its source, the usual one."""
    if copy.package is None:
        return files[0]
    return next((file for file in files if file.package == copy.package), None)


def copy_on_windows(*, has_uninstaller: bool, is_everybodys: bool, is_writable: bool) -> Copy:
    """Return how it is installed, by what its folder is like.

    The setup leaves its uninstaller there; the MSI and the zip leave none. `is_everybodys`: it
    lies in Program Files, or is registered for the whole PC.
    """
    is_for_all = is_everybodys or not is_writable
    if has_uninstaller:
        return Copy("setup", is_for_all)
    return Copy("msi", is_for_all=True) if is_for_all else Copy("zip")


def copy_on_linux(*, is_package: bool) -> Copy:
    """Return how it is installed: as Debian's package, or unpacked somewhere."""
    return Copy("deb" if is_package else "tar")
