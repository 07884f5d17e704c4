import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.lines import Footer, HeadingLine
from app.ui.parts import ActionButton, SmallButton


@pytest.fixture
def page(qtbot):
    page = QWidget()
    QVBoxLayout(page)
    qtbot.addWidget(page)
    page.resize(600, 200)
    page.show()
    return page


def test_the_heading_says_what_one_is_doing(qtbot):
    heading = HeadingLine()
    qtbot.addWidget(heading)

    heading.show_line("Receipt", "PO-1042 Litware, Inc.", "Dock D-01")
    assert (heading.what.text(), heading.detail.text()) == ("Receipt", "PO-1042 Litware, Inc.")
    assert not heading.mark.isHidden()

    heading.show_line("Receipt")
    assert heading.mark.isHidden()
    assert heading.aside.text() == ""


def test_the_footer_is_there_once_it_has_something(qtbot):
    footer = Footer()
    qtbot.addWidget(footer)
    assert footer.isHidden()

    footer.say("2 of 5 lines")
    assert not footer.isHidden()
    assert footer.totals.text() == "2 of 5 lines"


def test_the_main_action_is_the_last_in_the_footer(qtbot, page):
    footer = Footer()
    page.layout().addWidget(footer)
    for name in ("labels", "post"):
        footer.add_button(ActionButton(name, "", name))
    qtbot.waitUntil(lambda: footer.buttons[1].x() > footer.buttons[0].x() > 0)

    assert [button.objectName() for button in footer.buttons] == ["labels", "post"]


def test_a_tool_stands_at_the_end_of_the_heading(qtbot, page):
    heading = HeadingLine()
    page.layout().addWidget(heading)
    tool = SmallButton("Columns", "columns")
    heading.show_line("Receipt", "PO-1042", "Dock D-01")
    heading.add_tool(tool)

    qtbot.waitUntil(lambda: tool.x() > heading.aside.x() > heading.what.x())
