"""Scanning in the real window: from a scan's end until its effect is painted."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app.bench.timing import Figures, Task
from app.db.tables import BarcodeRow, ItemRow
from app.demo.opening import opening_demo
from app.settings import Settings
from app.shell.frame import Frame
from app.shell.program import Program
from app.ui.preferences import keep_preferences
from app.ui.theme import look

SCANS = 100
"""Goods into a receipt without an order, each another item."""


def bench_scan(_task: Task) -> Figures:
    """Measure scans on the sample company's Receiving screen, each saved with its draft."""
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="stockroom-bench-") as folder:
        figures.times("scan_to_paint", _scans(Path(folder)))
    return figures


def _scans(folder: Path) -> list[float]:
    application = QApplication.instance() or QApplication(["stockroom"])
    assert isinstance(application, QApplication)
    keep_preferences(folder / "preferences.ini")
    look().dress(application, "light")
    frame = Frame()
    frame.show()
    opener = partial(opening_demo, folder / "company.db")
    program = Program(Settings(user="bench"), opener, file=folder / "settings.toml", log=folder)
    frame.fill(program.window)
    try:
        hand = _Hand(program, frame)
        return [hand.scan(code) for code in hand.codes()]
    finally:
        frame.close()
        program.close()


class _Hand:
    """Holds the scanner."""

    def __init__(self, program: Program, frame: Frame) -> None:
        self._program = program
        self._frame = frame
        self._settled: list[object] = []
        self._until(lambda: program.database is not None and program.jobs.is_idle())
        program.listening.router.settled.connect(self._settled.append)

    def codes(self) -> list[str]:
        """Return barcodes of plain items."""
        with self._program.database.reading() as session:
            query = (
                select(BarcodeRow.code)
                .join(ItemRow, ItemRow.id == BarcodeRow.item_id)
                .where(ItemRow.tracking == "none")
                .order_by(BarcodeRow.code)
                .limit(SCANS)
            )
            return list(session.scalars(query))

    def scan(self, code: str) -> float:
        """Send one scan and return the milliseconds from its Enter to the painted answer."""
        before = len(self._settled)
        press = self._program.listening.filter.scanned.emit
        start = perf_counter()
        press(code)
        self._until(lambda: len(self._settled) > before)
        self._frame.repaint()
        took = (perf_counter() - start) * 1000
        self._until(self._program.jobs.is_idle)
        return took

    def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
