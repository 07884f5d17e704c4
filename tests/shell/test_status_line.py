import pytest

from app.shell import status_line as module
from app.shell.status_line import StatusLine


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
