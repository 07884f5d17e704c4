"""Looks for a newer version at a place the administrator names, and brings it, checked.

There lies `latest.json` beside the installers:
    {"version": "1.2.0", "notes": "What is new.",
     "windows": {"file": "stockroom-1.2.0-setup.exe", "size": 12345, "sha256": "…",
                 "also": [{"file": "stockroom-1.2.0.msi", "size": 12345, "sha256": "…"}, …]},
     "linux": {…}}
A note without "also" is as good; versions before there was any heed the first file alone.
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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.adapters.installed import this_copy
from app.adapters.update_source import open_source
from app.core.errors import Unavailable, marked
from app.core.progress import Progress
from app.core.update_places import check_place
from app.core.updates import Copy, Offered, Update, as_numbers, suiting

NOTE = "latest.json"
NOTE_SIZE = 64 * 1024
LARGEST = 500 * 1024 * 1024
NOTES_LENGTH = 2_000
CHUNK = 256 * 1024
"""Bytes; a place that takes longer for them than LONGEST is too slow."""

FORSAKEN = 3_600
"""Seconds after which nobody goes on with a half of a file: its window broke down."""

SYSTEM = "windows" if sys.platform == "win32" else "linux"

VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){1,3}", re.ASCII)
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
class Note:
    """What the note says: a version and its files for this system, the usual one first."""

    version: str
    notes: str
    files: tuple[Offered, ...]


def look_for_update(
    address: str, present: str, folder: Path, copy: Copy | None = None
) -> Generator[Progress, None, Update | None]:
    """Bring what a newer version than the present one replaces this copy by; None if there is none.

    What only the administrator may install is told and not brought. Raises NoPlaceForUpdates,
    UpdatesOutOfReach, UpdateNoteUnusable, UpdateNotGenuine, UpdateNotKept.
    """
    check_place(address)
    with open_source(address, NOTE) as source:
        text = source.read(NOTE_SIZE + 1)
    note = read_note(address, text)
    if note is None or as_numbers(note.version) <= as_numbers(present):
        return None
    copy = copy or this_copy()
    offered = suiting(copy, note.files)
    update = Update(note.version, note.notes, address, copy, offered.name if offered else "", None)
    if offered is None or copy.is_for_all:
        return update
    target = folder / offered.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not _is_genuine(target, offered):
            yield from _bring(address, offered, target)
        _tidy(folder, target)
    except OSError as fault:
        raise UpdateNotKept(folder=folder, detail=fault.strerror or fault) from fault
    return replace(update, file=target)


def read_note(address: str, text: bytes) -> Note | None:
    """Return what is offered for this system, None for nothing; raises UpdateNoteUnusable."""
    if len(text) > NOTE_SIZE:
        raise UpdateNoteUnusable(address=address, detail="too long")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UpdateNoteUnusable(address=address, detail="not JSON") from None
    if not isinstance(found, dict) or not _is_text(found.get("version"), VERSION):
        raise UpdateNoteUnusable(address=address, detail="version")
    if SYSTEM not in found:
        return None
    usual = found[SYSTEM] if isinstance(found[SYSTEM], dict) else {}
    more = usual.get("also", [])
    parts = [usual, *(more if isinstance(more, list) else [None])]
    files = tuple(_read_file(address, part) for part in parts)
    return Note(found["version"], _plain(found.get("notes")), files)


def _read_file(address: str, part: Any) -> Offered:
    part = part if isinstance(part, dict) else {}
    size = part.get("size")
    wrong = [
        *([] if _is_text(part.get("file"), _FILE) else ["file"]),
        *([] if _is_text(part.get("sha256"), _SHA256) else ["sha256"]),
        *([] if type(size) is int and 0 < size <= LARGEST else ["size"]),
    ]
    if wrong:
        raise UpdateNoteUnusable(address=address, detail=f"{SYSTEM}: {', '.join(wrong)}")
    return Offered(part["file"], part["size"], part["sha256"].lower())


def _plain(notes: Any) -> str:
    told = notes[:NOTES_LENGTH] if isinstance(notes, str) else ""
    return "".join(letter for letter in told if letter.isprintable() or letter == "\n")


def _is_text(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _bring(address: str, offered: Offered, target: Path) -> Iterator[Progress]:
    """Copy the file beside its name, and give it the name only when it is what it should be.

    Another window may be at the same, so that each has a copy of its own. The sum is taken of what
    lies on the disk in the end.
    """
    part = target.with_name(f"{target.name}.{os.urandom(8).hex()}.part")
    size = 0
    try:
        with open_source(address, offered.name) as source, part.open("xb") as copy:
            while size <= offered.size and (chunk := source.read(CHUNK)):
                copy.write(chunk)
                size += len(chunk)
                yield Progress(min(size, offered.size), offered.size)
            copy.flush()
            os.fsync(copy.fileno())
        if size != offered.size:
            raise UpdateNotGenuine(address=address, file=offered.name, detail="size")
        if not _is_genuine(part, offered):
            raise UpdateNotGenuine(address=address, file=offered.name, detail="sha256")
        _put(part, target, offered)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _put(part: Path, target: Path, offered: Offered) -> None:
    """Give it its name. Windows refuses that while another window looks at the same file."""
    try:
        part.replace(target)
    except OSError:
        if not _is_genuine(target, offered):
            raise


def _is_genuine(file: Path, offered: Offered) -> bool:
    if not file.is_file() or file.stat().st_size != offered.size:
        return False
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == offered.sha256


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
