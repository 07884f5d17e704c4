"""What a test needs of the system beside Python and our libraries.

A test marked `needs("wixl")` is left out where that cannot be had, and the end of the run says so.
Where it can be installed but is not there, the test does not pass.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path

import debian
import pytest

from tests.support.unprivileged import refusing_folder


def unmet() -> list[str]:
    """Return what cannot be had here."""
    return [name for name in NEEDS if not can_be_had(name)]


@cache
def can_be_had(name: str) -> bool:
    return NEEDS[name]()


def left_out(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that need what cannot be had here."""
    return [item for item in items if not all(map(can_be_had, _needs(item)))]


def _needs(item: pytest.Item) -> list[str]:
    return [name for mark in item.iter_markers("needs") for name in mark.args]


def _program(name: str) -> bool:
    return bool(shutil.which(name)) or debian.may_install()


def _is_unix() -> bool:
    return sys.platform != "win32"


def _links() -> bool:
    """Windows lets only those make links who may; some that look like it do not follow them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        try:
            (folder / "link").symlink_to(folder / "file")
        except OSError:
            return False
        return (folder / "link").resolve() == folder / "file"


def _refusals() -> bool:
    """Windows refuses administrators too what nobody may; some that look like it do not."""
    with refusing_folder() as folder:
        try:
            (folder / "file").touch()
        except PermissionError:
            return True
        return False


def _long_paths() -> bool:
    """Windows lets programs have them where an administrator says so."""
    if sys.platform != "win32":
        return True
    import winreg  # noqa: PLC0415 -- there is none elsewhere

    place = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
    except OSError:
        return False


def _read_only_storage() -> bool:
    """Some systems let nobody but root have mounts of their own, or not even root."""
    words = ["unshare", "--map-root-user", "--mount", "true"]
    return sys.platform == "linux" and not subprocess.run(words, check=False).returncode


NEEDS: dict[str, Callable[[], bool]] = {
    "dpkg-deb": partial(_program, "dpkg-deb"),
    "objdump": partial(_program, "objdump"),
    "makensis": partial(_program, "makensis"),
    "wixl": partial(_program, "wixl"),
    "symbolic links": _links,
    "folders that refuse": _refusals,
    "paths of any length": _long_paths,
    "a system like Unix": _is_unix,
    "read-only storage": _read_only_storage,
    "Linux": lambda: sys.platform == "linux",
}
