"""What is higher than a small window is reached by scrolling, and never squeezed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.theme import part


def scrolled(content: QWidget, name: str) -> QScrollArea:
    """Return the content in an area that scrolls where it does not fit; Tab scrolls to it."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    part(content, "bare")
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area
