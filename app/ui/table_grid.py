"""The grid of a table: its keys, rows of one height, and what covers it while it is empty."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.cell_painter import CellPainter
from app.ui.tables import RowsTable
from app.ui.theme import look

TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Grid(QTableView):
    typed = Signal(str)
    chosen = Signal(QModelIndex)
    menu_wanted = Signal(QPoint)
    resized = Signal()

    def __init__(self, model: RowsTable[Any], name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.takes_typing = model.can_filter
        self._cover: QWidget | None = None
        self.setModel(model)
        self.painter = CellPainter(model, self)
        self.setItemDelegate(self.painter)
        self._arrange()
        self._arrange_headers(model.can_filter)
        self.doubleClicked.connect(self._choose)
        look().changed.connect(self._take_look)
        self._take_look()

    def _arrange(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)

    def _arrange_headers(self, sortable: bool) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionsMovable(True)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(32)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorClearable(True)
        self.setSortingEnabled(sortable)

    def cover_when_empty(self, cover: QWidget) -> None:
        """Lay a widget over the rows whenever there are none."""
        cover.setParent(self.viewport())
        self._cover = cover
        model = self.model()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._show_cover)
        self._show_cover()

    def go_to(self, row: int) -> None:
        """Put the cursor on a shown row, in the column it is in."""
        column = max(0, self.currentIndex().column())
        index = self.model().index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # the editor has answered it already
            return
        current = self.currentIndex()
        can_edit = bool(current.flags() & Qt.ItemFlag.ItemIsEditable)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            if can_edit:
                self.edit(current)
            else:
                self.chosen.emit(current)
        elif can_edit or not _is_typing(event):
            super().keyPressEvent(event)
        elif self.takes_typing:
            self.typed.emit(event.text())
        else:
            event.ignore()  # the screen may know what to do with it

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        below = self.currentIndex().row() + 1
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.setFocus()
            if below < self.model().rowCount():
                self.go_to(below)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cover:
            self._cover.setGeometry(self.viewport().rect())
        self.resized.emit()

    def _choose(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.chosen.emit(index)

    def _show_cover(self) -> None:
        if self._cover:
            empty = not self.model().rowCount()
            self._cover.setVisible(empty)
            bar = Qt.ScrollBarPolicy
            self.setHorizontalScrollBarPolicy(
                bar.ScrollBarAlwaysOff if empty else bar.ScrollBarAsNeeded
            )

    def _take_look(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look().row_height)
        self.painter.forget()
        self.viewport().update()


def _is_typing(event: QKeyEvent) -> bool:
    """Tell whether the key writes something; a blank selects, as Qt has it."""
    return (
        event.text().isprintable()
        and bool(event.text().strip())
        and not (event.modifiers() & ~TYPING)
    )
