import time
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete
from sqlalchemy import func, select

from app.core.errors import Refused
from app.core.progress import Progress
from app.db.attempts import report_of
from app.db.tables import ItemRow
from app.ui import background as module
from app.ui.jobs import Jobs

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
pytestmark = on_sqlite


def add_item(session, sku):
    session.add(ItemRow(sku=sku, name=sku))
    return current_thread()


def add_items_slowly(session, go_on: Event):
    for done in range(1, 1_000_000):
        add_item(session, f"S{done}")
        yield Progress(done, 1_000_000)
        go_on.wait(timeout=5)


def count_items(session):
    return session.scalar(select(func.count()).select_from(ItemRow))


def count(database):
    with database.reading() as session:
        return count_items(session)


def test_the_work_is_done_elsewhere_and_told_here(qtbot, jobs):
    told = []
    job = jobs.write(add_item, "TEA")
    job.succeeded.connect(lambda worker: told.append(("succeeded", worker, current_thread())))
    job.finished.connect(lambda: told.append(("finished", None, current_thread())))

    with qtbot.waitSignal(job.finished):
        pass

    (_, worker, _), *_ = told
    assert worker is not main_thread()
    assert told == [("succeeded", worker, main_thread()), ("finished", None, main_thread())]


def test_a_write_is_committed_and_announced(qtbot, jobs, database):
    with qtbot.waitSignal(jobs.committed):
        jobs.write(add_item, "TEA")

    assert count(database) == 1


def test_what_a_read_changes_is_not_kept(qtbot, jobs, database):
    with (
        qtbot.waitSignal(jobs.read(add_item, "TEA").finished),
        qtbot.assertNotEmitted(jobs.committed),
    ):
        pass

    assert count(database) == 0


def test_a_rehearsal_tells_what_would_come_of_it_and_leaves_no_trace(qtbot, jobs, database):
    job = jobs.rehearse(add_item, "TEA")
    with (
        qtbot.waitSignal(job.finished),
        qtbot.waitSignal(job.succeeded) as answer,
        qtbot.assertNotEmitted(jobs.committed),
    ):
        pass

    assert answer.args[0] is not main_thread()
    assert count(database) == 0


def test_a_rehearsal_that_takes_long_tells_how_far_it_is_and_can_be_stopped(qtbot, jobs, database):
    def add_slowly(session):
        add_item(session, "TEA")
        for done in range(1_000):
            report_of(session)(Progress(done, 1_000))
            go_on.wait(timeout=5)

    go_on = Event()
    job = jobs.rehearse(add_slowly)
    with qtbot.waitSignal(job.progressed) as report:
        pass
    assert report.args == [Progress(0, 1_000)]

    with qtbot.waitSignal(job.cancelled):
        job.cancel()
        go_on.set()
    assert count(database) == 0


def test_what_a_rehearsal_refuses_is_explained(qtbot, jobs, database):
    def refuse(session):
        raise Refused("No room for tea.")

    with qtbot.waitSignal(jobs.rehearse(refuse).refused) as refusal:
        pass

    assert str(refusal.args[0]) == "No room for tea."


def test_a_refused_write_is_undone_and_explained(qtbot, jobs, database):
    def refuse(session):
        add_item(session, "TEA")
        session.flush()
        raise Refused("No room for tea.")

    with qtbot.waitSignal(jobs.write(refuse).refused) as refusal:
        pass

    assert str(refusal.args[0]) == "No room for tea."
    assert count(database) == 0


def test_a_cancelled_job_stops_and_leaves_no_trace(qtbot, jobs, database):
    go_on = Event()
    job = jobs.write(add_items_slowly, go_on)
    with qtbot.waitSignal(job.progressed) as report:
        pass
    assert report.args == [Progress(1, 1_000_000)]

    with qtbot.waitSignals([job.cancelled, job.finished], order="strict"):
        job.cancel()
        go_on.set()

    assert count(database) == 0


def test_a_job_cancelled_before_its_turn_is_never_begun(qtbot, jobs, database):
    go_on = Event()
    first = jobs.write(add_items_slowly, go_on)
    second = jobs.write(add_item, "TEA")

    with qtbot.waitSignals([first.finished, second.cancelled]):
        second.cancel()
        first.cancel()
        go_on.set()

    assert count(database) == 0


def test_progress_is_reported_no_faster_than_anyone_can_read(qtbot, jobs, monkeypatch):
    monkeypatch.setattr(module, "REPORT_EVERY", 3600)
    reports = []

    def hurry(_session):
        for done in range(10_000):
            yield Progress(done, 10_000)
        return "done"

    job = jobs.read(hurry)
    job.progressed.connect(reports.append)
    with qtbot.waitSignal(job.succeeded) as success:
        pass

    assert success.args == ["done"]
    assert len(reports) <= 1


def test_a_bug_in_the_background_surfaces_in_the_gui_thread(qtbot, jobs):
    def blunder(_session):
        raise ZeroDivisionError

    with qtbot.captureExceptions() as bugs, qtbot.waitSignal(jobs.read(blunder).finished):
        pass

    assert [kind for kind, *_ in bugs] == [ZeroDivisionError]


def test_reads_do_not_wait_for_a_long_write(qtbot, jobs):
    go_on = Event()
    long = jobs.write(add_items_slowly, go_on)

    with qtbot.waitSignal(jobs.read(count_items).succeeded) as answer:
        pass

    assert answer.args == [0]
    with qtbot.waitSignal(long.finished):
        long.cancel()
        go_on.set()


def test_writers_queue_up_behind_each_other(qtbot, jobs):
    go_on = Event()
    first = jobs.write(add_items_slowly, go_on)
    second = jobs.write(add_item, "TEA")

    with qtbot.assertNotEmitted(second.finished, wait=100):
        pass
    with qtbot.waitSignal(second.succeeded):
        first.cancel()
        go_on.set()


def test_a_device_does_not_hold_up_the_database(qtbot, jobs):
    def print_labels(go_on):
        yield Progress(1, 2)
        go_on.wait(timeout=5)
        return "printed"

    go_on = Event()
    printing = jobs.perform(print_labels, go_on)

    with qtbot.waitSignal(jobs.write(add_item, "TEA").succeeded):
        pass
    with qtbot.waitSignal(printing.succeeded) as success:
        go_on.set()

    assert success.args == ["printed"]


def test_a_newer_question_silences_the_older_of_its_topic(qtbot, jobs):
    go_on = Event()
    told = []

    def answer(_session, text):
        go_on.wait(timeout=5)
        return text

    older = jobs.read_latest("search", answer, "te")
    other = jobs.read_latest("else", answer, "x")
    newer = jobs.read_latest("search", answer, "tea")
    for job in (older, other, newer):
        job.succeeded.connect(told.append)

    with qtbot.waitSignals([older.cancelled, older.finished, other.finished, newer.finished]):
        go_on.set()

    assert sorted(told) == ["tea", "x"]


def test_a_refusal_of_a_silenced_question_is_not_told(qtbot, jobs):
    go_on = Event()

    def refuse(_session):
        go_on.wait(timeout=5)
        raise Refused("No.")

    older = jobs.read_latest("search", refuse)
    jobs.read_latest("search", count_items)

    with qtbot.assertNotEmitted(older.refused), qtbot.waitSignal(older.finished):
        go_on.set()


def test_how_long_the_work_took_is_told_once_it_succeeded(qtbot, jobs):
    with qtbot.waitSignal(jobs.timed) as timed:
        jobs.write(add_item, "TEA")

    kind, milliseconds = timed.args
    assert kind == "write"
    assert milliseconds > 0


def test_what_is_asked_before_the_database_is_open_is_done_when_it_is(qtbot, qapp, database):
    jobs = Jobs()
    added = jobs.write(add_item, "TEA")
    performed = jobs.perform(lambda: "device")
    with qtbot.waitSignal(performed.succeeded), qtbot.assertNotEmitted(added.finished):
        pass

    assert not jobs.is_open
    with qtbot.waitSignal(added.succeeded):
        jobs.open(database)

    assert jobs.is_open
    jobs.close()
    assert count(database) == 1


def test_finished_jobs_are_forgotten(qtbot, jobs):
    for number in range(100):
        with qtbot.waitSignal(jobs.read_latest(str(number % 3), count_items).destroyed):
            pass

    assert jobs.findChildren(QObject) == []


def test_closing_stops_what_is_under_way(qtbot, jobs, database):
    (hurry := Event()).set()
    jobs.write(add_items_slowly, hurry)

    jobs.close()

    assert count(database) == 0


def test_closing_saves_what_still_waits_to_be_saved(qtbot, jobs, database):
    (hurry := Event()).set()
    jobs.write(add_items_slowly, hurry)
    jobs.keep(add_item, "TEA")
    jobs.write(add_item, "GEL")
    jobs.write(add_items_slowly, hurry)

    jobs.close()

    assert count(database) == 2


def test_work_in_hand_is_saved_without_a_word_to_other_screens(qtbot, jobs, database):
    with qtbot.assertNotEmitted(jobs.committed):
        job = jobs.keep(add_item, "TEA")
        with qtbot.waitSignal(job.finished):
            pass

    assert count(database) == 1


def test_a_long_question_can_be_followed_and_cancelled(qtbot, jobs):
    go_on = Event()

    def count_slowly(session):
        for number in range(1_000_000):
            yield Progress(number, 1_000_000)
            go_on.wait(timeout=5)

    with qtbot.waitSignal(jobs.busy) as told:
        job = jobs.gather(count_slowly)
    with qtbot.waitSignals([job.cancelled, job.finished], order="strict"):
        job.cancel()
        go_on.set()

    assert told.args == [job]


def test_of_what_nobody_asked_for_nobody_is_told_how_long_it_took(qtbot, jobs):
    job = jobs.read(count_items)
    job.is_quiet = True

    with qtbot.assertNotEmitted(jobs.timed), qtbot.waitSignal(job.succeeded):
        pass


def test_nothing_is_begun_once_the_window_goes(qtbot, qapp, database):
    jobs = Jobs(database)
    begun: list[str] = []
    jobs.close()

    for start in (jobs.read, jobs.write):
        start(lambda _session: begun.append("asked"))
    jobs.perform(begun.append, "performed")
    qtbot.wait(50)

    assert begun == []


def test_what_is_fetched_from_afar_waits_for_no_database_and_holds_up_no_device(qtbot, database):
    jobs, go_on = Jobs(), Event()
    fetched = jobs.fetch(go_on.wait, 10)
    printed = jobs.perform(lambda: "printed")
    with qtbot.waitSignal(printed.succeeded):
        pass
    with qtbot.waitSignal(fetched.succeeded):
        go_on.set()
    jobs.close()


def test_a_window_that_closes_does_not_wait_for_what_is_far_away(qtbot, database):
    jobs, begun, go_on, returned = Jobs(), Event(), Event(), Event()

    def fetch():
        begun.set()
        go_on.wait(10)
        returned.set()

    told = []
    job = jobs.fetch(fetch)
    job.succeeded.connect(told.append)
    assert begun.wait(10)
    jobs.close()
    assert not returned.is_set()
    delete(jobs)

    go_on.set()
    assert returned.wait(10)
    qtbot.wait(20)
    assert told == []


def test_what_was_jotted_down_is_done_in_turn_before_the_window_is_gone(qtbot, database):
    jobs, done = Jobs(), []

    def note(word):
        time.sleep(0.05)
        done.append(word)

    for word in ("one", "two", "three"):
        jobs.jot(note, word)
    jobs.close()

    assert done == ["one", "two", "three"]


def test_a_folder_that_does_not_answer_holds_no_window_up(qtbot, monkeypatch, database):
    monkeypatch.setattr("app.ui.jobs.LAST_NOTES", 0.1)
    jobs, go_on = Jobs(), Event()
    jobs.jot(go_on.wait, 10)
    began = time.monotonic()

    jobs.close()

    assert time.monotonic() - began < 5
    go_on.set()
