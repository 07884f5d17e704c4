"""The receipt on the screen: what holds for all of it, its lines, and the line worked on."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.features.receiving.draft import Draft, Facts
from app.features.receiving.head import ReceiptHead, Suggest
from app.features.receiving.line_editor import LineEditor
from app.features.receiving.lines_table import LinesTable
from app.features.receiving.totals import Row, rows_of

NO_FACTS = Facts()
TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Worksheet(QWidget):
    """Figures and signs typed into the table are the quantity of the line the cursor is on."""

    def __init__(self, items: Suggest, suppliers: Suggest, places: Suggest) -> None:
        super().__init__()
        self._draft = Draft(key="")
        self.head = ReceiptHead(items, suppliers, places)
        self.table = LinesTable()
        self.editor = LineEditor(places)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.editor)
        self.setFocusProxy(self.table)
        self.table.current_changed.connect(self._show_current)
        self.table.activated.connect(self._edit)

    def show_draft(self, draft: Draft, trouble: Mapping[int, str], line: int | None = None) -> None:
        """Show the draft, and one of its lines as the current one if it is named."""
        self._draft = draft
        self.head.show_draft(draft)
        self.table.show_lines(rows_of(draft, trouble))
        place = self.table.place_of_line(line)
        if place is not None:
            self.table.select(place)
        elif self.table.current_row() is None:
            self.table.select(0)
        self._show_current()

    def flash(self, line: int | None) -> None:
        place = self.table.place_of_line(line)
        if place is not None:
            self.table.flash_row(place)

    def current(self) -> Row | None:
        row = self.table.current_row()
        return row if isinstance(row, Row) else None

    def current_line(self) -> int | None:
        """Return the number of the line worked on; None if nothing came for its row yet."""
        row = self.current()
        return row.line.id if row and row.line else None

    def commit(self) -> None:
        """Say all that was typed and not confirmed yet."""
        self.head.commit()
        self.editor.commit()

    def ask(self) -> None:
        """Put the cursor where the current line must be told something, else into the table."""
        row = self.current()
        if not self.editor.ask(row.line.needs if row and row.line else None):
            self.table.setFocus()

    def ask_how_many(self) -> None:
        """Put the cursor where the quantity is typed, unless something else comes first."""
        row = self.current()
        if not self.editor.ask(row.line.needs if row and row.line else None):
            self.editor.quantity.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~TYPING
        is_ours = is_plain and self.table.grid.hasFocus() and self.current() is not None
        if not (is_ours and event.text() and self.editor.quantity.begin(event.text())):
            super().keyPressEvent(event)

    def _show_current(self) -> None:
        row = self.current()
        facts = self._draft.facts_of(row.item) if row else NO_FACTS
        self.editor.show_row(row, facts, self.table.today)

    def _edit(self, _row: Row) -> None:
        self.editor.quantity.setFocus()
        self.editor.quantity.selectAll()
