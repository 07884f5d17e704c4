"""One tab of the catalogue: a list to search, and the selected record beside it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.paging import Key
from app.features.catalogue.packs_panel import PacksPanel
from app.features.catalogue.record_form import RecordForm
from app.features.catalogue.service import Card
from app.ui.fields import SearchField
from app.ui.jobs import Job
from app.ui.parts import Mend
from app.ui.side_panel import SidePanel
from app.ui.table_view import TableView
from app.ui.tables import Column, PagedTable

Fetch = Callable[[str, Key | None], Job]
"""How to ask for a page of the list: the text searched for, and where the page begins."""


class Page(QWidget):
    """`card_wanted` names the kind and the record that was selected; `left_unsaved` that it cannot
    be shown before it is decided what becomes of the changes in the form."""

    card_wanted = Signal(str, str)
    left_unsaved = Signal(str)
    edited = Signal()
    save_wanted = Signal()

    def __init__(self, kind: str, columns: Sequence[Column[Any]], fetch: Fetch, hint: str) -> None:
        super().__init__()
        self.kind = kind
        self.setObjectName(f"{kind}_page")
        self._fetch = fetch
        self._wanted = ""
        self.search = SearchField(f"{kind}_search", hint)
        self.rows: PagedTable[Any] = PagedTable(columns, self._ask, self)
        self.table = TableView(self.rows, f"{kind}_list", hint)
        self.form = RecordForm(kind)
        self.packs = PacksPanel() if kind == "items" else None
        self.panel = SidePanel(self._work(), self._detail(), f"{kind}_panel", self.tr("Details"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.panel)
        self._wire()
        self.start_new()

    def _work(self) -> QWidget:
        work = QWidget()
        layout = QVBoxLayout(work)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        return work

    def _detail(self) -> QWidget:
        detail = QWidget()
        layout = QVBoxLayout(detail)
        layout.setContentsMargins(8, 0, 8, 8)
        layout.addWidget(self.form)
        if self.packs:
            layout.addWidget(self.packs)
        layout.addStretch(1)
        return detail

    def _wire(self) -> None:
        self.search.searched.connect(self._search)
        self.table.current_changed.connect(self._select)
        self.table.activated.connect(self._begin)
        self.form.edited.connect(self.edited)
        self.form.entered.connect(self.save_wanted)

    def explain(self, title: str, text: str, mend: Mend) -> None:
        """Say what an empty list is for and how to begin."""
        self.table.show_when_empty(title, text, mend)

    def reload(self) -> None:
        """Fetch the list again, and the record that is shown unless it is being changed."""
        self.rows.reload()
        if self.form.key and not self.form.is_dirty:
            self.card_wanted.emit(self.kind, self.form.key)

    def open(self, key: str) -> None:
        """Show a record, and what was typed into another is gone."""
        self.form.is_dirty = False
        self.panel.open()
        self.card_wanted.emit(self.kind, key)
        self._mark(key)

    def show_card(self, card: Card) -> None:
        """Show a record that was asked for, unless one has begun to type meanwhile."""
        if not self.form.is_dirty:
            self.form.show_card(card)
            if self.packs:
                self.packs.show_card(card)
            self.edited.emit()

    def start_new(self) -> None:
        """Begin a record that is not there yet."""
        self.form.start_new()
        if self.packs:
            self.packs.show_card(None)
        self.edited.emit()

    def propose_code(self, code: str) -> None:
        """Show where a code that nobody knows can be added to this item."""
        self.panel.open()
        if self.packs:
            self.packs.propose(code)
            self.panel.side.ensureWidgetVisible(self.packs.code)

    def key_of(self, row: Any) -> str:
        """Return what names a row of the list: its first column."""
        return self.rows.columns()[0].text(row)

    def _ask(self, after: Key | None) -> Job:
        return self._fetch(self.search.text(), after)

    def _search(self) -> None:
        self.rows.reload()

    def _select(self, row: Any) -> None:
        if row is None or self.key_of(row) == self.form.key:
            return
        if self.form.is_dirty:
            self.left_unsaved.emit(self.key_of(row))
        else:
            self.card_wanted.emit(self.kind, self.key_of(row))

    def _begin(self, _row: Any) -> None:
        self.panel.open()
        self.form.begin()

    def _mark(self, key: str) -> None:
        """Select the record in the list if it is there; else look for it."""
        keys = [self.key_of(row) for row in self.rows.rows()]
        if key in keys:
            self.table.select(keys.index(key))
        elif self.search.text() != key:
            self.search.setText(key)
