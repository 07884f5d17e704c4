import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.side_panel import SidePanel


def make(qtbot):
    panel = SidePanel(QLineEdit(), QWidget(), "lookup_detail", "Detail of the item")
    qtbot.addWidget(panel)
    panel.resize(1000, 400)
    with qtbot.waitActive(panel):
        panel.show()
    return panel


@pytest.fixture
def panel(qtbot):
    return make(qtbot)


def toggle(qtbot, panel):
    qtbot.keyClick(panel, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)


def test_a_key_shows_and_hides_the_detail(qtbot, panel):
    assert panel.detail.isVisible()
    toggle(qtbot, panel)
    assert not panel.detail.isVisible()

    panel.open()
    assert panel.detail.isVisible()


def test_it_is_remembered_whether_it_was_open(qtbot, panel):
    toggle(qtbot, panel)

    assert not make(qtbot).detail.isVisible()


def test_its_width_is_remembered(qtbot, panel):
    panel.setSizes([500, 492])
    panel.splitterMoved.emit(500, 1)

    again = make(qtbot)

    assert again.sizes()[1] == panel.sizes()[1]
    toggle(qtbot, again)
    toggle(qtbot, again)
    assert abs(again.sizes()[1] - panel.sizes()[1]) <= 1
