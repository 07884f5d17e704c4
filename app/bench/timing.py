"""Stop watches and what is made of their times."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

if sys.platform != "win32":
    import resource as limits


@dataclass(frozen=True, slots=True)
class Task:
    """What to measure, and on what: sizes of the data and the database's address."""

    name: str
    items: int = 10_000
    movements: int = 100_000
    url: str = ""
    scratch: str = ""


@dataclass(slots=True)
class Figures:
    """Named figures: milliseconds, numbers a second, ratios to the floor."""

    values: dict[str, float] = field(default_factory=dict)

    def times(self, what: str, milliseconds: Iterable[float]) -> None:
        """Keep the median and the 99th percentile of a series."""
        series = sorted(milliseconds)
        self.values[f"{what}_ms_p50"] = round(median(series), 3)
        self.values[f"{what}_ms_p99"] = round(series[int(len(series) * 0.99)], 3)

    def ratio(self, what: str, floor: str = "") -> None:
        """Keep how many times as long as the floor it takes, medians compared."""
        ours = self.values[f"{what}_ms_p50"]
        bare = self.values[f"floor_{floor or what}_ms_p50"]
        self.values[f"ratio_{what}"] = round(ours / bare, 2)

    def set(self, name: str, value: float) -> None:
        self.values[name] = round(value, 3)

    def memory(self) -> None:
        """Keep the most memory the process has used so far, where the system tells."""
        if sys.platform != "win32":
            most = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss
            self.set("peak_memory_mb", most / 1024)


def clocked(work: Callable[[], Any]) -> float:
    """Do it once and return the milliseconds it took."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def series(work: Callable[[int], Any], times: int) -> list[float]:
    """Do it so many times, told the number of the round, and return each round's milliseconds."""
    return [clocked(lambda number=number: work(number)) for number in range(times)]  # type: ignore[misc]
