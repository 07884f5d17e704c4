"""The line at the bottom: is the ledger sound, which database, who, and how long things took."""

import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.shell.audit_light import AuditLight
from app.ui.formats import took
from app.ui.parts import ElidedLabel, PlainLabel, SmallButton
from app.ui.progress import ProgressLine

MESSAGE_TIME = 8000  # milliseconds


class StatusLine(QFrame):
    """Left: audit, database, user. Right: progress, the last remark, how long it took, keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.audit = AuditLight()
        self.database = PlainLabel(use="status", name="status_database")
        self.user = PlainLabel(use="status", name="status_user")
        self.company = ""
        """What the open company is called; "" while there is none."""
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

    def show_database(self, name: str, user: str) -> None:
        """Show which database is open, and who works on it."""
        last = re.split(r"[\\\\/]", name)[-1]
        self.company = last.removesuffix(".db")
        self.database.setText(last)
        self.database.setToolTip(name)
        self.user.setText(user)

    def show_only_to_look_at(self) -> None:
        """Go on saying that nothing can be changed in it."""
        name = self.tr("{database} (only to look at)").format(database=self.database.text())
        self.database.setText(name)

    def say(self, message: str) -> None:
        """Show a passing remark."""
        self.message.setText(message)
        self._forget.start()

    def show_took(self, kind: str, milliseconds: float) -> None:
        """Show how long the last piece of work took."""
        self.took.setText(f"{self._saved.get(kind, kind)} · {took(milliseconds)}")
