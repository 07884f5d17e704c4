"""Asks to be sure before a posted document is taken back, and says what else that changes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.core.effects import Effects
from app.ui.effects_view import details_of, in_short
from app.ui.jobs import Job
from app.ui.screen import Screen


class UndoQuestion(QObject):
    """`look` is the service that tells what undoing a document of that number would change.

    What may not be undone is refused before it is asked.
    """

    def __init__(self, screen: Screen, look: Callable[..., Any]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._look = look
        self._question: tuple[str, str, Callable[[], object]] | None = None
        self._effects: Effects | None = None
        self._job: Job | None = None

    def ask(self, number: str, text: str, verb: str, act: Callable[[], object]) -> None:
        """Look what undoing it would change, then ask; `act` (a bound method) is the yes."""
        self._question, self._effects = (text, verb, act), None
        self._job = job = self._screen.rehearse(self._look, number, self._screen.user)
        job.succeeded.connect(self._take)
        job.finished.connect(self._show)  # when the screen's actions are free again

    def drop(self) -> None:
        """Nobody wants to know any more."""
        self._question = None

    def _take(self, effects: Effects) -> None:
        if self.sender() is self._job:
            self._effects = effects

    def _show(self) -> None:
        if self.sender() is not self._job:
            return
        question, effects = self._question, self._effects
        self._question = self._effects = None
        if question is not None and effects is not None:
            text, verb, act = question
            text = f"{text} {in_short(effects)}".strip()
            self._screen.confirm.ask(text, verb, act, details=details_of(effects))
