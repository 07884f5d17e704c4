"""The left half of the screen: the labels that wait, and a line to add more."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.labels import LabelKind, QueuedLabel
from app.ui.code_field import CodeField
from app.ui.formats import day, quantity
from app.ui.jobs import Job
from app.ui.parts import labelled
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable

COPIES = "copies"


class QueuePanel(QWidget):
    """Shows the queue. Enter or a figure on a line changes its copies."""

    copies_typed = Signal(object, str)
    add_wanted = Signal(str)

    def __init__(self, suggest: Callable[[str], Job]) -> None:
        super().__init__()
        self.setObjectName("queue_panel")
        self.lines = RowsTable(self._columns(), self)
        self.table = TableView(
            self.lines, "label_queue", self.tr("Labels that wait"), type_to_filter=False
        )
        self.table.show_when_empty(
            self.tr("No labels wait"),
            self.tr(
                "Scan an item, a lot or a bin, or type its code above. What was received or"
                " counted can be sent here from its screen, one label for each piece."
            ),
        )
        self.add = CodeField("label_add", self.tr("Item, lot or bin to print"), suggest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(labelled(self.tr("&Add an item, a lot, a bin or a document"), self.add))
        layout.addWidget(self.table, 1)
        self.add.chosen.connect(self._add)
        self.lines.edited.connect(self._edit)
        self.table.activated.connect(self._go_to_copies)

    def show_queue(self, queue: Sequence[QueuedLabel], new: int | None) -> None:
        """Show the queue; the line with the number `new` flashes."""
        self.lines.show_rows(queue)
        at = next((place for place, row in enumerate(queue) if row.id == new), None)
        if at is not None:
            self.table.flash_row(at)

    def current(self) -> QueuedLabel | None:
        """Return the line the cursor is on, else the first."""
        row: QueuedLabel | None = self.table.current_row()
        shown = self.lines.shown()
        return row or (shown[0] if shown else None)

    def selected(self) -> list[int]:
        """Return the numbers of the selected lines."""
        return [row.id for row in self.table.selected_rows()]

    def _columns(self) -> tuple[Column[QueuedLabel], ...]:
        return (
            Column(self.tr("Kind"), self._kind, key="kind", chars=6),
            Column(self.tr("Item or bin"), _what, key="what", chars=14),
            Column(
                self.tr("Copies"),
                lambda row: quantity(row.copies),
                NUMBER,
                key=COPIES,
                sort=lambda row: row.copies,
                editable=_always,
                chars=7,
            ),
            Column(self.tr("Name"), lambda row: row.label.name, key="name", stretch=True, chars=16),
            Column(self.tr("Lot"), lambda row: row.label.lot, key="lot", chars=9),
            Column(self.tr("Expiry"), _expiry, key="expiry", sort=_expires, chars=10),
            Column(self.tr("From"), lambda row: row.source, key="source", chars=10),
        )

    def _add(self, name: str) -> None:
        self.add.clear()
        self.add_wanted.emit(name)

    def _edit(self, row: QueuedLabel, _column: str, text: str) -> None:
        self.copies_typed.emit(row, text)

    def _go_to_copies(self, _row: QueuedLabel) -> None:
        names = [column.name for column in self.lines.columns()]
        index = self.lines.index(self.table.grid.currentIndex().row(), names.index(COPIES))
        self.table.grid.setCurrentIndex(index)
        self.table.grid.edit(index)

    def _kind(self, row: QueuedLabel) -> str:
        return {
            LabelKind.ITEM: self.tr("Item"),
            LabelKind.PACK: self.tr("Pack"),
            LabelKind.LOT: self.tr("Lot"),
            LabelKind.BIN: self.tr("Bin"),
        }[row.label.kind]


def _what(row: QueuedLabel) -> str:
    return row.label.title if row.label.kind is not LabelKind.LOT else row.label.sku


def _expiry(row: QueuedLabel) -> str:
    return day(row.label.expiry) if row.label.expiry else ""


def _expires(row: QueuedLabel) -> object:
    return row.label.expiry


def _always(_row: QueuedLabel) -> bool:
    return True
