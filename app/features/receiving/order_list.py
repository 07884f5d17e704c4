"""The open purchase orders, to choose one to receive for."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.core.paging import Key
from app.features.receiving.finders import OpenOrder
from app.ui.fields import SearchField
from app.ui.formats import day
from app.ui.jobs import Job
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, PagedTable

Fetch = Callable[[str, Key | None], Job]


class OrderList(QWidget):
    """Search by number, supplier or reference; Enter takes the order the cursor is on."""

    chosen = Signal(str)

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self._fetch_orders = fetch
        self.search = SearchField(
            "order_search",
            self.tr("Find an open order"),
            self.tr("Find an open order by its number, supplier or reference"),
        )
        self.orders = PagedTable(self._columns(), self._fetch, self)
        self.table = TableView(self.orders, "open_orders", self.tr("Open purchase orders"))
        self.table.show_when_empty(
            self.tr("No open order"),
            self.tr("Scan the first item to receive without an order, or press Ctrl+N."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.search)
        self.search.searched.connect(self._find)
        self.table.activated.connect(self._choose)

    def reload(self) -> None:
        self.orders.reload()

    def choose_current(self) -> None:
        """Take the order the cursor is on, else the only one, if there is just one."""
        row = self.table.current_row()
        shown = self.orders.shown()
        if row is None and len(shown) == 1:
            row = shown[0]
        if row is not None:
            self._choose(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.orders.shown():
            self.table.setFocus()
            self.table.select(max(self.table.grid.currentIndex().row(), 0))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose_current()
        elif event.text().isprintable() and event.text().strip() and not event.modifiers():
            self.search.setFocus()
            self.search.setText(self.search.text() + event.text())
        else:
            super().keyPressEvent(event)

    def _columns(self) -> tuple[Column[OpenOrder], ...]:
        return (
            Column(self.tr("Order"), lambda order: order.number, key="number", chars=12),
            Column(self.tr("Supplier"), lambda order: order.supplier, key="supplier", stretch=True),
            Column(self.tr("Reference"), lambda order: order.reference, key="reference", chars=14),
            Column(self.tr("Site"), lambda order: order.site, key="site", chars=10),
            Column(
                self.tr("Open lines"),
                lambda order: f"{order.open_lines} / {order.lines}",
                NUMBER,
                key="lines",
                chars=9,
            ),
            Column(self.tr("Due"), lambda order: day(order.due), key="due", chars=12),
        )

    def _fetch(self, after: Key | None) -> Job:
        return self._fetch_orders(self.search.text().strip(), after)

    def _find(self, _text: str) -> None:
        self.orders.reload()

    def _choose(self, order: OpenOrder) -> None:
        self.chosen.emit(order.number)
