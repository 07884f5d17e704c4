import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.scans import Tone
from app.shell.audit_light import AuditDetails, AuditLight


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    return window


def test_the_light_is_a_mark_and_a_word(qtbot):
    light = AuditLight()
    qtbot.addWidget(light)
    assert light.word.text() == "not audited yet"
    before = light.mark.pixmap().toImage()
    light.show_state(Tone.GOOD, "audit ok", "Checked at 14:02.")

    assert light.word.text() == light.accessibleName() == "audit ok"
    assert light.toolTip() == "Checked at 14:02."
    assert light.mark.pixmap().toImage() != before
    assert light.sizeHint().width() > light.word.sizeHint().width()


def test_it_can_be_pressed_by_the_keyboard(qtbot, window):
    light = AuditLight()
    light.setParent(window)
    light.show()
    light.setFocus()
    light.repaint()
    with qtbot.waitSignal(light.clicked):
        qtbot.keyClick(light, Qt.Key.Key_Space)


def test_the_details_stand_inside_the_window_and_follow_it(window):
    details = AuditDetails(window)
    details.show_found("Checked at 14:02.", [f"ITEM-{number}: wrong" for number in range(100)])
    assert window.rect().contains(details.geometry())
    window.resize(400, 300)

    assert details.width() <= 400
    details.shut.click()
    assert details.isHidden()


def test_where_nothing_differs_there_is_no_list(window):
    details = AuditDetails(window)
    details.show_found("All is well.", [])

    assert not details.differences.isVisible()
    assert details.about.text() == "All is well."
