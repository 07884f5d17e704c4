"""What stock is worth: stored step by step, the same as worked out again."""

from decimal import Decimal

import pytest

from app.core.catalogue import Costing
from app.ledger.history import open_layers


def layers(company, sku):
    with company.database.reading() as session:
        item = company.number_of(session, sku)
        return [(layer.quantity, layer.value) for layer in open_layers(session, item)]


def test_an_average_gives_each_piece_the_same_part(company):
    company.receive("TEA", 1, "1.00")
    company.receive("TEA", 2, "2.50")
    company.issue("TEA", 1)

    assert company.value("TEA") == (2, Decimal("4.00"))


def test_first_in_first_out_takes_the_oldest_layer(company):
    company.receive("RUM", 2, "10.00")
    company.receive("RUM", 2, "20.00")
    company.issue("RUM", 3)

    assert layers(company, "RUM") == [(1, Decimal("20.00"))]


def test_last_in_first_out_takes_the_newest_layer(company):
    company.receive("GIN", 2, "10.00")
    company.receive("GIN", 2, "20.00")
    company.issue("GIN", 3)

    assert layers(company, "GIN") == [(1, Decimal("10.00"))]


def test_the_last_piece_out_takes_the_last_cent_out(company):
    company.receive("TEA", 3, "3.3333")
    for _ in range(3):
        company.issue("TEA", 1)

    assert company.value("TEA") == (0, 0)


def test_moving_goods_between_our_places_changes_no_value(company):
    company.receive("RUM", 2, "10.00")
    company.move("RUM", 2, "MAIN/A-1", "SHOP/S-1")

    assert company.value("RUM") == (2, Decimal("20.00"))


def test_a_receipt_without_a_cost_comes_in_at_what_the_pool_costs(company):
    company.receive("TEA", 2, "3.00")
    company.receive("TEA", 2)

    assert company.value("TEA") == (4, Decimal("12.00"))


def test_a_shortage_is_valued_at_the_last_known_cost_until_the_goods_arrive(company):
    company.allow_negative("MAIN")
    company.receive("RUM", 1, "10.00")
    company.issue("RUM", 3)
    assert company.value("RUM") == (-2, Decimal("-20.00"))

    company.receive("RUM", 5, "12.00")

    assert company.value("RUM") == (3, Decimal("36.00"))
    assert company.differences() == []


@pytest.mark.parametrize("sku", ["TEA", "RUM", "GIN"])
def test_a_late_receipt_revalues_what_was_issued_since(company, clock, sku):
    company.receive(sku, 4, "10.00", at=clock(10))
    company.issue(sku, 3, at=clock(12))
    company.receive(sku, 4, "20.00", at=clock(8))

    expected = {"TEA": "75.00", "RUM": "60.00", "GIN": "90.00"}[sku]
    assert company.value(sku) == (5, Decimal(expected))
    assert company.differences() == []


def test_the_value_of_a_past_moment_does_not_change_by_what_came_after(company, clock):
    company.receive("TEA", 4, "10.00", at=clock(8))
    company.issue("TEA", 1, at=clock(9))
    company.receive("TEA", 4, "50.00", at=clock(12))

    assert company.value("TEA", at=clock(10)) == (3, Decimal("30.00"))


def test_a_shortage_of_the_past_keeps_the_value_it_had_then(company, clock):
    company.allow_negative("MAIN")
    company.receive("RUM", 1, "10.00", at=clock(8))
    company.issue("RUM", 2, at=clock(9))
    company.receive("RUM", 4, "50.00", at=clock(12))

    assert company.value("RUM", at=clock(10)) == (-1, Decimal("-10.00"))


def test_cost_may_be_kept_by_lot(company, stock):
    stock.item("WINE", tracking="lot", costing=Costing.AVERAGE, cost_per_lot=True)
    company.receive("WINE", 2, "10.00", lot="OLD")
    company.receive("WINE", 2, "30.00", lot="NEW")
    company.issue("WINE", 2, lot="NEW")

    assert company.value("WINE") == (2, Decimal("20.00"))
    assert company.differences() == []
