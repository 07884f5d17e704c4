"""All keys at a glance, laid over the window: F1 shows them, F1 or Esc puts them away."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui.parts import PlainLabel, SmallButton, key_text
from app.ui.theme import part

Keys = Sequence[tuple[str, str]]
HINT_MARKS = "…&"
AROUND = (56, 112)  # pixels that frame the keys


class KeysOverlay(QFrame):
    """A card in the middle of its window with groups of keys and what they do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("keys_overlay")
        self.setAccessibleName(self.tr("All keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        part(self, "card")
        self.window_below = window
        self._back: QWidget | None = None
        self._groups = QHBoxLayout()
        self._is_laid_out = False
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self._is_laid_out = True
        self._groups.setSpacing(32)
        content = self._content = QWidget()
        content.setObjectName("keys_content")
        content.setLayout(self._groups)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        shut = SmallButton(self.tr("Close"), "keys_close", self.tr("Close the keys (Esc)"))
        shut.clicked.connect(self.put_away)
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Keys"), "document"), 1)
        top.addWidget(shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 24)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)

    def show_keys(self, groups: Sequence[tuple[str, Keys]]) -> None:
        """Show groups of (key, what it does), each under its heading."""
        if not self._is_laid_out:  # not at the start, where it would delay the first answer
            self._lay_out()
        _clear(self._groups)
        for heading, keys in groups:
            if keys:
                self._groups.addLayout(_group(heading, keys))
        self._groups.addStretch(1)
        if self.isHidden():
            self._back = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

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
        room = self.window_below.rect()
        content = self._content.sizeHint() + QSize(*AROUND)
        width = min(content.width(), room.width() - 48)
        height = min(content.height(), room.height() - 48)
        self.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)


def keys_of(widget: QWidget) -> list[tuple[str, str]]:
    """Return the keys of all buttons and actions in a widget that is on view, in order."""
    found: dict[str, str] = {}
    for button in widget.findChildren(QAbstractButton):
        if button.isVisible():
            _note(found, button.shortcut(), button.accessibleName() or button.text())
    for child in (widget, *widget.findChildren(QWidget)):
        if child.isVisible() or child is widget:
            _note_actions(found, child.actions())
    return list(found.items())


def _note_actions(found: dict[str, str], actions: Iterable[QAction]) -> None:
    for action in actions:
        if action.isEnabled():
            _note(found, action.shortcut(), action.text())


def _note(found: dict[str, str], key: QKeySequence, text: str) -> None:
    if not key.isEmpty():
        clean = text.translate(str.maketrans("", "", HINT_MARKS)).strip()
        found.setdefault(key_text(key), clean)


def _group(heading: str, keys: Keys) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(PlainLabel(heading, "part"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    for row, (key, text) in enumerate(keys):
        grid.addWidget(PlainLabel(key, "key"), row, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(PlainLabel(text), row, 1)
    column.addLayout(grid)
    column.addStretch(1)
    return column


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if inner := item.layout():
            _clear(inner)
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
