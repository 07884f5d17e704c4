import os
import subprocess
import sys
import time
from multiprocessing.connection import Client, Listener
from pathlib import Path
from threading import Event, Thread

import pytest

from app.running import FAMILY, Door, _name, key_of, knock
from app.settings import word_file
from tests.support.home import move_into
from tests.support.unprivileged import open_folder, unprivileged

ROOT = Path(__file__).parents[1]
LISTENS = """
import sys, time
from app.running import Door
door = Door()
door.heard = lambda: print("heard", flush=True)
print(door.claim(sys.argv[1]), flush=True)
time.sleep(30)
"""

HANGS = """
import sys, time
from multiprocessing.connection import Listener
from app.running import FAMILY, _name
listener = Listener(_name(sys.argv[1]), FAMILY)
print("hangs", flush=True)
time.sleep(30)
"""
PIPED = {"stdout": subprocess.PIPE, "text": True}


@pytest.fixture
def key(tmp_path):
    return key_of(str(tmp_path / "stock.db"))


@pytest.fixture
def door():
    door = Door()
    yield door
    door.close()


@pytest.fixture
def another(key):
    """Another process that listens under the key."""
    words = [sys.executable, "-c", LISTENS, key]
    with subprocess.Popen(words, cwd=ROOT, **PIPED) as process:
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def test_who_listens_hears_every_knock(door, key):
    heard = Event()
    door.heard = heard.set
    assert door.claim(key)

    for _ in range(3):
        heard.clear()
        assert knock(key)
        assert heard.wait(1)


def test_before_anybody_listens_a_knock_is_not_answered(key):
    assert not knock(key)


def test_a_window_still_to_come_answers_for_itself(door, key):
    assert door.claim(key)

    assert knock(key)


def test_one_of_two_processes_listens_and_the_other_is_heard(another, door, key):
    assert not door.claim(key)
    assert knock(key)

    assert another.stdout.readline() == "heard\n"


def test_a_killed_process_leaves_nothing_in_the_way(another, door, key):
    another.kill()
    another.wait()

    assert not knock(key)
    assert door.claim(key)


def test_closing_waits_for_nobody_for_long(door, key, monkeypatch):
    answers = Event()
    assert door.claim(key)

    def stuck(*_whom):
        answers.wait(20)
        raise EOFError

    monkeypatch.setattr("app.running.Client", stuck)
    began = time.monotonic()

    door.close()

    assert time.monotonic() - began < 8
    answers.set()


def test_a_process_that_hangs_does_not_hold_up_the_next(key):
    with subprocess.Popen([sys.executable, "-c", HANGS, key], cwd=ROOT, **PIPED) as process:
        assert process.stdout.readline() == "hangs\n"
        begin = time.monotonic()

        assert not any(knock(key) for _ in range(2))
        assert time.monotonic() - begin < 6
        process.kill()


def test_after_closing_the_name_is_free_at_once(door, key):
    assert door.claim(key)
    door.close()

    assert not knock(key)
    assert Door.claim(door, key)


def test_another_key_takes_the_place_of_the_one_before(door, key, tmp_path):
    other = key_of(str(tmp_path / "other.db"))
    assert door.claim(key)
    assert door.claim(other)

    assert knock(other)
    assert not knock(key)


def test_a_key_that_is_taken_leaves_the_one_before(another, door, key, tmp_path):
    mine = key_of(str(tmp_path / "other.db"))
    assert door.claim(mine)

    assert not door.claim(key)
    assert knock(mine)


def test_a_caller_that_says_nothing_or_nonsense_is_left(door, key):
    assert door.claim(key)
    for said in (b"", b"\xff" * 400):
        with Client(_name(key), FAMILY) as stranger:
            stranger.send_bytes(said)
    Client(_name(key), FAMILY).close()

    assert knock(key)
    assert knock(key)


def test_a_stranger_at_the_same_name_is_not_believed(key):
    """Windows shows all names of pipes to everybody, and gives them to who comes first."""
    with Listener(_name(key), FAMILY) as listener:

        def pretend():
            with listener.accept() as caller:
                caller.recv_bytes()
                caller.send_bytes(b"shown")

        pretending = Thread(target=pretend)
        pretending.start()

        assert not knock(key)
        pretending.join()


def test_nobody_else_knows_the_name(home, tmp_path, monkeypatch):
    mine = key_of("/data/stock.db")
    assert key_of("/data/stock.db") == mine
    (tmp_path / "other").mkdir()
    move_into(tmp_path / "other", monkeypatch)

    assert key_of("/data/stock.db") != mine


@pytest.mark.needs("a system like Unix")
def test_only_the_user_can_read_the_word(home):
    key_of("/data/stock.db")

    assert word_file().stat().st_mode & 0o777 == 0o600


def test_starts_at_the_same_moment_agree_on_a_word(home):
    keys = []
    starts = [Thread(target=lambda: keys.append(key_of("/data/stock.db"))) for _ in range(8)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()

    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_word_that_was_cut_off_is_made_anew(home):
    word_file().parent.mkdir(parents=True)
    word_file().write_bytes(b"half")

    assert key_of("/data/stock.db") == ""
    assert key_of("/data/stock.db") == key_of("/data/stock.db") != ""


@pytest.mark.needs("a system like Unix")
def test_where_no_word_can_be_kept_each_start_is_on_its_own(monkeypatch, door):
    with open_folder() as folder:
        move_into(folder, monkeypatch)
        folder.chmod(0o555)
        with unprivileged():
            key = key_of("/data/stock.db")

    assert not door.claim(key)
    assert not knock(key)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("stock.db", "./stock.db"),
        ("stock.db", "sqlite:///stock.db"),
        ("/data/stock.db", "sqlite:////data/stock.db?timeout=5"),
        ("/data/a/../stock.db", "/data/stock.db"),
        ("postgresql://kim:secret@host/stock", "postgres://kim@HOST:5432/stock"),
        ("postgresql+psycopg://kim@host/stock", "postgresql://kim@host/stock"),
    ],
)
def test_two_ways_to_write_a_database_are_the_same(one, same):
    assert key_of(one) == key_of(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/data/stock.db", "/data/other.db"),
        ("postgresql://kim@host/stock", "postgresql://kim@host/other"),
        ("postgresql://kim@host/stock", "postgresql://kim@host:5433/stock"),
        ("postgresql://kim@host:no/stock", "postgresql://kim@host/stock"),
    ],
)
def test_different_databases_have_different_keys(one, other):
    assert key_of(one) != key_of(other)


@pytest.mark.needs("symbolic links")
def test_a_link_is_the_file_that_it_leads_to(tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "stock.db")

    assert key_of(str(link)) == key_of(str(tmp_path / "stock.db"))


def test_a_share_that_does_not_answer_holds_no_start_up(monkeypatch):
    answers = Event()
    monkeypatch.setattr(Path, "resolve", lambda _path: answers.wait(20))
    began = time.monotonic()

    key = key_of("/away/a/../stock.db")

    assert time.monotonic() - began < 5
    answers.set()
    assert key.endswith(os.path.normcase(os.path.abspath("/away/stock.db")))


def test_who_is_stated_to_work_has_a_window_of_their_own(tmp_path):
    assert key_of("stock.db", "eva") != key_of("stock.db")


@pytest.mark.needs("Linux")
def test_each_display_has_a_window_of_its_own(monkeypatch):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    here = key_of("stock.db")
    monkeypatch.setenv("DISPLAY", ":8")

    assert key_of("stock.db") != here
