"""Paints the cells of tables from prepared values."""

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui.formats import decimal_mark
from app.ui.icons import drawn
from app.ui.tables import Cell, RowsTable
from app.ui.theme import TONE_SURFACES, TONES, Role, colour

PADDING = 8  # pixels on either side of a cell
BAR = 3  # pixels of the accent bar at the current row
ICON = 16  # pixels
LOOKED_AT = 500  # rows that tell how much room decimals and units need

MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | MIDDLE
LEFT = Qt.AlignmentFlag.AlignLeft | MIDDLE

SELECTED = QStyle.StateFlag.State_Selected

Index = QModelIndex | QPersistentModelIndex


class Room(NamedTuple):
    """Pixels that the widest fraction and the widest unit of a column take."""

    fraction: int
    unit: int


class CellPainter(QStyledItemDelegate):
    """Numbers stand on their decimal mark, units are quiet, tones come with a mark."""

    def __init__(self, model: RowsTable[Any], view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._rooms: dict[int, Room] = {}
        self.flash = -1
        """The row that flashes, −1 for none."""

    def forget(self) -> None:
        """Rows or text size changed: how much room a column needs is found out again."""
        self._rooms.clear()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, number = index.row(), index.column()
        cell, column = self._model.cells(row)[number], self._model.columns()[number]
        area: QRect = option.rect  # type: ignore[attr-defined]
        metrics = painter.fontMetrics()
        is_selected = bool(option.state & SELECTED)  # type: ignore[attr-defined]
        ground = self._ground(row, is_selected)
        self._paint_ground(painter, area, ground, index)
        inner = area.adjusted(PADDING, 0, -PADDING, -1)
        ink = colour(TONES[cell.tone] if cell.tone else Role.TEXT)
        if cell.icon:
            picture = drawn(cell.icon, ink.name(), ICON * 2)
            top = inner.center().y() - ICON // 2
            painter.drawPixmap(QRect(inner.left(), top, ICON, ICON), picture)
            inner.setLeft(inner.left() + ICON + PADDING // 2)
        if column.is_number:
            room = self._room(number, metrics)
            painter.setPen(colour(Role.QUIET))
            painter.drawText(inner.adjusted(inner.width() - room.unit, 0, 0, 0), LEFT, unit(cell))
            inner = self._number_area(inner, cell.text, room, metrics)
        painter.setPen(colour(Role.TEXT) if ground == Role.ACCENT_SURFACE else ink)
        painter.drawText(inner, _flags(column.align), fitted(cell.text, inner.width(), metrics))

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            return  # rows came anew while somebody types: what is typed stays
        super().setEditorData(editor, index)

    def _paint_ground(self, painter: QPainter, area: QRect, ground: Role, index: Index) -> None:
        painter.fillRect(area, colour(ground))
        painter.setPen(colour(Role.LINE))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        current = self._view.currentIndex()
        if index.row() != current.row():
            return
        if self._is_leftmost(area):
            painter.fillRect(area.left(), area.top(), BAR, area.height(), colour(Role.ACCENT))
        if index.column() == current.column() and self._view.hasFocus():
            painter.setPen(colour(Role.ACCENT))
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _ground(self, row: int, is_selected: bool) -> Role:
        if row == self.flash:
            return Role.GOOD_SURFACE
        if is_selected:
            return Role.ACCENT_SURFACE
        tone = self._model.row_tone(row)
        return TONE_SURFACES[tone] if tone else Role.SURFACE

    def _is_leftmost(self, area: QRect) -> bool:
        return area.left() <= 0 < area.right()

    def _number_area(self, inner: QRect, text: str, room: Room, metrics: QFontMetrics) -> QRect:
        """Return where the number goes, so that its decimal mark stands under the others'."""
        spare = room.fraction - metrics.horizontalAdvance(_fraction(text))
        return inner.adjusted(0, 0, -(room.unit + max(0, spare)), 0)

    def width(self, column: int, rows: range) -> int:
        """Return the pixels that these rows of a column ask for."""
        metrics = font_metrics(self._view)
        cells = [self._model.cells(row)[column] for row in rows]
        icon = ICON + PADDING // 2 if any(cell.icon for cell in cells) else 0
        if self._model.columns()[column].is_number:
            room = self._room(column, metrics)
            texts = {cell.text.partition(decimal_mark())[0] for cell in cells}
            rest = room.fraction + room.unit
        else:
            texts, rest = {cell.text for cell in cells}, 0
        widest = max(map(metrics.horizontalAdvance, texts), default=0)
        return widest + rest + icon + 2 * PADDING

    def _room(self, column: int, metrics: QFontMetrics) -> Room:
        room = self._rooms.get(column)
        if room is None:
            rows = range(min(self._model.rowCount(), LOOKED_AT))
            cells = [self._model.cells(row)[column] for row in rows]
            texts = {_fraction(cell.text) for cell in cells}
            units = {unit(cell) for cell in cells}
            advance = metrics.horizontalAdvance
            room = Room(max(map(advance, texts), default=0), max(map(advance, units), default=0))
            self._rooms[column] = room
        return room


def font_metrics(view: QAbstractItemView) -> QFontMetrics:
    """Return the measures of the font that rows are painted in.

    Before its style is applied a view has another one, and on Windows the system has a font for
    views, which what they show is not painted in.
    """
    view.ensurePolished()
    return view.viewport().fontMetrics()


def unit(cell: Cell) -> str:
    """Return the unit with the gap before it."""
    return f" {cell.unit}" if cell.unit else ""


def _fraction(text: str) -> str:
    _, mark, digits = text.partition(decimal_mark())
    return mark + digits


def _flags(align: Qt.AlignmentFlag) -> int:
    return (align | MIDDLE | Qt.TextFlag.TextSingleLine).value


def fitted(text: str, width: int, metrics: QFontMetrics) -> str:
    if metrics.horizontalAdvance(text) <= width:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
