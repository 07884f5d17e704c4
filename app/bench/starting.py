"""Starting: until the window is painted and until it has its first answer, beside an empty window.

The child process is this module: `python -m app.bench.starting empty|window DATABASE`.
"""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.bench.timing import Figures, Task

TIMES = 7
PAINTED, ANSWERED = "painted", "answered"
ROOT = Path(__file__).parents[2]
POLL = 2  # milliseconds


def bench_start(task: Task) -> Figures:
    """Measure a cold process, from its start to the first paint and to the open database."""
    figures = Figures()
    database = str(Path(task.scratch) / "start.db")
    _start("window", database)
    pairs = [(_start("empty", database), _start("window", database)) for _ in range(TIMES)]
    empty, window = zip(*pairs, strict=True)
    figures.times("floor_first_paint", [times[PAINTED] for times in empty])
    figures.times("first_paint", [times[PAINTED] for times in window])
    figures.times("first_answer", [times[ANSWERED] for times in window])
    figures.ratio("first_paint")
    figures.ratio("first_answer", "first_paint")
    return figures


def _start(what: str, database: str) -> dict[str, float]:
    """Start a process and return after how many milliseconds it said each word."""
    start = perf_counter()
    command = [sys.executable, "-m", "app.bench.starting", what, database]
    times: dict[str, float] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        for line in child.stdout or ():
            times.setdefault(line.strip(), (perf_counter() - start) * 1000)
    return times


class _Watcher(QObject):
    """Says when the first window is painted and when its database is open, then ends it all."""

    def __init__(self, application: QApplication, *, waits: bool) -> None:
        super().__init__(application)
        self._waits = waits
        self._is_painted = False
        application.installEventFilter(self)
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._look)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            print(PAINTED, flush=True)
            self._poll.start()
        return False

    def _look(self) -> None:
        if self._waits and not self._is_open():
            return
        print(ANSWERED, flush=True)
        self._poll.stop()
        QApplication.closeAllWindows()
        QApplication.quit()

    def _is_open(self) -> bool:
        openings = [
            child
            for window in QApplication.topLevelWidgets()
            for child in window.findChildren(QObject)
            if type(child).__name__ == "Opening"
        ]
        return any(getattr(opening, "database", None) is not None for opening in openings)


def _child(what: str, database: str) -> int:
    application = QApplication([])
    watcher = _Watcher(application, waits=what == "window")
    if what == "empty":
        window = QWidget()
        window.resize(1280, 800)
        window.show()
        return application.exec()
    # The whole program, in a process of its own: nothing of it is imported here before.
    program = import_module("app.bootstrap")
    code = int(program.open_window(database, program.Settings()))
    watcher.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], sys.argv[2]))
