"""The small parts that every screen is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui.icons import icon
from app.ui.theme import Role, colour, look, part

ACTION_HEIGHT = 36  # pixels; for gloves
KEY_GAP = 12  # pixels between the verb on a button and its key


@dataclass(frozen=True)
class Mend:
    """One thing to do about what is said: the verb on the button, and a bound method."""

    text: str
    act: Callable[[], object]


def answered_key(button: QAbstractButton, event: QEvent) -> bool:
    """Click a button at once if the event is its key; Qt would play a press of 100 ms first."""
    if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
        button.click()
        return True
    return False


class ActionButton(QPushButton):
    """A verb with its key. While its screen is busy it is held: disabled, whatever it was told."""

    def __init__(
        self, text: str, key: str, name: str, *, main: bool = False, icon: str = ""
    ) -> None:
        super().__init__(text)
        self._key = QKeySequence(key)
        self._icon = icon
        self._is_allowed = True
        self._is_held = False
        self._shows_key = True
        self.setObjectName(name)
        self.say(text)
        self.setMinimumHeight(ACTION_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._role = Role.ON_ACCENT if main else Role.TEXT
        part(self, "main" if main else "action")
        look().changed.connect(self._draw)
        self._draw()

    @property
    def key(self) -> str:
        """The key as the user's keyboard names it."""
        return key_text(self._key)

    def say(self, text: str) -> None:
        """Change the verb (“Print 24 labels”); the key stays."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self.key})" if self.key else text)
        self.setShortcut(self._key)  # Qt drops it with the old text

    @override
    def event(self, event: QEvent) -> bool:
        return answered_key(self, event) or super().event(event)

    @override
    def setEnabled(self, enabled: bool) -> None:
        self._is_allowed = enabled
        super().setEnabled(enabled and not self._is_held)

    def hold(self, held: bool) -> None:
        self._is_held = held
        super().setEnabled(self._is_allowed and not held)

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if self._shows_key:
            size.setWidth(self.full_width())
        return size

    def full_width(self) -> int:
        """Return the pixels it takes with its key on it."""
        key = KEY_GAP + self.fontMetrics().horizontalAdvance(self.key) if self.key else 0
        return super().sizeHint().width() + key

    def show_key(self, shown: bool) -> None:
        """Write the key on the button, or leave it to the tooltip."""
        if shown != self._shows_key:
            self._shows_key = shown
            self.updateGeometry()
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.key and self._shows_key:
            painter = QPainter(self)
            font = self.font()
            font.setBold(False)
            painter.setFont(font)
            painter.setPen(self._key_colour())
            painter.drawText(
                self.rect().adjusted(0, 0, -14, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                self.key,
            )
            painter.end()

    def _key_colour(self) -> QColor:
        on_accent = self._role == Role.ON_ACCENT and self.isEnabled()
        return colour(Role.ON_ACCENT if on_accent else Role.QUIET)

    def _draw(self) -> None:
        if self._icon:
            self.setIcon(icon(self._icon, self._role))


class SmallButton(QPushButton):
    """A button beside something; `use` is what the style sheet calls it: small, flat, destroy."""

    def __init__(self, text: str, name: str, accessible: str = "", use: str = "small") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.say(text, accessible)
        part(self, use)

    @override
    def event(self, event: QEvent) -> bool:
        return answered_key(self, event) or super().event(event)

    def say(self, text: str, accessible: str = "") -> None:
        self.setText(text)
        self.setAccessibleName(accessible or text)


class LinkButton(QPushButton):
    """A number or a name that leads somewhere."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        part(self, "link")


class PlainLabel(QLabel):
    """Text from anywhere: never read as markup. `use` is what the style sheet calls it."""

    def __init__(self, text: str = "", use: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if name:
            self.setObjectName(name)
        if use:
            part(self, use)


class ElidedLabel(PlainLabel):
    """One line that gives way: what does not fit is …, the whole is in the tooltip."""

    def __init__(
        self,
        text: str = "",
        use: str = "",
        name: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(text, use, name)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._mode, area.width())
        self.setToolTip(self.text() if text != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(QRect(area), self.alignment(), text)
        painter.end()


class BigNumber(PlainLabel):
    """The number being counted or scanned, to be read from two steps away."""

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__(use="big", name=name)
        self.setAccessibleName(accessible)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class EmptyState(QWidget):
    """What stands where there is nothing yet: what this is for and how to begin."""

    def __init__(self, title: str = "", text: str = "", mend: Mend | None = None) -> None:
        super().__init__()
        self.title = PlainLabel(use="part")
        self.text = PlainLabel(use="quiet")
        self.button = LinkButton("", "empty_state_action")
        self._mend: Mend | None = None
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.button.clicked.connect(self._act)
        self.say(title, text, mend)

    def say(self, title: str, text: str = "", mend: Mend | None = None) -> None:
        self._mend = mend
        self.title.setText(title)
        self.text.setText(text)
        self.button.setVisible(mend is not None)
        if mend:
            self.button.setText(mend.text)
            self.button.setAccessibleName(mend.text)

    def _act(self) -> None:
        if self._mend:
            self._mend.act()


def key_text(key: QKeySequence) -> str:
    """Return a key as it stands on the keyboard."""
    text = key.toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", QCoreApplication.translate("parts", "Enter"))


def hint(text: str, name: str = "") -> PlainLabel:
    """Return a quiet explanation that wraps."""
    label = PlainLabel(text, "quiet", name)
    label.setWordWrap(True)
    return label


def labelled(text: str, field: QWidget) -> QWidget:
    """Return the field under its label; Alt and the underlined letter lead to it."""
    label = QLabel(text)
    label.setBuddy(field)
    part(label, "label")
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(label)
    layout.addWidget(field)
    return whole
