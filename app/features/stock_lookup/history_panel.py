"""The history of a line of stock, the latest first, page by page."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.paging import Key
from app.features.stock_lookup.history_columns import history_columns
from app.features.stock_lookup.rules import HISTORY_AT_ONCE, FoundKind, Ref
from app.features.stock_lookup.subject import HistoryLine, Scope
from app.ui.jobs import Job
from app.ui.parts import ElidedLabel, EmptyState, PlainLabel, SmallButton
from app.ui.table_view import TableView
from app.ui.tables import PagedTable

MOST_KEPT = 5_000  # movements that are fetched again at once after a change


class HistoryPanel(QWidget):
    """`fetch` asks for a page: scope, key, size."""

    opened = Signal(object)
    all_wanted = Signal()
    """The history of the whole subject is wanted again, not that of a line."""

    export_wanted = Signal()

    def __init__(self, fetch: Callable[[Scope, Key | None, int], Job]) -> None:
        super().__init__()
        self.setObjectName("history")
        self._ask = fetch
        self._places = 2
        self._size = HISTORY_AT_ONCE
        self.scope: Scope | None = None
        self.title = PlainLabel(self.tr("History"), "part")
        self.what = ElidedLabel(use="quiet", name="history_of")
        self.whole = SmallButton("", "whole_history", use="small")
        self.lines = PagedTable(history_columns(self._money_places), self._fetch, self)
        self.table = TableView(
            self.lines, "lookup_history", self.tr("History"), type_to_filter=False
        )
        self.table.show_when_empty(
            self.tr("Nothing has happened yet"),
            self.tr("Every receipt, transfer, issue and count will be listed here."),
        )
        self.none = EmptyState(
            self.tr("Choose a line above"), self.tr("Its whole history is shown here.")
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.none)
        self._lay_out()
        self.table.activated.connect(self._open)
        self.table.export_wanted.connect(self._export)
        self.whole.clicked.connect(self.all_wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.what, 1)
        head.addWidget(self.whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)

    def show_scope(self, scope: Scope | None, whole: Scope | None, money_places: int) -> None:
        """Show a history, from the top; `whole` is that of the subject it is part of."""
        is_same = scope == self.scope and money_places == self._places
        self.scope, self._places = scope, money_places
        self.what.setText(told(scope) if scope else "")
        self.whole.setVisible(whole is not None and scope != whole)
        if whole:
            self.whole.say(self.tr("All of {what}").format(what=whole.lot or whole.item))
        self.pages.setCurrentWidget(self.table if scope else self.none)
        if scope is None:
            return
        if is_same:
            self._size = min(max(HISTORY_AT_ONCE, len(self.lines.rows())), MOST_KEPT)
        else:
            self._size = HISTORY_AT_ONCE
            self.table.grid.setCurrentIndex(QModelIndex())
            self.table.grid.clearSelection()
            self.table.grid.scrollToTop()
        self.lines.reload()

    def _fetch(self, after: Key | None) -> Job:
        if self.scope is None:
            raise RuntimeError("there is no history to go on with")
        return self._ask(self.scope, after, HISTORY_AT_ONCE if after else self._size)

    def _open(self, line: HistoryLine) -> None:
        self.opened.emit(Ref(FoundKind.DOCUMENT, line.entry.number))

    def _export(self, _headings: list[str], _rows: list[list[object]]) -> None:
        self.export_wanted.emit()

    def _money_places(self) -> int:
        return self._places


def told(scope: Scope) -> str:
    """Return what a history is of, in one line."""
    return " · ".join(filter(None, (scope.item, scope.path, scope.lot)))
