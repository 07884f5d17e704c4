import logging
import subprocess
import sys

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from app.core import logs
from app.core.logs import LogRefused, close_log, gather_log, keep_log
from app.db.database import Database


@pytest.fixture
def log_file(tmp_path):
    level = logging.getLogger().level
    yield keep_log(tmp_path / "log")
    close_log(tmp_path / "log")
    logging.getLogger().setLevel(level)


def test_the_log_does_not_grow_for_ever(log_file):
    for number in range(1_000):
        logging.getLogger("app").warning("%s %s", number, "x" * 20_000)

    files = list(log_file.parent.iterdir())
    assert len([file for file in files if file.suffix != ".lock"]) == logs.LOG_COUNT + 1
    assert sum(file.stat().st_size for file in files) <= 7_000_000


def test_no_password_is_written_down(log_file):
    secret = "postgresql://kim:s3cret@host/stock"
    try:
        raise ValueError(f"cannot reach {secret}") from OSError(f"password=s3cret in {secret}")
    except ValueError:
        logging.getLogger("app").exception("While opening %s", secret)

    written = log_file.read_text(encoding="utf-8")
    assert "s3cret" not in written
    assert written.count("kim:***@host/stock") == 3
    assert "Traceback" in written


def test_no_password_of_a_login_that_failed_is_written_down(log_file, postgres_url):
    where = make_url(postgres_url).set(username="kim", password="s3cret-@word")
    database = Database(where.render_as_string(hide_password=False))
    try:
        with database.engine.connect():
            raise AssertionError("nobody is called kim there")
    except OperationalError:
        address = where.render_as_string(hide_password=False)
        logging.getLogger("app").exception("Opening %s, that is %s", address, where)
    database.close()

    written = log_file.read_text(encoding="utf-8")
    assert "OperationalError" in written
    assert "s3cret" not in written


def test_a_log_that_is_closed_lets_its_folder_go(tmp_path):
    code = (
        "import logging, sys; from pathlib import Path\n"
        "from app.core.logs import close_log, keep_log\n"
        "folder = Path(sys.argv[1]); elsewhere = keep_log(folder / 'kept')\n"
        "file = keep_log(folder); close_log(folder)\n"
        "logging.error('later')\n"
        "print(file.read_text(), 'later' in elsewhere.read_text())\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == ["True"], done.stderr


def test_where_no_log_can_be_written_the_standard_error_is_told(log_file, tmp_path, capsys):
    (tmp_path / "file").touch()

    with pytest.raises(LogRefused) as refused:
        keep_log(tmp_path / "file" / "log")
    logging.getLogger("app").warning("postgresql://kim:secret@host/stock is away")
    logging.getLogger("app").info("nothing happened")

    assert "stockroom.log" in str(refused.value)
    told = capsys.readouterr().err
    assert "host/stock is away" in told
    assert "secret" not in told
    assert "nothing happened" not in told


def test_what_was_said_before_there_is_a_file_stands_in_it(tmp_path, log_file):
    gather_log()
    logging.getLogger("app").warning("at the very start")
    other = keep_log(tmp_path / "other")
    close_log(tmp_path / "other")

    assert other.read_text(encoding="utf-8").count("at the very start") == 1


def test_how_the_updates_of_a_database_were_set_up_is_not_worth_a_line(log_file):
    logging.getLogger("alembic.runtime.migration").info("Will assume transactional DDL.")
    logging.getLogger("alembic.runtime.migration").warning("odd")

    assert "odd" in log_file.read_text(encoding="utf-8")
    assert "Will assume" not in log_file.read_text(encoding="utf-8")


WRITES = """
import logging, sys
from pathlib import Path
from app.core.logs import keep_log
print(keep_log(Path(sys.argv[1])).name, flush=True)
for word in sys.stdin:
    for number in range(250):
        logging.info("%s %s %s", word.strip(), number, "x" * 10_000)
    print("written", flush=True)
"""


@pytest.fixture
def another(tmp_path):
    """Make another process that writes a log there; it says which."""
    made = []

    def begin():
        words = [sys.executable, "-c", WRITES, str(tmp_path / "log")]
        pipe = subprocess.PIPE
        process = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True)
        made.append(process)
        return process

    yield begin
    for process in made:
        process.kill()
        process.communicate()


def write(process, word):
    process.stdin.write(f"{word}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "written\n"


def test_two_programs_write_a_log_each_and_neither_loses_a_line(tmp_path, another):
    one, other = another(), another()
    names = {process.stdout.readline().strip() for process in (one, other)}
    assert names == {"stockroom.log", "stockroom-2.log"}

    for process, word in ((one, "one"), (other, "other"), (one, "again")):
        write(process, word)

    kept = [file for file in (tmp_path / "log").iterdir() if ".log" in file.name]
    assert all(file.stat().st_size <= logs.LOG_SIZE for file in kept)
    text = "".join(file.read_text(encoding="utf-8") for file in kept)
    assert all(text.count(f"INFO root again {number} x") == 1 for number in range(250))
    assert all(text.count(f"INFO root other {number} x") == 1 for number in range(250))


def test_the_log_of_a_program_that_was_killed_is_the_next_ones(another):
    first = another()
    assert first.stdout.readline() == "stockroom.log\n"
    first.kill()
    first.wait()

    assert another().stdout.readline() == "stockroom.log\n"


def test_where_a_log_cannot_be_renamed_it_goes_on(log_file, monkeypatch):
    def refuse(*_names):
        raise PermissionError("another program has it open")

    monkeypatch.setattr("os.rename", refuse)
    for number in range(200):
        logging.getLogger("app").info("line %s %s", number, "x" * 10_000)
    monkeypatch.undo()
    logging.getLogger("app").info("the last")

    assert "the last" in log_file.read_text(encoding="utf-8")
    before = log_file.with_name("stockroom.log.1").read_text(encoding="utf-8")
    assert all(f"line {number} x" in before for number in range(200))
