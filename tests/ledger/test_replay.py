"""What is stored step by step is what comes out when all is worked out again."""

from app.core.decimals import ZERO
from app.ledger.facts import known_items
from app.ledger.replay import replay, work_out, work_out_many


def test_replaying_changes_nothing_that_was_right(company):
    company.receive("RUM", 5, "2.50")
    company.issue("RUM", 2)
    before = company.value("RUM")
    with company.database.writing() as session:
        connection = session.connection()
        items = known_items(connection, [company.number_of(session, "RUM")])
        replay(connection, list(items.values()), 2)

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
        many = {item.sku: result for item, result in work_out_many(connection, items.values(), 2)}
        alone = {item.sku: work_out(connection, item, 2) for item in items.values()}

    assert {sku: values for sku, (_, values) in many.items()} == {
        sku: values for sku, (_, values) in alone.items()
    }
    assert many["GIN"] == ({}, {})
    assert sum(many["TEA"][1].values(), ZERO) == 1


def test_it_can_stop_at_a_moment(company, clock):
    company.receive("RUM", 5, "2.00", at=clock(8))
    company.receive("RUM", 5, "4.00", at=clock(10))
    with company.database.reading() as session:
        item = known_items(session.connection(), [company.number_of(session, "RUM")])
        pools, _ = work_out(session.connection(), *item.values(), 2, until=clock(9))
        (pool,) = pools.values()

    assert (pool.quantity, pool.value) == (5, 10)
