import pytest

from app.core.scans import Tone
from app.shell import status_line as module
from app.shell.status_line import AuditLight, StatusLine


@pytest.fixture
def line(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    return line


@pytest.mark.parametrize(
    ("kind", "told"),
    [("write", "saved · 3 ms"), ("read", "found · 3 ms"), ("perform", "done · 3 ms")],
)
def test_it_tells_how_long_the_last_work_took(line, kind, told):
    line.show_took(kind, 3.2)

    assert line.took.text() == told


def test_a_remark_passes(qtbot, qapp, monkeypatch):
    monkeypatch.setattr(module, "MESSAGE_TIME", 20)
    line = StatusLine()
    qtbot.addWidget(line)
    line.say("3 lines left.")
    assert line.message.text() == "3 lines left."

    qtbot.waitUntil(lambda: line.message.text() == "")


def test_the_light_is_a_mark_and_a_word(qtbot):
    light = AuditLight()
    qtbot.addWidget(light)
    assert light.word.text() == "not audited yet"
    before = light.mark.pixmap().toImage()

    light.show_state(Tone.GOOD, "audit ok", "Checked at 14:02.")

    assert light.word.text() == light.accessibleName() == "audit ok"
    assert light.toolTip() == "Checked at 14:02."
    assert light.mark.pixmap().toImage() != before
