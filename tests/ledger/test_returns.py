"""Goods that go back: at the cost they came with, or left with (ledger.md rule 7)."""

from decimal import Decimal

import pytest

from app.core.catalogue import Costing
from app.core.refusals import (
    DocumentInUse,
    Malformed,
    NothingOnTheWay,
    OverReturn,
    SamePlace,
)
from tests.ledger.conftest import line


def to_supplier(company, item, quantity, receipt="", **head):
    goods = line(item, quantity, source="MAIN/A-1")
    return company.post("supplier_return", goods, names=receipt, **head)


def from_customer(company, item, quantity, issue="", **head):
    goods = line(item, quantity, target="MAIN/A-1")
    return company.post("customer_return", goods, names=issue, **head)


def test_what_goes_back_to_the_supplier_takes_its_own_layer(company):
    company.receive("RUM", 5, "1.00")
    receipt = company.receive("RUM", 5, "9.00")
    to_supplier(company, "RUM", 2, receipt)

    assert company.value("RUM") == (8, Decimal("32.00"))
    assert company.differences() == []


def test_without_a_receipt_it_goes_by_the_method(company):
    company.receive("RUM", 5, "1.00")
    company.receive("RUM", 5, "9.00")
    to_supplier(company, "RUM", 2)

    assert company.value("RUM") == (8, Decimal("48.00"))


def test_no_more_goes_back_than_came(company):
    company.receive("RUM", 9, "1.00")
    receipt = company.receive("RUM", 3, "1.00")
    to_supplier(company, "RUM", 2, receipt)
    with pytest.raises(OverReturn, match="1 each"):
        to_supplier(company, "RUM", 2, receipt)


def test_what_comes_back_from_a_customer_has_the_value_it_left_with(company):
    company.receive("RUM", 1, "3.33")
    company.receive("RUM", 2, "3.34")
    issue = company.issue("RUM", 3)
    company.receive("RUM", 1, "50.00")
    from_customer(company, "RUM", 1, issue)
    assert company.value("RUM") == (2, Decimal("53.34"))
    from_customer(company, "RUM", 2, issue)

    assert company.value("RUM") == (4, Decimal("60.01"))
    assert company.differences() == []


def test_a_late_cost_travels_through_an_issue_and_its_return(company, clock):
    receipt = company.receive("RUM", 2, "1.00", at=clock(8))
    issue = company.issue("RUM", 2, at=clock(9))
    from_customer(company, "RUM", 1, issue, at=clock(10))
    company.post("landed_cost", names=receipt, amount=Decimal(4), by="value")

    assert company.value("RUM") == (1, Decimal("3.00"))
    assert company.differences() == []


def test_nothing_comes_back_before_it_left(company, clock):
    company.receive("RUM", 5, "1.00", at=clock(8))
    issue = company.issue("RUM", 2, at=clock(9))
    with pytest.raises(Malformed):
        from_customer(company, "RUM", 1, issue, at=clock(8))


def test_what_has_come_back_keeps_its_issue_from_being_reversed(company):
    company.receive("RUM", 5, "1.00")
    issue = company.issue("RUM", 2)
    back = from_customer(company, "RUM", 1, issue)
    with pytest.raises(DocumentInUse, match=back):
        company.reverse(issue)
    company.reverse(back)
    company.reverse(issue)

    assert company.value("RUM") == (5, 5)


def test_goods_travel_through_transit(company):
    company.receive("RUM", 5, "1.00")
    goods = line("RUM", 4, source="MAIN/A-1", target="SHOP/S-1")
    shipment = company.post("transfer_ship", goods)
    assert company.on_hand("RUM", "SHOP/TRANSIT") == 4

    company.post("transfer_receive", line("RUM", 3), names=shipment)
    assert company.on_hand("RUM", "SHOP/S-1") == 3
    assert company.on_hand("RUM", "SHOP/TRANSIT") == 1

    company.post("transfer_receive", names=shipment, target="MAIN/A-2")
    assert company.on_hand("RUM", "MAIN/A-2") == 1
    assert company.value("RUM") == (5, 5)
    assert company.differences() == []


def test_goods_on_the_way_go_somewhere_else(company):
    company.receive("RUM", 5, "1.00")
    goods = line("RUM", 4, source="MAIN/A-1", target="SHOP/S-1")
    shipment = company.post("transfer_ship", goods)
    way = line("RUM", 1, source="MAIN/A-1", target="SHOP/TRANSIT")
    with pytest.raises(SamePlace):
        company.post("transfer_ship", way)
    with pytest.raises(SamePlace):
        company.post("transfer_receive", names=shipment, target="SHOP/TRANSIT")
    company.post("transfer_receive", names=shipment)
    with pytest.raises(NothingOnTheWay):
        company.post("transfer_receive", names=shipment)


def test_the_last_known_cost_of_what_came_back_is_what_it_came_back_as(company, stock):
    stock.item("PEN", costing=Costing.STANDARD, standard_cost=Decimal(5))
    company.allow_negative("MAIN")
    company.receive("PEN", 10)
    issue = company.issue("PEN", 5)
    company.post("revaluation", line("PEN", unit_cost=Decimal(9)))
    from_customer(company, "PEN", 5, issue)
    company.post("costing_change", item="PEN", costing=Costing.FIFO)
    company.issue("PEN", 15)

    assert company.value("PEN") == (-5, -45)
    assert company.differences() == []
