"""Opens the database behind a window that is already there."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app import __version__
from app.core.errors import AppError
from app.shell.main_window import MainWindow
from app.ui.jobs import Jobs
from app.ui.messages import message
from app.ui.parts import Mend

log = logging.getLogger(__name__)


class Opening(QObject):
    """Opens once the window is painted. What was asked before, scans too, waits until then.

    `who` tells who works here.
    """

    opened = Signal(object)
    refused = Signal(AppError)
    given_up = Signal()
    """It was cancelled: nothing is open, and nothing is under way."""

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        open_database: Callable[[], Any] | None,
        who: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self.opener = open_database
        self._who = who
        self.database: Any = None
        window.painted.connect(self.start)

    def start(self) -> None:
        """Try to open the database, if it is known which."""
        if self.opener is None:
            self._window.status.database.setText(self.tr("no company yet"))
            return
        self._jobs.user = self._who()  # screens that are built meanwhile ask in this name
        self._window.status.database.setText(self.tr("opening …"))
        job = self._jobs.perform(self.opener)
        job.what = self.tr("Opening the database")
        job.succeeded.connect(self._take)
        job.refused.connect(self._tell)
        job.cancelled.connect(self._give_up)

    def _take(self, database: Any) -> None:
        self.database = database
        self._jobs.user = self._who()
        self._jobs.open(database)
        log.info("Stockroom %s opened %s on %s", __version__, database.place, sys.platform)
        self._window.status.show_database(database.place, self._jobs.user)
        self._window.show_title()
        if why := getattr(database, "only_to_look_at", None):
            self._window.notice.show_ask(message(why))
            self._window.status.show_only_to_look_at()
        self._window.show_first()
        self.opened.emit(database)

    def _tell(self, error: AppError) -> None:
        self._window.status.database.setText(self.tr("no database"))
        self._window.show_trouble(error, Mend(self.tr("Try again"), self.start))
        self._window.show_first()
        self.refused.emit(error)

    def _give_up(self) -> None:
        self._window.status.database.setText(self.tr("no database"))
        self.given_up.emit()
