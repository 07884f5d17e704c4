"""The light of the self-audit, and what it found, on a click."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFocusRect,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.core.scans import Tone
from app.ui.icons import TONE_ICONS, drawn
from app.ui.parts import PlainLabel, SmallButton
from app.ui.theme import TONES, Role, colour, look, part

ICON = 14
DETAILS = QSize(640, 320)
MARGIN = 16


class AuditLight(QAbstractButton):
    """A mark and a word: what is posted adds up, or not, or is not yet checked."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("audit_light")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mark = QLabel()
        self.word = PlainLabel(use="status-text", name="audit_word")
        self._tone: Tone | None = None
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.mark)
        layout.addWidget(self.word)
        look().changed.connect(self._draw)
        self.show_state(None, self.tr("not audited yet"))

    def show_state(self, tone: Tone | None, word: str, about: str = "") -> None:
        self._tone = tone
        self.word.setText(word)
        self.setToolTip(about or word)
        self.setAccessibleName(word)
        self._draw()

    @override
    def sizeHint(self) -> QSize:
        return self._layout.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The labels paint themselves; what is left is to show where the keyboard is."""
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            painter = QPainter(self)
            self.style().drawPrimitive(
                QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self
            )
            painter.end()

    def _draw(self) -> None:
        name = TONE_ICONS[self._tone] if self._tone else "waiting"
        ink = colour(TONES[self._tone] if self._tone else Role.QUIET).name()
        ratio = self.devicePixelRatioF()
        picture = drawn(name, ink, round(ICON * ratio)).copy()
        picture.setDevicePixelRatio(ratio)
        self.mark.setPixmap(picture)


class AuditDetails(QFrame):
    """A card above the light: when it was checked, and each difference on a line of its own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("audit_details")
        self.setAccessibleName(self.tr("What the audit found"))
        part(self, "card")
        self.about = PlainLabel(name="audit_about")
        self.about.setWordWrap(True)
        self.differences = QPlainTextEdit()
        self.differences.setObjectName("audit_differences")
        self.differences.setAccessibleName(self.tr("Differences"))
        self.differences.setReadOnly(True)
        self.shut = SmallButton(self.tr("Close"), "audit_close", self.tr("Close (Esc)"))
        self.shut.clicked.connect(self.put_away)
        top = QHBoxLayout()
        top.addWidget(self.about, 1)
        top.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addLayout(top)
        layout.addWidget(self.differences, 1)
        self._window = window
        self._back: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    def show_found(self, about: str, differences: Sequence[str]) -> None:
        self.about.setText(about)
        self.differences.setPlainText("\n".join(differences))
        self.differences.setVisible(bool(differences))
        if self.isHidden():
            self._back = self.window().focusWidget()
        self.show()
        self._place()
        self.raise_()
        self.shut.setFocus()

    def put_away(self) -> None:
        self.hide()
        if self._back:
            self._back.setFocus()
            self._back = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Stand in the lower left corner, above the status line."""
        room = self._window.rect()
        wanted = DETAILS if self.differences.toPlainText() else QSize(DETAILS.width(), 0)
        size = wanted.expandedTo(self.minimumSizeHint()).boundedTo(room.size())
        self.resize(size)
        self.move(MARGIN, max(0, room.height() - size.height() - 3 * MARGIN))
