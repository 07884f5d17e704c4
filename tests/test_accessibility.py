"""Every screen can be worked without seeing it and without a mouse."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from app.shell.screens import SCREENS

ACTED_ON = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox),
    *(QLineEdit, QPlainTextEdit, QTabBar, QTextEdit),
)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("place", SCREENS, ids=lambda place: place.title)
def test_whatever_one_can_act_on_says_what_it_is(place, jobs, qtbot):
    screen = place.load()(jobs)
    qtbot.addWidget(screen)
    screen.show()

    nameless = {
        (type(widget).__name__, widget.objectName(), spoken(widget))
        for widget in shown_on(screen)
        if is_acted_on(widget) and not (is_snake_case(widget.objectName()) and spoken(widget))
    }
    assert nameless == set()


def shown_on(screen: QWidget) -> Iterator[QWidget]:
    """Return all that can be seen, page by page; a banner gets its words when it comes."""
    yield from filter(QWidget.isVisible, screen.findChildren(QWidget))
    for stack in screen.findChildren(QStackedWidget):
        for page in range(stack.count()):
            stack.setCurrentIndex(page)
            yield from filter(QWidget.isVisible, stack.findChildren(QWidget))


def is_acted_on(widget: QWidget) -> bool:
    """Whether a person works with it, other than Qt's own parts of a bigger widget."""
    if not isinstance(widget, ACTED_ON) or isinstance(widget, QHeaderView | QScrollBar):
        return False
    whole = widget.parentWidget()
    if isinstance(widget, QAbstractButton) and not widget.text() and widget.icon().isNull():
        return False  # it stands for nothing yet
    is_part = isinstance(whole, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar | QTabWidget)
    is_corner = type(widget) is QAbstractButton
    is_popup_list = bool(widget.window().windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup)
    return not (is_part or is_corner or is_popup_list)


def spoken(widget: QWidget) -> str:
    """Return what a screen reader calls it: its own name, else its text."""
    described = QAccessible.queryAccessibleInterface(widget)
    return widget.accessibleName() or described.text(QAccessible.Text.Name)


def is_snake_case(text: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9_]*", text) is not None and not text.startswith("qt_")
