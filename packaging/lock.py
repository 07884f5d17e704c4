"""Writes packaging/locks anew from pyproject.toml and constraints.txt: each library's hashes.

python packaging/lock.py     # needs uv: pip install uv

`linux.txt` and `windows.txt` hold what is in the program, `-build.txt` also what builds it. They
are for Python 3.11, of which the released programs are made, and name no address to load from.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from environment import CONSTRAINTS, ROOT
from told import CannotGoOn, report

LOCKS = Path(__file__).with_name("locks")
PYTHON = "3.11"
PLATFORMS = {"linux": "x86_64-manylinux_2_34", "windows": "x86_64-pc-windows-msvc"}


def lock_file(platform: str, *, with_build: bool) -> Path:
    """Return the file for "linux" or "windows": what the program holds, or what builds it too."""
    return LOCKS / f"{platform}{'-build' if with_build else ''}.txt"


def compile_words(platform: str, *, with_build: bool) -> list[str]:
    """Return the command that prints one of the files."""
    return [
        *("uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-header"),
        *("--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
        *("--python-version", PYTHON, "--python-platform", PLATFORMS[platform]),
        *("--constraint", str(CONSTRAINTS)),
        *(("--extra", "build") if with_build else ()),
        str(ROOT / "pyproject.toml"),
    ]


def normal(name: str) -> str:
    """Return a library's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_names(file: Path) -> list[str]:
    """Return the libraries that a lock file names."""
    return re.findall(r"^([\w.-]+)==", file.read_text("utf-8"), re.MULTILINE)


def write_all(variables: Mapping[str, str]) -> None:
    """Write the four files."""
    if not shutil.which("uv"):
        raise CannotGoOn("This needs uv: pip install uv")
    for platform in PLATFORMS:
        for with_build in (False, True):
            done = subprocess.run(
                compile_words(platform, with_build=with_build),
                check=False,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env=dict(variables),
            )
            if done.returncode:
                raise CannotGoOn(done.stderr)
            file = lock_file(platform, with_build=with_build)
            file.write_text(done.stdout, "utf-8", newline="\n")
            report(f"{file.relative_to(ROOT)}: {done.stdout.count('==')} libraries")


if __name__ == "__main__":
    try:
        write_all(os.environ)
    except CannotGoOn as reason:
        sys.exit(str(reason))
