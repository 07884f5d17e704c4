"""The rail of screens: a title and a key each, or just the pictures when it is folded."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.shell.screens import Place
from app.ui.icons import drawn
from app.ui.parts import answered_key, key_text
from app.ui.preferences import preferences
from app.ui.theme import Role, colour, look

WIDTH, FOLDED = 200, 56  # pixels; the words need more where the text is larger
HEIGHT = 40
ICON = 20
BAR = 3
NEXT_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class RailButton(QAbstractButton):
    """One entry: picture, words, key; the one in force has a bar and stands on the accent."""

    def __init__(self, name: str, text: str, key: str, picture: str) -> None:
        super().__init__()
        self.setObjectName(f"rail_{name}")
        self.setAccessibleName(text)
        self.setText(text)
        self.key = key_text(QKeySequence(key))
        self.setToolTip(f"{text} ({self.key})" if key else text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.picture = picture
        self.is_folded = False
        look().changed.connect(self.update)

    @override
    def event(self, event: QEvent) -> bool:
        return answered_key(self, event) or super().event(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(FOLDED, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        role = Role.ACCENT if self.isChecked() else Role.TEXT
        is_lit = self.isEnabled() and (self.isChecked() or self.underMouse())
        ink = colour(role if is_lit else Role.QUIET)
        left = (FOLDED - ICON) // 2
        picture = drawn(self.picture, ink.name(), ICON * 2)
        painter.drawPixmap(left, (self.height() - ICON) // 2, ICON, ICON, picture)
        if not self.is_folded:
            self._paint_words(painter, self.rect().adjusted(left + ICON + 12, 0, -16, 0))
        if self.hasFocus():
            painter.setPen(colour(Role.ACCENT))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self.isChecked():
            painter.fillRect(self.rect(), colour(Role.ACCENT_SURFACE))
            painter.fillRect(QRect(0, 0, BAR, self.height()), colour(Role.ACCENT))
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), colour(Role.WINDOW))

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(colour(Role.TEXT if self.isEnabled() else Role.QUIET))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, self.text())
        font.setBold(False)
        font.setPointSizeF(look().points("status"))
        painter.setFont(font)
        painter.setPen(colour(Role.QUIET))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, self.key)


class Rail(QFrame):
    """Says which screen is wanted, by its number."""

    wanted = Signal(int)
    fold_changed = Signal(bool)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Screens"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 1, 8)
        self._layout.setSpacing(0)
        self.buttons = [
            RailButton(place.name, place.label, place.key, place.icon) for place in places
        ]
        for button in self.buttons:
            button.setCheckable(True)
            button.clicked.connect(self._choose)
            self._layout.addWidget(button)
        self._layout.addStretch(1)
        self._tools: list[RailButton] = []
        self.fold = self.add_tool("fold", self.tr("Fold"), "Ctrl+B", "fold")
        self.fold.clicked.connect(self.toggle)
        self._show_fold(preferences().get("rail/folded", False))
        look().changed.connect(self._fit)

    @property
    def is_folded(self) -> bool:
        return self.fold.is_folded

    def add_tool(self, name: str, text: str, key: str, picture: str) -> RailButton:
        """Put a button at the foot of the rail; its key works anywhere in the window."""
        button = RailButton(name, text, key, picture)
        button.setShortcut(key)
        self._tools.append(button)
        self._layout.addWidget(button)
        return button

    def show_current(self, number: int) -> None:
        """Mark the screen that is in front."""
        for place, button in enumerate(self.buttons):
            button.setChecked(place == number)

    def allow_screens(self, allowed: bool) -> None:
        """Let the screens be chosen, or only what stands at the foot."""
        for button in self.buttons:
            button.setEnabled(allowed)

    def toggle(self) -> None:
        """Fold to pictures, or unfold."""
        folded = not self.is_folded
        preferences().put("rail/folded", folded)
        self._show_fold(folded)
        self.fold_changed.emit(folded)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = NEXT_KEYS.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        order: list[QWidget] = [*self.buttons, *self._tools]
        if step and focused in order:
            order[(order.index(focused) + step) % len(order)].setFocus()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        button = self.sender()
        if button in self.buttons:
            self.wanted.emit(self.buttons.index(button))

    def _show_fold(self, folded: bool) -> None:
        self.fold.picture = "unfold" if folded else "fold"
        for button in (*self.buttons, *self._tools):
            button.is_folded = folded
            button.update()
        self._fit()

    def _fit(self) -> None:
        words = round(WIDTH * look().text_size / 100)
        self.setFixedWidth(FOLDED if self.is_folded else words)


def below(widget: QWidget) -> QPoint:
    """Return the point on the screen where a menu of this button belongs."""
    return widget.mapToGlobal(QPoint(widget.width(), 0))
