"""The steps of the test command, one line each."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT, without_display
from told import report

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"

PYTEST = (
    *("-m", "pytest", "-q", "-m", "not long"),
    *("-n", "2", "--dist", "loadfile"),  # what a file sets up for all its tests, it sets up once
)


@dataclass(frozen=True)
class Step:
    """One check: the interpreter's arguments, and whether its words are shown as they come."""

    name: str
    words: tuple[str, ...]
    is_shown: bool = False


def steps(for_pytest: Sequence[str]) -> list[Step]:
    """Return all steps; what was given on the command line goes to pytest."""
    return [
        Step("ruff check", ("-m", "ruff", "check")),
        Step("ruff format", ("-m", "ruff", "format", "--check")),
        Step("mypy", ("-m", "mypy")),
        Step("import layers", ("-c", LINT_IMPORTS)),
        Step("pytest", (*PYTEST, *for_pytest), is_shown=True),
    ]


def run_steps(python: Path, todo: Sequence[Step]) -> int:
    """Run every step, also after one did not pass; return 0 only if all of them passed."""
    environment = without_display(os.environ)
    results = [_run(python, step, environment) for step in todo]
    return 0 if all(results) else 1


def _run(python: Path, step: Step, environment: dict[str, str]) -> bool:
    began = time.monotonic()
    output = None if step.is_shown else subprocess.PIPE
    done = subprocess.run(
        [python, *step.words],
        check=False,
        cwd=ROOT,
        env=environment,
        stdout=output,
        stderr=None if step.is_shown else subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    passed = done.returncode == 0
    if not passed and done.stdout:
        print(done.stdout, end="", file=sys.stdout, flush=True)
    verdict = "passed" if passed else "DID NOT PASS"
    report(f"{step.name:<14}{verdict} in {time.monotonic() - began:.1f} s")
    return passed
