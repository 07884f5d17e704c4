"""Whatever is derived and wrong is found, and named."""

import pytest
from sqlalchemy import text

from tests.ledger.conftest import line

DAMAGE = {
    "double_entry": "UPDATE balance SET on_hand = on_hand + 1000000 WHERE on_hand > 0",
    "balances": "DELETE FROM balance WHERE on_hand > 0",
    "orders": "UPDATE stock_order_line SET done = 0",
    "values": "UPDATE movement_value SET value = value + 10000",
    "layers": "UPDATE pool SET value = value + 10000",
    "allocations": "UPDATE balance SET allocated = 1000000 WHERE on_hand > 0",
}


def test_a_sound_ledger_has_no_differences(company):
    _some_history(company)

    assert company.differences() == []


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_to_what_is_derived_is_found(company, name):
    _some_history(company)
    with company.database.engine.begin() as connection:
        connection.execute(text(DAMAGE[name]))

    assert name in company.failed_checks()


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


def _some_history(company):
    order = company.post("purchase_order", line("TEA", 10))
    company.receive("TEA", 10, "2.00", order=order)
    company.receive("RUM", 5, "9.99")
    company.issue("RUM", 2)
    company.count("TEA", 7)
