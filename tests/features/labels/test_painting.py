import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from app.core.media import STOCKS
from app.features.labels.pages import Layouts
from app.features.labels.painting import bitmap, detail, gray, measure, paint, picture
from app.features.labels.printing import read_back
from app.features.labels.sheets import PrintJob
from app.features.labels.typesetting import Face
from tests.support.labels import KINDS, PEN


def composed(label=PEN, stock=STOCKS["57x32"]):
    return Layouts(PrintJob(((label, 1),), stock, stock.resolution))[0]


@pytest.mark.parametrize("label", KINDS, ids=lambda label: label.title)
def test_the_picture_of_a_label_reads_as_it_should(label):
    (code,) = read_back(picture(composed(label)))
    assert code.content == label.barcode


def test_a_picture_is_black_and_white_with_black_as_one():
    made = bitmap(picture(composed()))
    assert (made.width, made.height, made.bytes_per_row) == (456, 256, 57)
    assert len(made.bits) == 57 * 256
    black = sum(byte.bit_count() for byte in made.bits)
    assert 0.05 < black / (456 * 256) < 0.5


def test_the_bits_of_a_picture_are_the_dots_that_were_painted():
    composition = composed()
    (bars,) = composition.bars
    made = bitmap(picture(composition))
    row = made.bits[(bars.y + 5) * made.bytes_per_row :][: made.bytes_per_row]
    dots = [byte >> shift & 1 for byte in row for shift in range(7, -1, -1)]
    expected = [0] * len(dots)
    for start, length in bars.symbol.rows[0]:
        at = bars.x + start * bars.module
        expected[at : at + length * bars.module] = [1] * (length * bars.module)
    assert dots == expected


def test_a_width_that_is_no_whole_number_of_bytes_keeps_its_rows_apart():
    image = QImage(9, 3, QImage.Format.Format_Mono)
    image.setColor(0, 0xFFFFFFFF)
    image.setColor(1, 0xFF000000)
    image.fill(0)
    image.setPixel(8, 1, 1)
    assert bitmap(image).bits == b"\0\0\0\x80\0\0"
    assert gray(image) == b"\xff" * 17 + b"\0" + b"\xff" * 9


def test_the_detail_of_a_label_is_that_part_of_its_picture():
    composition = composed()
    area = QRect(100, 80, 96, 60)
    whole, part = picture(composition), detail(composition, area)
    assert gray(part) == gray(whole.copy(area))


def test_a_label_is_painted_alike_wherever_it_stands():
    composition = composed()
    size = composition.width, composition.height
    image = QImage(500, 300, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.translate(40, 30)
    paint(painter, composition)
    painter.end()
    assert gray(image.copy(40, 30, *size)) == gray(detail(composition, QRect(0, 0, *size)))


def test_type_grows_in_proportion():
    assert measure("MMMM", Face.TEXT) == pytest.approx(4 * measure("M", Face.TEXT), rel=0.01)
    assert measure("iiii", Face.CODE) == pytest.approx(measure("MMMM", Face.CODE))
    assert measure("", Face.BOLD) == 0
