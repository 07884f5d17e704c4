"""The checkout's own virtual environment: made once, renewed when what it should hold changes."""

import hashlib
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import debian
from told import CannotGoOn, report, timed

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD_VENV = ROOT / "build" / "venv"
CONSTRAINTS = Path(__file__).with_name("constraints.txt")

OLDEST, NEWEST = (3, 11), (3, 13)
"""The versions of Python that the pinned libraries are made for."""


def check_version(version: tuple[int, int]) -> None:
    """Refuse a Python that the pinned libraries do not support."""
    if not OLDEST <= version <= NEWEST:
        found, oldest, newest = (f"{major}.{minor}" for major, minor in (version, OLDEST, NEWEST))
        raise CannotGoOn(
            f"This is Python {found}; Stockroom needs {oldest} to {newest}."
            f" Start it with one of these, for example: python{oldest} packaging/dev.py"
        )


def requirements(project: dict[str, Any], extras: Iterable[str]) -> list[str]:
    """Return what to install, out of pyproject.toml's content: the program's own, then extras."""
    known = project["project"]["optional-dependencies"]
    return [*project["project"]["dependencies"], *(line for name in extras for line in known[name])]


def fingerprint(lines: Sequence[str], constraints: str, python: str) -> str:
    """Return a word that changes when the environment has to be set up anew."""
    return hashlib.sha256("\n".join([*sorted(lines), constraints, python]).encode()).hexdigest()


def python_of(venv: Path, platform: str = sys.platform) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if platform == "win32" else "bin/python")


def prepare(extras: Sequence[str] = ()) -> Path:
    """Return the interpreter of an environment that holds what pyproject.toml asks for."""
    check_version(sys.version_info[:2])
    lines = requirements(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")), extras)
    wanted = fingerprint(lines, CONSTRAINTS.read_text("utf-8"), sys.version)
    stamp = VENV / f"ready-{'-'.join(extras) or 'run'}"
    python = python_of(VENV)
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    if not _works(python):
        _make(VENV)
    with timed(f"Installing {len(lines)} libraries and what they need"):
        _install(python, lines)
    stamp.write_text(wanted)
    return python


def prepare_build(lock: Path) -> Path:
    """Return the interpreter of an environment that holds exactly what a lock file names."""
    check_version(sys.version_info[:2])
    wanted = fingerprint([], lock.read_text("utf-8"), sys.version)
    stamp = BUILD_VENV / "ready"
    python = python_of(BUILD_VENV)
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    _make(BUILD_VENV)
    with timed(f"Installing what {lock.name} locks"):
        words = [*_pip(python), "install", "-qq", "--disable-pip-version-check"]
        words += ["--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(lock)]
        if subprocess.run(words, check=False, cwd=ROOT).returncode:
            raise CannotGoOn("pip could not install the locked libraries; why stands above.")
    stamp.write_text(wanted)
    return python


def without_display(variables: Mapping[str, str], platform: str = sys.platform) -> dict[str, str]:
    """Return variables by which Qt shows nothing; on Windows it finds no fonts then by itself."""
    own = {**variables, "QT_QPA_PLATFORM": "offscreen"}
    if platform == "win32":
        own.setdefault("QT_QPA_FONTDIR", rf"{variables['SYSTEMROOT']}\Fonts")
    return own


def site_packages_of(venv: Path, platform: str = sys.platform) -> Path:
    """Return where a virtual environment keeps its libraries."""
    if platform == "win32":
        return venv / "Lib" / "site-packages"
    return next(venv.glob("lib/python*/site-packages"))


def _works(python: Path) -> bool:
    """Tell whether an environment is there, whole, and of the Python that runs this."""
    if not python.exists():
        return False
    command = [str(python), "-c", "import sys; print(sys.version)"]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def _make(venv: Path) -> None:
    report(f"Making a virtual environment in {venv.relative_to(ROOT)}")
    if not find_spec("ensurepip") and not find_spec("pip"):
        debian.install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    bare = [] if _bundles_pip() else ["--without-pip"]
    subprocess.run([sys.executable, "-m", "venv", "--clear", *bare, str(venv)], check=True)


def _bundles_pip() -> bool:
    """Tell whether this Python brings pip for new environments; Debian's does so on demand."""
    command = [sys.executable, "-c", "import ensurepip"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _install(python: Path, lines: Sequence[str]) -> None:
    command = [*_pip(python), "install", "-qq", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, "--constraint", str(CONSTRAINTS), *lines], check=False, cwd=ROOT
    )
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotGoOn("pip could not install the libraries; what it says stands above.")


def _pip(python: Path) -> list[str]:
    """Return how to call pip for an environment: its own, else the one beside this Python."""
    own = subprocess.run([python, "-m", "pip", "--version"], check=False, capture_output=True)
    if own.returncode == 0:
        return [str(python), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(python)]
