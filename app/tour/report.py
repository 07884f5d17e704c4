"""Runs the steps one after the other and writes down how each went."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from app.core.errors import AppError

log = logging.getLogger(__name__)


@dataclass(slots=True)
class StepReport:
    """One step: whether it went well, how long it took, what it left and found out."""

    name: str
    ok: bool = False
    milliseconds: float = 0
    found: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


class Report:
    """What the tour did. It goes on after a step that failed only if `run` is asked to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[StepReport] = []

    @property
    def ok(self) -> bool:
        return bool(self.steps) and all(step.ok for step in self.steps)

    def run(self, steps: Iterable[tuple[str, Callable[[], dict[str, Any] | None]]]) -> None:
        """Do the steps in order; a failed one ends the tour, since the next build on it."""
        for name, step in steps:
            done = StepReport(name)
            self.steps.append(done)
            start = perf_counter()
            try:
                done.found = step() or {}
                done.ok = True
            except (AppError, AssertionError, LookupError) as problem:
                log.exception("Step %s", name)
                done.problem = f"{type(problem).__name__}: {problem}"
            done.milliseconds = round((perf_counter() - start) * 1000, 1)
            if not done.ok:
                break

    def write(self, **more: Any) -> Path:
        """Write summary.json and return its path."""
        path = self.folder / "summary.json"
        summary = {"ok": self.ok, **more, "steps": [asdict(step) for step in self.steps]}
        path.write_text(json.dumps(summary, indent=2, ensure_ascii=False), "utf-8")
        return path
