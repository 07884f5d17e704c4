"""A field for a code (an item, a bin, a supplier) that suggests what it might be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit
from typing_extensions import override

from app.ui.jobs import Job

TYPING_PAUSE = 150  # milliseconds
GAP = "  ·  "


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code and what goes by it: “GEL-7” and “Blue gel”."""

    code: str
    text: str = ""


class CodeField(QLineEdit):
    """Asks for suggestions while one types; `chosen` tells the code picked or entered."""

    chosen = Signal(str)

    def __init__(
        self, name: str, accessible: str, suggest: Callable[[str], Job] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self._suggest = suggest
        self._suggestions: tuple[Suggestion, ...] = ()
        self._asked: Job | None = None
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setWidget(self)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._completer.popup().clicked.connect(self._pick)
        self.textEdited.connect(self._wait)

    def code(self) -> str:
        """Return the code that stands there, without what was suggested behind it."""
        return self.text().split(GAP)[0].strip()

    def set_code(self, code: str) -> None:
        self.setText(code)

    def suggestions(self) -> tuple[Suggestion, ...]:
        return self._suggestions

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(popup.currentIndex() if popup.isVisible() else QModelIndex())
            event.accept()
        elif event.key() == Qt.Key.Key_Down and not popup.isVisible():
            self._ask()
        elif event.key() == Qt.Key.Key_Escape and popup.isVisible():
            popup.hide()
        else:
            super().keyPressEvent(event)

    def _wait(self) -> None:
        self._pause.start()

    def _ask(self) -> None:
        if self._suggest is None:
            return
        self._stop_waiting()
        self._asked = self._suggest(self.code())
        self._asked.succeeded.connect(self._show)
        self._asked.finished.connect(self._stop_waiting)

    def _stop_waiting(self) -> None:
        if self._asked:
            self._asked.disconnect(self)
            self._asked = None

    def _show(self, suggestions: Sequence[Suggestion]) -> None:
        self._suggestions = tuple(suggestions)
        self._names.setStringList([_line(suggestion) for suggestion in suggestions])
        if suggestions and self.hasFocus():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _pick(self, index: QModelIndex) -> None:
        self._enter(index)

    def _enter(self, index: QModelIndex) -> None:
        """Take the suggestion under the cursor, else what was typed."""
        self._pause.stop()
        self._stop_waiting()
        if index.isValid() and index.row() < len(self._suggestions):
            self.setText(self._suggestions[index.row()].code)
        self._completer.popup().hide()
        if self.code():
            self.chosen.emit(self.code())


def _line(suggestion: Suggestion) -> str:
    return f"{suggestion.code}{GAP}{suggestion.text}" if suggestion.text else suggestion.code
