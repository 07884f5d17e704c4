"""Prints labels through a printer's driver, as vectors, at the size they have."""

from collections.abc import Generator
from dataclasses import replace

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.core.errors import Unavailable, marked
from app.core.media import resolution_of
from app.core.progress import Progress
from app.features.labels.pages import paint_test_page
from app.features.labels.printing import (
    TITLE,
    Steps,
    fit_to_device,
    page_layout,
    paint_pages,
)
from app.features.labels.sheets import PrintJob

_MOST_OFF = 1.0
"""Millimetres by which a driver's paper may differ from the stock."""


class PrinterGone(Unavailable):
    template = marked(
        "The printer {printer} is not installed any more, or cannot be used. Choose another."
    )


class PaperDiffers(Unavailable):
    template = marked(
        "The driver of {printer} prints on {width} × {height} mm, not on {stock}. Set that size in"
        " the printer's preferences, or choose other labels."
    )


def installed_printers() -> list[str]:
    """Return the names of the printers of this PC."""
    return list(QPrinterInfo.availablePrinterNames())


def print_job(printer_name: str, job: PrintJob) -> Steps:
    """Print a job on an installed printer, in whole dots of that printer."""
    printer = _printer(printer_name, job)
    yield from run_on(printer, job)
    return job.total


def print_test_page(printer_name: str, job: PrintJob) -> int:
    """Print the frames of the stock, to see how the printer places them."""
    printer = _printer(printer_name, job)
    job = _in_dots_of(printer, job)
    painter = QPainter(printer)
    fit_to_device(painter, printer, job.resolution)
    paint_test_page(painter, job)
    painter.end()
    return job.stock.per_page


def run_on(printer: QPrinter, job: PrintJob) -> Generator[Progress, None, None]:
    """Paint a job on a printer that is ready for it."""
    yield from paint_pages(printer, _in_dots_of(printer, job))


def set_up(printer: QPrinter, job: PrintJob) -> None:
    """Give the printer the stock's paper without margins, and refuse what it made of that."""
    printer.setDocName(TITLE)
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(job.stock))
    wanted = job.stock.page_size
    got = printer.pageLayout().fullRect(page_layout(job.stock).Unit.Millimeter)
    off = abs(got.width() - wanted[0]), abs(got.height() - wanted[1])
    if max(off) > _MOST_OFF:
        raise PaperDiffers(
            printer=printer.printerName(),
            width=round(got.width()),
            height=round(got.height()),
            stock=job.stock.name,
        )


def _printer(name: str, job: PrintJob) -> QPrinter:
    if name not in installed_printers():
        raise PrinterGone(printer=name)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    if not printer.isValid():
        raise PrinterGone(printer=name)
    set_up(printer, job)
    return printer


def _in_dots_of(printer: QPrinter, job: PrintJob) -> PrintJob:
    return replace(job, resolution=resolution_of(printer.logicalDpiX()))
