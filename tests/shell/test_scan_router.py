"""Scans in a row: each looked up, handed to the screen, answered, and told on the tape."""

from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import Unavailable
from app.core.scans import (
    Command,
    CommandScan,
    Effect,
    ItemScan,
    LocationScan,
    QuantityScan,
    Tone,
    UnknownScan,
)
from app.scanning.meaning import resolve
from app.shell.scan_router import ScanRouter
from app.shell.tape import ScanTape
from app.ui.jobs import Jobs
from app.ui.screen import Screen

one_engine = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class CountingView(Screen):
    """Notes what it is given; answers at once, later, or never."""

    title = "Counting"
    site = ""

    def __init__(self, jobs):
        super().__init__(jobs)
        self.taken = []
        self.undone = []
        self.wait = 0
        self.is_silent = False
        self.is_broken = False

    def handle_scan(self, meaning):
        self.taken.append(meaning)
        if self.is_broken:
            raise ValueError("a fault of ours")
        if isinstance(meaning, UnknownScan):
            super().handle_scan(meaning)
        elif self.wait:
            QTimer.singleShot(self.wait, self._answer)
        elif not self.is_silent:
            self._answer()

    def _answer(self):
        number = len(self.taken)
        self.scan_done(Effect(f"done {number}", undo=lambda: self.undone.append(number)))


class Stage(QObject):
    """A window with a tape and one screen."""

    screen_changed = Signal(object)

    def __init__(self, screen):
        super().__init__()
        self.tape = ScanTape()
        self.screen = screen

    def current_screen(self):
        return self.screen


@pytest.fixture
def screen(qtbot, jobs):
    screen = CountingView(jobs)
    qtbot.addWidget(screen)
    return screen


@pytest.fixture
def stage(qtbot, screen):
    stage = Stage(screen)
    qtbot.addWidget(stage.tape)
    return stage


@pytest.fixture
def make(stage, jobs):
    made = []

    def router(**given):
        made.append(ScanRouter(stage, jobs, given.pop("look_up", resolve), **given))
        return made[-1]

    return router


def told(stage):
    return [(entry.code, entry.told, entry.effect.tone) for entry in stage.tape.entries()]


def test_scans_are_worked_off_in_order_and_each_ends_once(qtbot, stock, stage, screen, make):
    skus = [f"SKU-{number}" for number in range(30)]
    for sku in skus:
        stock.item(sku)
    router = make()
    effects = []
    router.settled.connect(effects.append)

    for sku in skus:
        router.take(sku)
    assert not router.is_idle()
    qtbot.waitUntil(router.is_idle)

    assert [scan.item.sku for scan in screen.taken] == skus
    assert [effect.text for effect in effects] == [f"done {n}" for n in range(1, 31)]
    assert [code for code, _, _ in told(stage)] == skus


def test_the_next_waits_for_the_answer_to_the_one_before(qtbot, stock, screen, make):
    stock.item("A")
    stock.location("MAIN/B")
    screen.wait = 50
    router = make()
    waiting = []
    router.waiting_changed.connect(waiting.append)

    router.take("A")
    router.take("MAIN/B")
    qtbot.waitUntil(lambda: len(screen.taken) == 1)
    qtbot.wait(20)

    assert len(screen.taken) == 1
    qtbot.waitUntil(router.is_idle)
    assert [type(scan) for scan in screen.taken] == [ItemScan, LocationScan]
    assert waiting == [1, 2, 1, 0]


def test_what_nobody_knows_says_why(qtbot, stage, make):
    router = make()

    router.take("4006381333932")
    qtbot.waitUntil(router.is_idle)

    ((_, text, tone),) = told(stage)
    assert "check digit" in text
    assert tone == Tone.BAD


@one_engine
def test_a_quantity_holds_for_the_next_item_only(qtbot, stock, screen, make):
    stock.item("A")
    stock.location("MAIN/B")
    router = make()
    pending = []
    router.pending_changed.connect(pending.append)

    for text in ("QTY:12", "MAIN/B", "nobody", "A", "A"):
        router.take(text)
    qtbot.waitUntil(router.is_idle)

    assert pending == [Decimal(12), None]
    quantities = [scan.quantity for scan in screen.taken if isinstance(scan, ItemScan)]
    assert quantities == [12, 1]


@one_engine
def test_a_quantity_may_be_typed(qtbot, stock, screen, make):
    stock.item("A")
    router = make()

    router.type_in("3*")
    router.take("A")
    qtbot.waitUntil(router.is_idle)

    assert screen.taken[0].quantity == 3


@one_engine
def test_a_quantity_ends_by_itself_or_when_told_to(qtbot, screen, make):
    router = make(holds=30)
    router.take("QTY:12")
    qtbot.waitUntil(lambda: router.pending == 12)
    qtbot.waitUntil(lambda: router.pending is None)

    router.take("QTY:5")
    router.take("CMD:CANCEL")
    qtbot.waitUntil(router.is_idle)

    assert router.pending is None
    assert screen.taken == []

    router.take("CMD:CANCEL")
    qtbot.waitUntil(router.is_idle)
    assert screen.taken == [CommandScan("CMD:CANCEL", Command.CANCEL)]


@one_engine
def test_the_last_effect_can_be_undone_by_a_scan(qtbot, stock, stage, screen, make):
    stock.item("A")
    router = make()

    for text in ("A", "A", "CMD:UNDO", "CMD:UNDO", "CMD:UNDO"):
        router.take(text)
    qtbot.waitUntil(router.is_idle)

    assert screen.undone == [2, 1]
    texts = [text for _, text, _ in told(stage)[2:]]
    assert texts == ["undone: done 2", "undone: done 1", "nothing to undo"]


@one_engine
@pytest.mark.parametrize("fault", [Unavailable("It was changed since."), ValueError("ours")])
def test_an_undo_that_fails_is_answered_and_the_next_scan_goes_on(
    qtbot, stock, stage, screen, make, fault
):
    def fail():
        raise fault

    stock.item("A")
    router = make()
    stage.tape.done(stage.tape.begin("B"), Effect("B +1", undo=fail))

    with qtbot.captureExceptions() as caught:
        router.take("CMD:UNDO")
        router.take("A")
        qtbot.waitUntil(router.is_idle)

    _, undo, after = told(stage)
    why = "It was changed since." if not caught else "It could not be undone."
    assert undo[1:] == (why, Tone.BAD)
    assert after[1:] == ("done 1", Tone.GOOD)
    assert [kind for kind, _, _ in caught] == [type(fault)] * isinstance(fault, ValueError)


@one_engine
def test_scans_wait_until_an_undo_is_saved(qtbot, stock, stage, screen, make, jobs):
    stock.item("A")
    order = []
    router = make()
    save = partial(jobs.keep, lambda _session: order.append("saved"))
    stage.tape.done(stage.tape.begin("B"), Effect("B +1", undo=save))
    screen.scanned.connect(lambda _: order.append("scanned"))

    router.take("CMD:UNDO")
    router.take("A")
    qtbot.waitUntil(router.is_idle)

    assert order == ["saved", "scanned"]
    assert told(stage)[1][1] == "undone: B +1"


@one_engine
def test_scans_before_the_database_is_open_wait_for_it(qtbot, qapp, database, stock, stage):
    stock.item("A")
    jobs = Jobs()
    stage.screen = CountingView(jobs)
    qtbot.addWidget(stage.screen)
    router = ScanRouter(stage, jobs, resolve)
    router.take("A")
    router.take("A")
    qtbot.wait(30)
    assert stage.screen.taken == []

    jobs.open(database)
    qtbot.waitUntil(router.is_idle)

    assert len(stage.screen.taken) == 2
    jobs.close()


@one_engine
def test_a_scan_before_the_first_screen_waits_for_it(qtbot, stock, stage, screen, make):
    stock.item("A")
    stage.screen = None
    router = make()
    stage.screen_changed.connect(router.go_on)
    router.take("A")
    qtbot.wait(50)
    assert not router.is_idle()

    stage.screen = screen
    stage.screen_changed.emit(screen)

    assert router.is_idle()
    assert len(screen.taken) == 1


@one_engine
def test_a_screen_that_never_answers_is_admitted_and_the_next_scan_goes_on(
    qtbot, stock, stage, screen, make
):
    stock.item("A")
    router = make(patience=30)
    screen.is_silent = True
    router.take("A")
    qtbot.waitUntil(router.is_idle)
    screen.is_silent = False
    router.take("A")
    qtbot.waitUntil(router.is_idle)

    first, second = told(stage)
    assert "Counting gave no answer" in first[1]
    assert second[1:] == ("done 2", Tone.GOOD)


@one_engine
@pytest.mark.parametrize("place", ["the screen", "the look-up"])
def test_a_fault_of_ours_ends_one_scan_and_not_the_next(qtbot, stock, stage, screen, make, place):
    stock.item("A")
    stock.item("BAD")

    def look_up(session, text, **given):
        if text == "BAD" and place == "the look-up":
            raise ValueError("a fault of ours")
        return resolve(session, text, **given)

    router = make(look_up=look_up)
    screen.is_broken = place == "the screen"
    with qtbot.captureExceptions() as caught:
        router.take("BAD")
        qtbot.waitUntil(router.is_idle)
    screen.is_broken = False
    router.take("A")
    qtbot.waitUntil(router.is_idle)

    first, second = told(stage)
    assert first[2] == Tone.BAD
    assert second[2] == Tone.GOOD
    assert [kind for kind, _, _ in caught] == [ValueError]


@one_engine
def test_a_look_up_that_is_refused_says_so(qtbot, stage, screen, make):
    def look_up(session, text, **given):
        raise Unavailable("The database is locked.")

    router = make(look_up=look_up)
    router.take("A")
    qtbot.waitUntil(router.is_idle)

    assert told(stage) == [("A", "The database is locked.", Tone.BAD)]
    assert screen.taken == []


@one_engine
def test_what_was_not_taken_as_a_scan_is_told_all_the_same(stage, screen, make):
    router = make()

    router.refuse("A")
    router.admit_lost("400638\x1d" + "1" * 80)
    router.note_repeat("A")

    tones = [tone for _, _, tone in told(stage)]
    assert tones == [Tone.BAD, Tone.BAD, Tone.ASK]
    assert "question" in told(stage)[0][1]
    assert told(stage)[1][0].startswith("400638␝1")
    assert len(told(stage)[1][0]) == 60
    assert screen.taken == []


@one_engine
def test_the_site_decides_between_places_with_one_code(qtbot, stock, screen, make):
    stock.location("EAST/A-01")
    stock.location("WEST/A-01")
    router = make()
    screen.site = "WEST"

    router.take("LOC:A-01")
    qtbot.waitUntil(router.is_idle)

    assert screen.taken[0].location.path == "WEST/A-01"


def test_the_meaning_of_a_quantity_reaches_no_screen(qtbot, screen, stage, make):
    router = make()

    router.take("QTY:2")
    qtbot.waitUntil(router.is_idle)

    assert QuantityScan("QTY:2", Decimal(2)) not in screen.taken
    assert told(stage) == [("QTY:2", "×2 for the next item", Tone.GOOD)]
