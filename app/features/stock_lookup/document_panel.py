"""The lines of a document: what it moved, and for an order what was ordered and is still open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.core.history import Entry
from app.features.stock_lookup.history_columns import (
    movement_columns,
    order_columns,
    served_columns,
)
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import OrderLine, Subject
from app.ui.parts import PlainLabel
from app.ui.table_view import TableView
from app.ui.tables import RowsTable


class DocumentPanel(QSplitter):
    opened = Signal(object)
    export_wanted = Signal(list, list)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setObjectName("document_lines")
        self._subject: Subject | None = None
        self.setChildrenCollapsible(False)
        self.orders = RowsTable(order_columns(), self)
        self.order_table = TableView(self.orders, "lookup_order_lines", self.tr("Order lines"))
        self.served = RowsTable(served_columns(self._money_places), self)
        self.served_table = TableView(
            self.served, "lookup_served", self.tr("What has come or gone for it")
        )
        self.served_table.show_when_empty(
            self.tr("Nothing has come or gone for it yet"),
            self.tr("Receipts and issues for this order will be listed here."),
        )
        self.entries = RowsTable(movement_columns(self._money_places), self)
        self.table = TableView(self.entries, "lookup_movements", self.tr("Movements"))
        self.table.show_when_empty(
            self.tr("Nothing has moved"), self.tr("This document changed no stock.")
        )
        self.below = QWidget()
        layout = QVBoxLayout(self.below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(PlainLabel(self.tr("What has come or gone for it"), "part"))
        layout.addWidget(self.served_table, 1)
        for widget in (self.order_table, self.below, self.table):
            self.addWidget(widget)
        self.setHandleWidth(8)
        self.order_table.activated.connect(self._open_order_line)
        for table in (self.served_table, self.table):
            table.activated.connect(self._open_entry)
        for table in (self.order_table, self.served_table, self.table):
            table.export_wanted.connect(self.export_wanted)

    def show_subject(self, subject: Subject) -> None:
        self._subject = subject
        is_order = bool(subject.orders)
        self.order_table.setVisible(is_order)
        self.below.setVisible(is_order)
        self.table.setVisible(not is_order)
        self.orders.show_rows(subject.orders)
        self.served.show_rows(subject.entries if is_order else ())
        self.entries.show_rows(() if is_order else subject.entries)

    @property
    def first(self) -> TableView:
        """The table to go into first."""
        return self.order_table if self._subject and self._subject.orders else self.table

    def _open_order_line(self, line: OrderLine) -> None:
        self.opened.emit(Ref(FoundKind.ITEM, line.sku))

    def _open_entry(self, entry: Entry) -> None:
        """From an order to the document that served it, from that to the item; from a correction
        of a count to the late document that caused it."""
        if self._subject and entry.number != self._subject.ref.code:
            self.opened.emit(Ref(FoundKind.DOCUMENT, entry.number))
        elif entry.caused_by:
            self.opened.emit(Ref(FoundKind.DOCUMENT, entry.caused_by))
        else:
            self.opened.emit(Ref(FoundKind.ITEM, entry.item))

    def _money_places(self) -> int:
        return self._subject.money_places if self._subject else 2
