"""All that is behind the window: the work, the screens, the database, the log, the settings."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.companies import Kind, Wanted
from app.core.errors import AppError
from app.core.logs import LOG_NAME, gather_log
from app.core.scanner import read_profile
from app.policy import read_policy, update_address
from app.settings import (
    Settings,
    change_settings,
    find_passing_folder,
    log_folder,
    sample_database,
    settings_file,
    updates_folder,
    usual_database,
    who_works,
)
from app.shell.auditor import Auditor, audit_slice
from app.shell.company_forms import free_name
from app.shell.company_page import CompanyPage
from app.shell.crash import Admission, keep_records
from app.shell.garbage import collect_in_gui_thread
from app.shell.listening import Listening
from app.shell.main_window import MainWindow
from app.shell.opening import Opening
from app.shell.updating import Updating
from app.ui.choices import choices
from app.ui.jobs import Jobs
from app.ui.messages import message
from app.ui.parts import Mend
from app.ui.updates import updates

log = logging.getLogger(__name__)

FIRST_SCREEN_WAITS = 500
"""Milliseconds that the database has to open alone: screen and drivers, loaded at the same time,
would only hold each other up."""


@dataclass(frozen=True)
class Asking:
    """How a company is opened that a person chose, and which one was left for that, if any.

    `where` was stated for the one that is opened without asking, "" if it is the one that is set.
    """

    open_company: Callable[[Wanted], Any]
    came_from: str = ""
    where: str = ""


class Program(QObject):
    """Puts the parts together around one window and keeps what is chosen in it.

    `open_database` runs in the background and returns the database. Without it, and after another
    company was left, the window asks which to open. `user` works here whatever the settings say.
    The window is not shown yet.
    """

    another_wanted = Signal()
    """Another company shall be opened: this one is to be left first."""

    def __init__(
        self,
        settings: Settings,
        open_database: Callable[[], Any] | None,
        *,
        user: str = "",
        file: Path | None = None,
        log: Path | None = None,
        asking: Asking | None = None,
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
        self._asking = asking
        self._before = open_database
        came_from = asking.came_from if asking else ""
        self._where = asking.where if asking else ""
        self._troubles: list[AppError] = []
        self._chosen: dict[str, Any] = {}
        self._wanted: Wanted | None = None
        self.page: CompanyPage | None = None
        self.opening = Opening(
            self.window, self.jobs, None if came_from else open_database, self.who
        )
        self.auditor: Auditor | None = None
        self.listening = Listening(self.window, self.jobs, read_profile(settings.scanner), self)
        self.updating = Updating(self.window, self.jobs, updates_folder())
        self._wire()
        if came_from or open_database is None:
            self._ask_which(came_from)
        self._show_what_is_set()

    def _wire(self) -> None:
        self.opening.opened.connect(self._attach)
        self.opening.opened.connect(self.updating.begin)
        self.opening.refused.connect(self._ask_again)
        self.opening.given_up.connect(self._ask_again)
        self.window.view_menu.company_wanted.connect(self._leave)
        choices().company_wanted.connect(self._leave)
        choices().chosen.connect(self._keep_choice)
        self.window.view_menu.theme_chosen.connect(self._keep_theme)
        self.window.view_menu.volume_chosen.connect(self._keep_volume)

    @property
    def database(self) -> Any:
        """The open database; None while it is being opened."""
        return self.opening.database

    @property
    def where(self) -> str:
        """The path or URL that was stated, chosen or set for the database."""
        return self._where or self.settings.database

    @property
    def is_chosen(self) -> bool:
        """Whether the company was chosen in this window."""
        return self._wanted is not None

    def keep_watch(self, *troubles: AppError) -> None:
        """Write a log, admit bugs, and collect garbage where it does no harm.

        What is in the way of that is told, with the troubles there were already.
        """
        gather_log()
        self.admission.install()
        collect_in_gui_thread(self)
        self._tell_troubles(troubles)
        self.jobs.jot(find_passing_folder)
        job = self.jobs.jot(keep_records, self._log)
        job.succeeded.connect(self._name_log)
        job.refused.connect(self._do_without_log)

    def _name_log(self, file: Path) -> None:
        self.admission.log_file = file

    def _do_without_log(self, refused: AppError) -> None:
        self.admission.log_file = None
        self._tell_troubles((refused,))

    def _tell_troubles(self, troubles: Sequence[AppError]) -> None:
        for trouble in troubles:
            log.warning("%s", trouble)
        self._troubles += troubles
        if troubles:
            self.window.show_troubles(self._troubles)

    def who(self) -> str:
        """Return who works here, whose name stands at what is saved."""
        return who_works(self._user, self.settings)

    def close(self) -> None:
        """Close the database; the window has ended all work when it was closed."""
        if self.database:
            self.database.close()

    def _show_what_is_set(self) -> None:
        job = self.jobs.jot(read_policy)
        job.succeeded.connect(self._place_updates)
        job.refused.connect(self._do_without_updates)
        self._show_choices(self.where)

    def _place_updates(self, policy: Mapping[str, Any]) -> None:
        address, is_fixed = update_address(self.settings, policy)
        updates().place(address, is_fixed=is_fixed)

    def _do_without_updates(self, refused: AppError) -> None:
        """The administrator may have turned them off, or named another place."""
        log.warning("%s", refused)
        updates().place("", is_fixed=True)
        updates().tell(message(refused))

    def _show_choices(self, database: str) -> None:
        choices().show({"language": self.settings.language, "database": database})

    def _attach(self, database: Any) -> None:
        """Begin what needs the open database: the audit while nobody works."""
        if self._wanted:
            self._where = self._address(self._wanted)
            self.keep(database=self._where)
            self._know_how_to_return(self._wanted)
        self._show_choices(database.address())
        if self.page:
            self.page = None
            self.window.leave_page()
        light = self.window.status.audit
        self.auditor = Auditor(self.jobs, light, self.window.audit_details, audit_slice)

    def _keep_theme(self, theme: str) -> None:
        self.keep(theme=theme)

    def _keep_volume(self, volume: int) -> None:
        self.keep(sound=volume)

    def _keep_choice(self, name: str, value: str) -> None:
        self.keep(**{name: value})

    def keep(self, **changed: Any) -> None:
        """Use these settings from now on, and the next time."""
        self._chosen |= changed
        self.settings = replace(self.settings, **changed)
        job = self.jobs.jot(change_settings, self.settings, self._file, **changed)
        job.succeeded.connect(self._take_settings)
        job.refused.connect(self.window.show_trouble)

    def _take_settings(self, written: Settings) -> None:
        """Another window may have changed others; what was chosen here holds here."""
        self.settings = replace(written, **self._chosen)

    # Which company

    def _ask_which(self, came_from: str = "") -> None:
        known = self._where or self.settings.database
        is_unasked = self._before is not None
        page = self.page = CompanyPage(
            usual_database(),
            sample_database(),
            came_from,
            proposed=None if is_unasked or not known else self._set_before(),
            is_first=not known,
        )
        page.wanted.connect(self._open)
        page.back_wanted.connect(self._go_back)
        page.join.show_address(known)
        self.jobs.jot(free_name, usual_database()).succeeded.connect(page.new.propose)
        self.window.show_page(page)

    def _open(self, wanted: Wanted) -> None:
        if self._asking and self.page:
            self.page.hold(True)
            self.window.notice.clear()
            self._wanted = wanted
            self.opening.opener = partial(self._asking.open_company, wanted)
            self.opening.start()

    def _go_back(self) -> None:
        if self.page:
            self.page.hold(True)
        self._wanted = None
        self.opening.opener = self._before
        self.opening.start()

    def _ask_again(self, error: AppError | None = None) -> None:
        """Nothing is open: the page says what can be done about it, and takes another choice."""
        if error:
            log.warning("%s", error)
        if self.page is None and self._asking:
            self._ask_which()
        if self.page:
            self.page.hold(False)
            if error:
                self.window.notice.clear()
                self._tell_on_page(self.page, error)

    def _tell_on_page(self, page: CompanyPage, error: AppError) -> None:
        """What a person chose is at hand there; what was opened unasked can be tried again."""
        again = None
        if self._wanted is None:
            again = Mend(self.tr("Try again"), self._go_back)
        page.tell(error, self._wanted or self._set_before(), again)

    def _set_before(self) -> Wanted:
        where = self._where or self.settings.database
        return Wanted(Kind.SERVER if "://" in where else Kind.FILE, where)

    def _know_how_to_return(self, wanted: Wanted) -> None:
        """What is there now is opened as it is, not made once more."""
        if self._asking:
            kind = Kind.FILE if wanted.kind == Kind.NEW else wanted.kind
            again = replace(wanted, kind=kind, where=self._where, may_begin=False)
            self.opening.opener = partial(self._asking.open_company, again)

    def _leave(self) -> None:
        if self.database:
            self.another_wanted.emit()
        elif self.page is None and self._asking:
            self._ask_which()

    def _address(self, wanted: Wanted) -> str:
        if wanted.kind == Kind.SERVER:
            return wanted.where
        return str(self.database.place)
