from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.core.decimals import InvalidQuantity
from app.core.refusals import ExpiryDiffers, LotNotTracked, SerialConflict
from app.features.receiving.draft import Draft, KnownLot, Need
from app.features.receiving.lots import LotUnreadable, SerialFirst, SerialsOneByOne, SerialTwice
from app.features.receiving.rules import (
    CostBelowZero,
    DoesNotComeOut,
    Incoming,
    add,
    add_quantity,
    line_by_hand,
    put_away,
    reject,
    set_cost,
    set_unit,
    start_line,
    take_order,
    type_quantity,
)
from app.features.receiving.steps import TypedSince, take_back
from tests.features.receiving.conftest import FACTS, FLOUR, GEL, GIN, SAW, TEA


def added(draft: Draft, *incoming: Incoming) -> Draft:
    for new in incoming:
        draft, _ = add(draft, new)
    return draft


def lines(draft: Draft) -> list[tuple[str, str, int, int | None]]:
    return [(line.item.sku, line.lot, int(line.quantity), line.order_line) for line in draft.lines]


def test_scanning_an_item_again_adds_to_its_line(draft):
    draft = added(draft, Incoming(TEA), Incoming(GIN, lot="B1"), Incoming(TEA, Decimal(12)))

    assert lines(draft) == [("TEA", "", 13, None), ("GIN", "B1", 1, None)]


def test_each_lot_has_a_line_of_its_own(draft):
    draft = added(draft, Incoming(GIN, lot="B1"), Incoming(GIN, lot="B2"), Incoming(GIN, lot="B1"))

    assert lines(draft) == [("GIN", "B1", 2, None), ("GIN", "B2", 1, None)]


def test_goods_without_a_lot_are_of_the_lot_worked_on(draft):
    draft = added(draft, Incoming(GIN, lot="B1"), Incoming(GIN, lot="B2"))
    draft, step = add(draft, Incoming(GIN), current=1)

    assert step.line == 1
    assert lines(draft) == [("GIN", "B1", 2, None), ("GIN", "B2", 1, None)]


def test_goods_without_a_lot_are_asked_for_it_where_several_are_possible(draft):
    draft = added(draft, Incoming(GIN, lot="B1"), Incoming(GIN, lot="B2"), Incoming(GIN))

    assert lines(draft)[2] == ("GIN", "", 1, None)
    assert draft.lines[2].needs is Need.LOT


def test_a_serial_has_a_line_of_its_own_and_cannot_come_twice(draft):
    draft = added(draft, Incoming(SAW, lot="S1"), Incoming(SAW, lot="S2"))

    assert lines(draft) == [("SAW", "S1", 1, None), ("SAW", "S2", 1, None)]
    with pytest.raises(SerialTwice):
        add(draft, Incoming(SAW, lot="S1"))


def test_a_serial_that_is_here_already_is_refused_at_once(draft):
    with pytest.raises(SerialConflict):
        add(draft, Incoming(SAW, lot="S1", known=KnownLot(is_here=True)))


def test_a_serial_that_left_may_come_back(draft):
    assert lines(added(draft, Incoming(SAW, lot="S1", known=KnownLot())))


def test_one_serial_is_said_before_the_next_piece_is_scanned(draft):
    with pytest.raises(SerialFirst):
        added(draft, Incoming(SAW), Incoming(SAW))


def test_serials_come_one_by_one(draft):
    with pytest.raises(SerialsOneByOne):
        add(draft, Incoming(SAW, Decimal(2), is_counted=True))


def test_a_lot_of_an_item_without_lots_is_refused(draft):
    with pytest.raises(LotNotTracked):
        add(draft, Incoming(TEA, lot="B1"))


def test_what_is_weighed_waits_for_its_weight_unless_the_code_says_it(draft):
    asked = added(draft, Incoming(FLOUR))
    weighed = added(draft, Incoming(FLOUR, Decimal("1.25"), is_counted=True))

    assert (asked.lines[0].quantity, asked.lines[0].needs) == (0, Need.QUANTITY)
    assert weighed.lines[0].quantity == Decimal("1.25")


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "1E9", "NaN"])
def test_a_quantity_that_cannot_be_is_not_added(draft, quantity):
    with pytest.raises(InvalidQuantity):
        add(draft, Incoming(TEA, Decimal(quantity), is_counted=True))


def test_what_an_order_line_lacks_goes_first_and_the_rest_to_the_next(ordered):
    draft = added(ordered, Incoming(TEA, Decimal(8)))

    assert lines(draft) == [("TEA", "", 6, 1), ("TEA", "", 2, 3)]


def test_what_is_over_goes_to_the_last_order_line(ordered):
    draft = added(ordered, Incoming(TEA, Decimal(30)), Incoming(TEA))

    assert lines(draft) == [("TEA", "", 6, 1), ("TEA", "", 25, 3)]


def test_what_nobody_ordered_is_taken_all_the_same(ordered):
    assert lines(added(ordered, Incoming(SAW, lot="S1"))) == [("SAW", "S1", 1, None)]


def test_the_expiry_of_a_code_is_taken_and_must_agree_with_the_books(draft):
    day = date(2027, 1, 5)
    draft = added(draft, Incoming(GEL, lot="B1", expiry=day))

    assert draft.lines[0].expiry == day
    known = KnownLot(expiry=date(2027, 1, 6))
    with pytest.raises(ExpiryDiffers):
        add(draft, Incoming(GEL, lot="B2", expiry=day, known=known))
    with pytest.raises(ExpiryDiffers):
        add(draft, Incoming(GEL, lot="B1", expiry=date(2027, 1, 6)))


def test_a_known_lot_brings_its_expiry(draft):
    draft = added(draft, Incoming(GEL, lot="B1", known=KnownLot(date(2027, 1, 5))))

    assert draft.lines[0].needs is None


def test_a_lot_that_does_not_print_is_refused(draft):
    with pytest.raises(LotUnreadable):
        add(draft, Incoming(GIN, lot="A\x1dB"))


def test_a_typed_number_is_the_quantity_in_the_lines_unit(draft):
    draft, line = start_line(draft, TEA, None)
    draft = set_unit(draft, line, "case")
    draft = type_quantity(draft, draft.lines[0], Decimal("1.5"))

    assert draft.lines[0].quantity == 18
    draft = add_quantity(draft, draft.lines[0], Decimal(-1))
    assert draft.lines[0].quantity == 6


def test_a_typed_fraction_of_a_pack_must_come_out(draft):
    draft, line = start_line(draft, TEA, None)
    draft = set_unit(draft, line, "case")

    with pytest.raises(DoesNotComeOut):
        type_quantity(draft, draft.lines[0], Decimal("1.1"))
    with pytest.raises(InvalidQuantity):
        type_quantity(draft, line, Decimal("1.5"))


def test_zero_can_be_typed_and_less_than_nothing_cannot(draft):
    draft = added(draft, Incoming(TEA))

    assert type_quantity(draft, draft.lines[0], Decimal(0)).lines[0].quantity == 0
    with pytest.raises(InvalidQuantity):
        add_quantity(draft, draft.lines[0], Decimal(-2))


def test_the_base_unit_is_a_unit_like_any_other(draft):
    draft, line = start_line(draft, TEA, None)
    draft = set_unit(draft, line, "case")

    assert set_unit(draft, draft.lines[0], "each").lines[0].unit == ""


def test_what_is_rejected_comes_on_top(draft):
    draft = added(draft, Incoming(TEA, Decimal(8)))
    draft = reject(draft, draft.lines[0], Decimal(2))

    assert draft.lines[0].arrived == 10
    assert reject(draft, draft.lines[0], None).lines[0].arrived == 8


def test_a_serial_is_taken_or_rejected_not_both(draft):
    draft = added(draft, Incoming(SAW, lot="S1"))

    with pytest.raises(SerialsOneByOne):
        reject(draft, draft.lines[0], Decimal(1))
    with pytest.raises(SerialsOneByOne):
        type_quantity(draft, draft.lines[0], Decimal(2))


def test_a_cost_is_never_below_zero(draft):
    draft = added(draft, Incoming(TEA))

    assert set_cost(draft, draft.lines[0], Decimal("0.123456")).lines[0].cost == Decimal("0.123456")
    with pytest.raises(CostBelowZero):
        set_cost(draft, draft.lines[0], Decimal(-1))
    with pytest.raises(InvalidQuantity):
        set_cost(draft, draft.lines[0], Decimal("0.1234567"))


def test_each_item_goes_to_its_own_place_unless_one_is_said(draft):
    draft = added(draft, Incoming(TEA), Incoming(SAW, lot="S1"))
    tea, saw = draft.lines
    assert (draft.target_of(tea), draft.target_of(saw)) == ("MAIN/A-1", "MAIN/DOCK")

    draft, _ = put_away(draft, None, "MAIN/A-9")
    draft, _ = put_away(draft, tea, "MAIN/B-1")
    tea, saw = draft.lines

    assert (draft.target_of(tea), draft.target_of(saw)) == ("MAIN/B-1", "MAIN/A-9")


def test_an_order_chosen_late_takes_the_lines_that_are_there(draft, ordered):
    draft = added(draft, Incoming(TEA, Decimal(3)), Incoming(SAW, lot="S1"))
    draft = replace(draft, reference="DN-7")

    taken = take_order(draft, ordered.order, FACTS)

    assert lines(taken) == [("TEA", "", 3, 1), ("SAW", "S1", 1, None)]
    assert (taken.supplier, taken.reference, taken.key) == ("LITWARE", "DN-7", "k1")
    free = take_order(taken, None, {})
    assert lines(free) == [("TEA", "", 3, None), ("SAW", "S1", 1, None)]
    assert free.supplier == "LITWARE"


def test_an_item_typed_by_hand_gets_the_line_that_is_there(ordered):
    draft, line = line_by_hand(ordered, TEA)
    again, same = line_by_hand(draft, TEA)

    assert (line.order_line, line.quantity, line.needs) == (1, 0, Need.QUANTITY)
    assert (again, same) == (draft, line)


def test_a_serial_typed_by_hand_is_one_piece(draft):
    draft, line = line_by_hand(draft, SAW)

    assert (line.quantity, line.needs) == (1, Need.LOT)


def test_an_order_chosen_later_gets_what_came_line_by_line(draft, ordered):
    draft = added(draft, Incoming(TEA, Decimal(9), is_counted=True), Incoming(GIN, lot="B1"))
    draft = set_cost(draft, draft.lines[0], Decimal("1.40"))
    draft = reject(draft, draft.lines[0], Decimal(2))

    taken = take_order(draft, ordered.order, FACTS)

    assert lines(taken) == [("TEA", "", 6, 1), ("TEA", "", 3, 3), ("GIN", "B1", 1, None)]
    assert [int(line.rejected) for line in taken.lines] == [0, 2, 0]
    assert [line.cost for line in taken.lines[:2]] == [Decimal("1.40")] * 2
    assert len({line.id for line in taken.lines}) == 3
    assert lines(added(taken, Incoming(GEL, lot="L1")))[-1] == ("GEL", "L1", 1, 2)
    assert taken.last_id == 3


def test_a_scan_is_not_taken_back_from_a_line_that_was_shared(draft, ordered):
    draft, step = add(draft, Incoming(TEA, Decimal(9), is_counted=True))
    taken = take_order(draft, ordered.order, FACTS)

    with pytest.raises(TypedSince):
        take_back(taken, step)
