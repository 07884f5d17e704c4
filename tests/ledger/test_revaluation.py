"""Changes of value where nothing moves."""

from decimal import Decimal

import pytest

from app.core.catalogue import Costing, Tracking
from app.core.refusals import Malformed
from app.db.backup import backup, restore
from app.db.database import Database
from app.db.tables import ItemRow
from app.ledger.history import open_layers
from tests.ledger.conftest import line


def revalue(company, item, cost, **more):
    head = {name: more.pop(name) for name in ("at",) if name in more}
    return company.post("revaluation", line(item, unit_cost=Decimal(cost), **more), **head)


def change(company, item, costing, **head):
    return company.post("costing_change", item=item, costing=Costing(costing), **head)


def layers(company, sku):
    with company.database.reading() as session:
        found = open_layers(session, company.number_of(session, sku))
        return [(layer.quantity, layer.value, layer.document[:2]) for layer in found]


def test_what_is_owned_gets_the_new_cost_and_keeps_its_layers(company):
    company.receive("RUM", 1, "1.00")
    company.receive("RUM", 2, "1.00")
    revalue(company, "RUM", "3.33")

    assert company.value("RUM") == (3, Decimal("9.99"))
    assert layers(company, "RUM") == [(1, Decimal("3.33"), "RC"), (2, Decimal("6.66"), "RC")]
    assert company.differences() == []


def test_what_came_before_it_is_valued_as_before(company, clock):
    company.receive("TEA", 4, "1.00", at=clock(8))
    company.issue("TEA", 1, at=clock(9))
    revalue(company, "TEA", "5.00", at=clock(10))
    company.issue("TEA", 1, at=clock(11))

    assert company.value("TEA", at=clock(9)) == (3, 3)
    assert company.value("TEA", at=clock(10)) == (3, 15)
    assert company.value("TEA") == (2, 10)
    assert company.differences() == []


def test_a_late_receipt_before_it_does_not_change_what_it_said(company, clock):
    company.receive("TEA", 2, "1.00", at=clock(8))
    revalue(company, "TEA", "5.00", at=clock(10))
    company.receive("TEA", 2, "7.00", at=clock(9))

    assert company.value("TEA") == (4, 20)
    assert company.differences() == []


def test_it_can_be_reversed(company):
    company.receive("TEA", 2, "1.00")
    company.reverse(revalue(company, "TEA", "5.00"))

    assert company.value("TEA") == (2, 2)
    assert company.differences() == []


def test_a_standard_cost_changes_by_it(company, stock, clock):
    stock.item("PEN", costing=Costing.STANDARD, standard_cost=Decimal("2.00"))
    company.receive("PEN", 10, "9.99", at=clock(8))
    assert company.value("PEN") == (10, 20)
    number = revalue(company, "PEN", "3.00", at=clock(9))
    assert company.value("PEN") == (10, 30)
    company.receive("PEN", 10, at=clock(10))
    assert company.value("PEN") == (20, 60)
    assert company.differences() == []

    company.reverse(number)
    company.receive("PEN", 1, at=clock(11))
    assert company.value("PEN") == (21, 42)
    assert company.differences() == []


def test_a_change_of_costing_leaves_the_value_and_begins_a_layer(company):
    company.receive("TEA", 1, "1.00")
    company.receive("TEA", 1, "2.00")
    number = change(company, "TEA", "fifo")
    assert company.value("TEA") == (2, 3)
    assert layers(company, "TEA") == [(2, Decimal("3.00"), "CC")]

    company.receive("TEA", 1, "9.00")
    company.issue("TEA", 2)
    assert company.value("TEA") == (1, 9)
    assert company.differences() == []

    company.reverse(number)
    assert company.value("TEA") == (1, 4)
    assert company.differences() == []


def test_the_same_method_again_is_refused(company):
    with pytest.raises(Malformed):
        change(company, "TEA", "average")
    with pytest.raises(Malformed):
        change(company, "TEA", "standard")


@pytest.fixture
def two_lots(company, stock):
    stock.item("OIL", tracking=Tracking.LOT, cost_per_lot=True, costing=Costing.AVERAGE)
    return {lot: company.receive("OIL", 10, "1.00", lot=lot) for lot in ("LA", "LB")}


def test_lots_that_changed_their_costing_together_are_used_up_apart(company, two_lots):
    company.receive("OIL", 10, "5.00", lot="LB")
    change(company, "OIL", "fifo")
    company.issue("OIL", 10, lot="LA")
    company.issue("OIL", 10, lot="LB")

    assert company.value("OIL") == (10, 30)
    assert company.differences() == []


def test_what_a_revaluation_did_to_one_lot_stays_when_the_other_is_gone(company, two_lots):
    revalue(company, "OIL", "2.00")
    company.reverse(two_lots["LB"])

    assert company.value("OIL") == (10, 20)
    assert company.differences() == []


def test_a_late_change_of_costing_is_seen_at_its_own_moment(company, clock):
    company.receive("RUM", 2, "1.00", at=clock(8))
    change(company, "RUM", "average", at=clock(10))
    with pytest.raises(Malformed):
        change(company, "RUM", "fifo", at=clock(9))
    change(company, "RUM", "average", at=clock(9))

    assert company.differences() == []


def test_a_cost_beyond_all_reason_is_refused(company):
    company.receive("TEA", 2, "1.00")
    with pytest.raises(Malformed):
        revalue(company, "TEA", "99999999999999999999")


def test_a_standard_cost_that_documents_set_goes_with_them(company, stock):
    stock.item("PEN", costing=Costing.FIFO, standard_cost=Decimal(5))
    changed = change(company, "PEN", "standard")
    revalued = revalue(company, "PEN", "9.00")
    company.reverse(changed)
    company.reverse(revalued)
    company.receive("PEN", 10)

    assert company.value("PEN") == (10, 50)
    assert company.differences() == []


def test_a_late_change_to_standard_takes_the_cost_that_held_without_later_documents(
    company, stock, clock
):
    stock.item("PEN", costing=Costing.FIFO, standard_cost=Decimal("2.35"))
    company.receive("PEN", 4, "0.10", at=clock(8))
    change(company, "PEN", "standard", at=clock(12))
    revalue(company, "PEN", "0.50", at=clock(12))
    change(company, "PEN", "standard", at=clock(9))
    company.receive("PEN", 4, "0.10", at=clock(10))

    assert company.value("PEN", at=clock(10)) == (8, Decimal("9.80"))
    assert company.value("PEN") == (8, 4)
    assert company.differences() == []


def test_what_is_numbered_goes_on_after_a_restore(company, empty_address, tmp_path):
    company.receive("TEA", 2, "1.00")
    revalue(company, "TEA", "5.00")
    restore(backup(company.database, tmp_path), empty_address)
    company.database.close()

    company.database = Database(empty_address)
    try:
        company.receive("TEA", 1, "5.00")
        company.post("costing_change", item="TEA", costing=Costing.FIFO)
        company.issue("TEA", 1)
        assert company.value("TEA") == (2, 10)
        assert company.differences() == []
    finally:
        company.database.close()


def test_a_standard_cost_of_nothing_is_one(company):
    with company.database.writing() as session:
        session.query(ItemRow).filter_by(sku="TEA").update(
            {"costing": Costing.STANDARD, "standard_cost": Decimal(2)}
        )
    company.receive("TEA", 1)
    company.post("revaluation", line("TEA", 0, unit_cost=Decimal(0)))
    company.receive("TEA", 1)

    assert company.value("TEA") == (2, 0)
    assert company.differences() == []
