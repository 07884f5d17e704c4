"""What there is, now and at any past moment."""

import pytest

from app.core.refusals import UnknownItem, UnknownLocation
from app.ledger.stock import find_stock, find_values


def lines(company, **where):
    with company.database.reading() as session:
        found = find_stock(session, **where)
    return [(line.item, line.location, line.lot, line.on_hand) for line in found]


def test_stock_is_listed_by_item_place_and_lot(company):
    company.receive("TEA", 3, target="MAIN/A-2")
    company.receive("MILK", 2, lot="L2")
    company.receive("MILK", 1, lot="L1")

    assert lines(company) == [
        ("MILK", "MAIN/A-1", "L1", 1),
        ("MILK", "MAIN/A-1", "L2", 2),
        ("TEA", "MAIN/A-2", "", 3),
    ]


def test_a_place_may_mean_all_below_it(company):
    company.receive("TEA", 3)
    company.receive("TEA", 4, target="SHOP/S-1")

    assert lines(company, location="MAIN") == []
    assert lines(company, location="MAIN", below=True) == [("TEA", "MAIN/A-1", "", 3)]


def test_stock_of_one_lot_can_be_asked_for(company):
    company.receive("MILK", 2, lot="L2")
    company.receive("MILK", 1, lot="L1")

    assert lines(company, lot="L2") == [("MILK", "MAIN/A-1", "L2", 2)]


def test_what_is_gone_is_not_listed(company):
    company.receive("TEA", 3)
    company.issue("TEA", 3)

    assert lines(company, item="TEA") == []


def test_stock_of_a_past_moment_is_what_had_moved_by_then(company, clock):
    company.receive("TEA", 3, at=clock(8))
    company.move("TEA", 2, "MAIN/A-1", "SHOP/S-1", at=clock(10))
    company.issue("TEA", 1, at=clock(12))

    assert lines(company, at=clock(9)) == [("TEA", "MAIN/A-1", "", 3)]
    assert lines(company, at=clock(10)) == [
        ("TEA", "MAIN/A-1", "", 1),
        ("TEA", "SHOP/S-1", "", 2),
    ]
    assert lines(company, at=clock(7)) == []


def test_what_does_not_exist_is_refused(company):
    with pytest.raises(UnknownItem):
        lines(company, item="NOPE")
    with pytest.raises(UnknownLocation):
        lines(company, location="MAIN/NOPE")


def test_values_are_told_item_by_item_with_their_unit_cost(company):
    company.receive("TEA", 3, "1.00")
    company.receive("RUM", 2, "5.25")
    with company.database.reading() as session:
        found = find_values(session)

    assert [(one.item, one.quantity, one.value, one.unit_cost) for one in found] == [
        ("RUM", 2, 10.5, 5.25),
        ("TEA", 3, 3, 1),
    ]


@pytest.mark.parametrize("may_be_short", [False, True])
def test_the_value_of_a_past_moment_is_the_same_summed_up_or_worked_out_again(
    company, clock, may_be_short
):
    company.receive("TEA", 4, "1.00", at=clock(8))
    company.receive("TEA", 4, "2.00", at=clock(9))
    company.receive("RUM", 2, "5.00", at=clock(9))
    company.issue("TEA", 3, at=clock(10))
    company.move("RUM", 1, "MAIN/A-1", "SHOP/S-1", at=clock(11))
    if may_be_short:
        company.allow_negative("MAIN/A-1")
        company.issue("RUM", 2, at=clock(12))

    with company.database.reading() as session:
        found = find_values(session, at=clock(11))

    assert [(one.item, one.quantity, one.value) for one in found] == [
        ("RUM", 2, 10),
        ("TEA", 5, 7.5),
    ]
