"""Work that begins again where somebody else got in between, and work that must not."""

import socket
from threading import Barrier

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import IntegrityError

from app.db.database import Database
from app.db.faults import OutcomeUnknown
from app.db.tables import ItemRow
from tests.support.together import run_together

only_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


class Stumble(Exception):
    """Anything that goes wrong on the way."""


def add(session, sku="TEA"):
    session.add(ItemRow(sku=sku, name=sku.title()))


def skus(database):
    with database.reading() as session:
        return list(session.scalars(select(ItemRow.sku).order_by(ItemRow.sku)))


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


def test_work_whose_connection_breaks_while_it_is_made_is_done_again(postgres_url):
    database = Database(postgres_url)
    broken = []

    @event.listens_for(database.engine, "connect", insert=True)
    def break_line(connection, _record):
        if not broken:
            with socket.socket(fileno=socket.dup(connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)
        broken.append(connection)

    database.run(add)

    assert skus(database) == ["TEA"]
    assert len(broken) == 2
    database.close()


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
