import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.shell.keys_overlay import KeysOverlay, keys_of
from app.ui.parts import PlainLabel


@pytest.fixture
def page(qtbot):
    page = QWidget()
    QVBoxLayout(page)
    page.field = QLineEdit()
    page.layout().addWidget(page.field)
    page.resize(800, 600)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.field.setFocus()
    return page


@pytest.fixture
def overlay(page):
    return KeysOverlay(page)


def texts(overlay):
    return [label.text() for label in overlay.findChildren(PlainLabel) if not label.isHidden()]


def test_it_lies_over_the_window_and_gives_the_focus_back(qtbot, page, overlay):
    overlay.show_keys([("Screens", [("F2", "Receiving")]), ("Nothing", [])])
    assert overlay.isVisible()
    assert overlay.hasFocus()
    assert texts(overlay) == ["Keys", "Screens", "F2", "Receiving"]
    assert page.rect().contains(overlay.geometry())

    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    assert overlay.isHidden()
    assert page.field.hasFocus()


def test_it_shows_other_keys_the_next_time(qtbot, overlay):
    overlay.show_keys([("Screens", [("F2", "Receiving")])])
    overlay.put_away()
    overlay.show_keys([("Labels", [("F6", "Labels")])])

    assert texts(overlay) == ["Keys", "Labels", "F6", "Labels"]


def test_it_stays_in_the_middle(qtbot, page, overlay):
    overlay.show_keys([("Screens", [("F2", "Receiving")])])
    page.resize(1000, 700)

    qtbot.waitUntil(lambda: abs(overlay.geometry().center().x() - 499) <= 2)


def test_the_keys_of_a_page_are_those_of_its_buttons_and_actions(page):
    button = QPushButton("Post …")
    button.setShortcut("Ctrl+Return")
    hidden = QPushButton("Hidden")
    hidden.setShortcut("Ctrl+H")
    action = QAction("&Filter", page)
    action.setShortcut("Ctrl+F")
    off = QAction("Off", page)
    off.setShortcut("Ctrl+O")
    off.setEnabled(False)
    page.addActions([action, off])
    page.layout().addWidget(button)
    button.show()
    page.layout().addWidget(hidden)
    hidden.hide()

    assert keys_of(page) == [("Ctrl+Enter", "Post"), ("Ctrl+F", "Filter")]
