import subprocess
import sys
import time
from threading import Event
from time import monotonic

from app.ui.worker import Worker

NEVER_RETURNS = """
import threading
from app.ui.worker import Worker
worker, begun = Worker("far away"), threading.Event()

def hang():
    begun.set()
    threading.Event().wait()

worker.submit(hang)
begun.wait()
worker.finish(0)
print("ended", flush=True)
"""


def test_one_thing_is_done_after_the_other_in_order():
    worker, done = Worker("writer of settings"), []

    for number in range(50):
        worker.submit(lambda number=number: done.append(number))
    worker.finish(10)

    assert done == list(range(50))


def test_what_was_begun_is_waited_for_no_longer_than_it_may():
    worker, go_on, done = Worker("slow"), Event(), []
    worker.submit(lambda: go_on.wait(10))
    worker.submit(lambda: done.append("late"))
    began = monotonic()

    worker.finish(0.1)

    assert monotonic() - began < 5
    assert done == []
    go_on.set()


def test_what_is_not_begun_can_be_dropped():
    worker, begun, go_on, done = Worker("far away"), Event(), Event(), []
    worker.submit(lambda: (begun.set(), go_on.wait(10)))
    worker.submit(lambda: done.append("never"))
    assert begun.wait(10)

    worker.drop()
    worker.finish(0)
    go_on.set()
    time.sleep(0.1)

    assert done == []


def test_a_fault_does_not_end_it(monkeypatch):
    told, done, worker = Event(), Event(), Worker("faulty")
    monkeypatch.setattr("threading.excepthook", lambda _fault: told.set())

    worker.submit(lambda: 1 / 0)
    worker.submit(done.set)

    assert done.wait(10)
    assert told.is_set()
    worker.finish(1)


def test_a_process_ends_though_its_worker_never_returns():
    began = monotonic()

    done = subprocess.run(
        [sys.executable, "-c", NEVER_RETURNS],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert done.stdout == "ended\n"
    assert monotonic() - began < 15
