"""All that is behind the window: the work, the screens, the database, the log, the settings."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.core.errors import AppError
from app.core.scanner import read_profile
from app.settings import (
    Settings,
    log_folder,
    read_policy,
    save_settings,
    settings_file,
    update_address,
    updates_folder,
    who_works,
)
from app.shell.auditor import Auditor
from app.shell.crash import LOG_NAME, Admission, keep_last_words, keep_log
from app.shell.garbage import collect_in_gui_thread
from app.shell.listening import Listening
from app.shell.main_window import MainWindow
from app.shell.opening import Opening
from app.shell.updating import Updating
from app.ui.choices import choices
from app.ui.jobs import Jobs
from app.ui.updates import updates

FIRST_SCREEN_WAITS = 500
"""Milliseconds that the database has to open alone: screen and drivers, loaded at the same time,
would only hold each other up."""


class Program(QObject):
    """Puts the parts together around one window and keeps what is chosen in it.

    `open_database` runs in the background and returns the database, which stands at `where`, ""
    as it is set. `user` works here whatever the settings say. The window is not shown yet.
    """

    def __init__(
        self,
        settings: Settings,
        open_database: Callable[[], Any],
        *,
        where: str = "",
        user: str = "",
        file: Path | None = None,
        log: Path | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings
        self._user = user
        self._file = file or settings_file()
        self._log = log or log_folder()
        self.jobs = Jobs(parent=self)
        self.window = MainWindow(
            self.jobs, theme=settings.theme, volume=settings.sound, patience=FIRST_SCREEN_WAITS
        )
        self.admission = Admission(self._log / LOG_NAME, self)
        self.opening = Opening(self.window, self.jobs, open_database, self.who)
        self.auditor: Auditor | None = None
        self.listening = Listening(self.window, self.jobs, read_profile(settings.scanner), self)
        self.opening.opened.connect(self._attach)
        self.updating = Updating(self.window, self.jobs, updates_folder())
        self.opening.opened.connect(self.updating.begin)
        address, is_fixed = update_address(settings, read_policy())
        updates().place(address, is_fixed=is_fixed)
        self._show_choices(where or settings.database)
        choices().chosen.connect(self._keep_choice)
        self.window.view_menu.theme_chosen.connect(self._keep_theme)
        self.window.view_menu.volume_chosen.connect(self._keep_volume)

    @property
    def database(self) -> Any:
        """The open database; None while it is being opened."""
        return self.opening.database

    def keep_watch(self) -> None:
        """Write a log, admit bugs, and collect garbage where it does no harm."""
        keep_log(self._log)
        keep_last_words(self._log)
        self.admission.install()
        collect_in_gui_thread(self)

    def who(self) -> str:
        """Return who works here, whose name stands at what is saved."""
        return who_works(self._user, self.settings)

    def close(self) -> None:
        """Close the database; the window has ended all work when it was closed."""
        if self.database:
            self.database.close()

    def _show_choices(self, database: str) -> None:
        choices().show({"language": self.settings.language, "database": database})

    def _attach(self, database: Any) -> None:
        """Begin what needs the open database: the audit while nobody works."""
        if database.file:
            self._show_choices(str(database.file))
        light = self.window.status.audit
        self.auditor = Auditor(self.jobs, light, self.window.audit_details, audit_slice)

    def _keep_theme(self, theme: str) -> None:
        self.keep(replace(self.settings, theme=theme))

    def _keep_volume(self, volume: int) -> None:
        self.keep(replace(self.settings, sound=volume))

    def _keep_choice(self, name: str, value: str) -> None:
        changed: dict[str, Any] = {name: value}
        self.keep(replace(self.settings, **changed))

    def keep(self, settings: Settings) -> None:
        """Use these settings from now on, and the next time."""
        self.settings = settings
        try:
            save_settings(settings, self._file)
        except AppError as error:
            self.window.show_trouble(error)


def audit_slice(session: Any, after: int) -> Any:
    """Prove some items; what that takes is loaded when nobody waits, not with the window."""
    return import_module("app.ledger.verify").audit_slice(session, after)
