"""Labels for what came in: queued, shown, saved as PDF and ZPL, and read back with a decoder."""

from typing import Any

from PySide6.QtCore import Qt

from app.core.labels import QueuedLabel
from app.core.media import OFFICE_600, STOCKS, THERMAL_203
from app.features.labels.printing import save_pdf, save_zpl
from app.features.labels.proof import codes_in_pdf, codes_in_zpl
from app.features.labels.service import find_queue
from app.features.labels.sheets import PrintJob
from app.tour.stage import Stage
from app.tour.warehouse import COMMAND, ZONE

SHEET, ROLL = "L7160", "57x32"
MOST_COPIES = 6
"""Of each label: the tour wants proof, not paper."""


class Printing:
    """Prints what the receipt queued, and reads every barcode of it back."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def queue(self) -> dict[str, Any]:
        """Ask for the receipt's labels where it was posted; add a bin label by scanning the bin."""
        stage = self.stage
        stage.key(Qt.Key.Key_L, COMMAND)
        stage.until(lambda: stage.screen.key == "F6", "the Labels screen")
        stage.rest()
        stage.until(lambda: bool(stage.screen.waiting_labels), "the labels of the receipt")
        effect = stage.scan(f"LOC:{ZONE}")
        stage.rest()
        stage.picture("labels")
        return {"queued": len(self._queue()), "scan": effect.text}

    def save(self) -> dict[str, Any]:
        """Save a PDF of sheets and ZPL for a roll, and read all barcodes of both back."""
        stage = self.stage
        queued = self._queue()
        lines = tuple((one.label, min(one.copies, MOST_COPIES)) for one in queued)
        sheets = PrintJob(lines, STOCKS[SHEET], OFFICE_600)
        roll = PrintJob(lines, STOCKS[ROLL], THERMAL_203)
        pdf, zpl = stage.folder / "labels.pdf", stage.folder / "labels.zpl"
        for job, work in ((sheets, save_pdf(str(pdf), sheets)), (roll, save_zpl(str(zpl), roll))):
            assert sum(1 for _ in work) > 0, f"nothing was printed on {job.stock.name}"
        found = {
            "pdf": sum(map(len, codes_in_pdf(pdf.read_bytes()))),
            "zpl": sum(map(len, codes_in_zpl(zpl.read_bytes()))),
        }
        total = sum(copies for _, copies in lines)
        expected = {"pdf": total, "zpl": len(lines)}  # the printer makes the copies of its labels
        assert found == expected, f"{found} barcodes can be read, not {expected}"
        return {"labels": total, "pdf": pdf.name, "zpl": zpl.name, "read_back": found}

    def _queue(self) -> tuple[QueuedLabel, ...]:
        with self.stage.program.database.reading() as session:
            return find_queue(session)
