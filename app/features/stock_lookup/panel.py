"""What is known of one item, place, lot or document: its facts, its lines, its history."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.core.paging import Key
from app.features.stock_lookup.document_panel import DocumentPanel
from app.features.stock_lookup.facts_bar import FactsBar
from app.features.stock_lookup.history_panel import HistoryPanel
from app.features.stock_lookup.stock_panel import StockPanel
from app.features.stock_lookup.subject import PlaceStock, Scope, Subject
from app.ui.jobs import Job
from app.ui.preferences import preferences
from app.ui.table_view import TableView

HALVES = "panels/lookup_halves"


class SubjectPanel(QWidget):
    """Shows a subject. Stock stands above its history, each as high as the user left it."""

    opened = Signal(object)
    export_wanted = Signal(list, list)
    history_changed = Signal()
    history_wanted = Signal()
    """The whole of the history that is shown is wanted in a file."""

    def __init__(self, fetch: Callable[[Scope, Key | None, int], Job]) -> None:
        super().__init__()
        self.setObjectName("subject")
        self._subject: Subject | None = None
        self.facts = FactsBar()
        self.stock = StockPanel()
        self.history = HistoryPanel(fetch)
        self.document = DocumentPanel()
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.setObjectName("subject_halves")
        self.halves.setChildrenCollapsible(False)
        self.halves.setHandleWidth(8)
        self.halves.addWidget(self.stock)
        self.halves.addWidget(self.history)
        self.halves.setSizes(preferences().get(HALVES, [200, 260]))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.halves)
        self.pages.addWidget(self.document)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.facts)
        layout.addWidget(self.pages, 1)
        self._wire()

    def _wire(self) -> None:
        for part in (self.facts, self.stock, self.history, self.document):
            part.opened.connect(self.opened)
        for part in (self.stock, self.document):
            part.export_wanted.connect(self.export_wanted)
        self.stock.chosen.connect(self._narrow)
        self.history.all_wanted.connect(self.stock.clear)
        self.history.export_wanted.connect(self.history_wanted)
        self.halves.splitterMoved.connect(self._keep)

    def show_subject(self, subject: Subject) -> None:
        self._subject = subject
        self.facts.show_subject(subject)
        if subject.is_document:
            self.document.show_subject(subject)
            self.pages.setCurrentWidget(self.document)
        else:
            self.stock.show_subject(subject)
            self.pages.setCurrentWidget(self.halves)

    def lines_to_export(self) -> TableView | None:
        """Return the lines that are the whole of a document or a place; None: a history is."""
        if self._subject and self._subject.is_document:
            return self.document.first
        return None if self.history.scope else self.stock.table

    def can_export(self) -> bool:
        """Whether there is anything to be written to a file."""
        lines = self.lines_to_export()
        return lines is None or bool(lines.model.rows())

    def first_table(self) -> TableView:
        """The table to go into from the box."""
        if self._subject and self._subject.is_document:
            return self.document.first
        return self.stock.table if self.stock.table.model.rows() else self.history.table

    def _narrow(self, line: PlaceStock | None) -> None:
        if self._subject:
            scope = line.scope if line else self._subject.history
            whole = self._subject.history
            self.history.show_scope(scope, whole, self._subject.money_places)
            self.history_changed.emit()

    def _keep(self) -> None:
        preferences().put(HALVES, self.halves.sizes())
