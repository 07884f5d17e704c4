"""What is done with a folder that PyInstaller made: one form, all licences, one time for all."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import licences
from environment import ROOT
from lock import lock_file
from nsis import Bundle
from told import CannotGoOn

HERE = Path(__file__).parent
LICENCES = "licences"
SBOM = "sbom.cdx.json"

STRIPPABLE = re.compile(r"(^|/)libpython|lib-dynload/|/(sqlalchemy|zxingcpp|markupsafe)/.*\.so$")
"""Libraries that carry words for a debugger. Files that a tool has patched stay as they are."""


@dataclass(frozen=True)
class Source:
    """Where a bundle came from: "linux" or "windows", the libraries, a Python that builds."""

    platform: str
    site_packages: Path
    python: Path


def moment_of(variables: Mapping[str, str]) -> int:
    """Return the time that all files get: SOURCE_DATE_EPOCH, else that of the last commit."""
    if given := variables.get("SOURCE_DATE_EPOCH"):
        return int(given)
    words = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(words, check=True, cwd=ROOT, capture_output=True, text=True)
        return int(done.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return int((ROOT / "pyproject.toml").stat().st_mtime)


def finish(bundle: Bundle, source: Source, moment: int) -> None:
    """Bring a fresh bundle into the form in which it is given out."""
    contents = bundle.folder / bundle.contents
    licences.refuse_gpl(contents)
    if source.platform == "linux":
        strip(contents)
    into = contents / LICENCES
    lock = lock_file(source.platform, with_build=False)
    licences.collect(into, source.site_packages, lock, extra=["pyinstaller"])
    if source.platform == "linux":
        licences.collect_of_system(into, (x for x in contents.glob("lib*") if not x.is_symlink()))
    told = [source.site_packages, lock, contents, bundle.version, moment, into / SBOM]
    done = subprocess.run([str(source.python), str(HERE / "sbom.py"), *map(str, told)], check=False)
    if done.returncode:
        raise CannotGoOn("The list of what is in the program could not be written.")
    set_times(bundle.folder, moment)


def strip(contents: Path) -> None:
    """Take out of libraries what only a debugger wants."""
    if not shutil.which("strip"):
        return
    found = [path for path in contents.rglob("*.so*") if STRIPPABLE.search(path.as_posix())]
    plain = [str(path) for path in found if path.is_file() and not path.is_symlink()]
    subprocess.run(["strip", "--strip-unneeded", *plain], check=True)


def set_times(folder: Path, moment: int) -> None:
    """Give every file and folder the same time and plain rights."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)
        if not path.is_symlink() or os.utime in os.supports_follow_symlinks:
            os.utime(path, (moment, moment), follow_symlinks=not path.is_symlink())
