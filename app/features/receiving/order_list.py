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
    """Search by number, supplier or reference; Enter takes what was found, once it is found."""

    chosen = Signal(str)

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self._fetch_orders = fetch
        self._is_wanted = False
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
        self.search.textChanged.connect(self._forget_wish)
        self.search.searched.connect(self._find)
        self.search.returnPressed.connect(self._want)
        self.table.activated.connect(self._choose)
        self.orders.reloaded.connect(self._settle)

    def reload(self) -> None:
        self.orders.reload()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.orders.shown():
            self.table.setFocus()
            self.table.select(max(self.table.grid.currentIndex().row(), 0))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
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

    def _want(self) -> None:
        self._is_wanted = True

    def _forget_wish(self) -> None:
        self._is_wanted = False

    def _settle(self) -> None:
        """Answer Enter with the rows that came for it: take the one, or offer the many."""
        if not self._is_wanted:
            return
        self._is_wanted = False
        found = self.orders.shown()
        number = self.search.text().strip().casefold()
        exact = [order for order in found if order.number.casefold() == number]
        if len(found) == 1 or exact:
            self._choose((exact or found)[0])
        elif found:
            self.table.setFocus()
            self.table.select(0)

    def _choose(self, order: OpenOrder) -> None:
        self.search.clear()
        self.chosen.emit(order.number)
