"""Stock line by line: of an item by place and lot, of a place or a lot by item."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.features.stock_lookup.columns import stock_columns
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import PlaceStock, Subject
from app.ui.table_view import TableView
from app.ui.tables import RowsTable


class StockPanel(QStackedWidget):
    """The line under the cursor is the one whose history is wanted."""

    opened = Signal(object)
    chosen = Signal(object)
    """The PlaceStock under the cursor, or None."""

    export_wanted = Signal(list, list)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stock_lines")
        self._subject: Subject | None = None
        self._told: PlaceStock | None = None
        self._is_showing = False
        today = date.today()
        self.by_place = RowsTable(stock_columns(today, of_item=True), self)
        self.by_item = RowsTable(stock_columns(today, of_item=False), self)
        self.of_item = TableView(
            self.by_place, "lookup_by_place", self.tr("Stock by place and lot")
        )
        self.of_place = TableView(self.by_item, "lookup_by_item", self.tr("Stock by item and lot"))
        for table in (self.of_item, self.of_place):
            self.addWidget(table)
            table.activated.connect(self._open)
            table.grid.selectionModel().selectionChanged.connect(self._choose)
            table.export_wanted.connect(self.export_wanted)

    @property
    def table(self) -> TableView:
        """The table in front."""
        return self.of_item if self.currentIndex() == 0 else self.of_place

    def show_subject(self, subject: Subject) -> None:
        """Show the lines. Of the same subject as before, the chosen line stays chosen."""
        before = self.current() if self._subject and self._subject.ref == subject.ref else None
        self._subject = subject
        self._is_showing = True
        of_item = subject.ref.kind is FoundKind.ITEM
        self.setCurrentIndex(0 if of_item else 1)
        (self.by_item if of_item else self.by_place).show_rows(())
        self.table.model.show_rows(subject.stock)
        self._explain(subject)
        if before is None or not self._go_to_same(before):
            self.table.grid.selectionModel().clear()
        self._is_showing = False
        self._told = self.current()
        self.chosen.emit(self._told)

    def current(self) -> PlaceStock | None:
        """Return the chosen line. The focus alone, which Qt puts on the first, chooses nothing."""
        chosen = self.table.selected_rows()
        line: PlaceStock | None = self.table.current_row()
        return line if line in chosen else None

    def selected(self) -> list[PlaceStock]:
        return self.table.selected_rows()

    def choose_lot(self, lot: str) -> PlaceStock | None:
        """Put the cursor on the first line of a lot, if there is one."""
        for number, line in enumerate(self.table.model.rows()):
            if line.lot == lot:
                self.table.select(number)
                return self.current()
        return None

    def clear(self) -> None:
        """Choose no line."""
        self.table.grid.selectionModel().clear()

    def _go_to_same(self, before: PlaceStock) -> bool:
        for number, line in enumerate(self.table.model.rows()):
            if line.scope == before.scope:
                self.table.select(number)
                return True
        return False

    def _choose(self) -> None:
        line = self.current()
        if not self._is_showing and line != self._told:
            self._told = line
            self.chosen.emit(line)

    def _open(self, line: PlaceStock) -> None:
        """From an item to the place, from a place or a lot to the item."""
        if self._subject and self._subject.ref.kind is FoundKind.ITEM:
            self.opened.emit(Ref(FoundKind.PLACE, line.path))
        else:
            self.opened.emit(Ref(FoundKind.ITEM, line.sku))

    def _explain(self, subject: Subject) -> None:
        texts = {
            FoundKind.ITEM: (
                self.tr("None in stock"),
                self.tr("What happened to it before is in the history below."),
            ),
            FoundKind.PLACE: (
                self.tr("Nothing lies here"),
                self.tr("Receive or transfer something to this place and it is listed here."),
            ),
            FoundKind.LOT: (
                self.tr("None of this lot is in stock"),
                self.tr("What happened to it before is in the history below."),
            ),
        }
        self.table.show_when_empty(*texts.get(subject.ref.kind, ("", "")))
