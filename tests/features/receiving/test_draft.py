from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.features.receiving.draft import Draft, DraftLine, Need, OrderLine
from tests.features.receiving.conftest import FLOUR, GEL, GIN, SAW, TEA


def test_an_order_line_never_expects_less_than_nothing():
    assert OrderLine(1, TEA, Decimal(10), Decimal(12)).expected == 0


@pytest.mark.parametrize(
    ("line", "need"),
    [
        (DraftLine(1, TEA, Decimal(1)), None),
        (DraftLine(1, TEA), Need.QUANTITY),
        (DraftLine(1, TEA, typed=1), None),
        (DraftLine(1, GIN, Decimal(1)), Need.LOT),
        (DraftLine(1, GIN, Decimal(1), lot="B1"), None),
        (DraftLine(1, SAW, Decimal(1)), Need.LOT),
        (DraftLine(1, GEL, Decimal(1), lot="B1"), Need.EXPIRY),
        (DraftLine(1, GEL, Decimal(1), lot="B1", expiry=date(2027, 1, 5)), None),
        (DraftLine(1, FLOUR, rejected=Decimal(1)), None),
    ],
)
def test_a_line_asks_for_what_its_item_needs(line, need):
    assert line.needs is need


def test_goods_are_still_good_on_the_day_they_expire():
    line = DraftLine(1, GIN, expiry=date(2026, 11, 1))

    assert not line.is_expired(date(2026, 11, 1))
    assert line.is_expired(date(2026, 11, 2))
    assert not DraftLine(1, GIN).is_expired(date(2026, 11, 2))


@pytest.mark.parametrize("said", [{"supplier": "X"}, {"reference": "X"}, {"place": "X"}])
def test_whatever_a_clerk_has_said_makes_a_draft_worth_keeping(draft, said):
    assert draft.is_empty
    assert not replace(draft, **said).is_empty


def test_a_line_is_put_in_its_place_and_numbers_are_not_used_again(draft: Draft):
    draft = draft.with_line(DraftLine(1, TEA)).with_line(DraftLine(2, GIN))
    draft = draft.with_line(DraftLine(1, TEA, Decimal(5))).without_line(2)

    assert [(line.id, line.quantity) for line in draft.lines] == [(1, 5)]
    assert draft.last_id == 2
    assert draft.line(2) is None
