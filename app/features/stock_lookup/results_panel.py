"""What was found: items in a table without end, above them the few places, lots and documents."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.core.paging import Key
from app.features.stock_lookup.columns import item_columns, other_columns
from app.features.stock_lookup.rules import (
    ITEMS_AT_ONCE,
    Found,
    FoundKind,
    ItemStock,
    Ref,
)
from app.features.stock_lookup.search import Results
from app.ui.jobs import Job
from app.ui.table_view import TableView
from app.ui.tables import PagedTable, RowsTable
from app.ui.theme import look

MOST_SHOWN = 4  # places, lots and documents that are seen without scrolling
MOST_KEPT = 5_000  # items that are fetched again at once after a change


class ResultsPanel(QWidget):
    """`fetch` asks for a page: text, key, size."""

    opened = Signal(object)
    left = Signal()
    """The cursor went up beyond the first row: back to the box."""

    counted = Signal()

    def __init__(self, fetch: Callable[[str, Key | None, int], Job]) -> None:
        super().__init__()
        self.setObjectName("results")
        self._ask = fetch
        self._text = ""
        self._size = ITEMS_AT_ONCE
        self._is_new = True
        self._goes_in = False
        self.others = RowsTable(other_columns(), self)
        self.others_table = TableView(
            self.others,
            "lookup_others",
            self.tr("Places, lots and documents"),
            type_to_filter=False,
        )
        self.others_table.grid.horizontalHeader().hide()
        self.others_table.hide()
        self.items = PagedTable(item_columns(), self._fetch, self)
        self.table = TableView(self.items, "lookup_items", self.tr("Items"), type_to_filter=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.others_table)
        layout.addWidget(self.table, 1)
        self._wire()

    def _wire(self) -> None:
        self.others_table.activated.connect(self._open_other)
        self.table.activated.connect(self._open_item)
        for changed in (self.items.rowsInserted, self.items.rowsRemoved, self.items.dataChanged):
            changed.connect(self._count)
        for table in (self.others_table, self.table):
            table.grid.installEventFilter(self)
        look().changed.connect(self._fit)

    @property
    def text(self) -> str:
        """What was searched for."""
        return self._text

    def search(self, text: str) -> None:
        """Show what goes by a text, from the top."""
        self._text = text
        self._size = ITEMS_AT_ONCE
        self._is_new = True
        self.items.reload()

    def refresh(self) -> None:
        """Fetch again what is shown, as far as it was scrolled."""
        self._size = min(max(ITEMS_AT_ONCE, len(self.items.rows())), MOST_KEPT)
        self.items.reload()

    def go_in(self) -> None:
        """Put the cursor on the first of what was found, as soon as it is there."""
        if self._is_new:
            self._goes_in = True
            return
        table = self.others_table if self.others.rows() else self.table
        if table.model.rows():
            table.grid.setFocus()
            table.grid.go_to(0)

    def come_back(self) -> None:
        """Go on where the cursor was left, if it was on something found."""
        for table in (self.table, self.others_table):
            if table.grid.currentIndex().isValid() and table.model.rows():
                table.grid.setFocus()

    def selected_skus(self) -> list[str]:
        return [row.sku for row in self.table.selected_rows()]

    def has_answer(self) -> bool:
        """Whether what was searched for last is what is shown."""
        return not self._is_new

    def has_more(self) -> bool:
        return self.items.canFetchMore()

    # Its own

    def _fetch(self, after: Key | None) -> Job:
        job = self._ask(self._text, after, ITEMS_AT_ONCE if after else self._size)
        if after is None:
            job.succeeded.connect(self._take)
        return job

    def _take(self, results: Results) -> None:
        """Called before the items are shown: what stands around them."""
        self.others.show_rows(results.others)
        self.others_table.setVisible(bool(results.others))
        self._fit()
        self._explain(results)
        if self._is_new:
            self._is_new = False
            self.table.grid.setCurrentIndex(QModelIndex())
            self.table.grid.clearSelection()
            self.table.grid.scrollToTop()
            self.others_table.grid.setCurrentIndex(QModelIndex())
        if self._goes_in:
            self._goes_in = False
            self.items.show_rows(results.rows)
            self.go_in()

    def _explain(self, results: Results) -> None:
        text = results.text.strip()
        if not text:
            self.table.show_when_empty(
                self.tr("No items yet"),
                self.tr(
                    "Bring your items in on the Catalogue screen (F9), then look for them here by"
                    " SKU, name, barcode, lot, bin or document."
                ),
            )
        elif results.others:
            self.table.show_when_empty(
                self.tr("No item goes by “{text}”").format(text=text),
                self.tr("Places, lots and documents that do are listed above."),
            )
        else:
            self.table.show_when_empty(
                self.tr("Nothing goes by “{text}”").format(text=text),
                self.tr(
                    "Looked for any part of SKU, name and barcodes, and for bins, lots and"
                    " documents that begin so. Fewer or shorter words find more."
                ),
            )

    def _fit(self) -> None:
        """Give the few others just the room they need."""
        rows = min(len(self.others.rows()), MOST_SHOWN)
        self.others_table.setFixedHeight(rows * look().row_height + 2)

    def _count(self) -> None:
        self.counted.emit()

    def _open_other(self, found: Found) -> None:
        self.opened.emit(found.ref)

    def _open_item(self, item: ItemStock) -> None:
        self.opened.emit(Ref(FoundKind.ITEM, item.sku))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Up and not event.modifiers():
                return self._go_up(watched)
            if event.key() == Qt.Key.Key_Down and not event.modifiers():
                return self._go_down(watched)
        return super().eventFilter(watched, event)

    def _go_up(self, watched: QObject) -> bool:
        """From the first row up to the table above, or out."""
        grid = self.table.grid if watched is self.table.grid else self.others_table.grid
        if grid.currentIndex().row() > 0:
            return False
        if grid is self.table.grid and self.others.rows():
            self.others_table.grid.setFocus()
            self.others_table.grid.go_to(len(self.others.rows()) - 1)
        else:
            self.left.emit()
        return True

    def _go_down(self, watched: QObject) -> bool:
        """From the last of the others down to the items."""
        grid = self.others_table.grid
        is_last = grid.currentIndex().row() == len(self.others.rows()) - 1
        if watched is not grid or not is_last or not self.items.rows():
            return False
        self.table.grid.setFocus()
        self.table.grid.go_to(0)
        return True
