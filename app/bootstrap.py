"""Puts the application together. The only module that knows every other.

The window is painted before anything is loaded that the paint does not need; what fills it, and
the drivers of databases, are imported when they are wanted.
"""

import gc
import logging
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.cli.parser import parse
from app.companies import (
    is_first_start,
    open_chosen,
    open_company,
    open_database,
    open_sample,
)
from app.core.errors import AppError
from app.core.resources import resource
from app.settings import (
    NAME,
    Settings,
    SettingsUnreadable,
    load_settings,
    log_folder,
    preferences_file,
    put_aside,
    settings_file,
)
from app.shell.frame import Frame
from app.ui.preferences import keep_preferences
from app.ui.theme import look

Opener = Callable[[], Any]

BESIDE_THE_WINDOW = ("tour", "bench")
BROKEN_DOWN = 2


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says: open the window, or run a command without one."""
    options = parse(arguments)
    if options.command is None:
        settings, trouble = _settings()
        return open_window(
            options.db or "", settings, trouble, user=options.user or "", demo=options.demo
        )
    try:
        return _run_command(options)
    except Exception:
        return _leave_in_log()


def _run_command(options: Namespace) -> int:
    if options.command in BESIDE_THE_WINDOW:
        return int(import_module(f"app.{options.command}").main(options))
    return int(import_module("app.cli.program").run_command(options))


def _leave_in_log() -> int:
    """Write down the bug at hand and return the exit status.

    The frozen program of Windows would tell it in a dialog, and a script that runs the command
    would wait for somebody to close that.
    """
    import_module("app.shell.crash").keep_log(log_folder())
    logging.getLogger(__name__).exception("The command broke down")
    if sys.stderr is not None:
        import_module("traceback").print_exc()
    return BROKEN_DOWN


def open_window(
    database: str,
    settings: Settings,
    trouble: AppError | None = None,
    *,
    user: str = "",
    demo: bool = False,
) -> int:
    """Open the main window on a database (path or URL, "" the usual one) until it is closed."""
    gc.disable()  # loading makes no garbage; what comes later is collected by the program
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    keep_preferences(preferences_file())
    look().prepare(application, settings.theme)
    opener: Opener | None
    if demo:
        opener = partial(open_sample, database)
    elif database:
        opener = partial(open_database, database)
    elif is_first_start(settings):
        opener = None
    else:
        opener = partial(open_chosen, settings.database)
    filling = Filling(application, settings, opener, where=database, user=user, trouble=trouble)
    filling.frame.show()
    code = application.exec()
    filling.close()
    return code


class Filling(QObject):
    """Waits until the frame is on view, then fills it; without an opener it asks what to open."""

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
        self._trouble = trouble
        self._program: Any = None
        self.frame.painted.connect(self._fill)

    def _fill(self) -> None:
        self._application.setApplicationName(NAME)
        self._application.setWindowIcon(QIcon(str(resource("icons/stockroom.svg"))))
        import_module("app.shell.language").speak(self._application, self._settings.language)
        look().dress(self._application, self._settings.theme)
        self._make()
        if self._trouble:
            self._program.window.show_trouble(self._trouble)

    def _make(self, came_from: str = "") -> None:
        shell = import_module("app.shell.program")
        program = self._program = shell.Program(
            self._settings,
            self._open_database,
            user=self._user,
            asking=shell.Asking(open_company, came_from, self._where),
        )
        program.another_wanted.connect(self._ask_for_another)
        program.keep_watch()
        self.frame.fill(program.window)

    def _ask_for_another(self) -> None:
        """Leave the company as the window would be left, and ask anew which to open."""
        before = self._program
        if not before.window.close():
            return
        place = before.database.place
        before.close()
        self._settings, self._open_database = before.settings, before.opening.opener
        self.frame.empty()
        before.deleteLater()
        self._make(place)

    def close(self) -> None:
        if self._program:
            self._program.close()


def _settings() -> tuple[Settings, AppError | None]:
    file = settings_file()
    try:
        return load_settings(file), None
    except SettingsUnreadable as trouble:
        return Settings(), put_aside(file, trouble)
