"""The program for Windows and its installers, built from this checkout and from an older one.

The older one is this with another number and other files: some that went later are still in it,
one that came later is not there yet.
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import environment
from artefacts import make_windows
from bundle import version
from environment import ROOT
from finish import Source, finish, moment_of
from lock import lock_file
from msi import compile_msi
from nsis import ICON, Bundle, compile_installer, files_below

from wine.table import expect
from wine.windows import Windows

OLDER = "0.0.1"
PATIENCE = 900.0
SOURCES = ("app", "resources", "packaging", "main.py", "pyproject.toml")
VERSION_PLACES = ("pyproject.toml", "app/__init__.py")
GONE_MODULE = "app/gone_later.py"
GONE_FILE = "resources/gone_later/words.txt"
ADDED_FILE = "resources/demo/README.md"  # in the program, and not read by it
FOR_64_BITS_ALONE = "AMD64"
QUICKLY_PACKED = "FAST"

_VERSION = re.compile(r'^(version|__version__) = ".*"$', re.MULTILINE)


@dataclass(frozen=True)
class Sources:
    """A checkout of one version, and what Windows calls its place."""

    folder: Path
    version: str
    moment: int


def these_sources() -> Sources:
    return Sources(ROOT, version(), moment_of(os.environ))


def older_sources(newer: Sources, folder: Path) -> Sources:
    """Return a copy that says it is older, with other files than the newer one."""
    folder.mkdir()
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in SOURCES:
        if (newer.folder / name).is_dir():
            shutil.copytree(newer.folder / name, folder / name, ignore=unwanted)
        else:
            shutil.copy2(newer.folder / name, folder / name)
    for name in VERSION_PLACES:
        file = folder / name
        file.write_text(stamped(file.read_text("utf-8"), OLDER), "utf-8")
    for name in (GONE_MODULE, GONE_FILE):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text('"""Gone in the next version."""\n', "utf-8")
    (folder / ADDED_FILE).unlink()
    return Sources(folder, OLDER, newer.moment - 86_400)


def changed_files(older: Bundle, newer: Bundle) -> str:
    """Return how the files of two versions differ; they have to."""
    before, after = (set(files_below(each.folder / each.contents)) for each in (older, newer))
    gone, added = before - after, after - before
    expect(PurePosixPath(GONE_FILE) in gone and PurePosixPath(ADDED_FILE) in added, "same files")
    module = GONE_MODULE.removesuffix(".py").replace("/", ".").encode("ascii")
    kept = [module in (each.folder / "stockroom.exe").read_bytes() for each in (older, newer)]
    expect(kept == [True, False], f"{GONE_MODULE} is in the versions: {kept}")
    return f"gone: {len(gone)} file(s) and a module, added: {len(added)} file(s)"


def stamped(text: str, version: str) -> str:
    """Return a file's text with another version of the program in it."""
    return _VERSION.sub(rf'\1 = "{version}"', text)


def build(windows: Windows, python: Path, sources: Sources, out: Path) -> Bundle:
    """Build the one-folder program under Wine, by the spec that every build uses."""
    words: list[str | Path] = [
        *(python / "python.exe", "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", out, "--workpath", out / "work"),
        sources.folder / "packaging" / "stockroom.spec",
    ]
    settings = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(sources.moment)}
    done = windows.run(words, patience=PATIENCE, settings=settings)
    folder = out / "stockroom"
    expect(done.code == 0 and folder.is_dir(), f"PyInstaller: {done.code} {done.said[-400:]}")
    bundle = Bundle(folder, sources.version)
    with_tools = environment.prepare_build(lock_file("linux", with_build=True))
    packages = python / "Lib" / "site-packages"
    finish(bundle, Source("windows", packages, with_tools), sources.moment)
    return bundle


def make_older(bundle: Bundle, moment: int, work: Path) -> tuple[Path, Path]:
    """Make an installer and an MSI to begin with, quickly: nobody asks how big they are."""
    setup, msi = (work / f"stockroom-{bundle.version}{end}" for end in ("-setup.exe", ".msi"))
    defines = [FOR_64_BITS_ALONE, QUICKLY_PACKED]
    compile_installer(bundle, setup, work / "older", icon=ICON, moment=moment, defines=defines)
    compile_msi(bundle, msi, work / "older-msi", icon=ICON, moment=moment)
    return setup, msi


def make_all(bundle: Bundle, moment: int, work: Path) -> tuple[Path, Path, Path]:
    """Make the installer, of 64 bits as this Wine is, the MSI and the zip as they are given out."""
    made = make_windows(bundle, work / "release", work / "newer", moment, [FOR_64_BITS_ALONE])
    setup, msi, portable, *_ = made
    return setup, msi, portable
