import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.companies import AlreadyThere
from app.core.companies import Kind, Wanted
from app.shell.company_page import CompanyPage


@pytest.fixture
def page(qtbot, tmp_path):
    page = CompanyPage(tmp_path / "stock.db", tmp_path / "sample.db", "other.db")
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return page


def test_arrows_and_enter_choose_and_escape_goes_back_step_by_step(qtbot, page):
    QTest.keyClick(page.choices.buttons[0], Qt.Key.Key_Down)
    QTest.keyClick(page.choices.buttons[1], Qt.Key.Key_Return)
    assert page.forms.currentWidget() is page.new
    page.new.name.setText("mine")

    QTest.keyClick(page.new.name, Qt.Key.Key_Escape)
    assert page.forms.currentWidget() is page.choices
    assert page.new.name.text() == "mine"
    with qtbot.waitSignal(page.back_wanted):
        QTest.keyClick(page.choices.buttons[0], Qt.Key.Key_Escape)


def test_a_company_that_is_in_the_way_can_be_opened(qtbot, page):
    assert page.offers_to_mend(AlreadyThere(place="x.db"), Wanted(Kind.NEW, "x.db"))

    with qtbot.waitSignal(page.wanted) as told:
        page.banner.button.click()
    assert (told.args[0].kind, told.args[0].where) == (Kind.FILE, "x.db")
