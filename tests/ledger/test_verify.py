"""Whatever is derived and wrong is found, and named."""

import pytest
from sqlalchemy import text

from app.core.progress import Progress
from app.ledger import verify as module
from app.ledger.verify import audit_slice, verify
from tests.ledger.all_kinds import DAMAGE, post_all_kinds

pytestmark = pytest.mark.usefixtures("many_checkpoints")


def test_a_sound_ledger_has_no_differences(company, clock):
    post_all_kinds(company, clock)

    assert company.differences() == []


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_to_what_is_derived_is_found(company, clock, what):
    post_all_kinds(company, clock)
    check, _, statement = DAMAGE[what]
    with company.database.engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount

    assert check in company.failed_checks()


def test_a_movement_that_got_past_the_ledger_is_found_by_the_count_it_belies(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 5, at=clock(12))
    with company.database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO movement (id, document_id, line, item_id, from_id, to_id, quantity,"
                " effective_at, sequence, entered_at, unit, reason) SELECT 1000, document_id, 9,"
                " item_id, from_id, to_id, quantity, effective_at, 1000, entered_at, unit, reason"
                " FROM movement"
            )
        )

    assert {"counts", "balances", "values"} <= set(company.failed_checks())


def test_a_count_that_found_nothing_new_is_proven_too(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 5, at=clock(12))
    company.reverse(company.count("TEA", 4, at=clock(13)))
    company.issue("TEA", 2, at=clock(14))

    assert company.differences() == []


def test_the_audit_goes_round_slice_by_slice_and_finds_the_same(company, clock, monkeypatch):
    monkeypatch.setattr(module, "SLICE_SECONDS", 0)
    monkeypatch.setattr(module, "SLICE_ITEMS", 2)
    post_all_kinds(company, clock)
    with company.database.engine.begin() as connection:
        connection.execute(text("UPDATE pool SET value = value + 10000"))
        connection.execute(text("UPDATE setting SET value = '' WHERE name = 'closed_before'"))
    found, places, after = [], [], 0
    while True:
        with company.database.reading() as session:
            slice_ = audit_slice(session, after)
        found += slice_.differences
        places.append(slice_.progress.done)
        after = slice_.next_item
        if not after:
            break

    assert sorted(found) == sorted(company.differences())
    assert len(places) == 3
    assert places[-1] == slice_.progress.total


def test_a_slice_takes_as_many_items_as_there_is_time_for(company, clock, monkeypatch):
    monkeypatch.setattr(module, "SLICE_ITEMS", 1)
    monkeypatch.setattr(module, "SLICE_SECONDS", 60)
    post_all_kinds(company, clock)
    with company.database.reading() as session:
        assert audit_slice(session) == (0, [], Progress(6, 6))


def test_an_empty_company_is_proven_at_once(database):
    with database.reading() as session:
        assert audit_slice(session) == (0, [], Progress(0, 0))
    assert all(check.ok for check in database.run(verify))
