"""The Settings screen: what holds for the company, and what holds on this PC."""

from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.core.documents import Posted, new_key
from app.core.update_places import check_place
from app.features.settings.diagnostics import Diagnosed, write_diagnostics
from app.features.settings.language_panel import LanguagePanel
from app.features.settings.periods_panel import PeriodsPanel
from app.features.settings.program_panel import ProgramPanel
from app.features.settings.rules import DAY, Closing, Consequence, Periods
from app.features.settings.service import (
    close_period,
    load_periods,
    reopen_period,
    save_table,
    weigh_closing,
    weigh_reopening,
)
from app.ui.choices import choices
from app.ui.files import choose_save
from app.ui.formats import counted, day, money
from app.ui.jobs import Jobs
from app.ui.parts import Mend
from app.ui.screen import Screen
from app.ui.scrolled import scrolled
from app.ui.updates import updates

ARCHIVES = "ZIP (*.zip)"
KINDS = "Excel (*.xlsx);;CSV (*.csv)"


class SettingsView(Screen):
    title = "Settings"
    key = "F10"
    icon = "settings"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._day: date | None = None
        self._key = ""
        self._document = ""
        self._file = ""
        self.languages = LanguagePanel()
        self.periods = PeriodsPanel()
        self.program = ProgramPanel()
        content = QWidget()
        parts = QVBoxLayout(content)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(24)
        parts.addWidget(self.languages)
        parts.addWidget(self.periods, 1)
        parts.addWidget(self.program)
        self.body.addWidget(scrolled(content, "settings_scroll"))
        self.languages.show_language(choices().get("language"))
        self.languages.chosen.connect(self._choose_language)
        self.program.address_chosen.connect(self._choose_updates)
        self.program.support_wanted.connect(self._write_diagnostics)
        self.program.company_wanted.connect(choices().company_wanted)
        self.periods.close_wanted.connect(self._weigh_closing)
        self.periods.reopen_wanted.connect(self._weigh_reopening)
        self.periods.table.activated.connect(self._open)
        self.periods.table.export_wanted.connect(self._export)
        self.setFocusProxy(self.periods.until)

    @override
    def reload(self) -> None:
        self.ask_latest("periods", load_periods).succeeded.connect(self._show_periods)

    def _show_periods(self, periods: Periods) -> None:
        self.periods.show_periods(periods, datetime.now().astimezone().date())

    # Periods

    def _weigh_closing(self, until: date) -> None:
        self.confirm.decline()
        job = self.rehearse(weigh_closing, until, self.user)
        job.succeeded.connect(self._ask_to_close)

    def _ask_to_close(self, found: Consequence) -> None:
        self._day, self._key = found.day, new_key()
        one = self.tr(
            "1 document up to {day} is closed: nothing can be entered, changed or reversed there"
            " any more. What comes to light later is booked on {next}."
        )
        many = self.tr(
            "{count} documents up to {day} are closed: nothing can be entered, changed or reversed"
            " there any more. What comes to light later is booked on {next}."
        )
        text = self._told(found, one, many)
        self.confirm.ask(text, self.tr("Close"), self._close, destroys=False)

    def _close(self) -> None:
        if self._day is not None:
            job = self.change(close_period, self._day, self._key, self.user)
            job.succeeded.connect(self._tell_closed)

    def _tell_closed(self, posted: Posted) -> None:
        self._tell(posted, self.tr("Everything up to {day} is closed."))

    def _weigh_reopening(self, since: date) -> None:
        self.confirm.decline()
        job = self.rehearse(weigh_reopening, since, self.user)
        job.succeeded.connect(self._ask_to_reopen)

    def _ask_to_reopen(self, found: Consequence) -> None:
        self._day, self._key = found.day, new_key()
        one = self.tr(
            "1 document from {day} on can be changed and reversed again, and values that were"
            " reported for then may change."
        )
        many = self.tr(
            "{count} documents from {day} on can be changed and reversed again, and values that"
            " were reported for then may change."
        )
        text = self._told(found, one, many)
        if found.booked:
            booked = self.tr("{amount} that was booked after the closing goes back to its time.")
            text = f"{text} {booked.format(amount=money(found.booked))}"
        self.confirm.ask(text, self.tr("Reopen"), self._reopen)

    def _reopen(self) -> None:
        if self._day is not None:
            job = self.change(reopen_period, self._day, self._key, self.user)
            job.succeeded.connect(self._tell_reopened)

    def _tell_reopened(self, posted: Posted) -> None:
        self._tell(posted, self.tr("Everything from {day} on is open again."))

    def _told(self, found: Consequence, one: str, many: str) -> str:
        until, following = day(found.day), day(found.day + DAY)
        return counted(found.documents, one, many, day=until, next=following)

    def _tell(self, posted: Posted, text: str) -> None:
        self._document = posted.number
        open_it = Mend(self.tr("Open {number}").format(number=posted.number), self._open_last)
        self.banner.show_good(text.format(day=day(self._day)), open_it)

    def _open_last(self) -> None:
        self.document_wanted.emit(self._document)

    def _open(self, closing: Closing) -> None:
        self.document_wanted.emit(closing.number)

    # Language

    def _choose_language(self, code: str) -> None:
        choices().put("language", code)
        text = self.tr("Language: {language}. It is spoken from the next start on.")
        self.banner.show_good(text.format(language=self.languages.name()))

    # The program

    def _choose_updates(self, address: str) -> None:
        if address and self.decide(check_place, address) is None:
            return
        choices().put("updates", address)
        updates().place(address, is_fixed=False)

    def _write_diagnostics(self) -> None:
        path = choose_save(self, self.tr("File for support"), "stockroom.zip", ARCHIVES)
        if path is not None:
            path = path if path.suffix else path.with_suffix(".zip")
            job = self.perform(write_diagnostics, path, choices().get("database"))
            job.what = self.tr("Writing the file for support")
            job.succeeded.connect(self._tell_diagnosed)

    def _tell_diagnosed(self, told: Diagnosed) -> None:
        text = self.tr(
            "{file} was written. It holds no passwords; look it over before you send it."
        ).format(file=told.file)
        if told.findings:
            self.banner.show_ask(f"{text} {'; '.join(told.findings)}")
        else:
            self.banner.show_good(text)

    # Files

    def _export(self, headings: list[str], rows: list[list[Any]]) -> None:
        title = self.tr("Periods")
        path = choose_save(self, self.tr("Export"), f"{title}.xlsx", KINDS)
        if path is not None:
            path = path if path.suffix else path.with_suffix(".xlsx")
            self._file = path.name
            job = self.perform(save_table, path, title, headings, rows)
            job.succeeded.connect(self._tell_written)

    def _tell_written(self, count: int) -> None:
        one = self.tr("1 row was written to {file}.")
        many = self.tr("{count} rows were written to {file}.")
        self.banner.show_good(counted(count, one, many, file=self._file))
