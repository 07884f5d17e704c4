from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.core.refusals import ExpiryDiffers, SerialConflict
from app.features.receiving.draft import KnownLot, Need
from app.features.receiving.lots import (
    LONGEST_LOT,
    LotUnreadable,
    SerialTwice,
    could_be_lot,
    set_expiry,
    set_lot,
    usual_expiry,
)
from app.features.receiving.rules import Incoming, add
from tests.features.receiving.conftest import GEL, GIN, SAW, TEA

TODAY = date(2026, 11, 1)


def test_a_line_is_told_its_lot(draft):
    draft, _ = add(draft, Incoming(GIN))
    draft, step = set_lot(draft, draft.lines[0], " B1 ")

    assert draft.lines[0].lot == "B1"
    assert step.line == draft.lines[0].id


def test_two_lines_of_one_lot_become_one(draft):
    draft, _ = add(draft, Incoming(GIN, Decimal(3), lot="B1"))
    draft, _ = add(draft, Incoming(GIN, Decimal(2), lot="B2"))
    draft, step = set_lot(draft, draft.lines[1], "B1")

    assert [(line.lot, line.quantity) for line in draft.lines] == [("B1", 5)]
    assert step.line == draft.lines[0].id


def test_a_known_lot_brings_its_expiry(draft):
    draft, _ = add(draft, Incoming(GEL))
    draft, _ = set_lot(draft, draft.lines[0], "B1", KnownLot(date(2027, 3, 1)))

    assert draft.lines[0].expiry == date(2027, 3, 1)
    assert draft.lines[0].needs is None


def test_a_new_lot_of_what_spoils_is_asked_for_its_expiry(draft):
    draft, _ = add(draft, Incoming(GEL))
    draft, _ = set_lot(draft, draft.lines[0], "B1")
    assert draft.lines[0].needs is Need.EXPIRY

    draft = set_expiry(draft, draft.lines[0], None, TODAY)

    assert draft.lines[0].expiry == date(2026, 12, 1)


def test_what_keeps_practically_for_ever_still_has_a_date():
    stone = replace(GEL, shelf_life_days=999_999_999)

    assert usual_expiry(stone, TODAY) == date(2126, 10, 8)


def test_one_lot_has_one_expiry_on_all_its_lines(ordered):
    draft, _ = add(ordered, Incoming(GEL, Decimal(6), lot="B1"))
    draft = set_expiry(draft, draft.lines[0], date(2027, 1, 1), TODAY)
    draft, _ = add(draft, Incoming(GEL, lot="B2", expiry=date(2027, 2, 2)))

    with pytest.raises(ExpiryDiffers):
        set_lot(draft, draft.lines[1], "B1")


def test_a_serial_is_said_once_only(draft):
    draft, _ = add(draft, Incoming(SAW, lot="S1"))
    draft, _ = add(draft, Incoming(SAW))

    with pytest.raises(SerialTwice):
        set_lot(draft, draft.lines[1], "S1")
    with pytest.raises(SerialConflict):
        set_lot(draft, draft.lines[1], "S2", KnownLot(is_here=True))
    assert set_lot(draft, draft.lines[1], "S2")[0].lines[1].lot == "S2"


@pytest.mark.parametrize("lot", ["x" * (LONGEST_LOT + 1), "A\0B", "A\x1dB", "\ud800"])
def test_a_lot_that_no_label_could_show_is_refused(draft, lot):
    draft, _ = add(draft, Incoming(GIN))

    with pytest.raises(LotUnreadable):
        set_lot(draft, draft.lines[0], lot)


@pytest.mark.parametrize("code", ["B1", "2026-11", "123456", "SN 0001", "4006381333931A"])
def test_a_code_may_be_the_lot_that_is_asked_for(code):
    assert could_be_lot(code)


@pytest.mark.parametrize("code", ["4006381333931", "96385074", "036000291452", "", "A\x1dB"])
def test_a_code_that_looks_like_an_items_is_not_taken_for_a_lot(code):
    assert not could_be_lot(code)


def test_what_keeps_for_ever_has_no_usual_expiry():
    assert usual_expiry(TEA, TODAY) is None
    assert usual_expiry(GEL, TODAY) == date(2026, 12, 1)
