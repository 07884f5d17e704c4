"""Has the ledger prove itself while nobody works, and shows the outcome as a light."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from app.core.clock import now
from app.core.scans import Tone
from app.shell.status_line import AuditLight
from app.ui.formats import clock_time, quantity
from app.ui.jobs import Job, Jobs

IDLE = 20_000  # milliseconds without a change before the audit begins


class Check(Protocol):
    @property
    def ok(self) -> bool: ...

    @property
    def name(self) -> str: ...


class Auditor(QObject):
    """Starts `verify` when nothing was saved for a while; a change stops it and it waits anew."""

    def __init__(
        self,
        jobs: Jobs,
        light: AuditLight,
        verify: Callable[[Any], Any],
        parent: QObject | None = None,
        *,
        idle: int = IDLE,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._light = light
        self._verify = verify
        self._job: Job | None = None
        self._idle = QTimer(self, singleShot=True, interval=idle)
        self._idle.timeout.connect(self._start)
        jobs.committed.connect(self._wait)
        self._idle.start()

    def _wait(self) -> None:
        if self._job:
            self._job.cancel()
        self._idle.start()

    def _start(self) -> None:
        self._job = self._jobs.read(self._verify)
        self._job.is_quiet = True
        self._job.succeeded.connect(self._show)
        self._job.finished.connect(self._end)

    def _end(self) -> None:
        self._job = None

    def _show(self, checks: Sequence[Check]) -> None:
        bad = [check.name for check in checks if not check.ok]
        self._light.show_state(*self._told(len(checks), bad, now()))

    def _told(self, count: int, bad: Sequence[str], at: datetime) -> tuple[Tone, str, str]:
        if bad:
            about = self.tr("Checked at {time}. These do not add up: {names}.")
            word = self.tr("audit: {count} differ").format(count=quantity(len(bad)))
            return Tone.BAD, word, about.format(time=clock_time(at), names=", ".join(bad))
        about = self.tr("Checked at {time}: all {count} checks add up.")
        return (
            Tone.GOOD,
            self.tr("audit ok"),
            about.format(time=clock_time(at), count=quantity(count)),
        )
