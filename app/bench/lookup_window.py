"""A clerk at the real screen: types, and waits until the answer is painted."""

import os
from collections.abc import Callable
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.db.database import Database
from app.features.stock_lookup.view import StockLookupView
from app.ui.jobs import Jobs
from app.ui.theme import look

PATIENCE = 30.0  # seconds


class Typist(QObject):
    """Each method returns when what it asked for is on the screen."""

    def __init__(self, database: Database) -> None:
        application = QApplication.instance() or QApplication([])
        super().__init__()
        assert isinstance(application, QApplication)
        self._application = application
        look().dress(application, "light")
        self._jobs = Jobs(database)
        self._view = StockLookupView(self._jobs)
        self._view.resize(1000, 640)
        self._is_painted = False
        self._view.results.table.grid.viewport().installEventFilter(self)
        self._alarm = QTimer(self, interval=500)  # so that waiting for events comes to an end
        self._alarm.start()
        self._view.show()
        self._wait(self._view.results.has_answer)

    def search(self, text: str) -> None:
        """Type a text where another one stood."""
        box = self._view.box
        box.setText(text if text != box.text() else f"{text} ")
        self._wait_until(lambda: self._view.results.text == box.text())
        self._wait(self._view.results.has_answer)

    def scroll(self) -> None:
        """Go to the end of what is there, until the next page has come."""
        shown = len(self._view.results.items.rows())
        bar = self._view.results.table.grid.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._wait(lambda: len(self._view.results.items.rows()) > shown)

    def close(self) -> None:
        self._view.close()
        self._jobs.close()

    def _wait(self, is_there: Callable[[], bool]) -> None:
        """Wait for the answer, and then for the paint that shows it."""
        self._wait_until(is_there)
        self._is_painted = False
        self._view.results.table.grid.viewport().update()
        self._wait_until(lambda: self._is_painted)

    def _wait_until(self, is_so: Callable[[], bool]) -> None:
        """Sleep between events, as the real loop does: readers need the processor too."""
        end = monotonic() + PATIENCE
        while not is_so():
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if monotonic() > end:
                raise TimeoutError("nothing was painted")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._is_painted = True
        return False
