"""What is promised stays there, whenever stock is said to have left."""

from decimal import Decimal

import pytest

from app.core.refusals import PromisedStock
from tests.ledger.conftest import line


def promise(company, item, quantity):
    number = company.post("sales_order", line(item, quantity))
    company.post("allocate", order=number)
    return number


def test_a_late_issue_cannot_take_what_is_promised(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.receive("TEA", 1, target="MAIN/A-2", at=clock(12))
    number = promise(company, "TEA", 5)

    with pytest.raises(PromisedStock) as refusal:
        company.issue("TEA", 2, at=clock(10))

    assert number in str(refusal.value)
    assert refusal.value.line == 1
    assert company.differences() == []


def test_a_receipt_whose_goods_are_promised_cannot_be_reversed(company):
    receipt = company.receive("TEA", 5)
    promise(company, "TEA", 4)

    with pytest.raises(PromisedStock):
        company.reverse(receipt)

    assert company.differences() == []


def test_what_is_promised_stays_also_where_stock_may_go_below_zero(company):
    company.allow_negative("MAIN/A-1")
    company.receive("TEA", 5)
    promise(company, "TEA", 5)

    with pytest.raises(PromisedStock):
        company.issue("TEA", 1)

    assert company.differences() == []


def test_a_late_count_below_what_is_promised_takes_the_promise_back(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.receive("TEA", 1, target="MAIN/A-2", at=clock(12))
    promise(company, "TEA", 6)

    company.count("TEA", 2, at=clock(10))

    assert company.allocated("TEA") == 3
    assert company.differences() == []


def test_a_late_count_that_a_later_one_makes_up_for_leaves_promises_alone(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 5, at=clock(12))
    promise(company, "TEA", 5)

    company.count("TEA", 2, at=clock(10))

    assert company.allocated("TEA") == 5
    assert company.differences() == []


def test_an_order_served_from_elsewhere_leaves_nothing_promised(company):
    company.receive("TEA", 5)
    number = promise(company, "TEA", 5)
    company.receive("TEA", 5, target="MAIN/A-2")

    company.issue("TEA", 3, source="MAIN/A-2", order=number)
    assert company.allocated("TEA") == 2

    company.issue("TEA", 2, source="MAIN/A-2", order=number)
    assert company.allocated("TEA") == Decimal(0)
    assert company.differences() == []


def test_an_order_that_is_taken_back_gives_back_its_promises(company):
    company.receive("TEA", 5)
    number = promise(company, "TEA", 5)

    company.reverse(number)

    assert company.allocated("TEA") == 0
    assert company.differences() == []
