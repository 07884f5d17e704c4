"""Finds out how this copy of the program was installed."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePath

from app.core.folders import is_writable
from app.core.updates import Copy, copy_on_linux, copy_on_windows

UNINSTALLER = "stockroom-uninstall.exe"
UNINSTALL_KEY = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Stockroom"
"""Where the setup registers it, for all users if it was installed for all."""

PACKAGE_FOLDER = Path("/opt/stockroom")
PACKAGE_LIST = Path("/var/lib/dpkg/info/stockroom.list")
"""What dpkg keeps of a package while it is installed."""


def this_copy() -> Copy:
    """Return how the program that runs was installed."""
    if not getattr(sys, "frozen", False):
        return Copy()
    folder = Path(sys.executable).resolve().parent
    if sys.platform == "win32":
        return copy_on_windows(
            has_uninstaller=(folder / UNINSTALLER).exists(),
            is_everybodys=in_program_files(folder, os.environ) or _is_registered_for_all(folder),
            is_writable=is_writable(folder),
        )
    return copy_on_linux(is_package=folder == PACKAGE_FOLDER and PACKAGE_LIST.exists())


def in_program_files(folder: PurePath, variables: Mapping[str, str]) -> bool:
    """Tell whether a folder lies where Windows keeps the programs of all users."""
    names = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
    places = [variables[name] for name in names if variables.get(name)]
    return any(folder.is_relative_to(type(folder)(place)) for place in places)


if sys.platform == "win32":

    def _is_registered_for_all(folder: Path) -> bool:
        import winreg  # noqa: PLC0415 -- there is none elsewhere

        with (
            suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, UNINSTALL_KEY) as key,
        ):
            return os.path.samefile(winreg.QueryValueEx(key, "InstallLocation")[0], folder)
        return False
