"""Closing and reopening periods, weighed before it is done."""

from decimal import Decimal

import pytest

from app.core.refusals import PeriodNotClosed, PeriodNotOver
from app.features.settings.rules import AlreadyClosed, Closing, Consequence, Periods
from app.features.settings.service import (
    close_period,
    load_periods,
    reopen_period,
    weigh_closing,
    weigh_reopening,
)
from tests.features.settings.conftest import TODAY, days_ago


def test_nothing_is_closed_at_first(company):
    assert company.ask(load_periods) == Periods()


def test_closing_is_weighed_by_the_documents_in_it(company):
    assert company.change(weigh_closing, days_ago(15), "kim") == Consequence(days_ago(15), 2)
    company.change(close_period, days_ago(25), "k1", "kim")

    assert company.change(weigh_closing, days_ago(15), "kim") == Consequence(days_ago(15), 1)
    assert company.ask(load_periods).closed == days_ago(25)


def test_only_what_is_over_and_open_can_be_closed(company):
    with pytest.raises(PeriodNotOver):
        company.change(weigh_closing, TODAY, "kim")
    company.change(close_period, days_ago(15), "k1", "kim")
    with pytest.raises(AlreadyClosed):
        company.change(weigh_closing, days_ago(15), "kim")


def test_reopening_is_weighed_by_the_documents_and_what_was_booked_since(company):
    with pytest.raises(PeriodNotClosed):
        company.change(weigh_reopening, days_ago(25), "kim")
    company.change(close_period, days_ago(5), "k1", "kim")
    company.post("landed_cost", names=company.first, amount=Decimal(20), by="value")

    found = company.change(weigh_reopening, days_ago(25), "kim")

    assert (found.day, found.documents) == (days_ago(25), 2)
    assert found.booked == 15  # of the 20 a quarter left with the sale


def test_who_closed_and_reopened_is_listed_the_latest_first(company):
    closed = company.change(close_period, days_ago(5), "k1", "kim").number
    opened = company.change(reopen_period, days_ago(15), "k2", "lee").number

    found = company.ask(load_periods)

    assert found.closed == days_ago(16)
    told = [(one.number, one.closes, one.day, one.user) for one in found.closings]
    assert told == [(opened, False, days_ago(15), "lee"), (closed, True, days_ago(5), "kim")]
    assert isinstance(found.closings[0], Closing)


def test_a_double_click_closes_once(company):
    first = company.change(close_period, days_ago(5), "k1", "kim")
    again = company.change(close_period, days_ago(5), "k1", "kim")

    assert again.again
    assert first.number == again.number
