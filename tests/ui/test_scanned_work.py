"""Scans, typing and posting on a screen that builds up one document, in any order they come."""

from threading import Event

import pytest

from app.core.errors import Refused, marked
from app.core.scans import Command, CommandScan, Effect, Tone, UnknownScan
from app.ui.scanned_work import ScannedWork

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class NoRoom(Refused):
    template = marked("There is no room.")


def answer(_session, go_on, refusal=None):
    go_on.wait(timeout=5)
    if refusal:
        raise refusal


class Desk(ScannedWork):
    """Keeps the codes it was shown; `gates` hold saving, posting and looking up."""

    title = "Desk"

    def __init__(self, jobs):
        super().__init__(jobs)
        self.is_ready = True
        self.gates = {name: Event() for name in ("save", "post", "look")}
        for gate in self.gates.values():
            gate.set()
        self.refusals = {}
        self.codes, self.done, self.told = [], [], []
        self.typed = False
        self.question = ""

    def handle_scan(self, meaning):
        if self.hold(meaning):
            return
        if isinstance(meaning, CommandScan) and self.take_command(meaning):
            return
        self.withdraw_question()
        self.codes.append(meaning.code)
        saving = self.keep(answer, self.gates["save"], self.refusals.get("save"))
        self.finish_scan(saving, Effect(meaning.code), self.codes.pop)

    def has_work(self):
        return bool(self.codes)

    def commit_fields(self):
        if self.typed:
            self.typed = False
            self.look(self.ask(answer, self.gates["look"], self.refusals.get("look")))

    def post_or_ask(self):
        if self.question:
            self.ask_before_posting(self.question, "Post it", self.post_now)
        else:
            self.post_now()

    def post_now(self):
        job = self.change(answer, self.gates["post"], self.refusals.get("post"))
        job.succeeded.connect(self._take_away)
        self.follow_posting(job)

    def _take_away(self):
        self.done.append(tuple(self.codes))
        self.codes.clear()
        self.posted.show_posted(f"R-{len(self.done)}", "")

    def show_work(self):
        self.told.append("shown")

    def lock(self, locked):
        self.told.append("locked" if locked else "open")

    def point_at(self, error):
        self.told.append(error.code)

    def ask_to_discard(self):
        self.confirm.ask("All is forgotten.", "Discard", self.codes.clear)


@pytest.fixture
def desk(qtbot, jobs):
    desk = Desk(jobs)
    qtbot.addWidget(desk)
    desk.show()
    return desk


@pytest.fixture
def scan(qtbot, desk):
    def scan(meaning):
        with qtbot.waitSignal(desk.scanned) as answer:
            desk.take_scan(meaning)
        return answer.args[0]

    return scan


def code(text):
    return UnknownScan(text, "")


POST, CANCEL = CommandScan("CMD:POST", Command.POST), CommandScan("CMD:CANCEL", Command.CANCEL)


def test_a_scan_is_answered_once_it_is_saved(qtbot, desk):
    desk.gates["save"].clear()
    desk.take_scan(code("A"))
    qtbot.wait(50)
    assert desk.waiting()

    with qtbot.waitSignal(desk.scanned):
        desk.gates["save"].set()


def test_a_scan_that_could_not_be_saved_did_not_happen(desk, scan):
    desk.refusals["save"] = NoRoom()

    assert scan(code("A")) == Effect("There is no room.", Tone.BAD)
    assert desk.codes == []


def test_a_scan_while_it_posts_goes_to_the_next_document(qtbot, desk, scan):
    scan(code("A"))
    desk.gates["post"].clear()
    desk.post_soon()
    desk.take_scan(code("B"))
    assert desk.codes == ["A"]

    with qtbot.waitSignal(desk.scanned):
        desk.gates["post"].set()

    assert (desk.done, desk.codes) == ([("A",)], ["B"])
    assert desk.told == ["locked", "open"]


def test_a_scan_while_posting_is_refused_stays_with_the_document(qtbot, desk, scan):
    scan(code("A"))
    desk.gates["post"].clear()
    desk.refusals["post"] = NoRoom()
    desk.post_soon()
    desk.take_scan(code("B"))

    with qtbot.waitSignal(desk.scanned) as answer:
        desk.gates["post"].set()

    assert answer.args == [Effect("B")]
    assert desk.codes == ["A", "B"]
    assert "no_room" in desk.told


def test_posting_waits_for_the_scan_under_way_and_the_next_scan_for_posting(qtbot, desk, scan):
    desk.gates["save"].clear()
    answers = []
    desk.scanned.connect(answers.append)
    desk.scanned.connect(lambda _: desk.take_scan(code("B")) if len(answers) == 1 else None)
    desk.take_scan(code("A"))
    desk.post_soon()
    desk.gates["save"].set()

    qtbot.waitUntil(lambda: len(answers) == 2)
    assert (desk.done, desk.codes) == ([("A",)], ["B"])


def test_a_scanned_command_posts_and_tells_the_number(desk, scan):
    scan(code("A"))

    assert scan(POST).text == "R-1 posted"


def test_a_scanned_command_tells_why_it_could_not_post(desk, scan):
    scan(code("A"))
    desk.refusals["post"] = NoRoom()

    assert scan(POST) == Effect("There is no room.", Tone.BAD)


def test_with_nothing_to_post_a_command_is_a_code_like_any_other(desk):
    assert not desk.take_command(POST)
    assert not desk.take_command(CANCEL)


def test_a_question_answers_the_command_and_the_next_command_the_question(desk, scan):
    desk.question = "12 too many. Sure?"
    scan(code("A"))

    assert scan(POST) == Effect("12 too many. Sure?", Tone.ASK)
    assert desk.done == []
    assert scan(POST).text == "R-1 posted"


def test_a_question_that_was_declined_is_asked_again(desk, scan):
    desk.question = "12 too many. Sure?"
    scan(code("A"))
    scan(POST)
    desk.confirm.decline()

    assert scan(POST).tone == Tone.ASK
    assert desk.done == []


def test_one_more_scan_withdraws_the_question(desk, scan):
    desk.question = "12 too many. Sure?"
    scan(code("A"))
    scan(POST)
    scan(code("B"))

    assert desk.confirm.isHidden()
    assert scan(POST).tone == Tone.ASK


def test_discarding_asks_too(desk, scan):
    scan(code("A"))

    assert scan(CANCEL) == Effect("All is forgotten.", Tone.ASK)
    assert desk.codes == ["A"]


def test_what_is_typed_is_looked_up_before_it_is_posted(qtbot, desk, scan):
    scan(code("A"))
    desk.typed = True
    desk.gates["look"].clear()
    desk.post_soon()
    qtbot.wait(50)
    assert desk.done == []

    desk.gates["look"].set()

    qtbot.waitUntil(lambda: desk.done == [("A",)])


def test_a_scan_waits_for_what_was_typed_before_it(qtbot, desk, scan):
    desk.gates["look"].clear()
    desk.typed = True
    desk.commit_fields()
    desk.take_scan(code("A"))
    qtbot.wait(50)
    assert desk.codes == []

    with qtbot.waitSignal(desk.scanned):
        desk.gates["look"].set()

    assert desk.codes == ["A"]


def test_what_is_typed_and_refused_is_not_posted(qtbot, desk, scan):
    scan(code("A"))
    desk.typed = True
    desk.refusals["look"] = NoRoom()

    assert scan(POST) == Effect("There is no room.", Tone.ASK)
    assert desk.done == []
    assert not desk.is_busy()


def test_scans_wait_until_the_work_that_was_left_is_here(qtbot, desk):
    desk.is_ready = False
    desk.take_scan(code("A"))
    qtbot.wait(20)
    assert desk.waiting()

    desk.is_ready = True
    with qtbot.waitSignal(desk.scanned):
        desk.release_scan()
