"""Labels: 1,000 to a PDF and to ZPL, beside the bare painter doing as much."""

from collections import deque
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from app.bench.timing import Figures, Task, series
from app.core.labels import Label, LabelKind
from app.core.media import OFFICE_600, STOCKS, THERMAL_203
from app.features.labels.printing import save_pdf, save_zpl
from app.features.labels.sheets import PrintJob

LABELS = 1_000
ROUNDS = 5
BARS, PER_PAGE = 30, 21


def bench_labels(task: Task) -> Figures:
    """Measure sheets as PDF and a roll as ZPL; the floor paints as many bars and texts."""
    application = QGuiApplication.instance() or QApplication([])
    figures = Figures()
    lines = tuple((_label(number), 1) for number in range(LABELS))
    sheets = PrintJob(lines, STOCKS["L7160"], OFFICE_600)
    roll = PrintJob(lines, STOCKS["57x32"], THERMAL_203)
    folder = Path(task.scratch)
    pdf, zpl, bare = (str(folder / name) for name in ("labels.pdf", "labels.zpl", "floor.pdf"))
    figures.times("pdf_1000", series(lambda _: _finish(save_pdf(pdf, sheets)), ROUNDS))
    figures.times("zpl_1000", series(lambda _: _finish(save_zpl(zpl, roll)), ROUNDS))
    figures.times("floor_pdf_1000", series(lambda _: _paint(bare), ROUNDS))
    figures.ratio("pdf_1000")
    figures.set("pdf_kilobytes", Path(pdf).stat().st_size / 1024)
    application.processEvents()
    return figures


def _label(number: int) -> Label:
    return Label(
        kind=LabelKind.ITEM,
        barcode=f"SKU-{number:06}",
        sku=f"SKU-{number:06}",
        name=f"Item number {number} with a name of some length",
        unit="each",
    )


def _finish(steps: Iterable[object]) -> None:
    deque(steps, maxlen=0)


def _paint(path: str) -> None:
    """Paint bars and two lines of text for each label, and nothing else."""
    writer = QPdfWriter(path)
    writer.setResolution(600)
    painter = QPainter(writer)
    for number in range(LABELS):
        cell = number % PER_PAGE
        if number and cell == 0:
            writer.newPage()
        x, y = cell % 3 * 1500, cell // 3 * 900
        for bar in range(BARS):
            painter.fillRect(QRect(x + bar * 21, y, 7, 300), Qt.GlobalColor.black)
        painter.drawText(x, y + 450, f"SKU-{number:06}")
        painter.drawText(x, y + 600, f"Item number {number} with a name of some length")
    painter.end()
