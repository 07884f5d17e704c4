from decimal import Decimal

import pytest

from app.features.receiving.lots import set_lot
from app.features.receiving.rules import Incoming, add, add_quantity, put_away, type_quantity
from app.features.receiving.steps import NotOnThisReceipt, TypedSince, take_back
from tests.features.receiving.conftest import GIN, TEA


def test_a_scan_taken_back_leaves_what_came_before_and_after(draft):
    draft, _ = add(draft, Incoming(TEA, Decimal(5)))
    draft, second = add(draft, Incoming(TEA, Decimal(12)))
    draft, _ = add(draft, Incoming(TEA))

    assert take_back(draft, second).lines[0].quantity == 6


def test_a_line_that_the_scan_began_goes_with_it(draft):
    draft, step = add(draft, Incoming(TEA))

    assert take_back(draft, step).lines == ()


def test_a_line_that_got_more_since_stays(draft):
    draft, step = add(draft, Incoming(TEA))
    draft = add_quantity(draft, draft.lines[0], Decimal(3))

    assert take_back(draft, step).lines[0].quantity == 3


def test_both_parts_of_a_scan_that_went_to_two_order_lines_are_taken_back(ordered):
    draft, step = add(ordered, Incoming(TEA, Decimal(8)))

    assert step.added == 8
    assert take_back(draft, step).lines == ()


def test_a_quantity_typed_since_is_not_touched(draft):
    draft, step = add(draft, Incoming(TEA))
    draft = type_quantity(draft, draft.lines[0], Decimal(50))

    with pytest.raises(TypedSince):
        take_back(draft, step)


def test_a_scan_of_another_receipt_is_not_taken_back_here(draft):
    _, step = add(draft, Incoming(TEA))
    other = type(draft)(key="k2")

    with pytest.raises(NotOnThisReceipt):
        take_back(other, step)


def test_a_line_removed_meanwhile_is_nothing_to_take_back(draft):
    draft, step = add(draft, Incoming(TEA))

    assert take_back(draft.without_line(1), step).lines == ()


def test_a_place_goes_back_to_what_it_was_unless_chosen_anew(draft):
    draft, _ = add(draft, Incoming(TEA))
    draft, first = put_away(draft, draft.lines[0], "MAIN/A-1")
    later, second = put_away(draft, draft.lines[0], "MAIN/A-2")

    assert take_back(later, second).lines[0].target == "MAIN/A-1"
    assert take_back(later, first).lines[0].target == "MAIN/A-2"


def test_the_place_for_all_goes_back_too(draft):
    draft, first = put_away(draft, None, "MAIN/A-1")
    draft, second = put_away(draft, None, "MAIN/A-2")

    assert take_back(draft, second).place == "MAIN/A-1"
    assert take_back(draft, first).place == "MAIN/A-2"


def test_a_scanned_lot_is_taken_off_again(draft):
    draft, _ = add(draft, Incoming(GIN))
    draft, step = set_lot(draft, draft.lines[0], "B1")

    assert take_back(draft, step).lines[0].lot == ""


def test_lines_that_were_put_together_stay_so(draft):
    draft, _ = add(draft, Incoming(GIN, lot="B1"))
    draft, _ = add(draft, Incoming(GIN), current=None)
    draft, _ = set_lot(draft, draft.lines[0], "B1")
    draft, _ = add(draft, Incoming(GIN, lot="B2"))
    draft, _ = add(draft, Incoming(GIN))
    draft, step = set_lot(draft, draft.lines[2], "B2")

    with pytest.raises(TypedSince):
        take_back(draft, step)
