"""Connects the scanner with the window: keys to scans, scans to the screen in front."""

from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout

from app.core.scanner import ScannerProfile
from app.core.scans import Meaning
from app.shell.main_window import MainWindow
from app.shell.scan_filter import ScanFilter
from app.shell.scan_router import ScanRouter
from app.shell.typed_code import KEY, TypedCode
from app.ui.formats import quantity
from app.ui.jobs import Jobs
from app.ui.parts import BigNumber


class Listening(QObject):
    """Hears the scanner for as long as it lives. Scans are kept until the database is open."""

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        profile: ScannerProfile | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or window)
        self._jobs = jobs
        self.router = ScanRouter(window, jobs, resolve, self)
        self.filter = ScanFilter(profile, self)
        self.pending = BigNumber("pending_quantity", self.tr("Quantity for the next item"))
        self.pending.hide()
        self.typed = TypedCode()
        layout = window.tape.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self.pending)
            layout.insertWidget(1, self.typed)
        self.type_a_code = QAction(self.tr("Type a code"), window)
        self.type_a_code.setObjectName("type_a_code")
        self.type_a_code.setShortcut(KEY)
        window.addAction(self.type_a_code)
        self.type_a_code.triggered.connect(self.typed.ask)
        self.typed.typed.connect(self.router.type_in)
        self.filter.scanned.connect(self.router.take)
        self.filter.refused.connect(self.router.refuse)
        self.filter.lost.connect(self.router.admit_lost)
        self.filter.repeated.connect(self.router.note_repeat)
        self.filter.hinted.connect(window.status.say)
        self.router.settled.connect(self._load_readers)
        self.router.pending_changed.connect(self._show_pending)
        window.screen_changed.connect(self.router.go_on)

    def _load_readers(self) -> None:
        """The first GS1 code and the first document need not wait for what they take: load it."""
        self.router.settled.disconnect(self._load_readers)
        self._jobs.read(load_readers).is_quiet = True

    def _show_pending(self, count: Any) -> None:
        self.pending.setText("" if count is None else f"×{quantity(count)}")
        self.pending.setVisible(count is not None)


def resolve(session: Any, text: str, **given: Any) -> Meaning:
    """Look a code up; what that takes is loaded with the database, not with the window."""
    meaning: Meaning = import_module("app.scanning.meaning").resolve(session, text, **given)
    return meaning


def load_readers(_session: Any) -> None:
    import_module("app.scanning.reading").elements()
    import_module("app.ledger.door").open_door()
