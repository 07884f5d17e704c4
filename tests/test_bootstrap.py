import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.bootstrap import open_database
from app.db.database import Database
from app.settings import Settings, save_settings, settings_file
from tests.support.older import make_older

WINDOW = """
import sys
from PySide6.QtCore import QTimer
from app import bootstrap, start
from app.settings import Settings

loaded_at_paint = []

class Watched(bootstrap.Filling):
    def _fill(self):
        loaded_at_paint.extend(sys.modules)
        super()._fill()
        self._program.opening.opened.connect(self._opened)

    def _opened(self, database):
        print("opened", database.place, self._program.jobs.user)
        QTimer.singleShot(0, self.frame.close)

bootstrap.Filling = Watched
print("exit", start.run(sys.argv[1:]))
print("heavy:", [n for n in ("sqlalchemy", "openpyxl", "alembic") if n in loaded_at_paint])
"""


FIRST = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from app import bootstrap, start
from app.scanning.keys import Key
from tests.support.keyboard import Keyboard

class Clerk(bootstrap.Filling):
    def _make(self, came_from=""):
        super()._make(came_from)
        program = self._program
        program.opening.opened.connect(self._opened)
        if came_from:
            print("left", came_from)
        if program.page:
            QTimer.singleShot(200, self._choose)

    def _choose(self):
        page, window = self._program.page, self._program.window
        print("asked", window.current_screen(), page.choices.buttons[0].hasFocus())
        keys = [Key(5 * at, char) for at, char in enumerate("4006381333931")]
        keys.append(Key(65, "\\r", "Return"))
        Keyboard(self.frame.windowHandle()).strike_all(keys)
        QTimer.singleShot(300, self._go_on)

    def _go_on(self):
        page = self._program.page
        print("scans waiting", len(self._program.window.tape.entries()))
        print("form", page.forms.currentWidget() is page.choices)
        self._steps = sys.argv.pop().split("+")
        self._press()

    def _press(self):
        step = self._steps.pop(0)
        if step == "Down":
            self._program.page.choices.buttons[0].setFocus()
            QTest.keyClick(self._program.page.choices.buttons[0], Qt.Key.Key_Down)
        else:
            QTest.keyClick(self.frame.focusWidget(), Qt.Key.Key_Return)
        if self._steps:
            QTimer.singleShot(200, self._press)

    def _opened(self, database):
        print("opened", database.place)
        QTimer.singleShot(500, self._end)

    def _end(self):
        print("told", [entry.told for entry in self._program.window.tape.entries()])
        if len(sys.argv) > 2:
            sys.argv.pop()
            self._program.window.view_menu.company_wanted.emit()
            return
        self.frame.close()

bootstrap.Filling = Clerk
print("exit", start.run([]))
"""


ASKED = """
import sys
from PySide6.QtCore import QTimer
from app import bootstrap, start

class Clerk(bootstrap.Filling):
    def _make(self, came_from=""):
        super()._make(came_from)
        self._program.window.view_menu.theme_chosen.emit("dark")
        QTimer.singleShot(300, self._end)

    def _end(self):
        page = self._program.page
        print("asked", page and [not self._program.window.notice.isHidden(), page._proposed.where])
        self.frame.close()

bootstrap.Filling = Clerk
print("exit", start.run([]))
"""


NEVER_ANSWERS = """
import sys
import time
from PySide6.QtCore import QTimer
from app import bootstrap, start

class Watched(bootstrap.Filling):
    def _make(self, came_from=""):
        super()._make(came_from)
        self._program.opening.opened.connect(self._look)

    def _look(self, database):
        self._program.updating.look()
        QTimer.singleShot(500, self.frame.close)

bootstrap.Filling = Watched
code = start.run(sys.argv[1:])
print("exit", code, time.monotonic(), flush=True)
"""


BREAKS_DOWN = """
import sys
from app import start

def fail(options):
    raise RuntimeError("postgresql://kim:s3cret@host/stock")

start._run_command = fail
print("exit", start.run(["stock"]))
"""


NO_CONSOLE = """
import sys
from app import start

said, sys.stdout, sys.stderr = sys.stdout, None, None
print("exit", start.run(sys.argv[1:]), file=said)
"""


@pytest.fixture
def run(home):
    """Run the program in a home of its own and return what it said."""
    own = {**os.environ, "LOGNAME": "kim"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command,
            env=own,
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_the_window_opens_the_usual_database_and_paints_before_it_is_loaded(run, tmp_path):
    run("main.py", "stock")

    done = run("-c", WINDOW)

    assert "heavy: []" in done.stdout, done.stderr
    assert "exit 0" in done.stdout
    assert "opened" in done.stdout
    assert " kim" in done.stdout
    assert [path.name for path in tmp_path.rglob("stock.db")] == ["stock.db"]
    assert [path.name for path in tmp_path.rglob("stockroom.log")] == ["stockroom.log"]


def test_a_server_is_copied_before_an_update_changes_it(postgres, home):
    name = postgres.make()
    make_older(postgres.url(name))

    open_database(postgres.url(name)).close()
    postgres.drop(name)

    assert [copy.suffix for copy in home.rglob("*before*")] == [".db"]


def test_the_window_opens_the_database_it_is_told(run, tmp_path):
    done = run("-c", WINDOW, "--db", str(tmp_path / "other.db"))

    assert "other.db" in done.stdout, done.stderr
    assert not list(tmp_path.rglob("stock.db"))


def test_who_works_may_be_stated_for_the_window_too(run, tmp_path):
    done = run("-c", WINDOW, "--user", "eva", "--db", str(tmp_path / "new.db"))

    assert "new.db eva" in done.stdout, done.stderr


def test_a_command_opens_no_window(run, tmp_path):
    program = str(Path(__file__).parents[1] / "main.py")
    done = run(program, "--db", str(tmp_path / "new.db"), "verify", "--json")

    assert done.returncode == 0, done.stderr
    assert '"ok": true' in done.stdout


def test_a_word_it_does_not_know_is_refused(run):
    done = run("main.py", "dance")

    assert done.returncode == 2
    assert "dance" in done.stderr


def test_a_new_database_is_made_with_its_tables(tmp_path):
    database = open_database(str(tmp_path / "new.db"))

    assert isinstance(database, Database)
    with database.reading() as session:
        assert session is not None
    database.close()


def test_the_first_start_asks_and_keeps_what_is_scanned_meanwhile(run, tmp_path):
    done = run("-c", FIRST, "Return+Return")

    assert "asked None True" in done.stdout, done.stderr
    assert "scans waiting 1\nform True" in done.stdout
    assert "opened " in done.stdout, done.stderr
    assert "told [''" not in done.stdout
    assert "exit 0" in done.stdout
    assert len(list(tmp_path.rglob("stock.db"))) == 1
    assert "asked" not in run("-c", WINDOW).stdout


def test_the_sample_company_stays_and_another_is_opened_from_it(run, tmp_path):
    done = run("-c", FIRST, "another", "Return+Return", "Down+Return")

    assert "sample.db" in done.stdout, done.stderr
    assert "left " in done.stdout
    assert done.stdout.count("opened") == 2
    assert "exit 0" in done.stdout, done.stderr
    assert {file.name for file in tmp_path.rglob("*.db")} == {"sample.db"}
    again = run("-c", WINDOW)
    assert "sample.db" in again.stdout, again.stderr


def test_after_damaged_settings_every_start_asks_until_somebody_chooses(run, tmp_path):
    run("main.py", "stock")
    other = tmp_path / "other.db"
    run("main.py", "--db", str(other), "stock")
    save_settings(Settings(database=str(other), user="eva"), settings_file())
    whole = settings_file().read_text("utf-8")
    settings_file().write_text(whole[: whole.index("theme") + 7], "utf-8")

    for _ in range(2):
        done = run("-c", ASKED)
        assert f"asked [True, '{other}']" in done.stdout, done.stderr
        assert "other.db" not in settings_file().read_text("utf-8")
        assert run("main.py", "stock").returncode == 2

    done = run("-c", FIRST, "Return")
    assert f"opened {other}" in done.stdout, done.stderr
    assert f"opened {other} eva" in run("-c", WINDOW).stdout
    assert run("main.py", "stock").returncode == 0


def test_a_command_that_breaks_down_without_a_console_ends_and_is_in_the_log(run, tmp_path):
    (tmp_path / "file").touch()

    done = run("-c", NO_CONSOLE, "tour", "--out", str(tmp_path / "file" / "tour"))

    assert done.stdout == "exit 2\n"
    (log,) = tmp_path.rglob("stockroom.log")
    told = log.read_text("utf-8")
    assert "The command broke down\nTraceback" in told
    assert "tour" in told


def test_a_command_that_breaks_down_shows_no_password(run):
    done = run("-c", BREAKS_DOWN)

    assert "exit 2" in done.stdout
    assert "kim:***@host" in done.stderr
    assert "s3cret" not in done.stderr


if sys.platform != "win32":  # where a pipe is a file that never opens

    def test_the_program_ends_with_its_window_though_the_place_of_updates_never_answers(
        run, tmp_path
    ):
        share = tmp_path / "share"
        share.mkdir()
        os.mkfifo(share / "latest.json")
        save_settings(Settings(updates=str(share)), settings_file())

        done = run("-c", NEVER_ANSWERS, "--db", str(tmp_path / "stock.db"))

        ended = time.monotonic()
        assert "exit 0" in done.stdout, done.stderr
        assert ended - float(done.stdout.split()[-1]) < 5
