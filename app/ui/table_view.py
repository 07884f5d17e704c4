"""A table as people use it: sort, filter by typing, choose columns, copy, export, remember."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.parts import EmptyState, Mend
from app.ui.table_grid import Grid
from app.ui.table_state import TableState
from app.ui.tables import Column, RowsTable

FLASH = 150  # milliseconds


class TableView(QWidget):
    """Shows a table model. `name` keys what is remembered of it; digits may mean quantities,
    then `type_to_filter` is False and only Ctrl+F opens the filter."""

    activated = Signal(object)
    current_changed = Signal(object)
    export_wanted = Signal(list, list)
    """Headings and rows (text, or the figure or date itself) of what is shown."""

    def __init__(
        self, model: RowsTable[Any], name: str, accessible: str, *, type_to_filter: bool = True
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.model = model
        self._kept_current: object = None
        self.filter = QLineEdit()
        self.filter.setObjectName(f"{name}_filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(self.tr("Show only rows that contain"))
        self.filter.setPlaceholderText(self.tr("Show only rows that contain …"))
        self.filter.hide()
        self.grid = Grid(model, f"{name}_grid", accessible)
        self.empty = EmptyState()
        self.grid.cover_when_empty(self.empty)
        self.grid.takes_typing = type_to_filter and model.can_filter
        self.setFocusProxy(self.grid)
        self._empty: tuple[str, str, Mend | None] = ("", "", None)
        self._instead: tuple[str, str, Mend | None] | None = None
        self._flash_over = QTimer(self, singleShot=True, interval=FLASH)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.filter)
        layout.addWidget(self.grid, 1)
        self._add_actions()
        self._wire()
        self._state = TableState(self.grid, name)

    def _wire(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.grid.typed.connect(self._type)
        self.grid.chosen.connect(self._activate)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.selectionModel().currentRowChanged.connect(self._tell_current)
        self.model.modelAboutToBeReset.connect(self._keep_current)
        self.model.modelReset.connect(self._restore_current)
        for changed in (
            self.model.modelReset,
            self.model.rowsInserted,
            self.model.rowsRemoved,
            self.model.dataChanged,
        ):
            changed.connect(self._tell_changed)
        self._flash_over.timeout.connect(self._end_flash)

    def _add_actions(self) -> None:
        self.copy_action = self._action(self.tr("Copy with headings"), "Ctrl+C", self.copy)
        self.filter_action = self._action(self.tr("Filter"), "Ctrl+F", self.open_filter)
        self.export_action = self._action(self.tr("Export …"), "Ctrl+E", self._export)
        self.columns_action = self._action(
            self.tr("Choose columns …"), "Ctrl+Shift+C", self._choose_columns
        )
        self.filter_action.setEnabled(self.model.can_filter)

    def _action(self, text: str, key: str, slot: Any) -> QAction:
        action = QAction(text, self)
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    # For screens

    def current_row(self) -> Any:
        """Return the row the cursor is on, or None."""
        index = self.grid.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def selected_rows(self) -> list[Any]:
        """Return the selected rows from top to bottom."""
        numbers = {index.row() for index in self.grid.selectionModel().selectedRows()}
        return [self.model.row(self.model.index(number, 0)) for number in sorted(numbers)]

    def select(self, number: int) -> None:
        """Put the cursor on a row, numbered as it was given to show_rows."""
        place = self.model.place_of(number)
        if place is not None:
            self.grid.go_to(place)

    def flash_row(self, number: int) -> None:
        """Bring a row into sight and let it flash once: something just happened to it."""
        place = self.model.place_of(number)
        if place is not None:
            self.grid.go_to(place)
            self.grid.painter.flash = place
            self.grid.viewport().update()
            self._flash_over.start()

    def show_when_empty(self, title: str, text: str = "", mend: Mend | None = None) -> None:
        """Say what stands where there are no rows yet: what this is for and how to begin."""
        self._empty = (title, text, mend)
        self._say_empty()

    def say_instead(self, words: tuple[str, str, Mend | None] | None) -> None:
        """Say this while it is empty, in place of what the table says itself; None ends it."""
        self._instead = words
        self._say_empty()

    def tabulated(self) -> tuple[list[str], list[list[Any]]]:
        """Return headings and rows of what is shown, figures and dates as themselves."""
        return self._table(self.model.shown(), _exact)

    def copy(self) -> None:
        """Put the selected rows (or all) with their headings onto the clipboard."""
        headings, rows = self._table(self.selected_rows() or self.model.shown(), _text)
        lines = ["\t".join(map(_one_line, cells)) for cells in (headings, *rows)]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def open_filter(self, text: str = "") -> None:
        """Show the filter line, ready to type into."""
        self.filter.show()
        if isinstance(text, str) and text:
            self.filter.setText(text)
        self.filter.setFocus()

    # Its own

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.filter.isHidden():
            self._close_filter()
        elif self.filter.hasFocus() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Down}:
            self.grid.setFocus()
            self.grid.go_to(0)
        else:
            super().keyPressEvent(event)

    def _close_filter(self) -> None:
        self.filter.clear()
        self.filter.hide()
        self.grid.setFocus()

    def _type(self, text: str) -> None:
        self.open_filter(text)

    def _filter(self, text: str) -> None:
        self.model.filter(text)
        if text.strip() and self.model.rows():
            self.empty.say(
                self.tr("No row contains “{text}”").format(text=text.strip()),
                "",
                Mend(self.tr("Show all rows"), self._close_filter),
            )
        else:
            self._say_empty()

    def _say_empty(self) -> None:
        self.empty.say(*(self._instead or self._empty))

    def _activate(self, index: QModelIndex) -> None:
        self.activated.emit(self.model.row(index))

    def _tell_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(self.model.row(current) if current.isValid() else None)

    def _tell_changed(self) -> None:
        self.grid.painter.forget()

    def _keep_current(self) -> None:
        self._kept_current = self.current_row()

    def _restore_current(self) -> None:
        kept, self._kept_current = self._kept_current, None
        if kept is not None and kept in (shown := self.model.shown()):
            self.grid.go_to(shown.index(kept))

    def _end_flash(self) -> None:
        self.grid.painter.flash = -1
        self.grid.viewport().update()

    def _export(self) -> None:
        self.export_wanted.emit(*self.tabulated())

    def _table(self, rows: Sequence[Any], read: Any) -> tuple[list[str], list[list[Any]]]:
        """Return headings and cells of the visible columns, a unit in a column of its own."""
        headings: list[str] = []
        columns: list[list[Any]] = []
        for column in self._state.visible_columns():
            headings.append(column.title)
            columns.append([read(column, row) for row in rows])
            units = [column.unit(row) for row in rows] if column.unit else []
            if any(units):
                headings.append(self.tr("Unit"))
                columns.append(units)
        return headings, [list(cells) for cells in zip(*columns, strict=True)]

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(
            [self.copy_action, self.export_action, self.filter_action, self.columns_action]
        )
        menu.popup(where)

    def _choose_columns(self) -> None:
        self._state.menu(self).popup(self.grid.mapToGlobal(QPoint(8, 8)))


def _text(column: Column[Any], row: Any) -> str:
    return column.text(row)


def _exact(column: Column[Any], row: Any) -> Any:
    value = column.sort(row) if column.sort else None
    return value if isinstance(value, Decimal | int | date) else column.text(row)


def _one_line(text: str) -> str:
    return " ".join(text.split("\t")).replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
