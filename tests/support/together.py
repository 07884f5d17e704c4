"""Runs tasks at the same time, each in a thread of its own."""

from collections.abc import Callable
from threading import Thread


def run_together(*tasks: Callable[[], object]) -> None:
    """Run the tasks to their ends; none may raise."""
    faults: list[Exception] = []

    def run(task: Callable[[], object]) -> None:
        try:
            task()
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
