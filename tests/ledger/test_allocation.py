"""Promises: never more than is there, never the same piece twice."""

from datetime import date
from decimal import Decimal

import pytest

from app.core.refusals import OverShip, PromisedStock
from tests.ledger.conftest import line


def order(company, *lines):
    return company.post("sales_order", *lines)


def test_an_order_is_promised_what_is_there_and_told_what_is_missing(company):
    company.receive("TEA", 3)
    number = order(company, line("TEA", 5))

    answer = company.posted("allocate", order=number)

    assert answer.warnings == ("Line 1: 2 each of TEA are missing.",)
    assert company.allocated("TEA") == 3


def test_two_orders_never_get_the_same_piece(company):
    company.receive("TEA", 5)
    first, second = order(company, line("TEA", 5)), order(company, line("TEA", 5))
    company.post("allocate", order=first)
    answer = company.posted("allocate", order=second)

    assert "5 each" in answer.warnings[0]
    assert company.allocated("TEA") == 5


def test_what_is_promised_to_another_order_cannot_be_issued(company):
    company.receive("TEA", 5)
    number = order(company, line("TEA", 4))
    company.post("allocate", order=number)

    with pytest.raises(PromisedStock) as refusal:
        company.issue("TEA", 2)

    assert number in str(refusal.value)


def test_the_order_itself_may_take_what_it_was_promised_and_no_more(company):
    company.receive("TEA", 9)
    number = order(company, line("TEA", 5))
    company.post("allocate", order=number)
    company.issue("TEA", 4, order=number)

    assert company.allocated("TEA") == 1
    with pytest.raises(OverShip):
        company.issue("TEA", 2, order=number)
    assert company.differences() == []


def test_what_is_released_is_free_again(company):
    company.receive("TEA", 5)
    number = order(company, line("TEA", 5))
    company.post("allocate", order=number)
    company.post("release", order=number)
    company.issue("TEA", 5)

    assert company.allocated("TEA") == 0


def test_the_earliest_expiry_is_promised_first_and_nothing_expired(company):
    company.receive("MILK", 2, lot="LATE", expiry=date(2040, 1, 1))
    company.receive("MILK", 2, lot="EARLY", expiry=date(2039, 1, 1))
    company.receive("MILK", 2, lot="GONE", expiry=date(2020, 1, 1))
    company.post("allocate", order=order(company, line("MILK", 3)))

    assert company.allocated("MILK", lot="EARLY") == 2
    assert company.allocated("MILK", lot="LATE") == 1
    assert company.allocated("MILK", lot="GONE") == 0


def test_a_count_below_what_is_promised_takes_the_latest_promise_back_and_says_so(company):
    company.receive("TEA", 5)
    first, second = order(company, line("TEA", 2)), order(company, line("TEA", 3))
    company.post("allocate", order=first)
    company.post("allocate", order=second)

    counted = line("TEA", counted=Decimal(3), source="MAIN/A-1")
    answer = company.posted("count", counted)

    assert second in answer.warnings[0]
    assert company.allocated("TEA") == 3
    assert company.differences() == []


def test_what_was_taken_back_does_not_make_goods_older(company, clock):
    company.reverse(company.receive("TEA", 1, target="SHOP/S-1", at=clock(8)))
    company.receive("TEA", 1, target="MAIN/A-1", at=clock(9))
    company.receive("TEA", 1, target="SHOP/S-1", at=clock(10))
    company.post("allocate", order=order(company, line("TEA", 1)))

    with pytest.raises(PromisedStock):
        company.issue("TEA", 1, "MAIN/A-1")


def test_lots_that_are_alike_are_promised_in_the_order_of_their_names(company, clock):
    for lot in ("L2", "L1", "L3"):
        company.receive("MILK", 1, lot=lot, expiry=date(2030, 1, 1), at=clock(8))
    company.post("allocate", order=order(company, line("MILK", 1)))

    assert [company.allocated("MILK", lot=lot) for lot in ("L1", "L2", "L3")] == [1, 0, 0]
