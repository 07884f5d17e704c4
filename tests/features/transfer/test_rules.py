from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.decimals import InvalidQuantity
from app.core.refusals import LotNotTracked, NotEnoughStock
from app.features.transfer.draft import Facts, Need, Side
from app.features.transfer.rooms import PromisedHere, SerialsOneByOne
from app.features.transfer.rules import (
    Content,
    DoesNotComeOut,
    Incoming,
    LotNotHere,
    NoSource,
    SameBin,
    SerialTwice,
    add,
    add_quantity,
    confirm_lot,
    line_by_hand,
    set_lot,
    set_place,
    set_unit,
    take_all,
    type_quantity,
)
from tests.features.transfer.conftest import A1, B1, EACH, FLOUR, GEL, SAW, TEA, held


def moved(draft, *incoming):
    for new in incoming:
        draft, _ = add(draft, new)
    return draft


def lines(draft):
    return [(line.item.sku, line.lot, line.quantity) for line in draft.lines]


def test_scanning_an_item_again_adds_to_its_line(draft):
    draft = moved(draft, Incoming(TEA), Incoming(FLOUR), Incoming(TEA, Decimal(12)))

    assert lines(draft) == [("TEA", "", 13), ("FLOUR", "", 0)]
    assert draft.lines[1].needs is Need.QUANTITY


def test_goods_need_a_bin_to_come_from(draft):
    with pytest.raises(NoSource):
        add(replace(draft, source=None), Incoming(TEA))


def test_more_than_lies_there_is_refused_at_once(draft):
    draft = moved(draft, Incoming(FLOUR, Decimal(7), is_counted=True))

    with pytest.raises(NotEnoughStock) as refusal:
        add(draft, Incoming(FLOUR, Decimal("0.5"), is_counted=True))

    assert str(refusal.value).startswith("MAIN/A-1 holds 7.25 kg of FLOUR, not the 7.5 wanted.")


def test_what_is_promised_to_orders_does_not_move(draft):
    draft = moved(draft, Incoming(TEA, Decimal(24)))

    with pytest.raises(PromisedHere) as refusal:
        add(draft, Incoming(TEA))

    assert "of which 6 are promised to orders: 24 can be moved, not 25" in str(refusal.value)


def test_where_stock_may_fall_short_nothing_limits(draft):
    draft = replace(draft, may_fall_short=True)

    assert lines(moved(draft, Incoming(TEA, Decimal(99)))) == [("TEA", "", 99)]


def test_the_lot_of_a_code_is_taken_and_must_lie_there(draft):
    assert lines(moved(draft, Incoming(GEL, lot="L2"))) == [("GEL", "L2", 1)]
    with pytest.raises(NotEnoughStock, match="GEL \\(L9\\)"):
        add(draft, Incoming(GEL, lot="L9"))


def test_the_only_lot_there_is_taken(draft):
    draft = draft.knowing({GEL.id: Facts((EACH,), (held("L2", 50),))})
    draft = moved(draft, Incoming(GEL))

    assert (draft.lines[0].lot, draft.lines[0].is_guess) == ("L2", False)


def test_of_several_lots_the_first_to_expire_is_suggested(draft):
    draft = moved(draft, Incoming(GEL, Decimal(3)))

    assert lines(draft) == [("GEL", "L1", 3)]
    assert draft.lines[0].is_guess
    assert not confirm_lot(draft, draft.lines[0]).lines[0].is_guess


def test_a_suggested_lot_has_enough_if_any_has(draft):
    assert lines(moved(draft, Incoming(GEL, Decimal(20)))) == [("GEL", "L2", 20)]


def test_where_no_lot_has_enough_several_go(draft):
    assert lines(moved(draft, Incoming(GEL, Decimal(52)))) == [("GEL", "L1", 5), ("GEL", "L2", 47)]


def test_goods_without_a_lot_are_of_the_one_worked_on(draft):
    draft = moved(draft, Incoming(GEL, lot="L2"))
    draft, step = add(draft, Incoming(GEL), current=1)

    assert lines(draft) == [("GEL", "L2", 2)]
    assert step.line == 1


def test_a_serial_is_never_guessed_and_moves_once(draft):
    draft = moved(draft, Incoming(SAW), Incoming(SAW, lot="S1"))

    assert lines(draft) == [("SAW", "", 1), ("SAW", "S1", 1)]
    assert draft.lines[0].needs is Need.LOT
    with pytest.raises(SerialTwice):
        add(draft, Incoming(SAW, lot="S1"))
    with pytest.raises(NotEnoughStock):
        add(draft, Incoming(SAW))
    with pytest.raises(SerialsOneByOne):
        add(draft, Incoming(SAW, Decimal(2), is_counted=True))


def test_the_only_serial_there_is_taken(draft):
    draft = draft.knowing({SAW.id: Facts((EACH,), (held("S2", 1),))})

    assert lines(moved(draft, Incoming(SAW))) == [("SAW", "S2", 1)]


def test_a_lot_of_an_item_without_lots_is_refused(draft):
    with pytest.raises(LotNotTracked):
        add(draft, Incoming(TEA, lot="L1"))


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "1E9", "NaN"])
def test_a_quantity_that_cannot_be_is_not_added(draft, quantity):
    with pytest.raises(InvalidQuantity):
        add(draft, Incoming(TEA, Decimal(quantity), is_counted=True))


def test_typed_numbers_count_in_the_lines_unit(draft):
    draft = moved(draft, Incoming(TEA))
    draft = set_unit(draft, draft.lines[0], "case")
    draft = type_quantity(draft, draft.lines[0], Decimal(1))
    assert lines(draft) == [("TEA", "", 12)]

    draft = add_quantity(draft, draft.lines[0], Decimal("0.5"))
    assert lines(draft) == [("TEA", "", 18)]
    with pytest.raises(DoesNotComeOut):
        type_quantity(draft, draft.lines[0], Decimal("0.1"))


@pytest.mark.parametrize("count", [25, 31])
def test_a_typed_number_is_limited_too(draft, count):
    draft = moved(draft, Incoming(TEA))

    with pytest.raises((PromisedHere, NotEnoughStock)):
        type_quantity(draft, draft.lines[0], Decimal(count))
    with pytest.raises(InvalidQuantity):
        add_quantity(draft, draft.lines[0], Decimal(-2))


def test_a_line_is_told_its_lot_if_that_lies_there(draft):
    draft = moved(draft, Incoming(SAW))
    named, step = set_lot(draft, draft.lines[0], "S2")

    assert lines(named) == [("SAW", "S2", 1)]
    assert step.line == 1
    with pytest.raises(LotNotHere):
        set_lot(draft, draft.lines[0], "S9")


def test_a_lot_with_a_line_of_its_own_gets_both(draft):
    draft = moved(draft, Incoming(GEL, Decimal(2), lot="L1"), Incoming(GEL, Decimal(3), lot="L2"))
    draft, step = set_lot(draft, draft.lines[0], "L2")

    assert lines(draft) == [("GEL", "L2", 5)]
    assert step.line == 2


def test_another_lot_must_have_enough(draft):
    draft = moved(draft, Incoming(GEL, Decimal(20), lot="L2"))

    with pytest.raises(NotEnoughStock):
        set_lot(draft, draft.lines[0], "L1")


def test_a_serial_said_twice_is_refused(draft):
    draft = moved(draft, Incoming(SAW, lot="S1"), Incoming(SAW, lot="S2"))

    with pytest.raises(SerialTwice):
        set_lot(draft, draft.lines[1], "S1")


def test_goods_do_not_go_where_they_come_from(draft):
    with pytest.raises(SameBin):
        set_place(draft, Side.TARGET, A1)
    with pytest.raises(SameBin):
        set_place(set_place(draft, Side.TARGET, B1), Side.SOURCE, B1)


def test_whether_a_bin_may_fall_short_goes_with_the_source(draft):
    lenient = set_place(draft, Side.SOURCE, B1, may_fall_short=True)

    assert lenient.may_fall_short
    assert set_place(lenient, Side.TARGET, A1).may_fall_short
    assert not set_place(lenient, Side.SOURCE, A1).may_fall_short


def test_a_whole_bin_goes_lot_by_lot_but_for_what_is_promised(draft):
    draft = moved(draft, Incoming(TEA), Incoming(SAW))
    contents = [
        Content(TEA, (EACH,), (held("", 30, 24),)),
        Content(GEL, (EACH,), (held("L1", 5), held("L2", 50, 0))),
        Content(SAW, (EACH,), (held("S1", 1), held("S2", 1))),
    ]

    whole = take_all(draft, contents)

    assert lines(whole) == [("TEA", "", 24), ("GEL", "L1", 5), ("SAW", "S1", 1), ("SAW", "S2", 1)]
    assert len({line.id for line in whole.lines}) == 4
    assert lines(take_all(whole, contents)) == lines(whole)


def test_an_item_typed_by_hand_gets_the_line_that_is_there(draft):
    draft, line = line_by_hand(draft, TEA)
    again, same = line_by_hand(draft, TEA)

    assert (line.quantity, line.needs) == (0, Need.QUANTITY)
    assert (again, same) == (draft, line)
    assert line_by_hand(draft, SAW)[1].needs is Need.LOT
