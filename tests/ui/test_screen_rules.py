"""What a Screen does with the pure rules of its feature."""

from threading import Event

import pytest

from app.core.errors import Refused, marked
from app.core.scans import Effect, Tone, UnknownScan
from app.ui.screen import Screen

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class TooMuch(Refused):
    template = marked("{count} is too much.")


class Desk(Screen):
    title = "Desk"

    def handle_scan(self, meaning):
        if self.decide_for_scan(at_most_nine, len(meaning.code)) is not None:
            super().handle_scan(meaning)


def at_most_nine(count):
    if count > 9:
        raise TooMuch(count=count)
    return count


@pytest.fixture
def desk(qtbot, jobs):
    jobs.user = "kim"
    desk = Desk(jobs)
    qtbot.addWidget(desk)
    desk.show()
    return desk


def test_a_rule_that_says_yes_is_silent(desk):
    assert desk.decide(at_most_nine, 9) == 9
    assert desk.banner.isHidden()


def test_what_a_rule_refuses_is_told(desk):
    assert desk.decide(at_most_nine, 10) is None
    assert desk.banner.text.text() == "10 is too much."


def test_a_refusal_is_the_answer_to_the_scan(qtbot, desk):
    with qtbot.waitSignal(desk.scanned) as answer:
        desk.take_scan(UnknownScan("0123456789", "Nothing goes by it."))

    assert answer.args[0].text == "10 is too much."
    assert answer.args[0].tone == Tone.BAD
    assert not desk.waiting()


def test_a_screen_knows_who_works_there(desk):
    assert desk.user == "kim"


def answer_slowly(session, go_on):
    go_on.wait(timeout=5)


class SlowDesk(Screen):
    """Answers a scan when its job succeeds, but leaves one that says `wait` unanswered."""

    title = "Slow desk"

    def handle_scan(self, meaning):
        if meaning.code != "wait":
            job = self.for_scan(self.keep(answer_slowly, self.go_on))
            job.succeeded.connect(self._answer)

    def _answer(self):
        self.scan_done(Effect("done"))
        self.take_scan(UnknownScan("wait", ""))


def test_a_job_of_the_scan_before_does_not_answer_the_next(qtbot, jobs):
    desk = SlowDesk(jobs)
    qtbot.addWidget(desk)
    desk.go_on = Event()
    desk.go_on.set()
    answers = []
    desk.scanned.connect(answers.append)
    desk.take_scan(UnknownScan("first", ""))

    qtbot.waitUntil(lambda: answers != [])
    qtbot.wait(50)  # the first scan's job has told its end by now

    assert answers == [Effect("done")]
    assert desk.waiting()
