"""What is stored step by step is what comes out when all is worked out again."""

from app.core.clock import now
from app.ledger.facts import known_items
from app.ledger.happenings import Scope
from app.ledger.replay import work_out
from app.ledger.revaluing import revalue


def test_replaying_changes_nothing_that_was_right(company):
    company.receive("RUM", 5, "2.50")
    company.issue("RUM", 2)
    before = company.value("RUM")
    with company.database.writing() as session:
        revalue(session.connection(), {company.number_of(session, "RUM"): now()}, 2)

    assert company.value("RUM") == before
    assert company.differences() == []


def test_a_reversed_document_takes_no_part(company):
    company.receive("RUM", 5, "2.50")
    company.reverse(company.receive("RUM", 5, "99.00"))

    assert company.value("RUM") == (5, 12.5)


def test_many_items_are_worked_out_like_each_alone_and_idle_ones_too(company):
    company.receive("RUM", 5, "2.50")
    company.receive("TEA", 1, "1.00")
    with company.database.reading() as session:
        connection = session.connection()
        numbers = [company.number_of(session, sku) for sku in ("RUM", "TEA", "GIN")]
        items = known_items(connection, numbers)
        many = work_out(connection, items.values(), 2)
        alone = [work_out(connection, [item], 2).values for item in items.values()]

    assert many.values == {number: value for one in alone for number, value in one.items()}
    assert {key[0] for key in many.pools} == set(numbers[:2])


def test_it_can_stop_at_a_moment(company, clock):
    company.receive("RUM", 5, "2.00", at=clock(8))
    company.receive("RUM", 5, "4.00", at=clock(10))
    with company.database.reading() as session:
        item = known_items(session.connection(), [company.number_of(session, "RUM")])
        scope = Scope(until=clock(9))
        (pool,) = work_out(session.connection(), item.values(), 2, scope).pools.values()

    assert (pool.quantity, pool.value) == (5, 10)
