import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.companies import AlreadyThere, NothingThere
from app.core.companies import Kind, Wanted
from app.core.scans import Tone
from app.db.address import CompanyGone
from app.db.faults import PasswordRefused
from app.shell.company_page import CompanyPage
from app.ui.parts import Mend


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
    page.tell(AlreadyThere(place="x.db"), Wanted(Kind.NEW, "x.db"))

    with qtbot.waitSignal(page.wanted) as told:
        page.banner.button.click()
    assert (told.args[0].kind, told.args[0].where) == (Kind.FILE, "x.db")


def test_enter_takes_what_is_offered_to_mend_it(qtbot, page):
    page.tell(NothingThere(place="server/x"), Wanted(Kind.SERVER, "postgresql://server/x"))

    with qtbot.waitSignal(page.wanted) as told:
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    assert told.args[0].may_begin


def test_back_at_the_choices_the_focus_is_where_it_was(page):
    page.choices.buttons[3].setFocus()
    QTest.keyClick(page.choices.buttons[3], Qt.Key.Key_Return)
    assert page.title.text() == "Join a shared database"
    QTest.keyClick(page.join.host, Qt.Key.Key_Escape)

    assert page.choices.buttons[3].hasFocus()
    assert page.title.text() == "Open another company"


def test_a_password_that_is_not_kept_is_asked_for_and_a_wrong_one_refused(page):
    where = "postgresql://kim@server/stock"
    page.join.show_address(where)
    page.tell(PasswordRefused(place="server/stock"), Wanted(Kind.SERVER, where))
    assert page.join.password.hasFocus()
    assert page.banner.text.text() == "server/stock asks for your password."
    assert page.banner.tone == Tone.ASK

    page.tell(PasswordRefused(place="server/stock"), Wanted(Kind.SERVER, where, "wrong"))
    assert page.join.password.hasFocus()
    assert "does not accept" in page.banner.text.text()


def test_what_was_opened_unasked_can_be_tried_again(page):
    tried = []
    again = Mend("Try again", lambda: tried.append(1))
    page.tell(CompanyGone(place="x.db"), Wanted(Kind.FILE, "x.db"), again)
    assert "x.db is gone" in page.banner.text.text()
    page.banner.button.click()

    assert tried == [1]


@pytest.mark.parametrize(
    "wanted",
    [Wanted(Kind.FILE, "/data/other.db"), Wanted(Kind.SERVER, "postgresql://kim:s3cret@host/x")],
)
def test_the_company_of_damaged_settings_is_proposed_first(qtbot, tmp_path, wanted):
    usual, sample = tmp_path / "stock.db", tmp_path / "sample.db"
    page = CompanyPage(usual, sample, proposed=wanted, is_first=False)
    qtbot.addWidget(page)
    first = page.choices.buttons[0]
    assert wanted.where.rpartition("/")[2] in first.accessibleName()
    assert "s3cret" not in first.accessibleName()

    with qtbot.waitSignal(page.wanted) as told:
        first.click()
    assert told.args == [wanted]
