"""Derived tables come out the same when they are made anew; what was wrong is mended and told."""

import time
from threading import Event

import pytest
from sqlalchemy import text

from app.ledger.rebuild import TABLES, groups_of, rebuild
from tests.ledger.all_kinds import DAMAGE, post_all_kinds
from tests.support.together import run_together

pytestmark = pytest.mark.usefixtures("many_checkpoints")


def changed(company):
    return {one.name: one.changed for one in company.database.run(rebuild) if one.changed}


def contents(company):
    with company.database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select()))) for table in TABLES
        }


def test_after_documents_of_all_kinds_all_comes_out_the_same(company, clock):
    post_all_kinds(company, clock)
    before = contents(company)
    rows = {one.name: one.rows for one in company.database.run(rebuild)}

    assert contents(company) == before
    assert changed(company) == {}
    assert all(rows.values())


@pytest.mark.parametrize("what", DAMAGE)
def test_what_was_damaged_is_mended_and_told(company, clock, what):
    post_all_kinds(company, clock)
    before = contents(company)
    _, table, statement = DAMAGE[what]
    with company.database.engine.begin() as connection:
        damaged = connection.execute(text(statement)).rowcount

    mended = changed(company)
    assert mended.keys() == {table}
    assert mended[table] <= damaged
    assert company.differences() == []
    assert contents(company) == before


def test_what_hangs_together_by_builds_is_made_anew_together(company, clock, monkeypatch):
    monkeypatch.setattr("app.ledger.rebuild.AT_ONCE", 1)
    post_all_kinds(company, clock)
    before = contents(company)
    with company.database.engine.begin() as connection:
        for table in ("movement_value", "entry_value", "pool", "layer", "period_difference"):
            connection.execute(text(f"DELETE FROM {table}"))
    company.database.run(rebuild)

    assert contents(company) == before


def test_groups_hold_all_that_took_part_in_a_build_with_one_of_them():
    parts = [(1, 10), (1, 11), (2, 11), (2, 12), (3, 20), (3, 21)]

    assert sorted(map(sorted, groups_of({10, 20, 30}, parts))) == [[10, 11, 12], [20, 21], [30]]


def test_it_tells_how_far_it_is(company, clock):
    post_all_kinds(company, clock)
    steps = []
    company.database.run(rebuild, steps.append)

    assert steps[-1].done == steps[-1].total
    assert [step.done for step in steps] == sorted(step.done for step in steps)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_nobody_posts_meanwhile(company):
    begun = Event()
    order = []

    def make_anew(session):
        for _ in rebuild(session):
            begun.set()
            time.sleep(0.1)
        order.append("rebuilt")

    def receive():
        begun.wait(timeout=10)
        company.receive("TEA", 1)
        order.append("received")

    company.receive("TEA", 1)
    run_together(lambda: company.database.run(make_anew), receive)

    assert order == ["rebuilt", "received"]
    assert company.differences() == []
