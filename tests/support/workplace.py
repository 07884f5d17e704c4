"""The whole window with its real screens, worked by a scanner and a keyboard alone."""

from typing import Any

from app.scanning.keys import Key
from app.shell.listening import Listening
from app.shell.main_window import MainWindow
from app.ui.jobs import Jobs
from app.ui.screen import Screen
from tests.support.keyboard import Keyboard

PACE = 5  # milliseconds between two keys of the scanner
PAUSE = 1_000  # before each scan and each key of a person


class Workplace:
    """What a person has: keys, a scanner, and what is said on the tape."""

    def __init__(self, qtbot: Any, jobs: Jobs) -> None:
        self.qtbot = qtbot
        self.jobs = jobs
        self.window = MainWindow(jobs)
        self.heard = Listening(self.window, jobs)
        self._moment = 1_000
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
        qtbot.waitUntil(lambda: self.window.current_screen() is not None)
        self.rest()

    @property
    def screen(self) -> Screen:
        screen = self.window.current_screen()
        assert screen is not None
        return screen

    @property
    def told(self) -> list[str]:
        """What the tape says of each scan."""
        return [entry.told for entry in self.window.tape.entries()]

    def open(self, name: str) -> Any:
        """Bring a screen to the front by its key ("F3")."""
        self.press(name)
        self.qtbot.waitUntil(lambda: self.screen.key == name)
        self.rest()
        return self.screen

    def scan(self, *codes: str) -> str:
        """Scan these one after the other and return what the tape says of the last."""
        for code in codes:
            keys = [
                Key(PACE * at, char, "Return" if char == "\r" else "char")
                for at, char in enumerate(f"{code}\r")
            ]
            before = len(self.told)
            self._strike(*keys)
            self.qtbot.waitUntil(lambda before=before: len(self.told) > before)
            self.qtbot.waitUntil(self.heard.router.is_idle, timeout=10_000)
        self.rest()
        return self.told[-1]

    def press(self, key: str, modifiers: str = "") -> None:
        """Press a key by its name, Ctrl with it if that is "C"."""
        name, text = ("char", key.lower()) if len(key) == 1 else (key, "")
        self._strike(Key(0, "\r" if key == "Return" else text, name, mods=modifiers))

    def type(self, text: str, then: str = "Return") -> None:
        """Type where the cursor is, slower than a scanner, and end with a key."""
        for character in text:
            self._strike(Key(0, character, "char"))
            self.qtbot.waitUntil(lambda: not self.heard.filter.is_holding)
        if then:
            self.press(then)
        self.rest()

    def undo(self) -> None:
        """Press Ctrl+Z."""
        self.press("Z", "C")
        self.rest()

    def _strike(self, *keys: Key) -> None:
        self._moment += PAUSE
        Keyboard(self.window.windowHandle(), self._moment).strike_all(keys)
        self._moment += PACE * len(keys)

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(self.jobs.is_idle, timeout=10_000)
