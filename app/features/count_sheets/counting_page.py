"""A sheet on the screen: its lines, and the one that is being counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.core.scans import Tone
from app.features.count_sheets.line_card import LineCard
from app.features.count_sheets.rules import CountSheet, SheetLine, SheetState
from app.ui.formats import quantity
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a sheet is."""

    lines: int
    counted: int
    different: int


class CountPage(QWidget):
    """`entered` is a count for a line, `added` so many more, `cleared` takes its count away."""

    entered = Signal(object, object)
    added = Signal(object, object)
    cleared = Signal(list)
    noted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("count_page")
        self.sheet: CountSheet | None = None
        self._lines: list[SheetLine] = []
        self._numbers: dict[int, int] = {}
        self.card = LineCard()
        self.lines: RowsTable[SheetLine] = RowsTable(self._columns(), self)
        name = self.tr("Lines of the count sheet")
        self.table = TableView(self.lines, "count_lines", name, type_to_filter=False)
        self.clear = QAction(self.tr("Not counted"), self)
        self.clear.setObjectName("not_counted")
        self.clear.setShortcut("Del")
        self.clear.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.grid.addAction(self.clear)
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.card)
        layout.addWidget(self.table, 1)
        self.table.current_changed.connect(self._show_current)
        self.lines.edited.connect(self._note)
        self.clear.triggered.connect(self._clear)
        self.card.counted.connect(self._enter)
        self.card.added.connect(self.added)

    def show_sheet(self, sheet: CountSheet) -> None:
        """Show a sheet; the cursor stays on its line if it is the same sheet again."""
        is_new = self.sheet is None or self.sheet.head.number != sheet.head.number
        if is_new:
            self.lines.show_rows(())  # nothing prepared for the last sheet stays
        self.sheet = sheet
        self._lines = list(sheet.lines)
        self._numbers = {line.id: number for number, line in enumerate(self._lines)}
        column = [column.key for column in self.lines.columns()].index("expected")
        self.table.grid.setColumnHidden(column, self.is_blind)
        self.lines.show_rows(self._lines)
        self.card.allow(self.is_open)
        self.clear.setEnabled(self.is_open)
        if is_new and self._lines:
            self.table.select(0)
        self._show_current(self.table.current_row())

    def put_line(self, line: SheetLine, *, flash: bool = False) -> None:
        """Show a line as it is now, at its place; a new one comes last."""
        number = self._numbers.setdefault(line.id, len(self._lines))
        self._lines[number : number + 1] = [line]
        self.lines.show_rows(self._lines)
        if flash:
            self.table.flash_row(number)
        self._show_current(self.table.current_row())

    def line(self, number: int) -> SheetLine | None:
        """Return a line by its number in the database, as it was shown last."""
        place = self._numbers.get(number)
        return None if place is None else self._lines[place]

    def all_lines(self) -> Sequence[SheetLine]:
        return self._lines

    def tally(self) -> Tally:
        counted = [line for line in self._lines if line.counted is not None]
        different = sum(line.counted != line.expected for line in counted)
        return Tally(len(self._lines), len(counted), different)

    def go_to_place(self, path: str) -> bool:
        """Put the cursor on the first line of a bin, first of all one that is not counted."""
        here = [number for number, line in enumerate(self._lines) if line.location == path]
        if not here:
            return False
        open_ones = (number for number in here if self._lines[number].counted is None)
        self.table.select(next(open_ones, here[0]))
        return True

    def go_on(self) -> None:
        """Put the cursor on the next line; the keys stay where they are."""
        below = self.table.grid.currentIndex().row() + 1
        if below < self.lines.rowCount():
            self.table.grid.go_to(below)
        self.card.keys.clear()

    @property
    def is_blind(self) -> bool:
        return self.sheet is not None and self.sheet.head.is_blind

    @property
    def is_open(self) -> bool:
        return self.sheet is not None and self.sheet.head.state is SheetState.OPEN

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_open and self.card.line and self.card.keys.begin(event.text()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _enter(self, line: SheetLine, counted: Decimal | None) -> None:
        if counted is None:
            self.go_on()
        else:
            self.entered.emit(line, counted)

    def _clear(self) -> None:
        self.cleared.emit([line for line in self.table.selected_rows() if line.counted is not None])

    def _note(self, line: SheetLine, _: str, text: str) -> None:
        self.noted.emit(line, text)

    def _show_current(self, line: SheetLine | None) -> None:
        self.card.show_line(line, blind=self.is_blind)

    def _columns(self) -> tuple[Column[SheetLine], ...]:
        tr = QCoreApplication.translate
        return (
            Column(
                tr("CountPage", "Location"),
                lambda line: line.location,
                key="location",
                chars=12,
                tooltip=lambda line: line.location,
            ),
            Column(
                tr("CountPage", "Item"),
                lambda line: line.item.sku,
                key="item",
                chars=10,
                tooltip=lambda line: line.item.sku,
            ),
            Column(
                tr("CountPage", "Name"),
                lambda line: line.item.name,
                key="name",
                stretch=True,
                chars=14,
                tooltip=lambda line: line.item.name,
            ),
            Column(tr("CountPage", "Lot"), lambda line: line.lot, key="lot", chars=6),
            Column(
                tr("CountPage", "Expected"),
                lambda line: "" if self.is_blind else quantity(line.expected),
                NUMBER,
                key="expected",
                sort=lambda line: None if self.is_blind else line.expected,
                chars=8,
            ),
            Column(
                tr("CountPage", "Counted"),
                lambda line: "" if line.counted is None else quantity(line.counted),
                NUMBER,
                key="counted",
                unit=lambda line: line.item.unit,
                sort=lambda line: line.counted,
                tone=self._tone,
                icon=self._icon,
                chars=10,
            ),
            Column(
                tr("CountPage", "Note"),
                self._remark,
                key="note",
                editable=lambda _: self.is_open,
                chars=9,
                tooltip=lambda line: line.note,
            ),
            Column(
                tr("CountPage", "By"), lambda line: line.counter, key="by", hidden=True, chars=9
            ),
        )

    def _remark(self, line: SheetLine) -> str:
        return line.note or (self.tr("found here") if line.was_found else "")

    def _tone(self, line: SheetLine) -> Tone | None:
        if line.counted is None or self.is_blind:
            return None
        return Tone.GOOD if line.counted == line.expected else Tone.ASK

    def _icon(self, line: SheetLine) -> str:
        tone = self._tone(line)
        return tone.value if tone else ""
