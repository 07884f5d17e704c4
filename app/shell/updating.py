"""Looks for a newer version some time after the start, and on demand; it installs nothing."""

import logging
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app import __version__
from app.core.clock import now
from app.core.errors import AppError
from app.core.updates import Update
from app.shell.main_window import MainWindow
from app.ui.files import show_in_folder
from app.ui.formats import clock_time
from app.ui.jobs import Job, Jobs
from app.ui.messages import message
from app.ui.parts import Mend
from app.ui.updates import updates

log = logging.getLogger(__name__)

LOOKS_AFTER = 5_000
"""Milliseconds after the database is open: nothing at the start waits for it."""


class Updating(QObject):
    """Tells of a newer version above the screens once, and on Settings how each look ended."""

    def __init__(
        self, window: MainWindow, jobs: Jobs, folder: Path, *, looks_after: int = LOOKS_AFTER
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._folder = folder
        self._job: Job | None = None
        self._begin = QTimer(self, singleShot=True, interval=looks_after)
        self._begin.timeout.connect(self.look)
        updates().wanted.connect(self.look)

    def begin(self) -> None:
        """Look in a while, if it is said where."""
        if updates().address:
            self._begin.start()

    def look(self) -> None:
        """Look now, unless that is being done; whatever comes of it is told, in no dialog."""
        if self._job is not None:
            return
        if not updates().address:
            updates().tell(self.tr("No place is named, so nothing is looked for."))
            return
        self._begin.stop()
        updates().tell(self.tr("Looking for a newer version …"))
        self._job = self._jobs.fetch(look_for_update, updates().address, __version__, self._folder)
        self._job.succeeded.connect(self._take)
        self._job.refused.connect(self._tell)
        self._job.finished.connect(self._end)

    def _take(self, update: Update | None) -> None:
        if update is None:
            text = self.tr("This is the newest version there is; looked at {time}.")
            updates().tell(text.format(time=clock_time(now())))
            return
        self.announce(update)

    def announce(self, update: Update) -> None:
        """Tell of a newer version on Settings, and above the screens if nothing else is there."""
        text = self._for_all(update) if update.copy.is_for_all else self._own(update)
        text = text.format(version=update.version, file=update.name, address=update.address)
        text = f"{text} {update.notes}".strip()
        updates().tell(text, update.file)
        if self._window.notice.isHidden():
            mend = Mend(self.tr("Show the file"), self.show_file) if update.file else None
            self._window.notice.show_ask(text, mend)

    def _for_all(self, update: Update) -> str:
        """Return what to tell where only the administrator may install it."""
        if not update.name:
            return self.tr(
                "Version {version} is there. Stockroom is installed for all users of this PC, so"
                " your administrator installs it."
            )
        if update.copy.package == "setup":
            return self.tr(
                "Version {version} is there. Stockroom is installed for all users of this PC, so"
                " your administrator installs it: {file} /AllUsers, from {address}."
            )
        return self.tr(
            "Version {version} is there. Stockroom is installed for all users of this PC, so"
            " your administrator installs it: {file}, from {address}."
        )

    def _own(self, update: Update) -> str:
        """Return what to tell whoever may put it in the place of this copy."""
        if update.file is None:
            return self.tr(
                "Version {version} is there, but {address} names no file that replaces this copy."
                " Tell whoever looks after the updates."
            )
        if update.copy.package in {"zip", "tar"}:
            return self.tr(
                "Version {version} is ready. When it suits you, close Stockroom, unpack {file} and"
                " start Stockroom from there."
            )
        if update.copy.package == "deb":
            return self.tr(
                "Version {version} is ready. When it suits you, close Stockroom and install {file}."
            )
        return self.tr(
            "Version {version} is ready. When it suits you, close Stockroom and start {file}."
        )

    def _tell(self, error: AppError) -> None:
        log.warning("Updates: %s", error)
        updates().tell(message(error))

    def _end(self) -> None:
        self._job = None

    def show_file(self) -> None:
        """Open the folder that the newer version lies in."""
        if ready := updates().ready:
            show_in_folder(ready)


def look_for_update(address: str, present: str, folder: Path) -> Any:
    """Look there; what that takes is loaded in the background, where anything is looked for."""
    return import_module("app.adapters.updates").look_for_update(address, present, folder)
