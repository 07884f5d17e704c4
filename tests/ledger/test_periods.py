"""Closed periods: nothing enters them, and what they were worth stays what it was (rule 8)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.core.clock import now
from app.core.documents import Build
from app.core.refusals import (
    ClosedDocument,
    Malformed,
    PeriodClosed,
    PeriodNotClosed,
    PeriodNotOver,
)
from tests.ledger.conftest import line

DAY = date(2026, 3, 2)
"""The day of the fixture `clock`."""


def close(company, day=DAY):
    return company.post("close_period", until=day)


def reopen(company, day=DAY):
    return company.post("reopen_period", until=day)


def land(company, receipt, amount):
    return company.post("landed_cost", names=receipt, amount=Decimal(amount), by="value")


def test_nothing_is_posted_into_a_closed_period(company, clock):
    company.receive("TEA", 5, "1.00", at=clock(8))
    close(company)
    with pytest.raises(PeriodClosed, match="2026-03-02"):
        company.receive("TEA", 1, "1.00", at=clock(9))
    with pytest.raises(PeriodClosed):
        company.count("TEA", 1, at=clock(9))


def test_a_document_in_it_cannot_be_reversed_and_what_can_be_done_is_said(company, clock):
    number = company.receive("TEA", 5, "1.00", at=clock(8))
    close(company)
    with pytest.raises(ClosedDocument, match="return the goods to the supplier"):
        company.reverse(number)


def test_today_and_the_future_cannot_be_closed(company):
    today = now().astimezone().date()
    for day in (today, today + timedelta(days=1)):
        with pytest.raises(PeriodNotOver):
            close(company, day)


def test_opening_a_day_again_opens_all_after_it(company, clock):
    close(company, DAY + timedelta(days=30))
    reopen(company, DAY)
    company.receive("TEA", 5, "1.00", at=clock(8))
    with pytest.raises(PeriodClosed):
        company.receive("TEA", 5, "1.00", at=clock(-3))
    with pytest.raises(PeriodNotClosed):
        reopen(company, DAY)


def test_a_landed_cost_of_a_closed_receipt_is_booked_after_the_period(company, clock):
    receipt = company.receive("RUM", 10, "2.00", at=clock(8))
    company.issue("RUM", 4, at=clock(9))
    close(company)
    land(company, receipt, "10.00")

    assert company.value("RUM", at=clock(10)) == (6, 12)
    assert company.value("RUM", at=clock(23 + 24)) == (6, 18)
    assert company.value("RUM") == (6, 18)
    assert company.differences() == []

    company.issue("RUM", 6)
    assert company.value("RUM") == (0, 0)
    assert company.differences() == []


def test_reopening_shows_what_is_known_now(company, clock):
    receipt = company.receive("RUM", 10, "2.00", at=clock(8))
    close(company)
    land(company, receipt, "10.00")
    reopen(company)

    assert company.value("RUM", at=clock(10)) == (10, 30)
    assert company.differences() == []


def test_what_came_to_light_is_closed_with_the_next_period(company, clock):
    receipt = company.receive("RUM", 10, "2.00", at=clock(8))
    close(company)
    land(company, receipt, "10.00")
    close(company, DAY + timedelta(days=7))
    land(company, receipt, "20.00")

    assert company.value("RUM", at=clock(10)) == (10, 20)
    assert company.value("RUM", at=clock(24 * 3)) == (10, 30)
    assert company.value("RUM", at=clock(24 * 9)) == (10, 50)
    assert company.differences() == []


def test_a_build_in_a_closed_period_passes_a_late_cost_on_after_it(company, clock):
    receipt = company.receive("TEA", 4, "1.00", at=clock(8))
    made = Build(product="RUM", quantity=Decimal(2), location="MAIN/A-1")
    company.post("build", line("TEA", 4), build=made, at=clock(9))
    close(company)
    land(company, receipt, "4.00")
    assert company.value("RUM", at=clock(10)) == (2, 4)
    assert company.value("RUM") == (2, 8)
    assert company.differences() == []

    company.receive("RUM", 1, "1.00", at=clock(48))
    company.receive("RUM", 1, "1.00", at=clock(47))
    assert company.value("RUM") == (4, 10)
    assert company.differences() == []


def test_an_arrival_that_covers_a_shortage_of_a_closed_period_leaves_the_period_alone(
    company, clock
):
    company.allow_negative("MAIN")
    company.receive("TEA", 1, "1.00", at=clock(8))
    company.issue("TEA", 3, at=clock(9))
    close(company)
    company.receive("TEA", 5, "4.00", at=clock(30))

    assert company.value("TEA", at=clock(10)) == (-2, -2)
    assert company.value("TEA") == (3, 12)
    assert company.differences() == []


def test_a_period_is_closed_once_by_its_key(company):
    first = company.posted("close_period", until=DAY, key="close")
    again = company.posted("close_period", until=DAY, key="close")

    assert (again.number, again.again) == (first.number, True)


def test_what_covers_a_shortage_of_a_closed_period_is_booked_at_its_end(company, clock):
    company.allow_negative("MAIN")
    company.issue("TEA", 2, at=clock(8))
    company.receive("TEA", 1, "2.50", at=clock(24 * 5))
    close(company, DAY + timedelta(days=2))
    assert company.differences() == []
    company.receive("TEA", 5, "3.00", at=clock(24 * 7))

    assert company.value("TEA") == (4, 12)
    assert company.differences() == []


def test_an_order_older_than_the_closing_can_be_taken_back(company, clock):
    order = company.post("sales_order", line("TEA", 1), at=clock(8))
    close(company)

    assert company.reverse(order).startswith("RV")


def test_a_count_line_in_a_closed_period_is_named(company, clock):
    close(company)
    lines = [
        line("TEA", counted=Decimal(1), source="MAIN/A-1"),
        line("RUM", counted=Decimal(1), source="MAIN/A-1", at=clock(9)),
    ]
    with pytest.raises(PeriodClosed) as refused:
        company.post("count", *lines)

    assert refused.value.line == 2


def test_after_a_late_cost_in_a_closed_period_work_goes_on_step_by_step(company, clock):
    receipt = company.receive("RUM", 10, "2.00", at=clock(8))
    issue = company.issue("RUM", 2, at=clock(9))
    close(company)
    land(company, receipt, "10.00")
    company.issue("RUM", 1)
    company.receive("RUM", 5, "9.00")
    company.post("customer_return", line("RUM", 2, target="MAIN/A-1"), names=issue)

    assert company.value("RUM") == (14, 72)
    assert company.differences() == []


def test_no_day_before_all_days_can_be_opened(company):
    close(company)
    with pytest.raises(Malformed):
        reopen(company, date(1, 1, 1))
