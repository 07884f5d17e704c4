"""A Python for Windows, put together for tests alone: what it builds is not for shipping.

Panda3D's wheel holds python.org's own libraries (3.11.9, signed by the PSF) for building programs
on other systems. It has no python.exe, no python3.dll, which names the stable part of
python311.dll, and no modules written in Python: the first two are made by MinGW, the modules are
those of the Python that runs this.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable
from pathlib import Path

from lock import lock_file
from told import CannotGoOn, timed

from wine.cache import check_sum, make_once, sha256

HERE = Path(__file__).parent
LOCK = lock_file("windows", with_build=True)
WHEEL = HERE / "panda3d.txt"

VERSION = "311"
LIBRARY = f"python{VERSION}.dll"
LIBRARY_SUM = "0817a2a657a24c0d5fbb60df56960f42fc66b3039d522ec952dab83e2d869364"
UNUSED = ("_tkinter.pyd", "tcl86t.dll", "tk86t.dll", "_msi.pyd")
NOT_FOR_WINDOWS = ("lib-dynload", "site-packages", "test", "tkinter", "idlelib", "ensurepip")
COMPILER = "x86_64-w64-mingw32-gcc"

FOR_WINDOWS = (
    *("--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp"),
    "--only-binary=:all:",
)


def prepare(folder: Path) -> Path:
    """Return the folder of a Python for Windows with all that builds the program in it."""
    if sys.version_info[:2] != (3, 11):
        raise CannotGoOn("The rig needs to be run by Python 3.11: its modules go to Windows too.")
    recipes = (LOCK, WHEEL, HERE / "python.c", Path(__file__))
    make_once(folder, " ".join([sys.version, *map(sha256, recipes)]), _make)
    return folder


def exported_names(listing: str) -> list[str]:
    """Return what a library offers, out of objdump's private headers."""
    table = listing.partition("[Ordinal/Name Pointer] Table")[2]
    return re.findall(r"^\s*\[.*\] +(?:[0-9a-f]{4} )?(\w+)$", table, re.MULTILINE)


def forwarding(names: Iterable[str]) -> str:
    """Return the definition of a python3.dll that hands every name on."""
    library = Path(LIBRARY).stem
    return "LIBRARY python3.dll\nEXPORTS\n" + "".join(
        f"{name} = {library}.{name}\n" for name in names
    )


def _make(folder: Path) -> None:
    with timed("Putting a Python for Windows together (once)"):
        folder.mkdir()
        _unpack(folder)
        _compile(folder)
        _copy_modules(folder / "Lib")
        words = ["install", "--no-deps", "--no-compile", "--target"]
        packages = str(folder / "Lib" / "site-packages")
        _pip([*words, packages, *FOR_WINDOWS, "--require-hashes", "-r", str(LOCK)])


def _unpack(folder: Path) -> None:
    download = folder / "download"
    words = ["download", "--no-deps", *FOR_WINDOWS, "--dest", str(download)]
    _pip([*words, "--require-hashes", "-r", str(WHEEL)])
    (wheel,) = download.glob("*.whl")
    (folder / "DLLs").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.namelist():
            name = entry.rpartition("/")[2]
            if not entry.startswith("deploy_libs/") or not name or name in UNUSED:
                continue
            target = folder / "DLLs" / name if name.endswith(".pyd") else folder / name
            target.write_bytes(archive.read(entry))
    check_sum(folder / LIBRARY, LIBRARY_SUM)
    shutil.rmtree(download)


def _compile(folder: Path) -> None:
    whole = folder / LIBRARY
    listing = _do(["x86_64-w64-mingw32-objdump", "-p", str(whole)])
    definition = folder / "python3.def"
    definition.write_text(forwarding(exported_names(listing)), "utf-8")
    stable = ["-shared", "-nostdlib", str(definition), "-Wl,--entry=0"]
    _do([COMPILER, *stable, "-o", str(folder / "python3.dll")])
    program = ["-O2", "-municode", str(HERE / "python.c"), str(whole)]
    _do([COMPILER, *program, "-o", str(folder / "python.exe")])
    definition.unlink()


def _copy_modules(target: Path) -> None:
    left_out = shutil.ignore_patterns(*NOT_FOR_WINDOWS, "config-*", "__pycache__", "*.so")
    shutil.copytree(sysconfig.get_path("stdlib"), target, ignore=left_out)


def _pip(words: list[str]) -> None:
    _do([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words])


def _do(words: list[str]) -> str:
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CannotGoOn(f"{' '.join(words)} did not work:\n{done.stdout[-2000:]}{done.stderr}")
    return done.stdout
