from dataclasses import replace
from decimal import Decimal

import pytest

from app.features.transfer.draft import Side
from app.features.transfer.rules import Incoming, add, set_lot, type_quantity
from app.features.transfer.steps import (
    ChangedSince,
    NotOnThisTransfer,
    Sited,
    Step,
    take_back,
)
from tests.features.transfer.conftest import A1, B1, GEL, QUARANTINE, SAW, TEA


def test_a_scan_taken_back_leaves_what_came_before_and_after(draft):
    draft, _ = add(draft, Incoming(TEA, Decimal(5)))
    draft, second = add(draft, Incoming(TEA, Decimal(12)))
    draft, _ = add(draft, Incoming(TEA))

    assert take_back(draft, second).lines[0].quantity == 6


def test_a_scan_of_two_lots_is_taken_back_whole(draft):
    draft, step = add(draft, Incoming(GEL, Decimal(52)))

    assert step.added == 52
    assert take_back(draft, step).lines == ()


def test_a_line_changed_by_hand_since_is_not_touched(draft):
    draft, step = add(draft, Incoming(TEA))
    draft = type_quantity(draft, draft.lines[0], Decimal(7))

    with pytest.raises(ChangedSince):
        take_back(draft, step)


def test_a_scan_of_another_transfer_is_not_taken_back_here(draft):
    _, step = add(draft, Incoming(TEA))

    with pytest.raises(NotOnThisTransfer):
        take_back(replace(draft, key="k2"), step)


def test_a_bin_goes_back_to_what_it_was_unless_chosen_anew(draft):
    step = Step("k1", (Sited(Side.TARGET, None, B1),))

    assert take_back(replace(draft, target=B1), step).target is None
    assert take_back(replace(draft, target=QUARANTINE), step).target == QUARANTINE
    assert take_back(draft, step).source == A1


def test_a_scanned_serial_is_taken_off_again(draft):
    draft, _ = add(draft, Incoming(SAW))
    draft, step = set_lot(draft, draft.lines[0], "S2")

    assert take_back(draft, step).lines[0].lot == ""


def test_lines_that_were_put_together_stay_so(draft):
    draft, _ = add(draft, Incoming(GEL, lot="L1"))
    draft, _ = add(draft, Incoming(GEL, lot="L2"))
    draft, step = set_lot(draft, draft.lines[0], "L2")

    with pytest.raises(ChangedSince):
        take_back(draft, step)
