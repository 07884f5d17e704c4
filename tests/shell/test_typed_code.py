"""A code typed by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.shell.typed_code import TypedCode


@pytest.fixture
def page(qtbot):
    page = QWidget()
    page.code, page.field = TypedCode(), QLineEdit()
    layout = QVBoxLayout(page)
    layout.addWidget(page.code)
    layout.addWidget(page.field)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.field.setFocus()
    return page


def test_it_is_there_only_when_asked_for(page):
    assert page.code.isHidden()

    page.code.ask()

    assert page.code.hasFocus()


def test_enter_tells_the_code_and_puts_the_focus_back(qtbot, page):
    page.code.ask()
    qtbot.keyClicks(page.code, " 4711 ")

    with qtbot.waitSignal(page.code.typed) as told:
        qtbot.keyClick(page.code, Qt.Key.Key_Return)

    assert told.args == ["4711"]
    assert page.code.isHidden()
    assert page.field.hasFocus()


def test_nothing_typed_tells_nothing(qtbot, page):
    page.code.ask()

    with qtbot.assertNotEmitted(page.code.typed):
        qtbot.keyClick(page.code, Qt.Key.Key_Return)

    assert page.field.hasFocus()


def test_escape_forgets_it(qtbot, page):
    page.code.ask()
    qtbot.keyClicks(page.code, "47")
    with qtbot.assertNotEmitted(page.code.typed):
        qtbot.keyClick(page.code, Qt.Key.Key_Escape)
    page.code.ask()

    assert page.code.text() == ""


def test_it_goes_when_the_mouse_goes_on_elsewhere(qtbot, page):
    page.code.ask()

    qtbot.mouseClick(page.field, Qt.MouseButton.LeftButton)
    page.field.setFocus(Qt.FocusReason.MouseFocusReason)

    assert page.code.isHidden()
