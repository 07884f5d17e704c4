from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from app.core.catalogue import Item
from app.core.progress import Progress
from app.features.count_sheets.printing import NotPrinted, print_sheet, usual_printer
from app.features.count_sheets.rules import CountSheet, SheetHead, SheetLine, SheetState

HEAD = SheetHead(7, "CS-x", "MAIN", SheetState.OPEN, False, datetime.now(UTC), "kim", 3, 0)


def line(number: int, location: str) -> SheetLine:
    item = Item(number, f"SKU{number}", "Very long name " * 20)
    return SheetLine(number, "k", item, location, "L1", Decimal("731.125"))


LINES = (line(1, "MAIN/A/A-1"), line(2, "MAIN/B/B-1"), line(3, "MAIN/A/A-2"))


@pytest.fixture
def printed(qapp, tmp_path):
    """Print a sheet to a PDF and return the text of each page."""

    def printed(sheet: CountSheet) -> list[str]:
        printer = usual_printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
        list(print_sheet(sheet, printer))
        document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
        texts = [page.get_textpage().get_text_range() for page in document]
        document.close()
        return texts

    return printed


def test_each_zone_begins_on_a_page_of_its_own(printed):
    first, second = printed(CountSheet(HEAD, LINES))

    assert "CS-000007" in first
    assert "MAIN/A" in first
    assert "1 / 2" in first
    assert "SKU1" in first
    assert "SKU3" in first
    assert "SKU2" in second
    assert "731.125" in second


def test_a_blind_sheet_has_no_expected_quantities_on_paper(printed):
    pages = printed(CountSheet(replace(HEAD, is_blind=True), LINES))

    assert "731" not in "".join(pages)
    assert "Expected" not in "".join(pages)


def test_a_long_zone_goes_on_over_the_page(printed):
    pages = printed(CountSheet(HEAD, tuple(line(number, "MAIN/A/A-1") for number in range(50))))

    assert len(pages) == 3
    assert all("Counted" in page for page in pages)
    assert sum(page.count("SKU") for page in pages) == 50


def test_printing_tells_how_far_it_is(qapp, tmp_path):
    printer = usual_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))

    assert list(print_sheet(CountSheet(HEAD, LINES), printer)) == [Progress(1, 2), Progress(2, 2)]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_named(qapp, tmp_path):
    printer = usual_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "sheet.pdf"))

    with pytest.raises(NotPrinted, match=r"sheet\.pdf"):
        list(print_sheet(CountSheet(HEAD, LINES), printer))
