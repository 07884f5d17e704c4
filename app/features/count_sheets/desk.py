"""The count sheet in hand: which page is shown, which sheet, and counts on their way."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.core.decimals import LARGEST, ZERO
from app.db.company import has_items
from app.features.count_sheets.counting_page import CountPage
from app.features.count_sheets.review_page import ReviewPage
from app.features.count_sheets.rules import (
    Counted,
    CountSheet,
    SheetHead,
    SheetLine,
    SheetState,
    checked_count,
)
from app.features.count_sheets.scope_form import ScopeForm
from app.features.count_sheets.service import (
    enter_count,
    find_categories,
    find_sheet,
    list_sheets,
    note_on_line,
)
from app.features.count_sheets.sheet_list import SheetList
from app.features.count_sheets.suggesting import suggest_places
from app.ui.first_steps import FirstSteps
from app.ui.formats import quantity
from app.ui.jobs import Job, Jobs
from app.ui.screen import Screen


class CountDesk(Screen):
    """Four pages: the list of sheets, the form for a new one, a sheet, its review."""

    title = "Count sheets"
    key = "F5"
    icon = "count_sheets"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._place = ""
        self._saving = 0
        self._once_saved: Callable[[], object] | None = None
        self.sheets = SheetList()
        self.form = ScopeForm(self._suggest)
        self.page = CountPage()
        self.review_page = ReviewPage()
        self.pages = QStackedWidget()
        for page in (self.sheets, self.form, self.page, self.review_page):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        FirstSteps(self, jobs, has_items, self.sheets)
        self.page.entered.connect(self._enter)
        self.page.added.connect(self._add)
        self.page.cleared.connect(self._clear)
        self.page.noted.connect(self._note)

    # What is shown

    def reload(self) -> None:
        """Fetch the sheets anew, and the sheet in hand if others may have counted on it."""
        self.ask_latest("sheets", list_sheets).succeeded.connect(self.sheets.show_sheets)
        self.ask_latest("categories", find_categories).succeeded.connect(self.form.show_categories)
        if self.page.sheet is not None and not self.on(self.sheets, self.form):
            self.show_saved()

    def on(self, *pages: QWidget) -> bool:
        return self.pages.currentWidget() in pages

    def turn_to(self, page: QWidget) -> None:
        """Show a page; the keyboard goes with it."""
        self.pages.setCurrentWidget(page)
        page.setFocus()
        self.show_state()

    def put_aside(self) -> None:
        """Take away what was said about the page that is left."""
        self.banner.clear()
        if self.problems:
            self.problems.hide()

    def open_number(self, number: int) -> Job:
        """Open a sheet by its number."""
        job = self.ask_latest("open", find_sheet, number)
        job.succeeded.connect(self._open)
        return job

    def show_state(self) -> None:
        """Say in the heading and the footer where the work stands."""

    @property
    def head(self) -> SheetHead | None:
        return self.page.sheet.head if self.page.sheet else None

    @property
    def number(self) -> int:
        return self.page.sheet.head.number if self.page.sheet else 0

    @property
    @override
    def site(self) -> str:
        """The site of the sheet in hand; a sheet of several sites has none."""
        sheet = self.page.sheet
        if sheet is None or not self.on(self.page, self.review_page):
            return ""
        sites = {line.location.partition("/")[0] for line in sheet.lines}
        return sites.pop() if len(sites) == 1 else ""

    def sheet_now(self) -> CountSheet | None:
        """Return the sheet with its counts as they are on the screen."""
        sheet = self.page.sheet
        return replace(sheet, lines=tuple(self.page.all_lines())) if sheet else None

    def state_word(self, head: SheetHead) -> str:
        return "" if head.state is SheetState.OPEN else self.sheets.state(head)

    def _open(self, sheet: CountSheet) -> None:
        if self.number not in (0, sheet.head.number):
            self.undo_expired.emit()
        self._place = ""
        self.page.show_sheet(sheet)
        self.turn_to(self.page)

    def show_saved(self) -> None:
        """Show the sheet in hand as it is saved."""
        self.ask_latest("sheet", find_sheet, self.number).succeeded.connect(self._refresh)

    def _refresh(self, sheet: CountSheet) -> None:
        if sheet.head.number == self.number:
            self.page.show_sheet(sheet)
            self.show_state()

    def _suggest(self, text: str) -> Job:
        return self.ask_latest("places", suggest_places, text)

    # Counts: shown at once, saved in their order

    def _enter(self, line: SheetLine, counted: Decimal) -> None:
        if self._set(line, counted):
            self.page.go_on()

    def _add(self, line: SheetLine, more: Decimal) -> None:
        known = self.page.line(line.id) or line
        self._set(known, (known.counted or ZERO) + more)

    def _set(self, line: SheetLine, counted: Decimal) -> bool:
        """Take a count if it can be one; else the line stays current and the banner says why."""
        self.banner.clear()
        checked = self.decide(checked_count, counted, line.item.decimals, LARGEST)
        if checked is None:
            self.page.card.keys.selectAll()
            return False
        self._keep(line, checked)
        return True

    def _clear(self, lines: list[SheetLine]) -> None:
        for line in lines:
            self._keep(line, None)

    def _keep(self, line: SheetLine, counted: Decimal | None) -> None:
        self.page.put_line(replace(line, counted=counted))
        job = self.save(self.keep(enter_count, self.number, line.id, counted, user=self.user))
        job.succeeded.connect(self._put)
        job.refused.connect(self.show_saved)
        self.show_state()

    @override
    def finish_typing(self) -> None:
        if self.page.is_open:
            self.page.card.commit()

    def _note(self, line: SheetLine, text: str) -> None:
        job = self.save(self.keep(note_on_line, self.number, line.id, text))
        job.succeeded.connect(self._put)
        job.refused.connect(self.show_saved)

    def save(self, job: Job) -> Job:
        """Keep an eye on a count that is being saved."""
        self._saving += 1
        job.finished.connect(self._end_saving)
        return job

    def once_saved(self, act: Callable[[], object]) -> None:
        """Do something as soon as every count is saved."""
        if self._saving:
            self._once_saved = act
        else:
            act()

    def _end_saving(self) -> None:
        self._saving -= 1
        if not self._saving and self._once_saved is not None:
            act, self._once_saved = self._once_saved, None
            act()

    def _put(self, counted: Counted) -> None:
        """Show a line as it was saved, unless it was changed again in the meantime."""
        shown = self.page.line(counted.line.id) if counted.sheet == self.number else None
        if shown is not None and shown.counted == counted.line.counted:
            self.page.put_line(counted.line)

    def counts_said(self) -> str:
        """Return how far the sheet is; a blind one keeps its differences to itself."""
        tally = self.page.tally()
        text = self.tr("{counted} of {lines} counted")
        if not self.page.is_blind:
            text += self.tr(" · {different} differ")
        return text.format(
            counted=quantity(tally.counted),
            lines=quantity(tally.lines),
            different=quantity(tally.different),
        )

    def proposed_name(self) -> str:
        """Return what the workbook of the sheet in hand is called, unless somebody says else."""
        return f"{self.head.title}.xlsx" if self.head else ""
