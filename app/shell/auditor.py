"""Has the ledger prove itself in the background, a slice at a time, and shows it as a light."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from app.core.clock import now
from app.core.progress import Progress
from app.core.scans import Tone
from app.shell.audit_light import AuditDetails, AuditLight
from app.ui.formats import clock_time, quantity
from app.ui.jobs import Jobs

PAUSE = 500
"""Milliseconds between two slices, each of which takes about 20."""

MOST = 1_000
"""Differences that are kept to be shown; `verify` tells all of them."""


class Slice(Protocol):
    @property
    def next_item(self) -> int: ...

    @property
    def differences(self) -> Sequence[str]: ...

    @property
    def progress(self) -> Progress: ...


class Auditor(QObject):
    """Goes round and round over all items while nobody waits for anything.

    `audit` proves the items behind one and says where to go on. What it finds is shown at once;
    it is forgotten when a whole round has found nothing.
    """

    def __init__(
        self,
        jobs: Jobs,
        light: AuditLight,
        details: AuditDetails,
        audit: Callable[[Any, int], Any],
        *,
        pause: int = PAUSE,
    ) -> None:
        super().__init__(light)
        self._jobs = jobs
        self._light = light
        self._details = details
        self._audit = audit
        self._after = 0
        self._found: list[str] = []
        self._before: list[str] = []
        self._about = ""
        self._is_first = True
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._pause.timeout.connect(self._go_on)
        light.clicked.connect(self._explain)
        jobs.destroyed.connect(self._pause.stop)
        self._pause.start()

    def _go_on(self) -> None:
        if not self._jobs.is_idle():
            self._pause.start()
            return
        job = self._jobs.read(self._audit, self._after)
        job.is_quiet = True
        job.succeeded.connect(self._take)
        job.finished.connect(self._pause.start)

    def _take(self, found: Slice) -> None:
        self._after = found.next_item
        self._found = [*self._found, *found.differences][:MOST]
        if found.next_item == 0:
            self._before, self._found = self._found, []
            self._is_first = False
            self._show_round()
        elif self._found and not self._before:
            self._show_bad(self._found)
        elif self._is_first:
            self._show_first(found.progress)

    def _show_round(self) -> None:
        if self._before:
            self._show_bad(self._before)
            return
        about = self.tr("All items were checked, the last at {time}: everything adds up.")
        self._show(Tone.GOOD, self.tr("audit ok"), about.format(time=clock_time(now())))

    def _show_bad(self, differences: Sequence[str]) -> None:
        about = self.tr("Checked at {time}: this does not add up. “rebuild” puts it right.")
        word = self.tr("audit: {count} differ").format(count=quantity(len(differences)))
        self._show(Tone.BAD, word, about.format(time=clock_time(now())))

    def _show_first(self, progress: Progress) -> None:
        about = self.tr("Items checked so far: {percent} %. Everything adds up.")
        percent = quantity(progress.done * 100 // max(progress.total, 1))
        word = self.tr("audit: {percent} %").format(percent=percent)
        self._show(None, word, about.format(percent=percent))

    def _show(self, tone: Tone | None, word: str, about: str) -> None:
        self._about = about
        self._light.show_state(tone, word, about)

    def _explain(self) -> None:
        self._details.show_found(
            self._about or self._light.word.text(), self._before or self._found
        )


def audit_slice(session: Any, after: int) -> Any:
    """Prove some items; what that takes is loaded when nobody waits, not with the window."""
    return import_module("app.ledger.verify").audit_slice(session, after)
