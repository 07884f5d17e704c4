from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.core.errors import Refused, Unavailable
from app.core.problems import Problem
from app.core.scans import Effect, Meaning, Tone, UnknownScan
from app.ui.parts import ActionButton, Mend
from app.ui.screen import Screen

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SCAN = Meaning("4012")


class Page(Screen):
    title = "Page"

    def __init__(self, jobs):
        self.reloads = 0
        self.mended = 0
        super().__init__(jobs)
        self.text = QLineEdit()
        self.post = ActionButton("Post", "Ctrl+Return", "post", main=True)
        self.check = ActionButton("Check", "Ctrl+K", "check")
        self.body.addWidget(self.text)
        self.footer.add_button(self.check)
        self.footer.add_button(self.post)

    def reload(self):
        self.reloads += 1

    def mend(self, error):
        return Mend("Try again", self._mend) if isinstance(error, Unavailable) else None

    def _mend(self):
        self.mended += 1


class ScanningPage(Page):
    """Answers a scan after its job, unless the test says otherwise."""

    def handle_scan(self, meaning):
        job = self.for_scan(self.ask(self.service))
        job.succeeded.connect(self._answer)

    def _answer(self, answer):
        if answer == "more":
            self.for_scan(self.ask(lambda _: "done")).succeeded.connect(self._answer)
        elif answer:
            self.scan_done(Effect(answer))


@pytest.fixture
def page(qtbot, jobs):
    page = Page(jobs)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return page


@pytest.fixture
def scanning(qtbot, jobs):
    page = ScanningPage(jobs)
    qtbot.addWidget(page)
    page.show()
    return page


def refuse(_session=None):
    raise Refused("Not today.")


def test_it_is_known_by_its_title(page):
    assert page.objectName() == "page"
    assert page.heading.what.text() == "Page"


@pytest.mark.parametrize("verb", ["ask", "change", "perform"])
def test_a_refusal_is_told_in_place_until_the_next_action(qtbot, page, verb):
    with qtbot.waitSignal(getattr(page, verb)(refuse).finished):
        pass

    assert page.banner.isVisible()
    assert page.banner.text.text() == "Not today."
    assert page.banner.tone == Tone.BAD
    page.change(lambda _: None)
    assert page.banner.isHidden()


def test_a_refusal_may_come_with_the_one_button_that_mends_it(qtbot, page):
    def fail(_session):
        raise Unavailable("The printer does not answer.")

    with qtbot.waitSignal(page.change(fail).finished):
        pass
    page.banner.button.click()

    assert page.mended == 1
    assert page.banner.isHidden()


def test_escape_closes_the_problems_first_and_then_the_banner(qtbot, page):
    page.banner.show_bad("Not today.")
    page.show_problems([Problem(4, "Counted", "1,5", "Whole pieces only.")])
    assert [problem.row for problem in page.problems.rows.rows()] == [4]

    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.problems.isHidden()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.banner.isHidden()


def test_problems_are_saved_where_the_user_says(qtbot, page, tmp_path):
    page.show_problems([Problem(4, "Counted", "=1", "Whole pieces only.")])
    file = tmp_path / "problems.csv"

    page.problems.save_wanted.emit(str(file), ["Found"], [["=1"]])

    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(page.post.isEnabled)
    assert file.read_text(encoding="utf-8-sig").splitlines() == ["Found", "'=1"]


@pytest.mark.parametrize("verb", ["change", "perform"])
def test_only_the_actions_are_held_until_it_is_done(qtbot, page, verb):
    job = getattr(page, verb)(refuse)

    assert not page.post.isEnabled()
    assert page.isEnabled()
    assert page.text.isEnabled()
    with qtbot.waitSignal(job.finished):
        pass
    assert page.post.isEnabled()


def test_an_action_that_was_switched_off_meanwhile_stays_off(qtbot, page):
    job = page.change(lambda _: None)
    job.succeeded.connect(lambda _: page.post.setEnabled(False))

    with qtbot.waitSignal(job.finished):
        pass

    assert not page.post.isEnabled()
    assert page.check.isEnabled()


def test_actions_are_held_until_the_last_of_several_changes(qtbot, page):
    go_on = Event()
    first = page.change(lambda _: None)
    second = page.change(lambda _: go_on.wait(timeout=5))

    with qtbot.waitSignal(first.finished):
        pass
    assert not page.post.isEnabled()
    with qtbot.waitSignal(second.finished):
        go_on.set()

    assert page.post.isEnabled()


def test_the_focus_comes_back_to_the_action(qtbot, page):
    page.post.setFocus()
    job = page.change(lambda _: None)
    assert not page.post.hasFocus()

    with qtbot.waitSignal(job.finished):
        pass

    assert page.post.hasFocus()


def test_the_focus_stays_where_the_screen_put_it(qtbot, page):
    page.post.setFocus()
    job = page.change(lambda _: None)
    job.succeeded.connect(lambda _: page.text.setFocus())

    with qtbot.waitSignal(job.finished):
        pass

    assert page.text.hasFocus()


def test_a_question_holds_nothing(page):
    page.ask(refuse)

    assert page.post.isEnabled()


def test_a_newer_question_replaces_the_older(qtbot, page):
    answers = []
    older = page.ask_latest("search", lambda _: "old")
    newer = page.ask_latest("search", lambda _: "new")
    for job in (older, newer):
        job.succeeded.connect(answers.append)

    with qtbot.waitSignals([older.finished, newer.finished]):
        pass

    assert answers == ["new"]


def test_a_visible_page_follows_every_change(page, jobs):
    jobs.committed.emit()
    jobs.committed.emit()

    assert page.reloads == 3


def test_a_hidden_page_catches_up_once(qtbot, jobs):
    page = Page(jobs)
    qtbot.addWidget(page)
    jobs.committed.emit()
    jobs.committed.emit()
    assert page.reloads == 0

    page.show()

    assert page.reloads == 1


def test_a_scan_it_has_no_use_for_is_refused(qtbot, page):
    with qtbot.waitSignal(page.scanned) as answer:
        page.take_scan(SCAN)

    assert answer.args[0] == Effect("Page has no use for 4012.", Tone.BAD)
    assert page.banner.text.text() == "Page has no use for 4012."
    assert not page.waiting()


def test_a_code_nobody_knows_says_why(qtbot, page):
    with qtbot.waitSignal(page.scanned) as answer:
        page.take_scan(UnknownScan("4012", "The check digit is wrong."))

    assert answer.args[0] == Effect("The check digit is wrong.", Tone.BAD)


def test_a_refusal_stays_until_the_next_scan(qtbot, scanning):
    scanning.service = lambda _session: "TEA +1"
    scanning.banner.show_bad("No.")

    with qtbot.waitSignal(scanning.scanned) as answer:
        scanning.take_scan(SCAN)
        assert scanning.banner.isHidden()
        assert scanning.waiting()

    assert answer.args == [Effect("TEA +1")]


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (refuse, "Not today."),
        (lambda _session: "", "Nothing was done. Scan it again."),
        (lambda _session: "more", "done"),
    ],
)
def test_a_scan_is_answered_once_however_its_job_ends(qtbot, scanning, service, said):
    answers = []
    scanning.scanned.connect(answers.append)
    scanning.service = service

    with qtbot.waitSignal(scanning.scanned):
        scanning.take_scan(SCAN)
    qtbot.wait(30)

    assert [answer.text for answer in answers] == [said]


def test_a_scan_is_answered_even_if_there_was_a_bug(qtbot, scanning):
    def blunder(_session):
        raise ZeroDivisionError

    scanning.service = blunder
    with qtbot.captureExceptions() as bugs, qtbot.waitSignal(scanning.scanned) as answer:
        scanning.take_scan(SCAN)

    assert len(bugs) == 1
    assert answer.args[0].tone == Tone.BAD


def test_answering_twice_is_a_bug(page):
    page.take_scan(SCAN)

    with pytest.raises(RuntimeError, match="twice"):
        page.scan_done(Effect("again"))


def test_escape_keeps_what_was_to_be_destroyed(qtbot, page):
    done = []
    page.confirm.ask("Takes 12 out of stock.", "Reverse", lambda: done.append(1))
    assert page.confirm.no.hasFocus()

    qtbot.keyClick(page, Qt.Key.Key_Escape)

    assert page.confirm.isHidden()
    assert done == []
