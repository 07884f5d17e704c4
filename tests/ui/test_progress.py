from threading import Event

import pytest

from app.core.progress import Progress
from app.ui import progress as module
from app.ui.progress import ProgressLine

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def walk(_session, go_on):
    for done in range(1, 1_000):
        yield Progress(done, 1_000)
        go_on.wait(timeout=5)


@pytest.fixture
def line(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    return line


def test_it_appears_after_a_while_and_leaves_with_the_job(qtbot, jobs, line):
    go_on = Event()
    job = jobs.write(walk, go_on)
    job.what = "Counting"
    line.follow(job)
    assert line.isHidden()

    qtbot.waitUntil(line.isVisible)
    assert line.what.text() == "Counting · 1 of 1000"
    assert (line.bar.value(), line.bar.maximum()) == (1, 1_000)

    with qtbot.waitSignal(job.cancelled):
        line.cancel.click()
        assert not line.cancel.isEnabled()
        go_on.set()
    qtbot.waitUntil(line.isHidden)


def test_a_quick_job_does_not_show(qtbot, jobs, line):
    job = jobs.write(lambda _session: None)
    line.follow(job)
    with qtbot.waitSignal(job.finished):
        pass
    qtbot.wait(module.PATIENCE + 50)

    assert line.isHidden()


def test_a_job_that_tells_nothing_cannot_be_cancelled_but_is_seen(qtbot, jobs, line):
    go_on = Event()
    line.follow(jobs.write(lambda _session: go_on.wait(timeout=5)))
    qtbot.waitUntil(line.isVisible)

    assert line.what.text() == "Working"
    assert line.cancel.isHidden()
    assert line.bar.maximum() == 0
    go_on.set()
    qtbot.waitUntil(line.isHidden)


def test_the_next_job_is_shown_when_the_first_is_over(qtbot, jobs, line):
    first, second = Event(), Event()
    for go_on, what in ((first, "First"), (second, "Second")):
        job = jobs.write(lambda _session, go_on: go_on.wait(timeout=5), go_on)
        job.what = what
        line.follow(job)
    qtbot.waitUntil(line.isVisible)
    assert line.what.text() == "First"

    first.set()
    qtbot.waitUntil(lambda: line.what.text() == "Second")
    second.set()
    qtbot.waitUntil(line.isHidden)


def test_a_long_job_says_how_long_it_will_take(qtbot, jobs, line, monkeypatch):
    monkeypatch.setattr(module, "LONG", 0.0)
    go_on = Event()
    line.follow(jobs.write(walk, go_on))
    qtbot.waitUntil(line.isVisible)

    assert line.what.text().endswith(" left")
    assert "min" in line._left(600)
    assert line._left(45) == "about 45 s left"
    go_on.set()
    qtbot.waitUntil(line.isHidden)
