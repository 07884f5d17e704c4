"""The real window, and somebody to work it: keys as hardware sends them, and pictures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.core.errors import AppError
from app.core.scans import Tone
from app.ui.theme import look

SCANNER_PACE = 5  # milliseconds between two keys
PERSON_PACE = 75
PATIENCE = 20.0  # seconds
THEMES = ("light", "dark")
SIZE = (1280, 800)
HELP = "F1"


class TourStopped(AppError):
    """Something did not happen that should have."""

    template = "{what} did not happen within {seconds} s."


class Stage:
    """Drives the window by events alone and waits for what a person would see."""

    def __init__(
        self, application: QApplication, program: Any, frame: QWidget, folder: Path
    ) -> None:
        self.program = program
        self.window = program.window
        self.frame = frame
        self.folder = folder
        self.pictures: list[str] = []
        self._application = application
        self._struck = 0

    @property
    def screen(self) -> Any:
        return self.window.current_screen()

    def open_by_key(self, name: str) -> Any:
        """Bring a screen to the front by its key ("F3") and wait until it is at rest."""
        self.key(Qt.Key(Qt.Key.Key_F1 + int(name[1:]) - 1))
        if name != HELP:
            self.until(lambda: self.screen.key == name, f"the screen of {name}")
        self.rest()
        return self.screen

    def scan(self, code: str) -> Any:
        """Send a code as a scanner does, end it with Enter, and wait for its one effect.

        All at once, each key with its moment: waiting for each on a busy PC would be typing.
        """
        with self._answered() as effects:
            began = self._now()
            for place, character in enumerate(f"{code}\r"):
                self._press(character, began + place * SCANNER_PACE)
            self.until(lambda: bool(effects), f"an answer to the scan of {code}")
        self.rest()
        if effects[0].tone == Tone.BAD:
            raise TourStopped(what=f"the scan of {code} ({effects[0].text})", seconds=PATIENCE)
        return effects[0]

    def type_text(self, text: str, *, then: Qt.Key | None = None) -> None:
        """Type as a person does, into whatever has the focus."""
        for character in text:
            self._press(character, self._now())
            self.wait(PERSON_PACE)
        if then is not None:
            self.key(then)
        self.rest()

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press and release one key."""
        text = "\r" if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else ""
        self._send(key, text, modifiers, self._now())
        self.wait(PERSON_PACE)

    def press(self, name: str) -> None:
        """Use a button of the screen, known by its object name, through its key or its click."""
        button = self.find(name)
        self.until(button.isEnabled, f"{name} to be ready")
        button.click()
        self.rest()

    def find(self, name: str, kind: type[Any] = QWidget) -> Any:
        """Return a widget of the screen at the front by its object name."""
        found = self.screen.findChild(kind, name)
        if found is None:
            raise LookupError(f"{self.screen.objectName()} has no {name}")
        return found

    def until(self, holds: Callable[[], bool], what: str = "the next step") -> None:
        """Let the window live until something holds."""
        end = monotonic() + PATIENCE
        while not holds():
            if monotonic() > end:
                raise TourStopped(what=what, seconds=PATIENCE)
            self.wait(5)

    def rest(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        self.until(self.program.jobs.is_idle, "the end of the work")
        self.wait(30)

    def wait(self, milliseconds: int) -> None:
        """Let events happen for a while."""
        loop = QEventLoop()
        timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(loop.quit)
        timer.start(milliseconds)
        loop.exec()

    def picture(self, name: str) -> None:
        """Take the window's picture in light and in dark."""
        for theme in THEMES:
            look().dress(self._application, theme)
            self.wait(60)
            path = self.folder / "pictures" / f"{len(self.pictures) // 2 + 1:02}_{name}_{theme}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            self.frame.grab().save(str(path))
            self.pictures.append(path.name)
        look().dress(self._application, THEMES[0])
        self.wait(30)

    @contextmanager
    def _answered(self) -> Iterator[list[Any]]:
        effects: list[Any] = []
        settled = self.program.listening.router.settled
        settled.connect(effects.append)
        try:
            yield effects
        finally:
            settled.disconnect(effects.append)

    def _press(self, character: str, struck: int) -> None:
        if character == "\r":
            self._send(Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier, struck)
        elif character == "\x1d":
            control = Qt.KeyboardModifier.ControlModifier
            self._send(Qt.Key.Key_BracketRight, "\x1d", control, struck)
        else:
            shift = Qt.KeyboardModifier.ShiftModifier if character.isupper() else None
            plain = Qt.KeyboardModifier.NoModifier
            self._send(Qt.Key(ord(character.upper())), character, shift or plain, struck)

    def _send(self, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier, struck: int) -> None:
        """Send a key to the native window, where the system would send it, with the moment it
        was struck: on a busy PC keys arrive late, and a scanner's are still told by their pace."""
        handle = self.frame.windowHandle()
        self._struck = struck
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text)
            event.setTimestamp(struck)
            QApplication.sendEvent(handle, event)

    def _now(self) -> int:
        """Return the moment in milliseconds; nothing is struck before what was struck last."""
        return max(self._struck + 1, round(monotonic() * 1000))
