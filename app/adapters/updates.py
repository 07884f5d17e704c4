"""Looks for a newer version at a place the administrator names, and brings it, checked.

There lies `latest.json` beside the installers:
    {"version": "1.2.0", "notes": "What is new.",
     "windows": {"file": "stockroom-1.2.0-setup.exe", "size": 12345, "sha256": "…"},
     "linux": {…}}
Whoever may write there may offer a program: a checksum finds what broke on the way, and https or
the rights on the share keep strangers out.
"""

import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.adapters.update_source import open_source
from app.core.errors import Unavailable, marked
from app.core.progress import Progress
from app.core.update_places import check_place

NOTE = "latest.json"
NOTE_SIZE = 64 * 1024
LARGEST = 500 * 1024 * 1024
NOTES_LENGTH = 2_000
CHUNK = 256 * 1024
"""Bytes; a place that takes longer for them than LONGEST is too slow."""

FORSAKEN = 3_600
"""Seconds after which nobody goes on with a half of a file: its window broke down."""
SYSTEM = "windows" if sys.platform == "win32" else "linux"

_VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){1,3}", re.ASCII)
_FILE = re.compile(
    r"stockroom[\w.+-]{0,100}\.(?:exe|msi|zip|deb|tar\.xz)", re.ASCII | re.IGNORECASE
)
_HALF = re.compile(rf"{_FILE.pattern}(?:\.[0-9a-f]{{16}})?\.part", _FILE.flags)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII | re.IGNORECASE)


class UpdateNoteUnusable(Unavailable):
    template = marked(
        "The file latest.json at {address} cannot be used ({detail}). Whoever looks after the"
        " updates must write it anew."
    )


class UpdateNotGenuine(Unavailable):
    template = marked(
        "{file} at {address} is not what latest.json says ({detail}). It was thrown away; nothing"
        " was installed. Tell whoever looks after the updates."
    )


class UpdateNotKept(Unavailable):
    template = marked(
        "A newer version cannot be kept in this PC's own folder {folder} ({detail}). Make room"
        " there, or have it made writable for you."
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A version and its installer, as the note at the place says."""

    version: str
    notes: str
    file: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Update:
    """A newer version that lies ready as a file, checked against its note."""

    version: str
    notes: str
    file: Path


def look_for_update(
    address: str, present: str, folder: Path
) -> Generator[Progress, None, Update | None]:
    """Bring the installer of a newer version than the present one; None if there is none.

    Raises NoPlaceForUpdates, UpdatesOutOfReach, UpdateNoteUnusable, UpdateNotGenuine,
    UpdateNotKept.
    """
    check_place(address)
    with open_source(address, NOTE) as source:
        note = source.read(NOTE_SIZE + 1)
    offer = read_note(address, note)
    if offer is None or as_numbers(offer.version) <= as_numbers(present):
        return None
    target = folder / offer.file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not _is_genuine(target, offer):
            yield from _bring(address, offer, target)
        _tidy(folder, target)
    except OSError as fault:
        raise UpdateNotKept(folder=folder, detail=fault.strerror or fault) from fault
    return Update(offer.version, offer.notes, target)


def as_numbers(version: str) -> tuple[int, ...]:
    """Return a version as figures to compare: 1.10 is newer than 1.9, and 1.0 is 1.0.0."""
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


def read_note(address: str, note: bytes) -> Offer | None:
    """Return what the note offers for this system, None for nothing; raises UpdateNoteUnusable."""
    if len(note) > NOTE_SIZE:
        raise UpdateNoteUnusable(address=address, detail="too long")
    try:
        found = json.loads(note)
    except (ValueError, RecursionError):
        raise UpdateNoteUnusable(address=address, detail="not JSON") from None
    if not isinstance(found, dict) or not _is_text(found.get("version"), _VERSION):
        raise UpdateNoteUnusable(address=address, detail="version")
    if SYSTEM not in found:
        return None
    part = found[SYSTEM] if isinstance(found[SYSTEM], dict) else {}
    size = part.get("size")
    wrong = [
        *([] if _is_text(part.get("file"), _FILE) else ["file"]),
        *([] if _is_text(part.get("sha256"), _SHA256) else ["sha256"]),
        *([] if type(size) is int and 0 < size <= LARGEST else ["size"]),
    ]
    if wrong:
        raise UpdateNoteUnusable(address=address, detail=f"{SYSTEM}: {', '.join(wrong)}")
    file, sha256 = part["file"], part["sha256"].lower()
    return Offer(found["version"], _plain(found.get("notes")), file, part["size"], sha256)


def _plain(notes: Any) -> str:
    told = notes[:NOTES_LENGTH] if isinstance(notes, str) else ""
    return "".join(letter for letter in told if letter.isprintable() or letter == "\n")


def _is_text(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _bring(address: str, offer: Offer, target: Path) -> Iterator[Progress]:
    """Copy the file beside its name, and give it the name only when it is what it should be.

    Another window may be at the same, so that each has a copy of its own. The sum is taken of what
    lies on the disk in the end.
    """
    part = target.with_name(f"{target.name}.{os.urandom(8).hex()}.part")
    size = 0
    try:
        with open_source(address, offer.file) as source, part.open("xb") as copy:
            while size <= offer.size and (chunk := source.read(CHUNK)):
                copy.write(chunk)
                size += len(chunk)
                yield Progress(min(size, offer.size), offer.size)
            copy.flush()
            os.fsync(copy.fileno())
        if size != offer.size:
            raise UpdateNotGenuine(address=address, file=offer.file, detail="size")
        if not _is_genuine(part, offer):
            raise UpdateNotGenuine(address=address, file=offer.file, detail="sha256")
        _put(part, target, offer)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _put(part: Path, target: Path, offer: Offer) -> None:
    """Give it its name. Windows refuses that while another window looks at the same file."""
    try:
        part.replace(target)
    except OSError:
        if not _is_genuine(target, offer):
            raise


def _is_genuine(file: Path, offer: Offer) -> bool:
    if not file.is_file() or file.stat().st_size != offer.size:
        return False
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == offer.sha256


def _tidy(folder: Path, kept: Path) -> None:
    """Take away the installers of earlier versions, and nothing else.

    What another window is just bringing stays, and what Windows does not let go because it runs.
    """
    for file in folder.iterdir():
        half = _HALF.fullmatch(file.name)
        if file == kept or not (half or _FILE.fullmatch(file.name)):
            continue
        with suppress(OSError):
            if not half or time.time() - file.stat().st_mtime > FORSAKEN:
                file.unlink()
