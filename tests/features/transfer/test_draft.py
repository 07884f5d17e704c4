from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.features.transfer.draft import MoveLine, Need, Side
from tests.features.transfer.conftest import A1, B1, GEL, QUARANTINE, SAW, TEA


@pytest.mark.parametrize(
    ("line", "need"),
    [
        (MoveLine(1, TEA, Decimal(1)), None),
        (MoveLine(1, TEA), Need.QUANTITY),
        (MoveLine(1, TEA, typed=1), None),
        (MoveLine(1, SAW, Decimal(1)), Need.LOT),
        (MoveLine(1, GEL, Decimal(1), "L1"), None),
    ],
)
def test_a_line_asks_for_what_its_item_needs(line, need):
    assert line.needs is need


def test_goods_are_still_good_on_the_day_they_expire():
    line = MoveLine(1, GEL, expiry=date(2026, 11, 1))

    assert not line.is_expired(date(2026, 11, 1))
    assert line.is_expired(date(2026, 11, 2))


def test_it_is_complete_with_both_bins_and_something_to_move(draft):
    draft = draft.with_line(MoveLine(1, TEA))
    assert not draft.with_place(Side.TARGET, B1).is_complete

    draft = draft.with_line(MoveLine(1, TEA, Decimal(1)))

    assert not draft.is_complete
    assert draft.with_place(Side.TARGET, B1).is_complete


def test_a_bin_alone_is_worth_keeping(draft):
    assert not draft.is_empty
    assert replace(draft, source=None).is_empty


def test_goods_leave_quarantine_when_they_go_anywhere_else(draft):
    draft = replace(draft, source=QUARANTINE, target=A1)

    assert draft.leaves_quarantine()
    assert not replace(draft, target=QUARANTINE).leaves_quarantine()
    assert not replace(draft, source=B1).leaves_quarantine()
