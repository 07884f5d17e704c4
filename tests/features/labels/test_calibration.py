import pytest

from app.features.labels.calibration import CalibrationPanel
from app.features.labels.sheets import Calibration


@pytest.fixture
def panel(qtbot):
    panel = CalibrationPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_calibration(Calibration(0.5, -1.25, 1.0, 0.99))
    return panel


def test_a_calibration_is_shown_as_millimetres_and_per_cent(panel):
    shown = [field.text() for field in (panel.dx, panel.dy, panel.wide, panel.high)]
    assert shown == ["0.5", "-1.25", "100", "99"]


def test_what_is_typed_is_kept(qtbot, panel):
    panel.dx.setText("−1,5")
    panel.high.setText("101")
    with qtbot.waitSignal(panel.saved) as saved:
        panel.save.click()
    assert saved.args == [Calibration(-1.5, -1.25, 1.0, 1.01)]


@pytest.mark.parametrize("text", ["20.5", "-21", "", "x", "1e9", "nan"])
def test_a_shift_that_cannot_be_meant_is_marked_and_not_kept(qtbot, panel, text):
    panel.dx.setText(text)
    with qtbot.assertNotEmitted(panel.saved):
        panel.save.click()
    assert panel.dx.property("bad")
    assert panel.dx.problem()


@pytest.mark.parametrize("text", ["94", "106", "0"])
def test_a_stretch_that_cannot_be_meant_is_marked_and_not_kept(qtbot, panel, text):
    panel.wide.setText(text)
    with qtbot.assertNotEmitted(panel.saved):
        panel.save.click()
    assert not panel.wide.is_good()


def test_a_test_page_can_be_asked_for(qtbot, panel):
    with qtbot.waitSignal(panel.test_wanted):
        panel.test.click()
