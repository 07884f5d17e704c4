"""The line at the bottom: is the ledger sound, which database, who, and how long things took."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.core.scans import Tone
from app.ui.formats import took
from app.ui.icons import TONE_ICONS, drawn
from app.ui.parts import ElidedLabel, PlainLabel, SmallButton
from app.ui.progress import ProgressLine
from app.ui.theme import TONES, Role, colour, look

MESSAGE_TIME = 8000  # milliseconds
ICON = 14


class AuditLight(QWidget):
    """A mark and a word: what is posted adds up, or not, or is not yet checked."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("audit_light")
        self.mark = QLabel()
        self.word = PlainLabel(use="status-text", name="audit_word")
        self._tone: Tone | None = None
        layout = QHBoxLayout(self)
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

    def _draw(self) -> None:
        name = TONE_ICONS[self._tone] if self._tone else "waiting"
        ink = colour(TONES[self._tone] if self._tone else Role.QUIET).name()
        ratio = self.devicePixelRatioF()
        picture = drawn(name, ink, round(ICON * ratio)).copy()
        picture.setDevicePixelRatio(ratio)
        self.mark.setPixmap(picture)


class StatusLine(QFrame):
    """Left: audit, database, user. Right: progress, the last remark, how long it took, keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.audit = AuditLight()
        self.database = PlainLabel(use="status", name="status_database")
        self.user = PlainLabel(use="status", name="status_user")
        self.message = ElidedLabel(use="status-text", name="status_message")
        self.took = PlainLabel(use="status", name="status_took")
        self.progress = ProgressLine()
        self.keys = SmallButton(self.tr("F1 keys"), "status_keys", self.tr("Show all keys"), "flat")
        self._saved = {
            "write": self.tr("saved"),
            "read": self.tr("found"),
            "perform": self.tr("done"),
        }
        self._forget = QTimer(self, singleShot=True, interval=MESSAGE_TIME)
        self._forget.timeout.connect(self.message.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 8, 2)
        layout.setSpacing(16)
        left: tuple[QWidget, ...] = (self.audit, self.database, self.user)
        right: tuple[QWidget, ...] = (self.progress, self.took, self.keys)
        for widget in left:
            layout.addWidget(widget)
        layout.addWidget(self.message, 1)
        for widget in right:
            layout.addWidget(widget)

    def say(self, message: str) -> None:
        """Show a passing remark."""
        self.message.setText(message)
        self._forget.start()

    def show_took(self, kind: str, milliseconds: float) -> None:
        """Show how long the last piece of work took."""
        self.took.setText(f"{self._saved.get(kind, kind)} · {took(milliseconds)}")
