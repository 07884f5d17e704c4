"""One go at a unit of work: what it gave, how far it came, whether it may begin again."""

from collections.abc import Callable, Generator
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.progress import Report, unheard
from app.db.faults import lost_connection, lost_race

_REPORT = "report"


def report_of(session: Session) -> Report:
    """Return whom to tell how far work in this session is, where that is not told step by step."""
    found: Report = session.info.get(_REPORT, unheard)
    return found


class Attempt:
    """`is_done`: the work is done and only saving it is left; `result` is what it returned."""

    def __init__(self, work: Callable[[Session], Any], report: Callable[[Any], None]) -> None:
        self._work = work
        self._report = report
        self._has_reported = False
        self.is_done = False
        self.result: Any = None

    def make(self, session: Session) -> None:
        session.info[_REPORT] = self._report
        outcome = self._work(session)
        self.result = self._drive(outcome) if isinstance(outcome, Generator) else outcome
        session.flush()
        self.is_done = True

    def can_be_repeated(self, fault: DBAPIError) -> bool:
        """Never once a step was told: whoever heard of it would hear of it twice."""
        if self._has_reported:
            return False
        return lost_race(fault) or lost_connection(fault)

    def _drive(self, steps: Generator[Any, None, Any]) -> Any:
        try:
            while True:
                step = next(steps)
                self._has_reported = True
                self._report(step)
        except StopIteration as end:
            return end.value
        finally:
            steps.close()
