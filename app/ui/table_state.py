"""Remembers how a user arranged the columns of a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.cell_painter import PADDING, font_metrics
from app.ui.preferences import preferences
from app.ui.table_grid import Grid
from app.ui.tables import Column, RowsTable

LOOKED_AT = 50  # rows that tell how wide a column should be
WIDEST = 360  # pixels a column takes by itself
ARROW = 8  # pixels for the mark of sorting, beyond its padding
ROOM = 8  # pixels between columns that are full
RESET = "reset"


class TableState(QObject):
    """Widths, order, hidden columns and sorting, kept by the keys of the columns."""

    def __init__(self, grid: Grid, name: str) -> None:
        super().__init__(grid)
        self._grid = grid
        self._header = grid.horizontalHeader()
        self._model: RowsTable[Any] = grid.model()  # type: ignore[assignment]
        self._key = f"tables/{name}"
        self._is_ours = False
        self._fitted = False
        self._restore()
        self._wire()

    def _wire(self) -> None:
        header = self._header
        self._grid.resized.connect(self._stretch)
        header.sectionResized.connect(self._keep_width)
        header.sectionMoved.connect(self._keep)
        header.sortIndicatorChanged.connect(self._keep)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_menu)
        self._model.rowsInserted.connect(self._fit_once)
        self._model.modelReset.connect(self._fit_once)
        self._model.rowsInserted.connect(self._make_room)
        self._model.dataChanged.connect(self._make_room_for)

    def visible_columns(self) -> list[Column[Any]]:
        """Return the columns in the order they are seen."""
        columns = self._model.columns()
        order = [self._header.logicalIndex(place) for place in range(len(columns))]
        return [columns[number] for number in order if not self._header.isSectionHidden(number)]

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu that shows and hides columns."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._model.columns()):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self._header.isSectionHidden(number))
            action.setData(column.name)
        menu.addSeparator()
        menu.addAction(self.tr("As it was")).setData(RESET)
        menu.triggered.connect(self._choose)
        return menu

    def toggle(self, name: str) -> None:
        """Show or hide the column with this key; the last one visible stays."""
        number = [column.name for column in self._model.columns()].index(name)
        hide = not self._header.isSectionHidden(number)
        if not hide or len(self.visible_columns()) > 1:
            self._header.setSectionHidden(number, hide)
            self._keep()
            self._stretch()

    def reset(self) -> None:
        """Arrange the columns as they were made."""
        preferences().put(self._key, {})
        self._fitted = False
        with self._arranging():
            for place in range(self._header.count()):
                self._header.moveSection(self._header.visualIndex(place), place)
            self._grid.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._restore()

    @contextmanager
    def _arranging(self) -> Iterator[None]:
        """What changes inside is our doing, not the user's, and is not remembered."""
        before, self._is_ours = self._is_ours, True
        yield
        self._is_ours = before

    def _kept(self) -> dict[str, Any]:
        nothing: dict[str, Any] = {}
        return preferences().get(self._key, nothing)

    def _choose(self, action: QAction) -> None:
        if action.data() == RESET:
            self.reset()
        else:
            self.toggle(action.data())

    def _show_menu(self, where: QPoint) -> None:
        self.menu(self._grid).popup(self._header.mapToGlobal(where))

    def _restore(self) -> None:
        kept = self._kept()
        with self._arranging():
            self._restore_columns(kept)
            self._restore_order(kept)
        self._fit_once()
        self._stretch()

    def _restore_columns(self, kept: dict[str, Any]) -> None:
        columns = self._model.columns()
        hidden = kept.get("hidden", [column.name for column in columns if column.hidden])
        widths = kept.get("widths", {})
        for number, column in enumerate(columns):
            self._header.setSectionHidden(number, column.name in hidden)
            self._header.resizeSection(number, widths.get(column.name) or self._width(number))

    def _restore_order(self, kept: dict[str, Any]) -> None:
        names = [column.name for column in self._model.columns()]
        for place, name in enumerate(kept.get("order", [])):
            if name in names:
                self._header.moveSection(self._header.visualIndex(names.index(name)), place)
        name, descending = kept.get("sort", ("", False))
        if name in names and self._grid.isSortingEnabled():
            self._grid.sortByColumn(names.index(name), Qt.SortOrder(int(descending)))

    def _keep_width(self, number: int, _old: int, width: int) -> None:
        if not self._is_ours and self._header.isVisible() and width:
            column = self._model.columns()[number]
            kept = self._kept()
            kept.setdefault("widths", {})[column.name] = width
            if not column.stretch:
                preferences().put(self._key, kept)
            self._stretch()

    def _keep(self, *_: object) -> None:
        if self._is_ours:
            return
        columns = self._model.columns()
        header = self._header
        kept = self._kept()
        order = [columns[header.logicalIndex(place)].name for place in range(len(columns))]
        hidden = [c.name for number, c in enumerate(columns) if header.isSectionHidden(number)]
        kept |= {"order": order, "hidden": hidden}
        by = header.sortIndicatorSection()
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        kept["sort"] = [columns[by].name if 0 <= by < len(columns) else "", descending]
        preferences().put(self._key, kept)

    def _fit_once(self) -> None:
        """Give the columns room for the first rows there are, unless the user set a width."""
        if self._fitted or not self._model.rowCount():
            return
        self._fitted = True
        widths = self._kept().get("widths", {})
        with self._arranging():
            for number, column in enumerate(self._model.columns()):
                if column.name not in widths:
                    self._header.resizeSection(number, self._width(number))
        self._stretch()

    def _make_room_for(self, first: QModelIndex, last: QModelIndex) -> None:
        self._make_room(QModelIndex(), first.row(), last.row())

    def _make_room(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Widen columns of numbers for new figures: one that is cut off would be misread."""
        rows = range(first, min(last + 1, first + LOOKED_AT))
        widths = self._kept().get("widths", {})
        with self._arranging():
            for number, column in enumerate(self._model.columns()):
                if not column.is_number or column.name in widths:
                    continue
                wanted = min(WIDEST, self._grid.painter.width(number, rows) + ROOM)
                if 0 < self._header.sectionSize(number) < wanted:
                    self._header.resizeSection(number, wanted)
        self._stretch()

    def _width(self, number: int) -> int:
        """Return the pixels that the heading, the given width and the first rows ask for."""
        rows = range(min(self._model.rowCount(), LOOKED_AT))
        wanted = max(self._narrowest(number), self._grid.painter.width(number, rows) + ROOM)
        return min(WIDEST, wanted)

    def _narrowest(self, number: int) -> int:
        """Return the pixels that the heading and the given width ask for, without the rows."""
        column = self._model.columns()[number]
        advance = font_metrics(self._grid).horizontalAdvance
        heading = advance(column.title) + 3 * PADDING + ARROW
        return max(heading, column.chars * advance("0")) + ROOM

    def _stretch(self) -> None:
        """Give what room is left to the column that stretches.

        Long texts give way, so that the figures beside them stay in sight; the heading does not,
        nor the width that the column was given.
        """
        columns = self._model.columns()
        number = next((n for n, column in enumerate(columns) if column.stretch), -1)
        if number < 0 or self._header.isSectionHidden(number):
            return
        others = self._header.length() - self._header.sectionSize(number)
        least = self._narrowest(number) if columns[number].chars else self._width(number)
        width = max(min(WIDEST, least), self._grid.viewport().width() - others)
        if width != self._header.sectionSize(number):
            with self._arranging():
                self._header.resizeSection(number, width)
