"""Starting: until the window is painted, until its database is open, and until a code that was
scanned meanwhile has its answer, beside an empty window; and the memory it then rests in.

The child process is this module: `python -m app.bench.starting empty|window|rest DATABASE`.
"""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.bench.timing import Figures, Task

TIMES = 7
PAINTED, OPEN, ANSWERED = "painted", "open", "answered"
MEMORY = "memory"
ROOT = Path(__file__).parents[2]
POLL = 2  # milliseconds
SETTLING = 5_000
"""Milliseconds after which a program that nobody uses is at rest."""

CODE = "4006381333931"

HOMES = (
    "WIN_PD_OVERRIDE_LOCAL_APPDATA",
    *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"),
)
"""What platformdirs looks for a user's folders in."""


def bench_start(task: Task) -> Figures:
    """Measure a cold process, from its start to each word it says."""
    figures = Figures()
    scratch = Path(task.scratch)
    database = str(_sample(scratch / "sample.db"))
    for what in ("empty", "window"):
        _start(what, database, scratch)  # the first one compiles, as an installed one has been
    pairs = [
        (_start("empty", database, scratch), _start("window", database, scratch))
        for _ in range(TIMES)
    ]
    empty, window = zip(*pairs, strict=True)
    figures.times("floor_first_paint", [times[PAINTED] for times in empty])
    figures.times("first_paint", [times[PAINTED] for times in window])
    figures.times("database_open", [times[OPEN] for times in window])
    figures.times("first_answer", [times[ANSWERED] for times in window])
    figures.ratio("first_paint")
    figures.ratio("database_open", "first_paint")
    figures.ratio("first_answer", "first_paint")
    if memory := _start("rest", database, scratch).get(MEMORY):
        figures.set("memory_at_rest_mb", memory)
    return figures


def _sample(file: Path) -> Path:
    """Return the file of the sample company, which is built the first time."""
    if not file.exists():
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            part = Path(folder, file.name)
            opening = import_module("app.demo.opening").opening_demo(part)
            import_module("app.cli.answers").outcome(opening).close()
            part.replace(file)
    return file


def _start(what: str, database: str, scratch: Path) -> dict[str, float]:
    """Start a process and return after how many milliseconds it said each word; MB of memory."""
    start = perf_counter()
    command = [sys.executable, "-m", "app.bench.starting", what, database]
    times: dict[str, float] = {}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=_environment(scratch)
    ) as child:
        for line in child.stdout or ():
            word, _, figure = line.strip().partition(" ")
            times.setdefault(word, float(figure) if figure else (perf_counter() - start) * 1000)
    return times


def _environment(scratch: Path) -> dict[str, str]:
    """Let the child find its modules compiled, whatever is set for this process, and no settings.

    The screen that somebody left last would be the one that is measured.
    """
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    homes = dict.fromkeys(HOMES, str(scratch / "home"))
    return {**own, **homes, "PYTHONPYCACHEPREFIX": str(scratch / "bytecode")}


class _Watcher(QObject):
    """Scans a code as soon as somebody listens, says what is reached when, then ends it all."""

    def __init__(self, application: QApplication, what: str) -> None:
        super().__init__(application)
        self._what = what
        self._is_painted = False
        self._window: Any = None
        application.installEventFilter(self)
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._look)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            _say(PAINTED)
            if self._what == "empty":
                QTimer.singleShot(0, self._end)
            else:
                self._poll.start()
        return False

    def _look(self) -> None:
        if self._window is None:
            self._find()
        elif any(getattr(child, "database", None) for child in self._window.children()):
            self._poll.stop()
            _say(OPEN)

    def _find(self) -> None:
        for frame in QApplication.topLevelWidgets():
            if window := frame.findChild(QWidget, "main_window"):
                self._window = window
                self._window.tape.finished.connect(self._answer)
                if self._what == "rest":
                    QTimer.singleShot(SETTLING, self._weigh)
                else:
                    _strike(frame.windowHandle(), CODE)

    def _answer(self, _effect: object) -> None:
        _say(ANSWERED)
        self._end()

    def _weigh(self) -> None:
        if memory := _resident():
            _say(f"{MEMORY} {memory:.1f}")
        self._end()

    def _end(self) -> None:
        QApplication.closeAllWindows()
        QApplication.quit()


def _say(word: str) -> None:
    print(word, flush=True)


def _strike(window: QWindow, code: str) -> None:
    """Press the keys of a code at the pace of a scanner, from the queue of the system."""
    plain = Qt.KeyboardModifier.NoModifier
    for at, char in enumerate(f"{code}\r"):
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, plain, char)
            event.setTimestamp(1_000 + 5 * at)
            QCoreApplication.postEvent(window, event)


def _resident() -> float:
    """Return the megabytes of memory this process holds; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    if sys.platform == "win32" or not status.is_file():
        return 0
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _child(what: str, database: str) -> int:
    application = QApplication([])
    watcher = _Watcher(application, what)
    if what == "empty":
        window = QWidget()
        window.resize(1280, 800)
        window.show()
        return application.exec()
    # The whole program, in a process of its own: nothing of it is imported here before.
    code = int(import_module("app.start").run(["--db", database]))
    watcher.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], sys.argv[2]))
