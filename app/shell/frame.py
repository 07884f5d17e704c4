"""The window itself, on view at once: it loads nothing, and what fills it comes after."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.preferences import preferences
from app.ui.theme import Role, colour

FIRST_SIZE = (1280, 800)
SMALLEST = (640, 480)
TITLE = 40  # pixels that the system's frame takes above, roughly
RAIL, TAPE, STATUS = 200, 45, 32  # pixels that the parts to come will take, roughly
COMING = 500  # milliseconds that a desktop may take to bring a window forward


class Frame(QWidget):
    """Shows the ground of what is to come, then the content; is where it was the last time."""

    painted = Signal()
    """The window is on view for the first time; what takes longer may begin."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("frame")
        self.setWindowTitle("Stockroom")
        self.setMinimumSize(*SMALLEST)
        self._content: QWidget | None = None
        self._is_painted = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._restore()

    def fill(self, content: QWidget) -> None:
        """Put the content in; its title is the window's, and it is closed with it."""
        self._content = content
        self._layout.addWidget(content)
        self.setWindowTitle(content.windowTitle())
        content.windowTitleChanged.connect(self.setWindowTitle)
        content.show()

    def empty(self) -> None:
        """Take the content out again; it is gone as soon as nothing is said to it any more."""
        content, self._content = self._content, None
        if content:
            content.windowTitleChanged.disconnect(self.setWindowTitle)
            self._layout.removeWidget(content)
            content.hide()
            content.deleteLater()

    def come_forward(self) -> None:
        """Be in front of all other windows, or ask for attention where the desktop forbids it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        (QApplication.activeModalWidget() or self).activateWindow()
        QTimer.singleShot(COMING, self._ask_for_attention)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._content is None:
            self._paint_ground()
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._tell)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        if self._content and not self._content.close():
            event.ignore()

    def _ask_for_attention(self) -> None:
        QApplication.alert(self)  # does nothing if it is in front by now

    def _tell(self) -> None:
        self.painted.emit()

    def _paint_ground(self) -> None:
        painter = QPainter(self)
        area = self.rect()
        work = QRect(RAIL, TAPE, area.width() - RAIL, area.height() - TAPE - STATUS)
        painter.fillRect(area, colour(Role.SURFACE))
        painter.fillRect(work, colour(Role.WINDOW))
        painter.end()

    def _keep(self) -> None:
        place = self.normalGeometry()
        preferences().put("window/place", [place.x(), place.y(), place.width(), place.height()])
        preferences().put("window/maximized", self.isMaximized())

    def _restore(self) -> None:
        """Take the place of the last time, as far as there is still a display there."""
        x, y, width, height = preferences().get("window/place", [-1, -1, *FIRST_SIZE])
        room = self.screen().availableGeometry()
        place = QRect(x, y, min(width, room.width()), min(height, room.height() - TITLE))
        self.resize(place.size())
        if x >= 0 and room.contains(place):
            self.setGeometry(place)  # without the frame around it, as it was kept
        if preferences().get("window/maximized", False):
            self.setWindowState(Qt.WindowState.WindowMaximized)
