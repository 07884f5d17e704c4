"""Puts the application together. The only module that knows every other.

What is not needed to paint the first window is imported when it is wanted: the window is there
before the database drivers are loaded.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.cli.parser import build_parser
from app.core.errors import AppError
from app.core.resources import resource
from app.settings import (
    NAME,
    Settings,
    load_settings,
    log_folder,
    preferences_file,
    save_settings,
    settings_file,
    usual_database,
)
from app.shell.auditor import Auditor
from app.shell.crash import LOG_NAME, Admission, keep_last_words, keep_log
from app.shell.garbage import collect_in_gui_thread
from app.shell.language import speak
from app.shell.main_window import MainWindow
from app.shell.opening import Opening
from app.ui.jobs import Jobs
from app.ui.preferences import keep_preferences
from app.ui.theme import look

BESIDE_THE_WINDOW = ("tour", "bench")


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says: open the window, or run a command without one."""
    options = build_parser().parse_args(arguments)
    if options.command is None:
        return open_window(options.db or "", *_settings(), demo=options.demo)
    if options.command in BESIDE_THE_WINDOW:
        return int(import_module(f"app.{options.command}").main(options))
    return int(import_module("app.cli.program").run_command(options))


def open_window(
    database: str, settings: Settings, trouble: AppError | None = None, *, demo: bool = False
) -> int:
    """Open the main window on a database (path or URL, "" the usual one) until it is closed."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName(NAME)
    application.setWindowIcon(QIcon(str(resource("icons/stockroom.svg"))))
    keep_preferences(preferences_file())
    speak(application, settings.language)
    look().dress(application, settings.theme)
    admission = Admission(log_folder() / LOG_NAME)
    admission.install()
    jobs = Jobs()
    window = MainWindow(jobs, theme=settings.theme, volume=settings.sound)
    housekeeping = Housekeeping(window, jobs, settings)
    if demo:
        opener = partial(open_sample, database)
    else:
        opener = partial(open_database, database or settings.database)
    opening = Opening(window, jobs, opener, housekeeping.who)
    opening.opened.connect(housekeeping.attach)
    if trouble:
        window.show_trouble(trouble)
    window.show()
    code = application.exec()
    if opening.database:
        opening.database.close()
    return code


class Housekeeping(QObject):
    """What goes on around the window: the log, garbage, settings, the audit of the ledger."""

    def __init__(self, window: MainWindow, jobs: Jobs, settings: Settings) -> None:
        super().__init__(window)
        self.settings = settings
        self._window = window
        self._jobs = jobs
        self._auditor: Auditor | None = None
        window.painted.connect(self.begin)
        window.view_menu.theme_chosen.connect(self._keep_theme)
        window.view_menu.volume_chosen.connect(self._keep_volume)

    def begin(self) -> None:
        """Do what can wait until the window is painted."""
        keep_log(log_folder())
        keep_last_words(log_folder())
        collect_in_gui_thread(self)

    def attach(self, _database: Any) -> None:
        """Begin what needs the open database: the audit while nobody works."""
        verify = import_module("app.ledger.verify").verify
        self._auditor = Auditor(self._jobs, self._window.status.audit, verify, self)

    def who(self) -> str:
        """Return who works here: by the settings, else who is logged in on this PC."""
        return self.settings.user or login_name()

    def _keep_theme(self, theme: str) -> None:
        self._keep(replace(self.settings, theme=theme))

    def _keep_volume(self, volume: int) -> None:
        self._keep(replace(self.settings, sound=volume))

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        try:
            save_settings(settings, settings_file())
        except AppError as error:
            self._window.show_trouble(error)


def open_database(where: str) -> Any:
    """Open the database, making or updating its tables; runs in the background."""
    module = import_module("app.db.database")
    if not where:
        usual_database().parent.mkdir(parents=True, exist_ok=True)
    database = module.Database(where or usual_database())
    database.create()
    return database


def open_sample(where: str) -> Any:
    """Open a fresh sample company, where it does not stay if no place is named."""
    return import_module("app.demo.opening").opening_demo(where)


def login_name() -> str:
    """Return who is logged in on this PC; a service may have no name."""
    with suppress(OSError, KeyError, ImportError):
        return str(import_module("getpass").getuser())
    return ""


def _settings() -> tuple[Settings, AppError | None]:
    try:
        return load_settings(settings_file()), None
    except AppError as error:
        return Settings(), error
