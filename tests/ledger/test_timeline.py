"""No impossible present and no impossible past."""

import pytest

from app.core.refusals import (
    ImpossiblePast,
    NotEnoughStock,
)
from tests.ledger.conftest import line


def test_taking_more_than_is_there_is_refused(company):
    company.receive("TEA", 3)

    with pytest.raises(NotEnoughStock) as refusal:
        company.issue("TEA", 4)

    assert "holds 3" in str(refusal.value)
    assert company.on_hand("TEA") == 3


def test_two_lines_may_not_take_the_same_piece(company):
    company.receive("TEA", 3)

    with pytest.raises(NotEnoughStock) as refusal:
        company.post("issue", line("TEA", 2, source="MAIN/A-1"), line("TEA", 2, source="MAIN/A-1"))

    assert refusal.value.line == 2


def test_a_line_may_take_on_what_an_earlier_line_brought(company):
    company.receive("TEA", 3)
    company.post(
        "transfer",
        line("TEA", 3, source="MAIN/A-1", target="MAIN/A-2"),
        line("TEA", 3, source="MAIN/A-2", target="SHOP/S-1"),
    )

    assert company.on_hand("TEA", "SHOP/S-1") == 3


def test_stock_may_go_below_zero_where_the_site_allows_it(company):
    company.allow_negative("SHOP")
    company.issue("TEA", 4, "SHOP/S-1")

    assert company.on_hand("TEA", "SHOP/S-1") == -4
    assert company.differences() == []


def test_a_late_entry_may_not_make_the_past_impossible(company, clock):
    company.receive("TEA", 5, at=clock(8))
    issue = company.issue("TEA", 5, at=clock(12))

    with pytest.raises(ImpossiblePast) as refusal:
        company.issue("TEA", 1, at=clock(9))
    with pytest.raises(NotEnoughStock):
        company.issue("TEA", 1, at=clock(7))

    assert issue in str(refusal.value)
