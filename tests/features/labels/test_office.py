from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.core.media import OFFICE_600, STOCKS
from app.features.labels.office import (
    PaperDiffers,
    PrinterGone,
    installed_printers,
    print_job,
    print_test_page,
    run_on,
    set_up,
)
from app.features.labels.sheets import PrintJob
from tests.support.labels import KINDS, PEN
from tests.support.paper import page_sizes, scan_pdf

SHEET = STOCKS["L7160"]


@pytest.fixture
def printer(qapp: object, tmp_path: Path) -> QPrinter:
    """Qt's own printer driver, which prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


@pytest.mark.parametrize("resolution", [300, 600, 1200])
@pytest.mark.parametrize("stock", ["L7160", "5160", "57x32"])
def test_what_a_driver_prints_reads_back(printer, tmp_path: Path, stock, resolution):
    printer.setResolution(resolution)
    lines = tuple((label, 1) for label in KINDS)
    job = PrintJob(lines, STOCKS[stock], STOCKS[stock].resolution)
    set_up(printer, job)

    steps = list(run_on(printer, job))

    assert len(steps) == job.pages
    pages = scan_pdf(tmp_path / "printed.pdf", 300)
    found = sorted(code.content for page in pages for code in page)
    assert found == sorted(label.barcode for label in KINDS)
    assert len(pages) == job.pages
    for size in page_sizes(tmp_path / "printed.pdf"):
        assert size == pytest.approx(STOCKS[stock].page_size, abs=0.6)


def test_the_driver_keeps_no_margins_of_its_own(printer):
    set_up(printer, PrintJob(((PEN, 1),), SHEET, OFFICE_600))
    assert printer.fullPage()
    margins = printer.pageLayout().margins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (0, 0, 0, 0)


def test_a_driver_that_makes_other_paper_of_it_is_refused():
    class Stubborn(QPrinter):
        def setPageLayout(self, layout):
            return True

    job = PrintJob(((PEN, 1),), STOCKS["57x32"], OFFICE_600)
    with pytest.raises(PaperDiffers, match="57 × 32 mm"):
        set_up(Stubborn(QPrinter.PrinterMode.HighResolution), job)


@pytest.mark.parametrize("task", [print_job, print_test_page])
def test_a_printer_that_is_gone_is_named(task):
    job = PrintJob(((PEN, 1),), SHEET, OFFICE_600)
    assert "No such printer" not in installed_printers()
    with pytest.raises(PrinterGone, match="No such printer"):
        list(task("No such printer", job))
