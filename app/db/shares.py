"""Keeps database files off network drives, where SQLite cannot keep them safe."""

import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from app.core.errors import Unavailable, marked

MOUNTS = Path("/proc/mounts")

NETWORK_KINDS = {
    *("afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"),
    *("fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "orangefs", "smb3"),
    *("smbfs", "vboxsf", "vmhgfs", "fuse.vmhgfs-fuse", "fuse.gvfsd-fuse"),
}
"""File systems whose files lie on another computer, by the names Linux gives them."""

DRIVE_REMOTE = 4  # GetDriveTypeW, winbase.h


class OnNetworkShare(Unavailable):
    template = marked(
        "{place} lies on a network drive ({detail}). Two PCs writing to a file there would "
        "destroy it: locks do not hold across the network. Keep the database in a folder of this "
        "PC and only its backups on the share; if several PCs are to use it, put it on a "
        "PostgreSQL server."
    )


def refuse_network_share(file: Path) -> None:
    """Raise OnNetworkShare if the file lies, or would lie, on another computer."""
    if detail := _network_of(file):
        raise OnNetworkShare(place=file, detail=detail)


def _network_of(file: Path) -> str:
    path = _real(file)
    if sys.platform == "win32":
        return windows_network(path, _drive_type(path[:3]))
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # no Linux: there is no way to know
        return ""
    return linux_network(path, mounts)


def _real(file: Path) -> str:
    """Return where a file is without links, or as it stands where they cannot be followed."""
    try:
        return str(file.resolve())
    except (OSError, RuntimeError):  # a drive whose driver cannot tell; a loop of links
        return str(file.absolute())


def windows_network(path: str, drive_type: int) -> str:
    """Return which share a Windows path lies on; empty for a drive of this PC."""
    plain = path.removeprefix("\\\\?\\")
    if plain.startswith("UNC\\") or plain.startswith("\\\\"):
        host, _, share = plain.removeprefix("UNC\\").lstrip("\\").partition("\\")
        return f"\\\\{host}\\{share.partition(chr(92))[0]}"
    return plain[:2] if drive_type == DRIVE_REMOTE else ""


def linux_network(path: str, mounts: Iterable[str]) -> str:
    """Return the kind of network drive a path lies on, from the lines of /proc/mounts."""
    parts = PurePosixPath(path)
    kind, depth = "", -1
    for line in mounts:
        _, point, found, *_ = line.split(" ")
        where = PurePosixPath(_unescaped(point))
        if parts.is_relative_to(where) and len(where.parts) >= depth:
            kind, depth = found, len(where.parts)
    return kind if kind in NETWORK_KINDS else ""


def _unescaped(point: str) -> str:
    """The kernel writes blanks in the name of a mount point as octal numbers."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point


def _drive_type(root: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes  # noqa: PLC0415 - only Windows has what follows

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))
