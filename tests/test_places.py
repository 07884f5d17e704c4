"""The program where it is hard to start: processes of their own, in the homes of others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.home import variables_at

ROOT = Path(__file__).parents[1]
IS_WINDOWS = sys.platform == "win32"
USUAL = Path("AppData/Local" if IS_WINDOWS else ".local/share", "Stockroom", "stock.db")
USER = "Zoë Müller 北"
STARTS = """
import sys
from PySide6.QtCore import QTimer
from app import bootstrap, start

def line(banner):
    return banner.text.text().replace("\\n", " ") if banner.isVisible() else ""

class Clerk(bootstrap.Filling):
    def _make(self, came_from=""):
        super()._make(came_from)
        opening = self._program.opening
        opening.opened.connect(self._wait)
        opening.refused.connect(self._wait)
        self._program.jobs.jot(int).finished.connect(self._tell_first)  # behind the log
        if self._program.page:
            QTimer.singleShot(300, self._program.page.new.want)  # once it is painted

    def _tell_first(self):
        print("told:", line(self._program.window.notice))

    def _wait(self, _told):
        QTimer.singleShot(50, self._tell)

    def _tell(self):
        program = self._program
        print("database:", program.database and program.database.place)
        page = program.page
        print("then told:", line(page.banner if page else program.window.notice))
        program.keep(theme="dark")
        program.jobs.jot(int).finished.connect(self._tell_kept)

    def _tell_kept(self):
        program = self._program
        print("kept:", line(program.window.notice))
        print("bug:", program.admission.box and program.admission.box.detailedText())
        self.frame.close()

bootstrap.Filling = Clerk
print("exit:", start.run(sys.argv[1:]))
"""
IS_ROOT = sys.platform == "linux" and os.getuid() == 0
POWERLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if IS_ROOT else []
"""Before a command: root may then write only where the rights of a folder say so."""


class Answer:
    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.status, self.err = done.returncode, done.stderr
        told = [line.partition(": ") for line in done.stdout.splitlines()]
        self.told = {what: rest for what, mark, rest in told if mark}


def start(home: Path, *words: str, program: Path = ROOT) -> Answer:
    """Open the window as the user whose home this is, choose what is offered first, and close."""
    own = variables_at(home) | {"LOGNAME": "zoë", "PYTHONPATH": str(program)}
    return Answer(_run(own, program, "-c", STARTS, *words))


def _run(own: dict[str, str], folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python without the rights of root, and without bytecode beside what it runs."""
    own |= {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*POWERLESS, sys.executable, *words]
    return subprocess.run(
        command,
        env=own,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def went_well(answer: Answer) -> bool:
    told = answer.told
    silent = [told.get(name) for name in ("told", "then told", "kept", "bug")]
    return silent == ["", "", "", "None"] and told.get("exit") == "0" and answer.err == ""


def test_a_user_whose_name_is_not_ascii_works_as_any_other(tmp_path):
    home = tmp_path / USER
    home.mkdir()

    answer = start(home)

    assert went_well(answer), (answer.told, answer.err)
    assert answer.told["database"] == str(home / USUAL)
    assert len(list(home.rglob("settings.toml"))) == 1
    assert went_well(start(home))


def test_a_program_in_a_folder_nobody_may_write_to_writes_only_at_its_user_s(tmp_path):
    quote = "" if IS_WINDOWS else '"'  # no name may have one there
    program = tmp_path / f"{USER} 'program' {quote}1{quote}; {{(#)}}"
    home = tmp_path / "home"
    home.mkdir()
    without = shutil.ignore_patterns("__pycache__")
    for name in ("app", "resources"):
        shutil.copytree(ROOT / name, program / name, ignore=without)
    before = sorted(program.rglob("*"))
    folders = [program, *(path for path in before if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    tmp_path.chmod(0o555)

    answer = start(home, program=program)

    for folder in (tmp_path, *folders):
        folder.chmod(0o755)
    assert went_well(answer), (answer.told, answer.err)
    assert sorted(program.rglob("*")) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["home", program.name])


@pytest.mark.needs("paths of any length")
def test_a_path_may_be_longer_than_windows_once_allowed(tmp_path):
    home = tmp_path.joinpath(*["a folder with a long name and more of it"] * 6)
    home.mkdir(parents=True)

    answer = start(home)

    assert went_well(answer), (answer.told, answer.err)
    assert len(answer.told["database"]) > 260


BY_RIGHTS = pytest.mark.needs("a system like Unix")  # on Windows no mode of a folder shuts it


@pytest.fixture(
    params=[
        "a file in its place",
        pytest.param("only to be read", marks=BY_RIGHTS),
        pytest.param("not to be entered", marks=BY_RIGHTS),
    ]
)
def shut(request, tmp_path):
    """A home in which nothing can be written."""
    home = tmp_path / "home"
    if request.param == "a file in its place":
        home.touch()
    else:
        home.mkdir(0o555 if request.param == "only to be read" else 0o000)
    yield home
    if home.is_dir():
        home.chmod(0o755)


def test_where_nothing_can_be_written_the_window_says_so_and_stays(shut):
    answer = start(shut)

    assert "stockroom.log cannot be made or written to" in answer.told["told"]
    assert "Stockroom cannot be made or written to" in answer.told["then told"]
    assert "settings could not be written" in answer.told["kept"]
    assert answer.told["bug"] == "None"
    assert answer.told["exit"] == "0"
    assert "stockroom.log cannot be made or written to" in answer.err
    assert "Traceback" not in answer.err


def test_a_company_elsewhere_is_worked_on_all_the_same(shut, tmp_path):
    answer = start(shut, "--db", str(tmp_path / "stock.db"))

    assert answer.told["database"] == str(tmp_path / "stock.db")
    assert answer.told["bug"] == "None"
    assert "Traceback" not in answer.err


def test_where_no_passing_file_can_be_written_the_sample_company_says_so(shut, tmp_path):
    answer = start(shut, "--demo", "--db", str(shut / "sample.db"))

    assert answer.told["database"] == "None"
    assert str(shut) in answer.told["then told"]
    assert answer.told["bug"] == "None"
    assert "Traceback" not in answer.err


def test_a_command_says_what_cannot_be_written(shut):
    done = _run(variables_at(shut), ROOT, "main.py", "stock")

    assert done.returncode == 2
    assert str(shut) in done.stderr
    assert "Traceback" not in done.stderr
