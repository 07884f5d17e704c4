import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.core.scans import Tone
from app.ui.banner import Banner, ConfirmStrip
from app.ui.parts import Mend
from app.ui.theme import look


@pytest.fixture
def banner(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


@pytest.fixture
def done():
    return []


@pytest.fixture
def page(qtbot):
    page = QWidget()
    QVBoxLayout(page)
    qtbot.addWidget(page)
    page.field = QLineEdit()
    page.strip = ConfirmStrip()
    page.layout().addWidget(page.field)
    page.layout().addWidget(page.strip)
    with qtbot.waitActive(page):
        page.show()
    page.field.setFocus()
    return page


@pytest.mark.parametrize(
    ("show", "tone", "word"),
    [
        ("show_good", Tone.GOOD, "Done"),
        ("show_ask", Tone.ASK, "Please look"),
        ("show_bad", Tone.BAD, "Not done"),
    ],
)
def test_the_meaning_is_told_by_colour_mark_and_word(banner, show, tone, word):
    getattr(banner, show)("RC-1")

    assert banner.property("part") == f"strip-{tone}"
    assert banner.word.text() == word
    assert not banner.mark.pixmap().isNull()
    assert banner.accessibleName() == f"{word}: RC-1"
    assert banner.button.isHidden()


def test_text_from_outside_is_never_markup(banner):
    assert banner.text.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("width", [400, 640])
def test_a_long_path_is_shown_whole_in_a_narrow_window(qtbot, banner, width):
    file = "C:\\Users\\Geschaeftsfuehrung\\AppData\\Local\\Niederlassung-Sueddeutschland.db"
    banner.show_bad(f"{file} is not there. Choose the file of a company.")
    banner.setFixedWidth(width)
    banner.resize(width, banner.heightForWidth(width))
    banner.show()

    text = banner.text
    assert banner.minimumSizeHint().width() <= width
    assert banner.rect().contains(banner.shut.geometry())
    assert banner.shut.geometry().left() >= text.geometry().right()
    assert text.height() >= text.heightForWidth(text.width())


def test_its_button_mends_and_the_banner_goes(banner, done):
    banner.show_bad("No.", Mend("Try again", lambda: done.append(1)))
    banner.button.click()

    assert done == [1]
    assert banner.isHidden()


def test_it_can_be_shut(banner):
    banner.show_good("Yes.")
    banner.shut.click()

    assert banner.isHidden()


def test_the_mark_follows_the_theme(qtbot, banner, qapp):
    look().dress(qapp, "light")
    banner.show_bad("No.")
    light = banner.mark.pixmap().toImage()

    look().choose_theme("dark")
    dark = banner.mark.pixmap().toImage()
    look().choose_theme("light")

    assert light != dark


def test_only_the_verb_does_it(qtbot, page, done):
    page.strip.ask("Takes 12 pieces out of stock.", "Reverse", lambda: done.append(1))
    assert page.strip.text.text() == "Takes 12 pieces out of stock."
    assert page.strip.yes.text() == "Reverse"

    page.strip.yes.click()

    assert done == [1]
    assert page.strip.isHidden()
    assert page.field.hasFocus()


@pytest.mark.parametrize("how", ["button", "escape"])
def test_keeping_changes_nothing_and_gives_the_focus_back(qtbot, page, done, how):
    page.strip.ask("Takes 12 pieces out of stock.", "Reverse", lambda: done.append(1))

    with qtbot.waitSignal(page.strip.declined):
        if how == "button":
            page.strip.no.click()
        else:
            qtbot.keyClick(page.strip.no, Qt.Key.Key_Escape)

    assert done == []
    assert page.strip.isHidden()
    assert page.field.hasFocus()


@pytest.mark.parametrize(("destroys", "calls"), [(True, []), (False, [1])])
def test_enter_does_only_what_destroys_nothing(qtbot, page, done, destroys, calls):
    page.strip.ask("2 rows are new.", "Import", lambda: done.append(1), destroys=destroys)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert done == calls
    assert page.strip.isHidden()


def test_enter_presses_the_button_one_went_to(qtbot, page, done):
    page.strip.ask("Takes 12 pieces out of stock.", "Reverse", lambda: done.append(1))
    page.strip.yes.setFocus()

    qtbot.keyClick(page.strip.yes, Qt.Key.Key_Return)

    assert done == [1]
