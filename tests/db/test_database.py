"""Units of work: all of it or nothing, also among others and after a fall."""

import subprocess
import sys

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.db.database import TRIES, Database
from app.db.tables import ItemRow, SettingRow
from tests.support.together import run_together

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def address_of(database):
    return database.file or database.engine.url.render_as_string(hide_password=False)


def add(session, sku="TEA"):
    session.add(ItemRow(sku=sku, name=sku.title()))


def skus(database):
    with database.reading() as session:
        return list(session.scalars(select(ItemRow.sku).order_by(ItemRow.sku)))


class Stumble(Exception):
    """Anything that goes wrong on the way."""


def test_a_block_that_raises_changes_nothing(database):
    def fail_half_way(session):
        add(session)
        session.flush()
        raise Stumble

    with pytest.raises(Stumble), database.writing() as session:
        fail_half_way(session)
    with pytest.raises(Stumble):
        database.run(fail_half_way)

    assert skus(database) == []


def test_work_is_saved_and_its_result_returned(database):
    def work(session):
        add(session)
        return 7

    assert database.run(work) == 7
    assert skus(database) == ["TEA"]


def test_what_is_broken_shows_before_the_work_counts_as_done(database):
    database.run(add)
    tries = []

    def add_again(session):
        tries.append(session)
        add(session)

    with pytest.raises(IntegrityError):
        database.run(add_again)

    assert len(tries) == (1 if database.file else TRIES)


def test_all_questions_of_one_reader_see_the_same_moment(database):
    query = select(func.count(ItemRow.id))

    with database.reading() as session:
        before = session.scalar(query)
        database.run(add)
        assert session.scalar(query) == before == 0

    assert skus(database) == ["TEA"]


def test_nothing_that_refers_to_nothing_can_be_saved(database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text("INSERT INTO lot (item_id, code) VALUES (4711, 'L1')"))


@only_sqlite
def test_a_file_is_kept_as_safely_as_can_be(database):
    with database.writing() as session:
        values = [
            session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert values == ["wal", 2, 1, 15_000]


@only_postgresql
def test_a_server_is_asked_for_the_right_isolation(database):
    query = text("SELECT current_setting('transaction_isolation')")
    with database.reading() as reader, database.writing() as writer:
        assert reader.scalar(query) == "repeatable read"
        assert writer.scalar(query) == "read committed"


def test_counting_up_at_the_same_time_loses_nothing(database):
    """What is read under a lock is still true when it is written."""
    with database.writing() as session:
        session.add(SettingRow(name="count", value="0"))

    def count_up(session):
        row = session.get(SettingRow, "count", with_for_update=True)
        row.value = str(int(row.value) + 1)

    def count_often():
        for _ in range(20):
            database.run(count_up)

    run_together(count_often, count_often, count_often)

    with database.reading() as session:
        assert session.get(SettingRow, "count").value == "60"


WRITER = """
import sys
from app.db.database import Database
from app.db.tables import ItemRow

database = Database(sys.argv[1])
for number in range(1_000_000):
    with database.writing() as session:
        session.add(ItemRow(sku=f"{number:07}-first", name="First"))
        session.flush()
        session.add(ItemRow(sku=f"{number:07}-second", name="Second"))
    print(number, flush=True)
"""


@pytest.mark.parametrize("saved", [1, 40, 97])
def test_what_was_saved_is_there_after_a_kill_and_nothing_is_there_by_half(database, saved):
    command = [sys.executable, "-c", WRITER, str(address_of(database))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        acknowledged = [int(writer.stdout.readline()) for _ in range(saved)]
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]

    reopened = Database(address_of(database))
    reopened.create()
    found = skus(reopened)
    if reopened.file:
        with reopened.reading() as session:
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    reopened.close()

    assert len(found) in (2 * len(acknowledged), 2 * len(acknowledged) + 2)
    pairs = [f"{number:07}-{part}" for number in acknowledged for part in ("first", "second")]
    assert found[: len(pairs)] == pairs
