import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent

from app.core.labels import NothingToPrint
from app.core.media import STOCKS, resolution_of
from app.features.labels.pages import look_at_page
from app.features.labels.painting import gray
from app.features.labels.preview import PagePreview
from app.features.labels.printing import read_back
from app.features.labels.sheets import PrintJob
from tests.support.labels import BIN, PEN, page_images

SHEET = STOCKS["L7160"]


def job(copies=21, start=4, stock=SHEET) -> PrintJob:
    return PrintJob(((PEN, copies), (BIN, 1)), stock, resolution_of(300), start)


@pytest.fixture
def preview(qtbot):
    preview = PagePreview("preview", "Preview")
    qtbot.addWidget(preview)
    preview.resize(900, 1200)
    preview.show()
    return preview


def test_what_is_seen_is_what_is_printed(preview):
    made = job()
    preview.resize(1700, 2400)
    preview.show_page(look_at_page(None, made, 0))
    seen = preview.grab().toImage()

    (printed, _) = page_images(made)
    found = sorted(code.content for code in read_back(seen))
    assert found == sorted(code.content for code in read_back(printed)) == [PEN.barcode] * 17


def test_a_single_label_is_shown_dot_for_dot_at_its_own_size(qtbot, preview):
    made = PrintJob(((PEN, 1),), STOCKS["57x32"], STOCKS["57x32"].resolution)
    page = look_at_page(None, made, 0)
    preview.show_page(page)
    preview.resize(page.size[0] + 12, page.size[1] + 12)
    qtbot.wait(10)
    seen = preview.grab().toImage()
    (bars,) = page.compositions[0].bars
    row = seen.copy(6, 6 + bars.y + 9, page.size[0], 1).convertToFormat(
        QImage.Format.Format_Grayscale8
    )
    expected = [255] * page.size[0]
    for start, length in bars.symbol.rows[0]:
        at = bars.x + start * bars.module
        expected[at : at + length * bars.module] = [0] * (length * bars.module)
    inside = slice(bars.x, bars.x + bars.width)
    assert list(gray(row))[inside] == expected[inside]


def test_a_label_of_the_first_sheet_can_be_clicked(qtbot, preview):
    preview.show_page(look_at_page(None, job(), 0))
    for cell in (0, 4, 20):
        with qtbot.waitSignal(preview.start_chosen) as chosen:
            qtbot.mouseClick(
                preview, Qt.MouseButton.LeftButton, pos=preview.center_of(cell).toPoint()
            )
        assert chosen.args == [cell]


def test_a_click_beside_the_labels_chooses_nothing(qtbot, preview):
    preview.show_page(look_at_page(None, job(), 0))
    with qtbot.assertNotEmitted(preview.start_chosen):
        qtbot.mouseClick(preview, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))


def test_the_second_sheet_and_a_roll_cannot_be_clicked(qtbot, preview):
    for page in (look_at_page(None, job(), 1), look_at_page(None, job(1, 0, SHEET.alone()), 0)):
        preview.show_page(page)
        with qtbot.assertNotEmitted(preview.start_chosen):
            qtbot.mouseClick(preview, Qt.MouseButton.LeftButton, pos=preview.rect().center())
        assert preview.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize(
    ("key", "start", "chosen"),
    [
        (Qt.Key.Key_Right, 4, 5),
        (Qt.Key.Key_Left, 4, 3),
        (Qt.Key.Key_Down, 4, 7),
        (Qt.Key.Key_Up, 4, 1),
        (Qt.Key.Key_Right, 5, None),
        (Qt.Key.Key_Left, 3, None),
        (Qt.Key.Key_Up, 0, None),
        (Qt.Key.Key_Down, 20, None),
        (Qt.Key.Key_A, 4, None),
    ],
)
def test_the_arrow_keys_walk_over_the_sheet(qtbot, preview, key, start, chosen):
    told: list[int] = []
    preview.start_chosen.connect(told.append)
    preview.show_page(look_at_page(None, job(start=start), 0))
    qtbot.keyClick(preview, key)
    assert told == ([] if chosen is None else [chosen])


def test_a_screen_reader_is_told_where_the_labels_begin(preview):
    preview.show_page(look_at_page(None, job(), 0))
    assert preview.accessibleDescription() == "Page 1 of 2, first label in row 2, column 2"
    preview.show_page(None)
    assert preview.accessibleDescription() == "There is nothing to show."


def test_nothing_is_shown_as_nothing_and_any_size_is_painted(preview):
    preview.show_page(None)
    preview.grab()
    preview.show_page(look_at_page(None, job(), 0))
    for size in (QSize(5, 5), QSize(160, 100), QSize(2000, 40)):
        preview.resize(size)
        assert not preview.grab().isNull()


def test_why_a_page_cannot_be_printed_is_said_in_its_place(preview):
    blank = preview.grab().toImage()
    preview.show_why_not(NothingToPrint())
    assert "nothing to print" in preview.accessibleDescription()
    assert preview.grab().toImage() != blank
    preview.show_page(look_at_page(None, job(), 0))
    assert "Page 1" in preview.accessibleDescription()


def test_a_key_that_qt_has_no_name_for_does_no_harm(qtbot, preview):
    preview.show_page(look_at_page(None, job(), 0))
    event = QKeyEvent(QEvent.Type.KeyPress, 0x1234567, Qt.KeyboardModifier.NoModifier)
    with qtbot.assertNotEmitted(preview.start_chosen):
        QCoreApplication.sendEvent(preview, event)
