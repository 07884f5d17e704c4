import pytest
from PySide6.QtGui import QImage, QPainter

from app.core.errors import Refused
from app.core.labels import NothingToPrint
from app.core.media import STOCKS, THERMAL_203, resolution_of
from app.features.labels.layout import BarcodeTooWide
from app.features.labels.pages import (
    Layouts,
    blank_page,
    look_at_page,
    page_dots,
    paint_test_page,
)
from app.features.labels.painting import gray
from app.features.labels.printing import read_back
from app.features.labels.sheets import Calibration, PrintJob
from tests.support.labels import BIN, LOT, PEN, item, page_images

SHEET = STOCKS["L7160"]


def job(*lines, start=0, dpi=300, stock=SHEET, **more) -> PrintJob:
    return PrintJob(lines, stock, resolution_of(dpi), start, **more)


def test_a_label_is_laid_out_once():
    layouts = Layouts(job((PEN, 5), (BIN, 1)))
    assert layouts[0] is layouts[0]
    assert layouts[1].label is BIN


def test_nothing_to_lay_out_is_refused():
    with pytest.raises(NothingToPrint):
        Layouts(job())


def test_a_page_is_looked_at_without_laying_out_the_others():
    wrong = item("x" * 200)
    view = look_at_page(None, job((PEN, 21), (wrong, 1)), 0)
    assert [placed.line for placed in view.placed] == [0] * 21
    assert view.size == page_dots(view.job) == (2480, 3508)
    with pytest.raises(BarcodeTooWide, match=r"x{200}"):
        look_at_page(None, job((PEN, 21), (wrong, 1)), 1)


def test_there_is_nothing_on_a_page_beyond_the_last():
    assert look_at_page(None, job((PEN, 1)), 5).placed == ()


def test_every_barcode_of_every_page_reads_back():
    images = page_images(job((PEN, 10), (LOT, 10), (BIN, 5), start=3))
    codes = [[code.content for code in read_back(image)] for image in images]
    assert [len(page) for page in codes] == [18, 7]
    found = [code for page in codes for code in page]
    assert sorted(found) == sorted([PEN.barcode] * 10 + [LOT.barcode] * 10 + [BIN.barcode] * 5)


def test_labels_of_a_sheet_lie_in_their_cells():
    (image,) = page_images(job((PEN, 1), start=20))
    dots = resolution_of(300).dots
    *_, last = SHEET.cells()
    inside = image.copy(dots(last.x), dots(last.y), dots(SHEET.width), dots(SHEET.height))
    blank = QImage(image)
    painter = QPainter(blank)
    painter.fillRect(dots(last.x), dots(last.y), dots(SHEET.width), dots(SHEET.height), 0xFFFFFFFF)
    painter.end()
    assert [code.content for code in read_back(inside)] == [PEN.barcode]
    assert set(gray(blank)) == {255}


def test_a_test_page_frames_every_label_where_it_will_be():
    made = job((PEN, 1), calibration=Calibration(2.0, 1.0))
    image = blank_page(made)
    painter = QPainter(image)
    paint_test_page(painter, made)
    painter.end()
    dots = made.resolution.dots
    for cell in map(made.calibration.of, SHEET.cells()):
        corner = image.pixelColor(dots(cell.x) + 20, dots(cell.y))
        assert corner.lightness() < 128


def test_a_test_page_needs_no_labels():
    image = blank_page(PrintJob((), STOCKS["57x32"], THERMAL_203))
    painter = QPainter(image)
    paint_test_page(painter, PrintJob((), STOCKS["57x32"], THERMAL_203))
    painter.end()
    assert len(set(gray(image))) > 1


def test_a_refusal_names_the_label():
    with pytest.raises(Refused, match="Größe"):
        look_at_page(None, job((item("Größe" * 30), 1)), 0)
