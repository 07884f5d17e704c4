"""A thread that nobody has to wait for: what it does may hang on a dead share for ever."""

import sys
import threading
from collections import deque
from collections.abc import Callable

Task = Callable[[], object]


class Worker:
    """Does one thing after the other. The process may end in the midst of it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: deque[Task] = deque()
        self._changed = threading.Condition()
        self._is_working = False

    def submit(self, task: Task) -> None:
        with self._changed:
            self._tasks.append(task)
            if not self._is_working:
                self._is_working = True
                threading.Thread(target=self._work, name=self._name, daemon=True).start()

    def drop(self) -> None:
        """Forget what is not begun."""
        with self._changed:
            self._tasks.clear()

    def finish(self, patience: float) -> bool:
        """Wait until all is done, no longer than so many seconds; tell whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._is_working, patience)

    def _work(self) -> None:
        while task := self._next():
            try:
                task()
            except Exception:
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), None)))

    def _next(self) -> Task | None:
        with self._changed:
            if self._tasks:
                return self._tasks.popleft()
            self._is_working = False
            self._changed.notify_all()
            return None
