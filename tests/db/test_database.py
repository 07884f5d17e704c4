"""Units of work: all of it or nothing, also among others and after a fall."""

import subprocess
import sys
from threading import Barrier, Thread

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import IntegrityError

from app.db.database import TRIES, Database
from app.db.faults import OutcomeUnknown
from app.db.tables import ItemRow, SettingRow

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


def run_together(*tasks):
    faults = []

    def run(task):
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


@only_postgresql
def test_who_comes_second_with_a_key_finds_the_first(database):
    """The rival saves after we have looked and before we write."""

    def find_or_add(session):
        found = session.scalar(select(ItemRow.name).where(ItemRow.sku == "TEA"))
        if found is None:
            database.run(add)
            session.add(ItemRow(sku="TEA", name="Second"))
        return found

    assert database.run(find_or_add) == "Tea"


@only_postgresql
def test_two_who_wait_for_each_other_both_get_through(database):
    for sku in ("A", "B"):
        database.run(lambda session, sku=sku: add(session, sku))
    both_hold_one = Barrier(2)
    tries = []

    def rename(first, second):
        def work(session):
            tries.append(first)
            session.execute(update(ItemRow).where(ItemRow.sku == first).values(name=first + second))
            if len(tries) <= 2:
                both_hold_one.wait(timeout=10)
            session.execute(update(ItemRow).where(ItemRow.sku == second).values(abc=first))

        return lambda: database.run(work)

    run_together(rename("A", "B"), rename("B", "A"))

    assert len(tries) == 3
    with database.reading() as session:
        names = session.execute(select(ItemRow.name, ItemRow.abc).order_by(ItemRow.sku)).all()
    assert names == [("AB", "B"), ("BA", "A")]


@only_postgresql
def test_work_whose_connection_breaks_is_done_again(database, postgres):
    numbers = []

    def work(session):
        numbers.append(session.scalar(text("SELECT pg_backend_pid()")))
        if len(numbers) == 1:
            postgres.execute(f"SELECT pg_terminate_backend({numbers[0]})")
        add(session)

    database.run(work)

    assert len(set(numbers)) == 2
    assert skus(database) == ["TEA"]


@only_postgresql
def test_work_that_may_have_been_saved_is_not_done_again(database, postgres):
    tries = []

    def work(session):
        tries.append(session)
        number = session.scalar(text("SELECT pg_backend_pid()"))

        @event.listens_for(session, "before_commit")
        def break_connection(_session):
            postgres.execute(f"SELECT pg_terminate_backend({number})")

        add(session)

    with pytest.raises(OutcomeUnknown, match="may or may not be saved"):
        database.run(work)

    assert len(tries) == 1


def add_step_by_step(session):
    for sku in ("A", "B"):
        add(session, sku)
        session.flush()
        yield sku
    return "done"


def test_steps_are_told_on_the_way_and_the_result_comes_back(database):
    told = []

    assert database.run(add_step_by_step, told.append) == "done"
    assert told == ["A", "B"]
    assert skus(database) == ["A", "B"]


def test_who_is_told_can_stop_it_and_all_is_undone(database):
    ended = []

    def work(session):
        try:
            yield from add_step_by_step(session)
        finally:
            ended.append(True)

    def stop(_step):
        raise Stumble

    with pytest.raises(Stumble):
        database.run(work, stop)

    assert ended == [True]
    assert skus(database) == []


@only_postgresql
def test_what_was_told_is_not_begun_again(database):
    told = []

    def work(session):
        yield "begun"
        database.run(add)
        add(session)

    with pytest.raises(IntegrityError):
        database.run(work, told.append)

    assert told == ["begun"]


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
