"""The half of a job that runs in the background: plain Python, no Qt."""

from collections.abc import Callable, Generator, Sequence
from threading import Event
from time import monotonic
from typing import Any, Literal

from app.core.errors import AppError

Report = Callable[[Any], None]
Work = Callable[[Report], Any]
Word = Literal["progressed", "succeeded", "refused", "cancelled", "broken", "finished"]

REPORT_EVERY = 0.05  # seconds; nobody reads a progress bar faster than this


class Stopped(Exception):
    """Unwinds a cancelled job through its transaction, so that it rolls back."""


class Rehearsed(Exception):
    """Takes the outcome out of a transaction and has that rolled back."""

    def __init__(self, outcome: Any) -> None:
        self.outcome = outcome


def rehearse(outcome: Any) -> None:
    raise Rehearsed(outcome)


class Reporter:
    """Passes progress on, no faster than it can be read; stops the work if that was asked."""

    def __init__(self, stopping: Sequence[Event], send: Callable[..., None]) -> None:
        self._stopping = stopping
        self._send = send
        self._reported = 0.0

    def __call__(self, progress: Any) -> None:
        if any(event.is_set() for event in self._stopping):
            raise Stopped
        if monotonic() - self._reported >= REPORT_EVERY:
            self._reported = monotonic()
            self._send("progressed", progress)


def run(work: Work, stopping: Event, report: Report, send: Callable[..., None]) -> None:
    """Do the work and send word of how it went."""
    try:
        if stopping.is_set():
            raise Stopped
        result = work(report)
    except Stopped:
        send("cancelled")
    except AppError as error:
        send("refused", error)
    except Exception as bug:
        send("broken", bug)
    else:
        send("succeeded", result)
    send("finished")


def drive(outcome: Any, report: Report) -> Any:
    """Return the outcome; if it is a generator of progress, step through it to get there."""
    if not isinstance(outcome, Generator):
        return outcome
    try:
        while True:
            report(next(outcome))
    except StopIteration as end:
        return end.value
    finally:
        outcome.close()
