"""How a piece of work goes on in the background and what word it sends."""

from threading import Event

import pytest

from app.core.errors import Refused
from app.core.progress import Progress
from app.ui.background import Rehearsed, Reporter, Stopped, drive, rehearse, run


def words(work, stopping=None):
    sent = []

    def send(word, *what):
        sent.append((word, *what))

    stopping = stopping or Event()
    run(work, stopping, Reporter([stopping], send), send)
    return sent


def test_it_tells_the_result_and_that_it_is_finished():
    assert words(lambda report: 5) == [("succeeded", 5), ("finished",)]


def test_a_refusal_and_a_bug_are_told_apart():
    refusal, bug = Refused("no"), ZeroDivisionError()

    def fail(with_what):
        raise with_what

    assert words(lambda report: fail(refusal)) == [("refused", refusal), ("finished",)]
    assert words(lambda report: fail(bug)) == [("broken", bug), ("finished",)]


def test_what_is_stopped_before_it_begins_is_not_begun():
    stopping = Event()
    stopping.set()
    begun = []

    assert words(lambda report: begun.append(1), stopping) == [("cancelled",), ("finished",)]
    assert begun == []


def test_work_in_steps_is_stopped_between_two_of_them_and_cleans_up():
    stopping, cleaned = Event(), []

    def steps():
        try:
            yield Progress(1, 2)
            stopping.set()
            yield Progress(2, 2)
        finally:
            cleaned.append(1)

    sent = words(lambda report: drive(steps(), report), stopping)
    assert sent == [("progressed", Progress(1, 2)), ("cancelled",), ("finished",)]
    assert cleaned == [1]


def test_progress_is_not_told_faster_than_it_can_be_read():
    sent = []
    report = Reporter([], lambda word, what: sent.append(what))
    for done in range(1_000):
        report(Progress(done, 1_000))

    assert 1 <= len(sent) < 100


def test_a_stop_is_heard_at_the_next_report():
    stopping = Event()
    report = Reporter([stopping], lambda *_: None)
    stopping.set()
    with pytest.raises(Stopped):
        report(Progress(1, 2))


def test_what_is_rehearsed_brings_its_outcome_out_of_the_transaction():
    with pytest.raises(Rehearsed) as end:
        rehearse("outcome")
    assert end.value.outcome == "outcome"
