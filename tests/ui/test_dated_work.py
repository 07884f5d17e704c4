"""A late entry is posted only after its consequences were seen; one without any goes straight."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from app.core.clock import now
from app.core.effects import CostChange, Effects
from app.core.errors import Refused, marked
from app.core.scans import Command, CommandScan, Effect, Tone, UnknownScan
from app.ui.dated_work import DatedWork
from app.ui.effects_view import EffectsView

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

YESTERDAY = now() - timedelta(days=1)
COST = CostChange("IS-1", "RUM", YESTERDAY, Decimal(8), Decimal(2))
POST = CommandScan("CMD:POST", Command.POST)


class NoRoom(Refused):
    template = marked("There is no room.")


def answer(_session, outcome=None):
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


class Desk(DatedWork):
    """Keeps the codes it was shown, and what the books would say of posting them."""

    title = "Desk"

    def __init__(self, jobs):
        self.at = None
        self.open_from = None
        self.outcome = Effects(YESTERDAY, is_late=True, costs=(COST,))
        self.codes, self.done, self.troubles = [], [], []
        super().__init__(jobs)
        self.is_ready = True

    def handle_scan(self, meaning):
        if self.hold(meaning):
            return
        if isinstance(meaning, CommandScan) and self.take_command(meaning):
            return
        self.withdraw_question()
        self.codes.append(meaning.code)
        self.finish_scan(self.keep(answer), Effect(meaning.code), self.codes.pop)

    def ask_open_from(self):
        return self.ask(answer, self.open_from)

    def happened_at(self):
        return self.at

    def say_when(self, at):
        self.at = at
        self.show_when(at)

    def has_work(self):
        return bool(self.codes)

    def commit_fields(self):
        pass

    def post_or_ask(self):
        self.book_once_seen()

    def rehearse_posting(self):
        return self.rehearse(answer, self.outcome)

    def book(self):
        job = self.change(answer)
        job.succeeded.connect(self._take_away)
        self.follow_posting(job)

    def _take_away(self):
        self.done.append(tuple(self.codes))
        self.codes.clear()
        self.posted.show_posted(f"R-{len(self.done)}", "")

    def show_work(self):
        pass

    def lock(self, locked):
        pass

    def point_at(self, error):
        self.troubles.append(error.code)


@pytest.fixture
def desk(qtbot, jobs):
    desk = Desk(jobs)
    qtbot.addWidget(desk)
    desk.resize(900, 600)
    with qtbot.waitActive(desk):
        desk.show()
    desk.codes.append("A")
    return desk


@pytest.fixture
def scan(qtbot, desk):
    def scan(meaning):
        with qtbot.waitSignal(desk.scanned) as told:
            desk.take_scan(meaning)
        return told.args[0]

    return scan


def test_nothing_can_be_said_of_work_that_is_not_here_yet(desk):
    desk.is_ready = False
    desk.show_when(None)

    assert not desk.when.button.isEnabled()


def test_what_happens_now_is_posted_at_once(qtbot, desk):
    desk.post_soon()

    qtbot.waitUntil(lambda: desk.done == [("A",)])
    assert desk.confirm.isHidden()


def test_a_late_entry_shows_its_numbers_and_waits_for_a_yes(qtbot, jobs, desk):
    desk.say_when(YESTERDAY)
    with qtbot.assertNotEmitted(jobs.committed):
        desk.post_soon()
        qtbot.waitUntil(desk.confirm.isVisible)

    assert desk.confirm.text.text().startswith("It happened: Yesterday")
    assert desk.confirm.text.text().endswith(". 1 later cost changes.")
    assert isinstance(desk.confirm.details, EffectsView)
    assert "IS-1 · RUM 8.00 → 2.00" in desk.confirm.accessibleDescription()
    assert desk.confirm.yes.text() == "Post it"
    assert desk.done == []
    qtbot.mouseClick(desk.confirm.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.done == [("A",)])
    assert desk.confirm.details is None


def test_cancel_keeps_everything_as_it_is(qtbot, desk):
    desk.say_when(YESTERDAY)
    desk.post_soon()
    qtbot.waitUntil(desk.confirm.isVisible)
    qtbot.mouseClick(desk.confirm.no, Qt.MouseButton.LeftButton)

    assert (desk.done, desk.codes, desk.at) == ([], ["A"], YESTERDAY)


def test_a_late_entry_that_changes_nothing_is_posted_straight_away(qtbot, desk):
    desk.say_when(YESTERDAY)
    desk.outcome = Effects(YESTERDAY, is_late=False)
    desk.post_soon()

    qtbot.waitUntil(lambda: desk.done == [("A",)])


def test_a_refusal_is_shown_where_it_belongs(qtbot, desk, scan):
    desk.say_when(YESTERDAY)
    desk.outcome = NoRoom()

    assert scan(POST) == Effect("There is no room.", Tone.BAD)

    assert desk.troubles == ["no_room"]
    assert desk.done == []
    assert desk.confirm.isHidden()


def test_a_command_posts_and_a_second_one_is_the_yes(desk, scan):
    desk.say_when(YESTERDAY)
    asked = scan(POST)
    assert (asked.tone, desk.done) == (Tone.ASK, [])

    assert scan(POST).text == "R-1 posted"
    assert desk.done == [("A",)]


def test_one_more_scan_withdraws_the_question(desk, scan):
    desk.say_when(YESTERDAY)
    scan(POST)
    scan(UnknownScan("B", ""))

    assert desk.confirm.isHidden()
    assert (desk.done, desk.codes) == ([], ["A", "B"])


def test_a_scan_that_comes_while_it_looks_waits(qtbot, desk, scan):
    desk.say_when(YESTERDAY)
    desk.post_soon()
    assert scan(UnknownScan("B", "")) == Effect("B")

    assert desk.confirm.isHidden()
    assert desk.codes == ["A", "B"]


def test_a_time_that_is_typed_but_not_confirmed_holds(qtbot, desk):
    desk.when.button.click()
    qtbot.keyClicks(desk.when.field, "2026-05-31 14:02")
    desk.post_soon()

    qtbot.waitUntil(desk.confirm.isVisible)
    assert desk.at == datetime(2026, 5, 31, 14, 2).astimezone().astimezone(UTC)


def test_a_time_that_cannot_be_is_not_posted_as_another(qtbot, desk, scan):
    desk.when.button.click()
    qtbot.keyClicks(desk.when.field, "31 May")

    assert scan(POST).tone == Tone.ASK

    assert "“31 May” is not a date with a time" in desk.banner.text.text()
    assert desk.when.field.hasFocus()
    assert desk.done == []


def test_what_was_typed_is_kept_when_the_window_goes(qtbot, desk):
    desk.when.button.click()
    qtbot.keyClicks(desk.when.field, "2026-05-31 14:02")
    desk.finish_typing()

    assert desk.at is not None
