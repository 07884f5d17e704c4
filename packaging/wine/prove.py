"""Sets the rig up, builds, proves, and prints the table. Run by `dev.py prove-windows`."""

import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import debian
import environment
from environment import ROOT
from lock import lock_file
from nsis import Bundle
from sizes import check_files, check_folder, size_of
from told import CannotGoOn, report

from wine import chroot, server, windows_python
from wine.apart import run_apart
from wine.building import (
    Sources,
    build,
    make_all,
    make_older,
    older_sources,
    these_sources,
)
from wine.cache import cache_folder, remove
from wine.installer_rows import InTheWay
from wine.msi_rows import Msi
from wine.rig import Rig, Version
from wine.rows import AllUsers, OneUser, prove_zip
from wine.screen import Screen
from wine.server import Server
from wine.table import Table
from wine.windows import Windows

PROGRAMS = {
    "debootstrap": "debootstrap",
    "makensis": "nsis",
    "wixl": "wixl",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "Xvfb": "xvfb",
    "xkbcomp": "x11-xkb-utils",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "import": "imagemagick",
    "tesseract": "tesseract-ocr",
}
"""What the rig runs, and the package of Debian that has it."""


def prove_apart(python: Path) -> int:
    """Install what the rig runs, then prove where mounts and processes end with it."""
    return _run_apart(python, [])


def build_apart(python: Path, out: Path) -> None:
    """Build the Windows program in the same way and leave it in a folder.

    It is for trying: the Python in it is put together from parts. What is given out is built on
    Windows.
    """
    if _run_apart(python, [str(out)]):
        raise CannotGoOn("The program for Windows could not be built under Wine.")


def _run_apart(python: Path, words: list[str]) -> int:
    if missing := sorted({PROGRAMS[name] for name in PROGRAMS if not shutil.which(name)}):
        debian.install(missing)
    places = os.pathsep.join([str(ROOT / "packaging"), str(ROOT)])
    variables = {**os.environ, "PYTHONPATH": places, "PYTHONDONTWRITEBYTECODE": "1"}
    return run_apart([str(python), "-m", "wine.prove", *words], variables)


def main(arguments: list[str]) -> int:
    """Return 0 only if every row is ok; with a folder's name only build, and leave it there."""
    cache = cache_folder(os.environ)
    environment.prepare_build(lock_file("linux", with_build=True))
    if arguments:
        with _rig(cache) as (rig, python):
            bundle = build(rig.windows, python, these_sources(), rig.work / "dist")
            shutil.copytree(bundle.folder, arguments[0])
        return 0
    table = Table()
    with closing(Server(server.prepare(cache / "server"))) as running, _rig(cache) as (rig, python):
        _prove(table, rig, python, running)
    report(f"\n{table}\nPictures and installers: {rig.work}")
    return 0 if table.is_ok else 1


@contextmanager
def _rig(cache: Path) -> Iterator[tuple[Rig, Path]]:
    python = windows_python.prepare(cache / "python")
    inside = chroot.prepare(cache / "trixie")
    work = cache / "work"
    remove(work)
    work.mkdir()
    screen = Screen()
    windows = Windows(inside, work, screen.display)
    try:
        windows.start()
        windows.show(python, "/python")
        windows.show(ROOT, "/source")
        yield Rig(windows, screen, work), python
    finally:
        windows.close()
        screen.close()


def _prove(table: Table, rig: Rig, python: Path, running: Server) -> None:
    newer = these_sources()
    older = older_sources(newer, rig.work / "older-source")
    bundles: list[Bundle] = []
    versions: list[Version] = []
    table.prove(
        "both versions built by the spec", lambda: _build(rig, python, (older, newer), bundles)
    )
    if not bundles:
        return
    table.prove("installed size", lambda: check_folder(bundles[1], "windows"))
    table.prove("installers, MSI and zip made", lambda: _pack(rig, older, newer, bundles, versions))
    if not versions:
        return
    first, second = versions
    table.prove("size of the installer", lambda: check_files([second.setup])[0])
    OneUser(rig, first, second).prove(table)
    InTheWay(rig).prove(table)
    AllUsers(rig, second, running).prove(table)
    Msi(rig, first, second).prove(table)
    table.prove("starts from any folder (zip)", lambda: prove_zip(rig, second))


def _build(rig: Rig, python: Path, sources: tuple[Sources, ...], made: list[Bundle]) -> str:
    with ThreadPoolExecutor() as pool:
        jobs = [
            pool.submit(build, rig.windows, python, each, rig.work / f"dist-{each.version}")
            for each in sources
        ]
        made += [job.result() for job in jobs]
    return ", ".join(f"{each.version} {size_of(each.folder) / 1e6:.0f} MB" for each in made)


def _pack(
    rig: Rig, older: Sources, newer: Sources, bundles: list[Bundle], made: list[Version]
) -> str:
    first, second = bundles
    with ThreadPoolExecutor() as pool:
        quick = pool.submit(make_older, first, older.moment, rig.work)
        whole = pool.submit(make_all, second, newer.moment, rig.work)
        files = whole.result()
        made += [Version(first, *quick.result()), Version(second, *files)]
    return ", ".join(f"{each.name} {each.stat().st_size / 1e6:.1f} MB" for each in files)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotGoOn as reason:
        sys.exit(str(reason))
