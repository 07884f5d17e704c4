"""Archives that are the same, byte for byte, when the same files go in."""

import hashlib
import os
import tarfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path


def write_zip(folder: Path, out: Path, top: str, moment: int) -> None:
    """Write a folder's files into a zip, beneath a folder of the name `top`."""
    stamp = time.gmtime(moment)[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_dir():
                continue
            entry = zipfile.ZipInfo(f"{top}/{path.relative_to(folder).as_posix()}", stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100000 | (path.stat().st_mode & 0o777)) << 16
            archive.writestr(entry, path.read_bytes())


def write_tar_xz(folder: Path, out: Path, top: str, moment: int) -> None:
    """Write a folder into a .tar.xz, beneath a folder of the name `top`; links stay links."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime = moment
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        return entry

    with tarfile.open(out, "w:xz", format=tarfile.GNU_FORMAT, preset=6) as archive:
        for path in [folder, *sorted(folder.rglob("*"))]:
            name = os.path.normpath(f"{top}/{path.relative_to(folder).as_posix()}")
            archive.add(path, name, recursive=False, filter=plain)


def write_sums(files: Iterable[Path], out: Path) -> None:
    """Write SHA256SUMS as `sha256sum --check` reads it."""
    lines = [f"{sha256(path)}  {path.name}\n" for path in sorted(files)]
    out.write_text("".join(lines), "utf-8", newline="\n")


def sha256(path: Path) -> str:
    """Return a file's SHA-256 sum in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
