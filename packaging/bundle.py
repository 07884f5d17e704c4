"""The frozen program: made by PyInstaller, then tried where there is nothing else."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

import environment
from environment import ROOT
from finish import Source, finish
from lock import lock_file
from nsis import Bundle
from sizes import size_of
from told import CannotGoOn, report, timed
from tours import differences, failed_steps, take_tour_with

SPEC = Path(__file__).with_name("stockroom.spec")
DIST = ROOT / "dist"
FOLDER = DIST / "stockroom"

NEEDED_ON_WINDOWS = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "WINDIR")
"""Without these Windows itself cannot start a program."""

HOMES = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
"""By the last one platformdirs takes a folder for the user's where Windows says another."""


def build(moment: int) -> Bundle:
    """Make this system's bundle of the locked libraries, and take the tour with it."""
    platform = "windows" if sys.platform == "win32" else "linux"
    python = environment.prepare_build(lock_file(platform, with_build=True))
    shutil.rmtree(FOLDER, ignore_errors=True)
    with timed("Building the bundle"):
        made = subprocess.run(
            [
                *(
                    str(python),
                    "-m",
                    "PyInstaller",
                    "--noconfirm",
                    "--clean",
                    "--log-level",
                    "ERROR",
                ),
                *("--distpath", str(DIST), "--workpath", str(ROOT / "build" / "bundle")),
                str(SPEC),
            ],
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(moment)},
        )
    if made.returncode:
        raise CannotGoOn("PyInstaller could not build the bundle; what it says stands above.")
    bundle = Bundle(FOLDER, version())
    packages = environment.site_packages_of(environment.BUILD_VENV)
    finish(bundle, Source(platform, packages, python), moment)
    report(f"{FOLDER}: {size_of(FOLDER) / 1e6:.0f} MB")
    _try_out(python, ROOT / "build" / "bundle-tour")
    return bundle


def built(folder: Path = FOLDER) -> Bundle:
    """Return the bundle that `build` left; raises CannotGoOn if there is none of this version."""
    found = Bundle(folder, version())
    if not folder.is_dir() or f"-{found.version}-" not in found.contents:
        raise CannotGoOn(f"{folder} is not of {found.version}: first dev.py build trial")
    return found


def version() -> str:
    """Return the version that pyproject.toml says."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return str(found)


def bare_environment(home: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Return an environment with another home and nothing of this one."""
    needed = {name: variables[name] for name in NEEDED_ON_WINDOWS if name in variables}
    return {**needed, **dict.fromkeys(HOMES, str(home))}


def _try_out(python: Path, out: Path) -> None:
    """Take the tour with the bundle where there is nothing else; it must come to what the source's
    comes to, run by the Python that built it."""
    program = FOLDER / ("stockroom.exe" if sys.platform == "win32" else "stockroom")
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="stockroom-home-") as home:
        bare = bare_environment(Path(home), os.environ)
        with timed("Taking the tour with it, in an empty environment"):
            own = take_tour_with([str(program)], out, bare)
        with timed("Taking the tour of the source, to compare"):
            source = take_tour_with(
                [str(python), str(ROOT / "main.py")], Path(home, "source"), bare
            )
    if failed := failed_steps(own):
        raise CannotGoOn(f"Steps of the bundle's tour that did not go well: {', '.join(failed)}")
    if differing := differences(own, source):
        raise CannotGoOn("The bundle's tour and the source's differ:\n" + "\n".join(differing))
    report(f"The bundle's tour: {len(own['steps'])} steps, all well, with the source's results")
