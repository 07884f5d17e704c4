"""What a screen has to say for itself, in place: results, refusals, and questions to be sure."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.scans import Tone
from app.ui.icons import TONE_ICONS, drawn
from app.ui.parts import Mend, PlainLabel, SmallButton
from app.ui.theme import TONES, colour, look, part
from app.ui.wrapped import WrappedLabel

ICON_SIZE = 20  # pixels


class _Strip(QFrame):
    """A line of text with a mark before it and buttons after it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.tone = Tone.GOOD
        self.mark = QLabel()
        self.word = PlainLabel(use="word")
        self.text = WrappedLabel(name=f"{name}_text")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 8, 8)
        self.column.setSpacing(8)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        for widget, stretch in ((self.mark, 0), (self.word, 0), (self.text, 1)):
            self.row.addWidget(widget, stretch)
        self.column.addLayout(self.row)
        look().changed.connect(self._draw)
        self.hide()

    def _say(self, tone: Tone, word: str, text: str) -> None:
        self.tone = tone
        self.word.setText(word)
        self.text.setText(text)
        self.setAccessibleName(f"{word}: {text}")
        part(self, f"strip-{tone}")
        self._draw()
        self.show()

    def _draw(self) -> None:
        pixels = round(ICON_SIZE * self.devicePixelRatioF())
        picture = drawn(TONE_ICONS[self.tone], colour(TONES[self.tone]).name(), pixels)
        picture = picture.copy()
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.mark.setPixmap(picture)


class Banner(_Strip):
    """Tells how it went. It stays until the next action, the next scan, or Esc."""

    def __init__(self, name: str = "banner") -> None:
        super().__init__(name)
        self._mend: Mend | None = None
        self.button = SmallButton("", f"{name}_action")
        self.shut = SmallButton("✕", f"{name}_close", self.tr("Close this message"), "flat")
        self.shut.setToolTip(self.tr("Close this message (Esc)"))
        self.row.addWidget(self.button)
        self.row.addWidget(self.shut)
        self.button.clicked.connect(self._act)
        self.shut.clicked.connect(self.clear)

    def show_good(self, text: str, mend: Mend | None = None) -> None:
        self._show(Tone.GOOD, self.tr("Done"), text, mend)

    def show_ask(self, text: str, mend: Mend | None = None) -> None:
        self._show(Tone.ASK, self.tr("Please look"), text, mend)

    def show_bad(self, text: str, mend: Mend | None = None) -> None:
        self._show(Tone.BAD, self.tr("Not done"), text, mend)

    def clear(self) -> None:
        self._mend = None
        self.hide()

    def _show(self, tone: Tone, word: str, text: str, mend: Mend | None) -> None:
        self._mend = mend
        self.button.setVisible(mend is not None)
        if mend:
            self.button.say(mend.text)
        self._say(tone, word, text)

    def _act(self) -> None:
        mend = self._mend
        self.clear()
        if mend:
            mend.act()


class ConfirmStrip(_Strip):
    """Asks to be sure before something is done, with the consequence in numbers.

    What destroys is red, and Enter does not do it unless one goes there.
    """

    declined = Signal()

    def __init__(self) -> None:
        super().__init__("confirm")
        self._act: Callable[[], object] | None = None
        self._back: QWidget | None = None
        self.details: QWidget | None = None
        self.yes = SmallButton("", "confirm_yes", use="destroy")
        self.no = SmallButton(self.tr("Cancel"), "confirm_no", self.tr("Keep everything as it is"))
        self.row.addWidget(self.yes)
        self.row.addWidget(self.no)
        self.yes.clicked.connect(self._do)
        self.no.clicked.connect(self.decline)

    def ask(
        self,
        consequence: str,
        verb: str,
        act: Callable[[], object],
        *,
        destroys: bool = True,
        details: QWidget | None = None,
    ) -> None:
        """Show the consequence; `act` (a bound method) is called if the verb is pressed.

        `details` stand below the consequence as long as the question does.
        """
        self._act = act
        self._back = self.window().focusWidget()
        self._show_details(details)
        self.yes.say(verb)
        part(self.yes, "destroy" if destroys else "small")
        self._say(Tone.ASK, self.tr("Sure?"), consequence)
        (self.no if destroys else self.yes).setFocus()

    def decline(self) -> None:
        if self._act is not None:
            self._leave()
            self.declined.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.decline()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._press_focused()
        else:
            super().keyPressEvent(event)

    def _press_focused(self) -> None:
        for button in (self.yes, self.no):
            if button.hasFocus():
                button.click()

    def _do(self) -> None:
        act = self._act
        self._leave()
        if act:
            act()

    def _show_details(self, details: QWidget | None) -> None:
        before, self.details = self.details, details
        if before is not None:
            before.hide()
            before.deleteLater()
        if details is not None:
            details.setContentsMargins(ICON_SIZE + self.row.spacing(), 0, 0, 0)
            self.column.addWidget(details)
        self.setAccessibleDescription(details.accessibleDescription() if details else "")

    def _leave(self) -> None:
        self._act = None
        self._show_details(None)
        self.hide()
        if self._back:
            self._back.setFocus()
            self._back = None
