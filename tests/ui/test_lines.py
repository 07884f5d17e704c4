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


def test_where_it_gets_tight_the_keys_go_before_what_one_is_doing(qtbot):
    line = HeadingLine()
    qtbot.addWidget(line)
    now = ActionButton("Now", "Ctrl+H", "when_open")
    line.add_tool(now)
    line.show_line("Transfer", "MAIN/TOOL-CRIB/A-1 → MAIN/TOOL-CRIB/A-2", "MAIN")
    line.resize(900, 40)
    line.show()
    qtbot.waitUntil(lambda: now.sizeHint().width() == now.full_width())

    line.resize(400, 40)

    qtbot.waitUntil(lambda: now.sizeHint().width() < now.full_width())


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


def test_where_it_gets_tight_the_keys_leave_the_buttons_before_the_totals_do(qtbot, page):
    footer = Footer()
    page.layout().addWidget(footer)
    for name in ("Remove", "Clear", "Save as PDF", "Print"):
        footer.add_button(ActionButton(name, "Ctrl+Shift+P", name.lower()))
    footer.say("120 labels on 6 sheets")
    wide, narrow = (sum(b.full_width() for b in footer.buttons) + extra for extra in (300, 100))

    page.resize(wide, 200)
    qtbot.waitUntil(lambda: footer.buttons[0].width() >= footer.buttons[0].full_width())
    page.resize(narrow, 200)
    qtbot.waitUntil(lambda: footer.buttons[0].width() < footer.buttons[0].full_width())

    assert footer.totals.width() >= footer.totals.fontMetrics().horizontalAdvance(
        footer.totals.text()
    )
    assert "Ctrl+Shift+P" in footer.buttons[0].toolTip()
