"""A place to type what cannot be scanned: it comes with Ctrl+T and goes with Enter or Esc."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from typing_extensions import override

KEY = "Ctrl+T"
WIDTH = 260  # pixels


class TypedCode(QLineEdit):
    """Takes one code; then the focus is again where it was before."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("typed_code")
        self.setAccessibleName(self.tr("Type a code"))
        self.setPlaceholderText(self.tr("Type a code, or 12* for the next item"))
        self.setFixedWidth(WIDTH)
        self._back: QWidget | None = None
        self.returnPressed.connect(self._take)
        self.hide()

    def ask(self) -> None:
        """Come up, empty, and take the focus."""
        if self.isHidden():
            self._back = QApplication.focusWidget()
        self.clear()
        self.show()
        self.setFocus()

    def _take(self) -> None:
        text = self.text().strip()
        self._put_away()
        if text:
            self.typed.emit(text)

    def _put_away(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back is not None and back.isVisible():
            back.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._put_away()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
            self._back = None
            self.hide()
