import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import start

ROOT = Path(__file__).parents[1]

RUNS = """
import sys
from PySide6.QtCore import QTimer
from app import bootstrap, start

words = sys.argv[1:]
moves_to = words.pop(0).partition("=")[2] if words[:1] and words[0].startswith("moves") else ""

class Watched(bootstrap.Filling):
    def _make(self, came_from=""):
        super()._make(came_from)
        if came_from:
            page = self._program.page
            page.new.folder.setText(moves_to)
            page.new.name.setText("moved.db")
            page.new.want()

    def _answer_for(self, database):
        super()._answer_for(database)
        if moves_to and moves_to not in database.place:
            QTimer.singleShot(0, self._program.window.view_menu.company_wanted.emit)
            return
        self.frame.showMinimized()
        print("open", database.place, self.frame.isMinimized(), flush=True)
        self.called.connect(self._wait)

    def _wait(self):
        QTimer.singleShot(200, self._tell)

    def _tell(self):
        print("forward", self.frame.isMinimized(), self.frame.isActiveWindow(), flush=True)

bootstrap.Filling = Watched
sys.exit(start.run(words))
"""

CLOSES = """
import sys, time
from PySide6.QtCore import QTimer
from app import bootstrap, start

class Busy(bootstrap.Filling):
    def _answer_for(self, database):
        super()._answer_for(database)
        self._program.jobs.perform(time.sleep, 8)
        QTimer.singleShot(200, self._end)

    def _end(self):
        print("open and closing", flush=True)
        self.frame.close()
        print("closed", flush=True)

bootstrap.Filling = Busy
sys.exit(start.run(sys.argv[1:]))
"""

LOADED = """
import sys
from app import start
code = start.run(sys.argv[1:])
print(code, [name for name in ("PySide6", "sqlalchemy") if name in sys.modules])
"""


@pytest.fixture
def surroundings(home):
    """The variables of somebody at home there, who has a company at the usual place."""
    own = {**os.environ, "LOGNAME": "kim"}
    usual = [sys.executable, "main.py", "stock"]
    subprocess.run(usual, cwd=ROOT, env=own, capture_output=True, check=True)
    return own


@pytest.fixture
def window(surroundings):
    """Start a program whose window tells what happens to it, and wait until it is open."""
    started = []

    def window(*words: str, runs: str = RUNS) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", runs, *words],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline().startswith("open "), words
        return process

    yield window
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def second(surroundings):
    """Run a second start to its end; it tells its status, and what it loaded."""

    def second(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", LOADED, *words],
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout

    return second


def test_a_second_start_brings_the_window_forward_and_loads_none_itself(window, second):
    first = window()
    begin = time.monotonic()

    assert second() == "0 []\n"

    assert time.monotonic() - begin < 1.5
    assert first.stdout.readline() == "forward False True\n"


def test_a_window_forward_goes_on_being_brought_forward(window, second, tmp_path):
    first = window("--db", str(tmp_path / "own.db"))

    for _ in range(2):
        second("--db", str(tmp_path / "own.db"))
        assert first.stdout.readline() == "forward False True\n"


def test_two_databases_have_two_windows(window, tmp_path):
    window("--db", str(tmp_path / "one.db"))

    window("--db", str(tmp_path / "other.db"))


def test_who_is_stated_to_work_gets_a_window_of_their_own(window, tmp_path):
    window("--db", str(tmp_path / "one.db"))

    window("--user", "eva", "--db", str(tmp_path / "one.db"))


def test_a_demo_neither_joins_nor_is_joined(window, tmp_path):
    place = str(tmp_path / "one.db")
    window("--demo", "--db", place)

    window("--db", place)
    window("--demo")


def test_after_a_killed_program_the_next_opens_its_own_window(window, tmp_path):
    first = window("--db", str(tmp_path / "one.db"))
    first.kill()
    first.wait()

    window("--db", str(tmp_path / "one.db"))


def test_while_a_window_is_still_closing_the_next_start_opens_its_own(window, tmp_path):
    closing = window("--db", str(tmp_path / "one.db"), runs=CLOSES)
    time.sleep(0.3)  # until it has begun to wait for its work

    window("--db", str(tmp_path / "one.db"))

    assert closing.poll() is None
    assert closing.stdout.readline() == "closed\n"


def test_a_window_that_opened_another_company_is_found_by_that(window, second, tmp_path):
    moved = window(f"moves={tmp_path / 'moved'}", "--db", str(tmp_path / "one.db"))

    second("--db", str(tmp_path / "moved" / "moved.db"))
    assert moved.stdout.readline() == "forward False True\n"
    second()  # it is also what is opened from now on
    assert moved.stdout.readline() == "forward False True\n"
    window("--db", str(tmp_path / "one.db"))


def test_two_starts_at_the_same_moment_give_one_window(surroundings, tmp_path):
    place = str(tmp_path / "one.db")
    command = [sys.executable, "-c", RUNS, "--db", place]
    pair = [
        subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        end = time.monotonic() + 20
        while all(one.poll() is None for one in pair) and time.monotonic() < end:
            time.sleep(0.05)

        assert sorted(str(one.poll()) for one in pair) == ["0", "None"]
    finally:
        for one in pair:
            one.kill()
            one.communicate()


def test_a_command_loads_no_window(second, tmp_path):
    assert "PySide6" not in second("--db", str(tmp_path / "one.db"), "verify")


def test_programs_that_it_starts_load_the_libraries_of_the_system():
    variables = {"LD_LIBRARY_PATH": "/opt/stockroom", "LD_LIBRARY_PATH_ORIG": "/mine", "LANG": "C"}
    start.let_go_of_own_libraries(variables)
    assert variables == {"LD_LIBRARY_PATH": "/mine", "LANG": "C"}

    variables = {"LD_LIBRARY_PATH": "/opt/stockroom"}
    start.let_go_of_own_libraries(variables)
    assert variables == {}


def test_without_a_display_it_says_so_and_ends(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    assert start.run([]) == 2
    assert "no display" in capsys.readouterr().err


def test_windows_always_has_one():
    assert start.can_show_window("win32", {})
    assert start.can_show_window("linux", {"WAYLAND_DISPLAY": "wayland-0"})


def test_the_drivers_of_databases_take_nothing_of_what_is_loaded_later() -> None:
    """It would be loaded after all, and the first answer be later."""
    code = (
        "import sys\n"
        "from app.start import NOT_USED_AT_FIRST, load_later\n"
        "for name, known in NOT_USED_AT_FIRST.items():\n"
        "    load_later(name, known)\n"
        "import app.db.database, app.db.tables, sqlite3, sqlalchemy.dialects.sqlite\n"
        "print([name for name in NOT_USED_AT_FIRST if hasattr(sys.modules[name], '__file__')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
