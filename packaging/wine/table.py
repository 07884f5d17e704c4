"""The table of what was proven: one row a claim."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from told import CannotGoOn, report


class NotSo(Exception):
    """What a row claims does not hold; the text says what was found instead."""


@dataclass(frozen=True)
class Row:
    """A claim, whether it holds, how long that took to find out, and what was seen."""

    name: str
    is_ok: bool
    seconds: float
    detail: str

    def __str__(self) -> str:
        verdict = "ok" if self.is_ok else "NOT OK"
        return f"{verdict:<7}{self.seconds:>6.1f} s  {self.name:<44}{self.detail}"


class Table:
    """Tries claims one after the other, also after one did not hold."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._began = monotonic()

    @property
    def is_ok(self) -> bool:
        return bool(self.rows) and all(row.is_ok for row in self.rows)

    def prove(self, name: str, claim: Callable[[], str]) -> bool:
        """Add a row: it is ok if the claim returns what was seen, and not if it raises."""
        began = monotonic()
        try:
            detail, is_ok = claim(), True
        except CannotGoOn:
            raise
        except Exception as problem:  # whatever went wrong, the other rows are still wanted
            kind = "" if isinstance(problem, NotSo) else f"{type(problem).__name__}: "
            detail, is_ok = " ".join(f"{kind}{problem}".split())[:600], False
        self.rows.append(Row(name, is_ok, monotonic() - began, detail))
        report(str(self.rows[-1]))
        return is_ok

    def __str__(self) -> str:
        wrong = sum(not row.is_ok for row in self.rows)
        minutes = (monotonic() - self._began) / 60
        verdict = f"{wrong} of {len(self.rows)} rows not ok" if wrong else "every row is ok"
        return "\n".join([*map(str, self.rows), f"{verdict}, {minutes:.1f} minutes"])


def expect(holds: object, otherwise: str) -> None:
    """Raise what was found where something does not hold."""
    if not holds:
        raise NotSo(otherwise)
