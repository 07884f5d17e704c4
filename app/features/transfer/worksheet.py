"""The transfer on the screen: from where, what, to where, and the line worked on."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.features.transfer.draft import Draft
from app.features.transfer.line_editor import LineEditor
from app.features.transfer.lines_table import LinesTable
from app.features.transfer.totals import Row, rows_of
from app.ui.code_field import CodeField
from app.ui.entries import Entries
from app.ui.jobs import Job
from app.ui.parts import labelled

Suggest = Callable[[str], Job]
TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Worksheet(QWidget):
    """Figures and signs typed into the table are the quantity of the line the cursor is on."""

    source_said = Signal(str)
    item_wanted = Signal(str)
    target_said = Signal(str)

    def __init__(self, places: Suggest, items: Suggest) -> None:
        super().__init__()
        self._draft = Draft(key="")
        self._entries = Entries()
        self.source = CodeField("source", self.tr("Bin it comes from"), places)
        self.item = CodeField("item", self.tr("Add an item"), items)
        self.item.setPlaceholderText(self.tr("SKU, name or barcode"))
        self.target = CodeField("target", self.tr("Bin it goes to"), places)
        self.table = LinesTable()
        self.editor = LineEditor()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for text, field in (
            (self.tr("&From"), self.source),
            (self.tr("Add &item"), self.item),
            (self.tr("&To"), self.target),
        ):
            head.addWidget(labelled(text, field), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.editor)
        self.setFocusProxy(self.table)

    def _wire(self) -> None:
        self.source.editingFinished.connect(self._say_source)
        self.source.chosen.connect(self._say_source)
        self.item.chosen.connect(self._want_item)
        self.target.editingFinished.connect(self._say_target)
        self.target.chosen.connect(self._say_target)
        self.table.current_changed.connect(self._show_current)

    def show_draft(self, draft: Draft, trouble: Mapping[int, str], line: int | None = None) -> None:
        """Show the draft, and one of its lines as the current one if it is named."""
        self._draft = draft
        self._entries.put(self.source, draft.source.path if draft.source else "")
        self._entries.put(self.target, draft.target.path if draft.target else "")
        self._teach(draft)
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
        row = self.current()
        return row.line.id if row else None

    def commit(self) -> None:
        """Say all that was typed and not confirmed yet."""
        self._say_source()
        self._say_target()
        self.editor.commit()

    def ask(self) -> None:
        """Put the cursor where the current line must be told something, else into the table."""
        row = self.current()
        if not self.editor.ask(row.line.needs if row else None):
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

    def _teach(self, draft: Draft) -> None:
        if draft.source is None:
            self.table.show_when_empty(
                self.tr("Nothing to move yet"),
                self.tr("Scan the bin it comes from, the goods, then the bin they go to."),
            )
        else:
            text = self.tr("Scan what leaves {place}, or press Ctrl+W to take all of it.")
            self.table.show_when_empty(
                self.tr("Nothing to move yet"), text.format(place=draft.source.path)
            )

    def _show_current(self) -> None:
        self.editor.show_row(self.current(), self._draft)

    def _say_source(self) -> None:
        if self._entries.take(self.source) and self.source.code():
            self.source_said.emit(self.source.code())

    def _say_target(self) -> None:
        if self._entries.take(self.target) and self.target.code():
            self.target_said.emit(self.target.code())

    def _want_item(self, code: str) -> None:
        self.item.clear()
        self.item_wanted.emit(code)
