import pytest

from app.core.media import STOCKS, resolution_of
from app.features.labels.pages import look_at_page
from app.features.labels.setup import PrintSetup
from app.features.labels.sheets import PrintJob
from app.features.labels.studio import Studio
from tests.support.labels import PEN

JOB = PrintJob(((PEN, 50),), STOCKS["L7160"], resolution_of(300), 4)


@pytest.fixture
def studio(qtbot):
    studio = Studio()
    qtbot.addWidget(studio)
    studio.show_setup(PrintSetup(STOCKS["L7160"]))
    studio.show()
    return studio


def show(studio, number: int) -> None:
    page = look_at_page(None, JOB, number)
    studio.sheet.show_page(page)
    studio.show_sheet(page)


def test_the_sheet_says_which_it_is_and_where_it_begins(studio):
    show(studio, 0)
    assert studio.where.text() == "Sheet 1 of 3, from row 2, column 2"


def test_sheets_are_turned_one_by_one_and_not_beyond_the_ends(qtbot, studio):
    for number, back, forth in ((0, False, True), (1, True, True), (2, True, False)):
        show(studio, number)
        assert (studio.back.isEnabled(), studio.forth.isEnabled()) == (back, forth)
    with qtbot.waitSignal(studio.page_wanted) as wanted:
        studio.back.click()
    assert wanted.args == [1]


def test_a_roll_shows_no_sheet(studio):
    studio.show_setup(PrintSetup(STOCKS["57x32"]))
    assert studio.sheet.isHidden()
    assert studio.sheet_line.isHidden()
    assert studio.label.isVisible()


def test_without_labels_there_is_no_sheet_to_turn(studio):
    studio.show_sheet(None)
    assert not studio.back.isEnabled()
    assert not studio.forth.isEnabled()
    assert studio.where.text()


def test_a_click_on_the_sheet_is_passed_on(qtbot, studio):
    show(studio, 0)
    with qtbot.waitSignal(studio.start_chosen) as chosen:
        studio.sheet.start_chosen.emit(7)
    assert chosen.args == [7]
