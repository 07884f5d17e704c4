"""The detail of the selected row beside the work: opened and closed by a key, as wide as left."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QWidget

from app.ui.preferences import preferences
from app.ui.theme import part

WIDTH = 320  # pixels, until the user drags it
NARROWEST = 200


class SidePanel(QSplitter):
    """Work on the left, detail on the right. Ctrl+D shows and hides the detail."""

    def __init__(self, work: QWidget, detail: QWidget, name: str, accessible: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.detail = detail
        self._key = f"panels/{name}"
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setMinimumWidth(NARROWEST)
        self.side.setWidget(detail)
        part(detail, "bare")
        if not detail.accessibleName():
            detail.setAccessibleName(accessible)
        self.addWidget(work)
        self.addWidget(self.side)
        self.setHandleWidth(8)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.toggle_action = QAction(accessible, self)
        self.toggle_action.setShortcut("Ctrl+D")
        self.toggle_action.setCheckable(True)
        self.toggle_action.setChecked(preferences().get(f"{self._key}/open", True))
        self.addAction(self.toggle_action)
        self.side.setVisible(self.toggle_action.isChecked())
        self._resize()
        self.toggle_action.toggled.connect(self._show)
        self.splitterMoved.connect(self._keep)

    def open(self) -> None:
        """Show the detail."""
        self.toggle_action.setChecked(True)

    def _show(self, shown: bool) -> None:
        self.side.setVisible(shown)
        preferences().put(f"{self._key}/open", shown)
        if shown:
            self._resize()

    def _resize(self) -> None:
        width = preferences().get(f"{self._key}/width", WIDTH)
        self.setSizes([max(1, self.width() - width), width])

    def _keep(self) -> None:
        preferences().put(f"{self._key}/width", self.sizes()[1])
