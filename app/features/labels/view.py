"""The Labels screen: what waits to be printed, on what, and how it will look."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter
from typing_extensions import override

from app.core.labels import QueuedLabel
from app.features.labels.office import installed_printers, print_job, print_test_page
from app.features.labels.pages import look_at_page
from app.features.labels.preview import PagePreview
from app.features.labels.printing import (
    save_pdf,
    save_test_page,
    save_zpl,
    send_test_label,
    send_zpl,
)
from app.features.labels.queue_screen import QueueScreen
from app.features.labels.rules import LARGE_JOB
from app.features.labels.service import Share, put_back, take_off
from app.features.labels.setup import PrintSetup, read_setup, write_setup
from app.features.labels.sheets import Calibration, PrintJob
from app.features.labels.studio import Studio
from app.ui.files import choose_save
from app.ui.formats import counted
from app.ui.jobs import Job, Jobs
from app.ui.parts import ActionButton, Mend
from app.ui.preferences import preferences

SETUP = "labels/setup"


class LabelsView(QueueScreen):
    title = "Labels"
    key = "F6"
    icon = "labels"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._printed: tuple[QueuedLabel, ...] = ()
        self._sent: PrintJob | None = None
        self._where = ""
        self._page = 0
        self._knows_printers = False
        self._setup = read_setup(preferences().get(SETUP, ""))
        self.studio = Studio()
        self._add_buttons()
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName("halves")
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.queue)
        halves.addWidget(self.studio)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        self.body.addWidget(halves, 1)
        self._wire()
        self._choose(self._setup)

    def _add_buttons(self) -> None:
        self.zpl = ActionButton(self.tr("ZPL"), "Ctrl+Shift+L", "save_zpl")
        self.pdf = ActionButton(self.tr("PDF"), "Ctrl+Shift+P", "save_pdf")
        self.print = ActionButton(self.tr("Print"), "Ctrl+P", "print", main=True)
        for button in (self.zpl, self.pdf, self.print):
            self.footer.add_button(button)

    def _wire(self) -> None:
        self.queue.table.current_changed.connect(self._show_label)
        self.studio.desk.changed.connect(self._choose)
        self.studio.desk.calibration.saved.connect(self._calibrate)
        self.studio.desk.calibration.test_wanted.connect(self._test)
        self.studio.start_chosen.connect(self._start_at)
        self.studio.page_wanted.connect(self._turn_to)
        self.zpl.clicked.connect(self._save_zpl)
        self.pdf.clicked.connect(self._save_pdf)
        self.print.clicked.connect(self._print)

    @override
    def print_by_scan(self) -> bool:
        if self.print.isEnabled():
            self._print()
            return True
        return False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._knows_printers:
            self._knows_printers = True
            past_driver = sys.platform == "win32"
            self.queue.table.setFocus()
            self.studio.desk.offer(installed_printers(), past_driver=past_driver)

    # What is seen

    @override
    def show_all(self) -> None:
        job = self._job()
        self._page = min(self._page, max(job.pages - 1, 0))
        for button in (self.zpl, self.pdf):
            button.setEnabled(bool(self.waiting_labels))
        self.print.setEnabled(bool(self.waiting_labels) and self._setup.device is not None)
        self.print.say(self.tr("Print {count}").format(count=job.total or ""))
        self.footer.say(self._totals(job))
        edge = self.tr("Most printers leave the edge of this sheet blank")
        aside = edge if job.stock.touches_dead_border else ""
        self.heading.show_line(self.tr("Labels"), job.stock.name, aside)
        self._show_label()
        self._show_sheet(job)

    def _totals(self, job: PrintJob) -> str:
        labels = counted(job.total, self.tr("1 label"), self.tr("{count} labels"))
        if not job.stock.is_sheet:
            return labels
        sheets = counted(job.pages, self.tr("1 sheet"), self.tr("{count} sheets"))
        return self.tr("{labels} on {sheets}").format(labels=labels, sheets=sheets)

    def _show_label(self) -> None:
        row = self.queue.current()
        if row is None:
            self.studio.label.show_page(None)
            return
        stock = self._setup.stock.alone()
        job = PrintJob(((row.label, 1),), stock, self._setup.resolution)
        self._look("label", job, 0, self.studio.label)

    def _show_sheet(self, job: PrintJob) -> None:
        if not (self.waiting_labels and job.stock.is_sheet):
            self.studio.show_sheet(None)
            return
        asked = self._look("sheet", job, self._page, self.studio.sheet)
        asked.succeeded.connect(self.studio.show_sheet)

    def _look(self, topic: str, job: PrintJob, page: int, preview: PagePreview) -> Job:
        """Have a page laid out and shown; what stands against it is said where it would be."""
        asked = self._jobs.read_latest(f"labels/{topic}", look_at_page, job, page)
        asked.succeeded.connect(preview.show_page)
        asked.refused.connect(preview.show_why_not)
        return asked

    def _turn_to(self, page: int) -> None:
        self._page = page
        self._show_sheet(self._job())

    # What it is printed on

    def _choose(self, setup: PrintSetup) -> None:
        self._setup = setup
        preferences().put(SETUP, write_setup(setup))
        self.studio.show_setup(setup)
        self.show_all()

    def _start_at(self, cell: int) -> None:
        self._choose(self._setup.starting_at(cell))

    def _calibrate(self, calibration: Calibration) -> None:
        self._choose(self._setup.calibrated(calibration))

    def _job(self) -> PrintJob:
        lines = tuple((row.label, row.copies) for row in self.waiting_labels)
        setup = self._setup
        return PrintJob(lines, setup.stock, setup.resolution, setup.start, setup.calibration)

    def _test(self) -> None:
        device, job = self._setup.device, self._job()
        if device is None:
            path = self._ask_where(self.tr("Test page"), ".pdf")
            if path:
                self.perform(save_test_page, str(path), job)
        elif device.speaks_zpl:
            self.perform(send_test_label, device, job)
        else:
            self.perform(print_test_page, device.name, job)

    # The way out

    def _print(self) -> None:
        job = self._job()
        if job.total <= LARGE_JOB:
            self._print_now()
            return
        text = self.tr("{labels} labels will be printed, {pages} sheets or pieces of a roll.")
        text = text.format(labels=job.total, pages=job.pages)
        self.confirm.ask(text, self.tr("Print them"), self._print_now)

    def _print_now(self) -> None:
        device = self._setup.device
        if device is None:
            return
        job = self._leave_for(device.name)
        if device.speaks_zpl:
            done = self.perform(send_zpl, device, job)
        else:
            done = self.perform(print_job, device.name, job)
        self._follow(done)

    def _save_pdf(self) -> None:
        if path := self._ask_where(self.tr("Labels"), ".pdf"):
            self._follow(self.perform(save_pdf, str(path), self._leave_for(path.name)))

    def _save_zpl(self) -> None:
        if path := self._ask_where(self.tr("Labels"), ".zpl"):
            self._follow(self.perform(save_zpl, str(path), self._leave_for(path.name)))

    def _ask_where(self, name: str, ending: str) -> Path | None:
        kinds = f"{ending[1:].upper()} (*{ending})"
        return choose_save(self, self.tr("Save labels"), f"{name}{ending}", kinds)

    def _leave_for(self, where: str) -> PrintJob:
        """Keep what is printed now, whatever comes into the queue or is chosen meanwhile."""
        self._where = where
        self._printed = self.waiting_labels
        self._sent = self._job()
        return self._sent

    def _follow(self, job: Job) -> None:
        job.what = self.tr("Printing labels")
        job.succeeded.connect(self._came_out)

    def _came_out(self, _count: int) -> None:
        sent = self._sent
        if sent is not None and sent.stock.is_sheet:
            self._choose(self._setup.starting_at(sent.next_start, sent.stock))
        self.undo_expired.emit()
        printed = [Share(row.id, row.queued_at, row.copies) for row in self._printed]
        self.change(take_off, printed).succeeded.connect(self._tell_printed)

    def _tell_printed(self) -> None:
        count = sum(row.copies for row in self._printed)
        text = self.tr("1 label went to {where}.")
        if count != 1:
            text = self.tr("{count} labels went to {where}.")
        if self._where.endswith(".pdf"):
            text += " " + self.tr("Print it at actual size, 100 %.")
        again = Mend(self.tr("Put them back"), self._put_back)
        self.banner.show_good(text.format(count=count, where=self._where), again)

    def _put_back(self) -> None:
        self.change(put_back, self._printed)
