"""Looks at a file before any parser does: what it really is, and whether it is safe to open."""

import sys
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.core.errors import AppError, Refused, Said, Unavailable, marked

LARGEST_FILE = 50_000_000
LARGEST_CONTENT = 300_000_000
"""Bytes of all parts of a workbook, unpacked."""

MOST_PARTS = 2_000
SUSPECT_PART = 50_000_000
SUSPECT_RATIO = 100
"""A part that is both longer than SUSPECT_PART and packed tighter than this is a trap."""

HELD_BY_ANOTHER = (32, 33)
"""What Windows says of a file that another program has open: sharing and lock violation."""

FOR_ALL = 7
"""Others may read, write and delete it meanwhile."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_MARKUP = (b"<!doctype", b"<htm", b"<head", b"<body", b"<table", b"<meta", b"<?xml", b"<div")
_BOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin")


class FileKind(StrEnum):
    WORKBOOK = "workbook"
    TEXT = "text"


class NotReadable(Refused):
    """A file that cannot be taken in at all; nothing of it was read."""

    template = marked("{file} cannot be read: {reason}")


class FileMissing(Unavailable):
    template = marked("{file} is not there any more. Choose the file again.")


class FileInUse(Unavailable):
    template = marked("Another program holds {file}. Close it in Excel and try again.")


class FileForbidden(Unavailable):
    template = marked("You have no right to read {file}. Ask for it, or choose a copy of your own.")


class FileNotOpened(Unavailable):
    template = marked("{file} cannot be opened: {reason}. Check its name and its drive.")


class FileNotWritten(Unavailable):
    template = marked(
        "{file} cannot be written: {reason} Close it in Excel or choose another name."
    )


SAVE_AS = marked("open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx).")

FOLDER = marked("it is a folder. Choose the file in it.")
EMPTY = marked("it is empty (0 bytes). Copy or download it again.")
TOO_LARGE = marked("it is larger than 50 MB. Split it into smaller files.")
CUT_SHORT = marked("it is damaged or was copied only in part. Copy or download it again.")
PASSWORD = marked(
    "it is protected by a password. Open it in Excel, take the password off under File > Info >"
    " Protect Workbook, save it and try again."
)
OLD_EXCEL = Said(marked("it is in the old Excel format (.xls); {then}"), then=SAVE_AS)
OPEN_DOCUMENT = Said(marked("it is an OpenDocument file; {then}"), then=SAVE_AS)
BINARY_EXCEL = Said(marked("it is a binary workbook (.xlsb); {then}"), then=SAVE_AS)
WEB_PAGE = Said(marked("it is a web page under the name of a table; {then}"), then=SAVE_AS)
PICTURE = marked("it is a picture. Choose the workbook itself.")
NOT_A_TABLE = marked("it is neither an Excel workbook (.xlsx) nor a CSV file.")
OTHER_ARCHIVE = marked("it is an archive, not an Excel workbook (.xlsx). Unpack it first.")
BOMB = marked("it unpacks to far more than a table holds, so it was not opened.")
ENTITIES = marked("it holds a document type declaration, which no workbook needs and some abuse.")


def look_at(path: Path) -> FileKind:
    """Tell a workbook from a text table by content, never by name; refuse everything else."""
    start = _read_start(path)
    if start.startswith(b"PK"):
        _check_archive(path)
        return FileKind.WORKBOOK
    reason = _reason_against(start, path)
    if reason:
        raise NotReadable(file=path.name, reason=reason)
    return FileKind.TEXT


def _read_start(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4_096)
    except FileNotFoundError:
        raise FileMissing(file=path.name) from None
    except OSError as fault:
        raise _unopened(path, fault) from fault
    if not size:
        raise NotReadable(file=path.name, reason=EMPTY)
    if size > LARGEST_FILE:
        raise NotReadable(file=path.name, reason=TOO_LARGE)
    return start


def _unopened(path: Path, fault: OSError) -> AppError:
    """Tell why a file cannot be opened; Windows refuses a folder as if a right were missing."""
    if path.is_dir():
        return NotReadable(file=path.name, reason=FOLDER)
    if isinstance(fault, PermissionError):
        return FileInUse(file=path.name) if _is_held(path) else FileForbidden(file=path.name)
    return FileNotOpened(file=path.name, reason=fault.strerror or str(fault))


def _is_held(path: Path) -> bool:
    """Tell whether another program keeps us from the file: opening it only says "no right"."""
    if sys.platform != "win32":
        return False
    import _winapi  # noqa: PLC0415 -- there is none elsewhere

    access, shared = _winapi.GENERIC_READ, FOR_ALL
    try:
        found = _winapi.CreateFile(str(path), access, shared, 0, _winapi.OPEN_EXISTING, 0, 0)
    except OSError as fault:
        return fault.winerror in HELD_BY_ANOTHER
    _winapi.CloseHandle(found)
    return False


def _reason_against(start: bytes, path: Path) -> str:
    if start.startswith(_OLE):
        return _reason_against_ole(path)
    if start.startswith(_PICTURES):
        return PICTURE
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        return WEB_PAGE
    if start.startswith(b"%PDF"):
        return NOT_A_TABLE
    return ""


def _reason_against_ole(path: Path) -> str:
    """Tell an encrypted workbook from an old one: both are OLE containers."""
    stream = "EncryptedPackage".encode("utf-16-le")
    return PASSWORD if stream in path.read_bytes() else OLD_EXCEL


def _check_archive(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise NotReadable(file=path.name, reason=CUT_SHORT) from None
    reason = _reason_against_parts(parts)
    if reason:
        raise NotReadable(file=path.name, reason=reason)


def _reason_against_parts(parts: list[ZipInfo]) -> str:
    names = {part.filename.replace("\\", "/").lstrip("/") for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        return PASSWORD
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
        return BOMB
    if any(_is_trap(part) for part in parts):
        return BOMB
    if "content.xml" in names and "mimetype" in names:
        return OPEN_DOCUMENT
    if "xl/workbook.bin" in names:
        return BINARY_EXCEL
    if "[Content_Types].xml" not in names and names.isdisjoint(_BOOK_PARTS):
        return OTHER_ARCHIVE
    return ""


def _is_trap(part: ZipInfo) -> bool:
    ratio = part.file_size / max(part.compress_size, 1)
    return part.file_size > SUSPECT_PART and ratio > SUSPECT_RATIO
