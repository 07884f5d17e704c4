"""Takes the tour with the program in one of its forms, and holds two tours beside each other."""

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from environment import without_display
from told import CannotGoOn

Step = dict[str, Any]
DIFFERS = ("database", "milliseconds", "asked")
"""What two tours may tell differently: where and when they were taken."""


def take_tour_with(program: Sequence[str], out: Path, variables: Mapping[str, str]) -> Step:
    """Return what the tour of a program says of itself; raises CannotGoOn if it says nothing."""
    words = [*program, "tour", "--out", str(out)]
    done = subprocess.run(
        words,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=without_display(variables),
    )
    summary = out / "summary.json"
    if done.returncode or not summary.exists():
        raise CannotGoOn(
            f"The tour of {program[-1]} ended with {done.returncode}.\n{done.stdout}{done.stderr}"
        )
    found: Step = json.loads(summary.read_text("utf-8"))
    return found


def failed_steps(tour: Step) -> list[str]:
    """Return the names of the steps that did not go well."""
    return [step["name"] for step in tour["steps"] if not step["ok"]]


def differences(one: Step, other: Step) -> list[str]:
    """Return where two tours came to other results."""
    first, second = results(one["steps"]), results(other["steps"])
    found = [name for name in first if first[name] != second.get(name)]
    found += [name for name in second if name not in first]
    return [f"{name}: {first.get(name)} / {second.get(name)}" for name in found]


def results(steps: Iterable[Step]) -> dict[str, Step]:
    """Return by step what it came to, but for what is another on every run."""
    kept = ("ok", "problem")
    return {
        step["name"]: {
            **{name: step[name] for name in kept},
            **{name: value for name, value in step["found"].items() if name not in DIFFERS},
        }
        for step in steps
    }
