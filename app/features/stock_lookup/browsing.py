"""The look-up box, what it finds, and the way from one thing to the next and back."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget
from typing_extensions import override

from app.core.documents import sheet_number
from app.core.paging import Key
from app.core.scans import Command, CommandScan, Effect, ItemScan, Meaning, UnknownScan
from app.core.tones import Tone
from app.db.company import has_items
from app.features.stock_lookup.answers import head_of, told_at_once
from app.features.stock_lookup.panel import SubjectPanel
from app.features.stock_lookup.results_panel import ResultsPanel
from app.features.stock_lookup.rules import FoundKind, Ref, Search, Trail, ref_of
from app.features.stock_lookup.service import find_subject, history_page, look_for, open_subject
from app.features.stock_lookup.subject import Scope, Subject
from app.ui.fields import SearchField
from app.ui.first_steps import FirstSteps
from app.ui.jobs import Job, Jobs
from app.ui.parts import SmallButton
from app.ui.screen import Screen


class BrowsingScreen(Screen):
    """What the Stock lookup screen shows; what can be done with it is added by the view."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.subject: Subject | None = None
        self._trail = Trail()
        self._next: Trail | None = None
        self._scanned_lot = ""
        self._entered = ""
        self.box = SearchField(
            "lookup_box",
            self.tr("Look up"),
            self.tr("SKU, any part of a name, barcode, lot, bin, document or reference"),
            pause=0,
        )
        self.back = SmallButton("←", "lookup_back", self.tr("Back"), "flat")
        self.forward = SmallButton("→", "lookup_forward", self.tr("Forward"), "flat")
        self.results = ResultsPanel(self._fetch_results)
        self.panel = SubjectPanel(self._fetch_history)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.results)
        self.pages.addWidget(self.panel)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.back)
        line.addWidget(self.forward)
        line.addWidget(self.box, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.pages, 1)
        self._wire_browsing()
        FirstSteps(self, jobs, has_items, self.results.table)

    def _wire_browsing(self) -> None:
        self._add_key(self.tr("Back"), "Alt+Left", self._go_back)
        self._add_key(self.tr("Forward"), "Alt+Right", self._go_forward)
        self.back.setToolTip(self.tr("Back (Alt+Left)"))
        self.forward.setToolTip(self.tr("Forward (Alt+Right)"))
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_forward)
        self.box.searched.connect(self._search)
        self.box.returnPressed.connect(self._enter)
        for part in (self.results, self.panel):
            part.opened.connect(self.open_ref)
        self.results.left.connect(self.go_to_box)
        self.results.counted.connect(self.show_all)

    def _add_key(self, text: str, key: str, slot: Any) -> None:
        action = QAction(text, self)
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self.addAction(action)

    def show_all(self) -> None:
        """Show everything that follows from what is looked at: heading, totals, actions."""
        self.heading.show_line(*head_of(self.subject if self.is_on_subject else None))
        self.back.setEnabled(self._trail.can_go_back)
        self.forward.setEnabled(self._trail.can_go_forward)

    def print_by_scan(self) -> bool:
        """Print labels of what is looked at; False if there are none."""
        raise NotImplementedError

    @property
    def is_on_subject(self) -> bool:
        """Whether one thing is looked at, not a list of what was found."""
        return self.pages.currentWidget() is self.panel

    # From elsewhere

    def look_up(self, text: str) -> None:
        """Show the one thing that goes by exactly this text, else all that contains it."""
        self._put_into_box(text)
        self._search(text)
        self._enter()

    def open_document(self, number: str) -> None:
        """Show a document by its number, or by the reference that others know it by."""
        self.open_ref(Ref(FoundKind.DOCUMENT, number))

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        ref = ref_of(meaning)
        if ref is None:
            self._handle_other(meaning)
            return
        if ref.kind is FoundKind.COUNT_SHEET:
            self.scan_done(Effect(ref.code))
            self.open_ref(ref)
            return
        self._scanned_lot = meaning.lot if isinstance(meaning, ItemScan) else ""
        self.for_scan(self._ask_for(ref, self._trail.visit(ref))).succeeded.connect(self._answer)

    def _handle_other(self, meaning: Meaning) -> None:
        match meaning:
            case UnknownScan(reason=reason):
                self.scan_done(Effect(reason, Tone.BAD))
            case CommandScan(command=Command.PRINT) if self.print_by_scan():
                self.scan_done(Effect(self.tr("Labels")))
            case _:
                super().handle_scan(meaning)

    def _answer(self, subject: Subject) -> None:
        if self._scanned_lot and subject is self.subject:
            self.panel.stock.choose_lot(self._scanned_lot)
        self.scan_done(Effect(told_at_once(subject, self._scanned_lot)))

    @override
    def reload(self) -> None:
        self.results.refresh()
        if self.is_on_subject and self.subject and self._next is None:
            self._ask_for(self.subject.ref, self._trail)

    # The box

    def _search(self, text: str) -> None:
        step = Search(text)
        if step != self._trail.here:
            self._next = None
            self._trail = self._trail.visit(step)
            self.results.search(text)
            self._show_results()

    def _enter(self) -> None:
        """What goes by exactly what was typed is opened; else the cursor goes to what was found."""
        self._entered = self.box.text()
        if self._entered.strip():
            asked = self.ask_latest("exact", find_subject, self._entered)
            asked.succeeded.connect(self._open_exact)
        else:
            self._go_in()

    def _open_exact(self, ref: Ref | None) -> None:
        if self.box.text() != self._entered:
            return  # somebody went on typing
        if ref:
            self.open_ref(ref)
        else:
            self._go_in()

    def go_to_box(self) -> None:
        self.box.setFocus()
        self.box.selectAll()

    def _go_in(self) -> None:
        """From the box down into what is shown."""
        if self.is_on_subject:
            table = self.panel.first_table()
            table.grid.setFocus()
            table.grid.go_to(0)
        else:
            self.results.go_in()

    def _put_into_box(self, text: str) -> None:
        with QSignalBlocker(self.box):
            self.box.setText(text)

    # From one thing to the next

    def open_ref(self, ref: Ref) -> None:
        """Show a thing; a count sheet is shown by its own screen."""
        if ref.kind is FoundKind.COUNT_SHEET:
            self.sheet_wanted.emit(sheet_number(ref.code))
        else:
            self._go(self._trail.visit(ref))

    def _go_back(self) -> None:
        self._go(self._trail.back())

    def _go_forward(self) -> None:
        self._go(self._trail.forward())

    def _go(self, trail: Trail) -> None:
        match trail.here:
            case Ref() as ref:
                self._ask_for(ref, trail)
            case Search(text=text):
                self._next, self._trail = None, trail
                self._put_into_box(text)
                if text != self.results.text:
                    self.results.search(text)
                self._show_results()
                self.results.come_back()

    def _ask_for(self, ref: Ref, trail: Trail) -> Job:
        """Ask for what the trail leads to; the step is taken when that is here."""
        self._next = trail
        job = self.ask_latest("subject", open_subject, ref)
        job.succeeded.connect(self._arrive)
        job.refused.connect(self._stay)
        return job

    def _arrive(self, subject: Subject) -> None:
        if self._next is None:
            return  # somebody went on to something else
        was_here = self._next is self._trail
        self._trail, self._next = self._next.known_as(subject.ref), None
        self.subject = subject
        self.panel.show_subject(subject)
        self.pages.setCurrentWidget(self.panel)
        self.show_all()
        if not was_here:
            self.leave_behind()
            self._put_into_box(subject.ref.code)
            self.go_to_box()

    def leave_behind(self) -> None:
        """What was said or asked of the last thing is not meant for the next."""
        self.banner.clear()
        self.confirm.decline()

    def _stay(self) -> None:
        self._next = None

    def _show_results(self) -> None:
        self.leave_behind()
        self.pages.setCurrentWidget(self.results)
        self.show_all()

    def _fetch_results(self, text: str, after: Key | None, size: int) -> Job:
        return self.ask_latest("search", look_for, text, after, size)

    def _fetch_history(self, scope: Scope, after: Key | None, size: int) -> Job:
        return self.ask_latest("history", history_page, scope, after, size)

    # How Qt calls

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.go_to_box()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.isAccepted():
            return
        if event.key() == Qt.Key.Key_Escape:
            self.go_to_box()
        elif event.key() == Qt.Key.Key_Down and self.box.hasFocus():
            self._go_in()
