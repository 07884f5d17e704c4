from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.core.catalogue import Item
from app.core.errors import Unavailable
from app.core.scans import Effect, ItemScan, Tone
from app.shell.tape import LENGTH, ScanTape

GEL = ItemScan("4006381333931", Item(1, "GEL-7", "Blue gel"), Decimal(12))


@pytest.fixture
def tape(qtbot):
    tape = ScanTape()
    qtbot.addWidget(tape)
    tape.resize(900, 44)
    tape.show()
    return tape


@pytest.fixture
def undone():
    return []


def scan(tape, text, undo=None, tone=Tone.GOOD, screen=None):
    number = tape.begin(GEL.code)
    tape.understood(number, GEL)
    tape.done(number, Effect(text, tone, undo), screen)
    return number


def test_a_scan_is_told_in_three_steps(tape):
    number = tape.begin("4006381333931")
    assert tape.entries()[-1].told == ""

    tape.understood(number, GEL)
    assert tape.entries()[-1].told == "GEL-7 ×12"

    tape.done(number, Effect("GEL-7 +12"))
    assert tape.entries()[-1].told == "GEL-7 +12"
    assert tape.accessibleDescription() == "4006381333931 → GEL-7 +12"


def test_scans_may_be_finished_later_than_the_next_began(tape):
    first, second = tape.begin("a"), tape.begin("b")
    tape.done(first, Effect("A"))
    tape.done(second, Effect("B"))

    assert [entry.told for entry in tape.entries()] == ["A", "B"]


def test_it_forgets_the_oldest(tape):
    for number in range(LENGTH + 10):
        tape.begin(str(number))

    assert len(tape.entries()) == LENGTH
    assert tape.entries()[0].code == "10"


def test_undo_takes_back_the_newest_that_can_be(tape, undone):
    scan(tape, "one", lambda: undone.append("one"))
    scan(tape, "two", lambda: undone.append("two"))
    scan(tape, "no such code", None, Tone.BAD)

    assert tape.undo.isEnabled()
    assert tape.undo.toolTip() == "Undo two (Ctrl+Z)"
    tape.undo.click()
    tape.undo.click()
    tape.undo_last()

    assert undone == ["two", "one"]
    assert not tape.undo.isEnabled()
    assert [entry.is_undone for entry in tape.entries()] == [True, True, False]


def test_what_refuses_to_be_undone_says_why_and_is_not_tried_again(tape, undone):
    def refuse():
        raise Unavailable("It was changed since.")

    ended = []
    tape.undo_ended.connect(lambda number, effect: ended.append((number, effect.text)))
    first = scan(tape, "one", lambda: undone.append("one"))
    second = scan(tape, "two", refuse)

    tape.undo.click()
    assert ended == [(second, "It was changed since.")]
    assert tape.undo.toolTip() == "Undo one (Ctrl+Z)"
    tape.undo.click()

    assert undone == ["one"]
    assert ended[1:] == [(first, "undone: one")]
    assert [entry.is_undone for entry in tape.entries()] == [True, False]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("is_refused", [False, True])
def test_an_undo_that_is_saved_is_done_once_it_is_saved(qtbot, tape, jobs, is_refused):
    def save(_session):
        if is_refused:
            raise Unavailable("It was changed since.")

    scan(tape, "one", lambda: jobs.keep(save))
    scan(tape, "two", lambda: jobs.keep(save))

    with qtbot.waitSignals([tape.undo_ended, tape.undo_ended]):
        tape.undo.click()
        tape.undo.click()
        assert not tape.undo.isEnabled()
        assert not any(entry.is_undone for entry in tape.entries())

    assert [entry.is_undone for entry in tape.entries()] == [not is_refused] * 2


def test_what_was_put_aside_can_no_longer_be_taken_back(tape, undone):
    here, elsewhere = object(), object()
    scan(tape, "one", lambda: undone.append("one"), screen=elsewhere)
    scan(tape, "two", lambda: undone.append("two"), screen=here)
    tape.forget_undo(here)
    tape.undo_last()
    tape.undo_last()

    assert undone == ["one"]
    assert [entry.told for entry in tape.entries()] == ["one", "two"]


def test_the_newest_stands_at_the_right_and_all_that_fit_are_painted(tape):
    for text in ("first", "second", "third"):
        scan(tape, text)
    tape.grab()

    shown = [entry.told for _, entry in tape.roll._places]
    assert shown == ["third", "second", "first"]
    rights = [area.right() for area, _ in tape.roll._places]
    assert rights == sorted(rights, reverse=True)
    assert rights[0] == tape.roll.width() - 1

    tape.resize(500, 44)
    tape.grab()
    assert len(tape.roll._places) == 1


def test_a_very_long_scan_leaves_room_for_others(tape):
    scan(tape, "short")
    scan(tape, "x" * 500)
    tape.grab()

    (newest, _), *_ = tape.roll._places
    assert newest.width() <= tape.roll.width() * 0.6


def test_all_of_a_scan_is_in_its_tooltip(tape, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda *args: shown.append(args[1]))
    scan(tape, "GEL-7 +12")
    tape.grab()
    where = tape.roll._places[0][0].center()

    QApplication.sendEvent(tape.roll, QHelpEvent(QHelpEvent.Type.ToolTip, where, QPoint(0, 0)))

    assert shown == ["4006381333931\n→ GEL-7 ×12\n→ GEL-7 +12"]
