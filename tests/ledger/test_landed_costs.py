"""Freight and duty on top of a receipt, at the receipt's moment (ledger.md rule 7)."""

from decimal import Decimal

import pytest

from app.core.documents import Line, SpreadBy
from app.core.refusals import DocumentInUse, Malformed, NothingToSpread, UnknownShipment
from tests.ledger.conftest import line


def land(company, receipt, amount, by="value", *lines, **head):
    document = {"names": receipt, "amount": Decimal(amount), "by": SpreadBy(by), **head}
    return company.post("landed_cost", *lines, **document)


def receive_two(company, **head):
    return company.post(
        "receipt",
        line("RUM", 10, unit_cost=Decimal(2), target="MAIN/A-1"),
        line("TEA", 30, unit_cost=Decimal(2), target="MAIN/A-1"),
        **head,
    )


def test_it_adds_to_the_value_by_share_of_the_value(company):
    land(company, receive_two(company), "8.00")

    assert company.value("RUM") == (10, 22)
    assert company.value("TEA") == (30, 66)
    assert company.differences() == []


@pytest.mark.parametrize(
    ("by", "rum", "tea"), [("quantity", "22.50", "67.50"), ("equal", "25.00", "65.00")]
)
def test_it_can_be_spread_in_other_ways(company, by, rum, tea):
    land(company, receive_two(company), "10.00", by)

    assert company.value("RUM")[1] == Decimal(rum)
    assert company.value("TEA")[1] == Decimal(tea)


def test_the_shares_add_up_to_the_cent(company):
    receipt = company.post(
        "receipt",
        *(line(sku, 1, unit_cost=Decimal(1), target="MAIN/A-1") for sku in ("RUM", "TEA", "GIN")),
    )
    land(company, receipt, "0.10", "equal")

    assert [company.value(sku)[1] for sku in ("RUM", "TEA", "GIN")] == [
        Decimal("1.04"),
        Decimal("1.03"),
        Decimal("1.03"),
    ]


def test_what_was_issued_since_is_worth_more_too(company, clock):
    receipt = company.receive("RUM", 10, "2.00", at=clock(8))
    company.issue("RUM", 4, at=clock(9))
    land(company, receipt, "10.00")

    assert company.value("RUM") == (6, 18)
    assert company.value("RUM", at=clock(8)) == (10, 30)
    assert company.differences() == []


def test_only_the_lines_named_bear_it(company):
    land(company, receive_two(company), "6.00", "value", Line(names_line=2))

    assert company.value("RUM") == (10, 20)
    assert company.value("TEA") == (30, 66)


def test_with_nothing_to_spread_on_it_is_refused(company):
    receipt = company.receive("RUM", 10)
    with pytest.raises(NothingToSpread):
        land(company, receipt, "5.00", "value")
    with pytest.raises(NothingToSpread):
        land(company, receipt, "5.00", "weight")


@pytest.mark.parametrize("amount", ["0", "-1", "1.001"])
def test_an_amount_that_is_no_money_is_refused(company, amount):
    receipt = company.receive("RUM", 10, "1.00")
    with pytest.raises(Malformed):
        land(company, receipt, amount)


def test_it_can_be_reversed_and_stands_in_the_way_of_reversing_the_receipt(company):
    receipt = company.receive("RUM", 10, "2.00")
    landed = land(company, receipt, "10.00")
    with pytest.raises(DocumentInUse, match=landed):
        company.reverse(receipt)
    company.reverse(landed)
    assert company.value("RUM") == (10, 20)
    company.reverse(receipt)

    assert company.value("RUM") == (0, 0)
    assert company.differences() == []


def test_it_names_a_live_receipt(company):
    receipt = company.receive("RUM", 10, "2.00")
    company.reverse(receipt)
    for number in (receipt, "RC-999999"):
        with pytest.raises(UnknownShipment):
            land(company, number, "1.00")


def test_it_is_in_the_last_known_cost(company):
    land(company, company.receive("TEA", 10, "2.00"), "5.00")
    company.issue("TEA", 10)
    company.count("TEA", 2)

    assert company.value("TEA") == (2, 5)
    assert company.differences() == []
