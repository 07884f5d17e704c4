"""The installer for Windows: what windows/stockroom.nsi unpacks, and its compilation."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from told import CannotGoOn, timed

SCRIPT = Path(__file__).with_name("windows") / "stockroom.nsi"
LIST = "files.txt"
ICON = Path(__file__).parent.parent / "resources" / "icons" / "stockroom.ico"


@dataclass(frozen=True)
class Bundle:
    """A finished one-folder program of one version, for Windows or Linux."""

    folder: Path
    version: str

    @property
    def contents(self) -> str:
        """Return the name of the one folder in it that all but the programs lies in."""
        (found,) = (path.name for path in self.folder.iterdir() if path.is_dir())
        return found


def files_below(folder: Path) -> list[PurePosixPath]:
    """Return the paths of all files in a folder, in an order that is always the same."""
    found = (path for path in folder.rglob("*") if not path.is_dir())
    return sorted(PurePosixPath(path.relative_to(folder).as_posix()) for path in found)


def what_to_delete(files: Iterable[PurePosixPath]) -> str:
    """Return the uninstaller's list: every file, then every folder after those in it."""
    names = sorted(files)
    folders = {parent for name in names for parent in name.parents if parent.parts}
    lines = [
        *(str(name) for name in names),
        *(f"{folder}/" for folder in sorted(folders, reverse=True)),
    ]
    return "".join(f"{line}\r\n" for line in lines).replace("/", "\\")


def what_to_find(bundle: Bundle, listed: Path) -> str:
    """Return the names and sizes, line by line, that must be there before the versions change.

    The programs have an ending then: they replace those of the old version by being renamed.
    """
    found = {f"{bundle.contents}/{LIST}": listed}
    for name in files_below(bundle.folder):
        new = "" if bundle.contents in name.parts else ".new"
        found[f"{name}{new}"] = bundle.folder / name
    lines = (f"{name}\r\n{path.stat().st_size}\r\n" for name, path in found.items())
    return "".join(lines).replace("/", "\\")


def what_to_unpack(contents: Path, listed: Path) -> str:
    """Return the lines of the script that unpack a build's folder: its list before all else."""
    names = files_below(contents)
    if odd := [str(name) for name in names if set('$"') & set(str(name))]:
        raise CannotGoOn(f"The installer's script cannot name these files: {', '.join(odd)}")
    lines = [*_in_folder(contents.name, PurePosixPath()), f'File "{listed}"']
    here = PurePosixPath()
    for name in names:
        if name.parent != here:
            here = name.parent
            lines += _in_folder(contents.name, here)
        lines.append(f'File "{contents / name}"')
    return "".join(f"{line}\n" for line in lines)


def four_numbers(version: str) -> str:
    """Return a version as Windows writes them: 1.2.3 and 1.2.3rc1 are both 1.2.3.0."""
    numbers = re.findall(r"\d+", re.match(r"[\d.]*", version)[0])  # type: ignore[index]
    return ".".join([*numbers, "0", "0", "0", "0"][:4])


def compile_installer(
    bundle: Bundle,
    out: Path,
    work: Path,
    *,
    icon: Path,
    moment: int,
    defines: Iterable[str] = (),
) -> None:
    """Make the installer of a bundle; `moment` is the time its files get, `work` is scratch."""
    if not shutil.which("makensis"):
        raise CannotGoOn("This needs makensis, which is in Debian's package nsis.")
    contents = bundle.folder / bundle.contents
    work.mkdir(parents=True, exist_ok=True)
    listed = work / LIST
    listed.write_text(what_to_delete(files_below(contents)), "utf-16-le", newline="")
    sizes = work / "sizes.txt"
    sizes.write_text(what_to_find(bundle, listed), "utf-16-le", newline="")
    for path in (listed, sizes):
        os.utime(path, (moment, moment))
    script = work / "files.nsh"
    script.write_text(what_to_unpack(contents, listed), "utf-8")
    size = sum(bundle.folder.joinpath(name).stat().st_size for name in files_below(bundle.folder))
    told = {
        "VERSION": bundle.version,
        "VERSION4": four_numbers(bundle.version),
        "SRC": str(bundle.folder),
        "FILES": str(script),
        "SIZES": str(sizes),
        "CONTENTS": bundle.contents,
        "SIZE_KB": str(size // 1024),
        "ICON": str(icon),
        "OUT": str(out),
    }
    words = [*(f"-D{name}={value}" for name, value in told.items()), *(f"-D{x}" for x in defines)]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(SCRIPT)]
    with timed(f"Making {out.name}"):
        done = subprocess.run(
            command,
            check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
        )
    if done.returncode:
        raise CannotGoOn("makensis could not make the installer; what it says stands above.")


def _in_folder(contents: str, folder: PurePosixPath) -> list[str]:
    path = "\\".join((contents, *folder.parts))
    return [f'SetOutPath "$INSTDIR\\{path}"']


def make_dummy(folder: Path) -> Bundle:
    """Return a bundle in which every file is small: enough to compile the script."""
    contents = folder / "program-0.0.0-dummy"
    (contents / "PySide6").mkdir(parents=True, exist_ok=True)
    for path in (contents / "base.zip", contents / "PySide6" / "Qt6Core.dll"):
        path.write_bytes(b"dummy")
    for name in ("stockroom.exe", "stockroom-console.exe"):
        (folder / name).write_bytes(b"MZ")
    return Bundle(folder, "0.0.0")


def check_script(work: Path) -> None:
    """Compile the installer's script, as released and as used in trials."""
    bundle = make_dummy(work / "dummy")
    for name, defines in (("released", ()), ("trial", ("FAST", "AMD64"))):
        out = work / f"dummy-{name}-installer.exe"
        compile_installer(bundle, out, work / name, icon=ICON, moment=0, defines=defines)
