"""Puts the application together around its window. The only module that knows every part.

The window is painted before anything is loaded that the paint does not need; what fills it, and
the drivers of databases, are imported when they are wanted.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.companies import (
    is_first_start,
    open_chosen,
    open_company,
    open_database,
    open_sample,
)
from app.core.errors import AppError
from app.core.resources import resource
from app.running import Door, key_of
from app.settings import NAME, Settings, preferences_file
from app.shell.frame import Frame
from app.ui.preferences import keep_preferences
from app.ui.theme import look

Opener = Callable[[], Any]


def open_window(
    database: str,
    settings: Settings,
    trouble: AppError | None = None,
    *,
    user: str = "",
    demo: bool = False,
    door: Door | None = None,
) -> int:
    """Open the main window on a database (path or URL, "" the usual one) until it is closed.

    Who knocks at the door brings it forward.
    """
    gc.disable()  # loading makes no garbage; what comes later is collected by the program
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    keep_preferences(preferences_file())
    look().prepare(application, settings.theme)
    opener: Opener | None
    where, proposed = database, settings.database
    if trouble:  # what can still be read of damaged settings names a company only as a proposal
        settings = replace(settings, database="")
    if demo:
        opener = partial(open_sample, database)
    elif database:
        opener = partial(open_database, database)
    elif trouble or is_first_start(settings):
        opener, where = None, proposed
    else:
        opener = partial(open_chosen, settings.database)
    filling = Filling(application, settings, opener, where=where, user=user, trouble=trouble)
    filling.listen(door or Door(), alone=demo or door is None)
    filling.frame.show()
    code = application.exec()
    filling.close()
    return code


class Filling(QObject):
    """Waits until the frame is on view, then fills it; without an opener it asks what to open."""

    called = Signal()
    """Another start wants this window; comes from another thread."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        open_database: Opener | None,
        *,
        where: str = "",
        user: str = "",
        trouble: AppError | None = None,
    ) -> None:
        super().__init__()
        self.frame = Frame()
        self._application = application
        self._settings = settings
        self._open_database = open_database
        self._where = where
        self._user = user
        self._troubles = (trouble,) if trouble else ()
        self._program: Any = None
        self._door = Door()
        self._is_on_its_own = False
        self._is_moving = False
        self.frame.painted.connect(self._fill)
        self.called.connect(self.frame.come_forward, Qt.ConnectionType.QueuedConnection)

    def listen(self, door: Door, *, alone: bool) -> None:
        """Come forward when another start knocks there; `alone` not until a company is chosen."""
        self._door = door
        self._is_on_its_own = alone
        door.heard = self.called.emit

    def _fill(self) -> None:
        self._application.setApplicationName(NAME)
        self._application.setWindowIcon(QIcon(str(resource("icons/stockroom.svg"))))
        import_module("app.shell.language").speak(self._application, self._settings.language)
        look().dress(self._application, self._settings.theme)
        self._make()

    def _make(self, came_from: str = "") -> None:
        shell = import_module("app.shell.program")
        program = self._program = shell.Program(
            self._settings,
            self._open_database,
            user=self._user,
            asking=shell.Asking(open_company, came_from, self._where),
        )
        program.another_wanted.connect(self._ask_for_another)
        program.window.leaving.connect(self._leave)
        program.opening.opened.connect(self._answer_for)
        program.keep_watch(*self._troubles)
        self._troubles = ()
        self.frame.fill(program.window)

    def _ask_for_another(self) -> None:
        """Leave the company as the window would be left, and ask anew which to open."""
        before = self._program
        self._is_moving = True
        is_closed = before.window.close()
        self._is_moving = False
        if not is_closed:
            return
        place = before.database.place
        self._where = before.where
        before.close()
        self._settings, self._open_database = before.settings, before.opening.opener
        self.frame.empty()
        before.deleteLater()
        self._make(place)

    def _leave(self) -> None:
        """Work may hold the closing window for long: the next start shall open its own."""
        if not self._is_moving:
            self._door.close()

    def _answer_for(self, database: Any) -> None:
        """From now on this window is the one of this company."""
        if not self._is_on_its_own or self._program.is_chosen:
            self._is_on_its_own = False
            where = str(database.file or self._program.where)
            Thread(target=self._claim, args=(where, self._user), daemon=True).start()

    def _claim(self, where: str, user: str) -> None:
        """Takes the time that a file's folder and those who knock take; nobody waits for it."""
        self._door.claim(key_of(where, user))

    def close(self) -> None:
        self._door.close()
        if self._program:
            self._program.close()
