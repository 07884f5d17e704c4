"""Shows a page of labels as it will be printed, and takes where on the sheet to begin."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.errors import AppError
from app.features.labels.pages import PageView, paint_page
from app.ui.messages import message
from app.ui.theme import Role, colour, look

_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_MARGIN = 6  # pixels around the paper
_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class PagePreview(QWidget):
    """Paints a page with the same function that prints it, only smaller.

    The labels of a first sheet can be clicked, or walked over with the arrow keys: there the
    next job begins.
    """

    start_chosen = Signal(int)

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._page: PageView | None = None
        self._why_not = ""
        self._picture: QImage | None = None
        look().changed.connect(self.update)

    def show_page(self, page: PageView | None) -> None:
        """Show this page, or nothing."""
        self._why_not = ""
        self._show(page)

    def show_why_not(self, error: AppError) -> None:
        """Say in place of the page why it cannot be printed."""
        self._why_not = message(error)
        self._show(None)

    def _show(self, page: PageView | None) -> None:
        self._page = page
        self._picture = None
        is_sheet = bool(page and page.job.stock.is_sheet and page.number == 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_sheet else Qt.FocusPolicy.NoFocus)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if is_sheet else Qt.CursorShape.ArrowCursor
        )
        self.setAccessibleDescription(self._described())
        self.update()

    def page(self) -> PageView | None:
        return self._page

    def center_of(self, cell: int) -> QPointF:
        """Return where a cell of the sheet is shown, in pixels."""
        return self._cell(cell).center()

    @override
    def sizeHint(self) -> QSize:
        return QSize(180, 180)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, 100)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._page is not None:
            self._paint(painter, self._page)
        elif self._why_not:
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.setPen(colour(Role.BAD))
            painter.drawText(room, _WRAPPED, self._why_not)
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._picture = None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        page = self._page
        if page and page.number == 0 and page.job.stock.is_sheet:
            for cell in range(page.job.stock.per_page):
                if self._cell(cell).contains(event.position()):
                    self.start_chosen.emit(cell)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        page, step = self._page, _STEPS.get(event.key())
        if page is None or step is None:
            super().keyPressEvent(event)
            return
        stock = page.job.stock
        row, column = divmod(page.job.start, stock.columns)
        row, column = row + step[0], column + step[1]
        if 0 <= row < stock.rows and 0 <= column < stock.columns:
            self.start_chosen.emit(row * stock.columns + column)

    def _paint(self, painter: QPainter, page: PageView) -> None:
        ratio = self.devicePixelRatioF()
        paper = self._paper()
        wanted = (paper.size() * ratio).toSize()
        if self._picture is None or self._picture.size() != wanted:
            self._picture = _drawn(page, wanted)
            self._picture.setDevicePixelRatio(ratio)
        painter.drawImage(paper.topLeft(), self._picture)
        painter.setPen(colour(Role.EDGE))
        painter.drawRect(paper)
        if page.job.stock.is_sheet:
            self._paint_cells(painter, page)

    def _paint_cells(self, painter: QPainter, page: PageView) -> None:
        """Frame every label of the sheet; cross out those that are used up."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start = page.job.start if page.number == 0 else 0
        for cell in range(page.job.stock.per_page):
            frame = self._cell(cell)
            painter.setPen(QPen(Qt.GlobalColor.lightGray, 1))
            painter.drawRect(frame)
            if cell < start:
                painter.fillRect(frame, Qt.GlobalColor.lightGray)
                painter.setPen(QPen(Qt.GlobalColor.gray, 1))
                painter.drawLine(frame.topLeft(), frame.bottomRight())
        if page.number == 0:
            width = 3 if self.hasFocus() else 2
            painter.setPen(QPen(colour(Role.ACCENT), width))
            painter.drawRect(self._cell(start))

    def _paper(self) -> QRectF:
        """Return where the page is shown: as large as it goes, in the middle."""
        if self._page is None:
            return QRectF()
        wide, high = self._page.job.stock.page_size
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = max(min(room.width() / wide, room.height() / high), 0.01)
        size = QSize(round(wide * scale), round(high * scale))
        left = room.left() + (room.width() - size.width()) / 2
        top = room.top() + (room.height() - size.height()) / 2
        return QRectF(round(left), round(top), size.width(), size.height())

    def _cell(self, number: int) -> QRectF:
        if self._page is None:
            return QRectF()
        stock, paper = self._page.job.stock, self._paper()
        scale = paper.width() / stock.page_size[0]
        cell = list(stock.cells())[number]
        return QRectF(
            paper.left() + cell.x * scale,
            paper.top() + cell.y * scale,
            stock.width * scale,
            stock.height * scale,
        )

    def _described(self) -> str:
        if self._page is None:
            return self._why_not or self.tr("There is nothing to show.")
        job = self._page.job
        row, column = divmod(job.start, job.stock.columns)
        return self.tr("Page {page} of {pages}, first label in row {row}, column {column}").format(
            page=self._page.number + 1, pages=job.pages, row=row + 1, column=column + 1
        )


def _drawn(page: PageView, size: QSize) -> QImage:
    """Draw a page at a size: white paper, whatever the theme."""
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width, height = page.size
    painter.scale(size.width() / width, size.height() / height)
    paint_page(painter, page.placed, page.compositions)
    painter.end()
    return image
