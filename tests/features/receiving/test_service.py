from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.core.refusals import AlreadyReversed, OverReceipt, SerialConflict, UnknownItem
from app.db.drafts import load_draft
from app.features.receiving.draft import KnownLot
from app.features.receiving.rules import add, put_away, reject, take_order
from app.features.receiving.service import (
    keep_draft,
    look_into,
    look_into_lot,
    look_into_place,
    look_into_typed,
    open_order,
    post_receipt,
    refresh_order,
    start_draft,
    undo_receipt,
)


@pytest.fixture
def begin(warehouse):
    """`begin(("TEA", 5), ("GEL", 3, "B1"))` scans so much into a new draft."""

    def begin(*goods, order=""):
        draft = warehouse.ask(start_draft, "kim")
        if order:
            opened = warehouse.ask(open_order, order, "MAIN")
            draft = take_order(draft, opened.order, opened.facts)
        for sku, quantity, *lot in goods:
            scan = warehouse.scan(sku, quantity, **({"lot": lot[0]} if lot else {}))
            arrival = warehouse.ask(look_into, scan, draft.site, draft.supplier)
            draft, _ = add(draft.knowing(arrival.facts), arrival.new)
        return draft

    return begin


def post(warehouse, draft, *, accept_over=False):
    return warehouse.change(post_receipt, draft, "kim", accept_over=accept_over)


def test_a_new_draft_is_at_the_first_site_or_where_one_worked_last(warehouse):
    assert warehouse.ask(start_draft, "kim").site == "MAIN"
    assert warehouse.ask(start_draft, "kim", "SHOP").site == "SHOP"


def test_a_draft_outlives_the_program_with_its_key_and_order(warehouse, begin):
    number = warehouse.order(("TEA", 48))
    draft = begin(("TEA", 5), ("GEL", 3, "B1"), order=number)
    warehouse.change(keep_draft, replace(draft, reference="DN-7"), "kim")

    found = warehouse.ask(start_draft, "kim")

    assert found == replace(draft, reference="DN-7")
    assert found.facts[warehouse.tea].packs
    assert warehouse.ask(start_draft, "lee").is_empty


def test_a_draft_whose_order_is_gone_keeps_its_lines(warehouse, begin, ordered):
    draft = replace(begin(("TEA", 5)), order=ordered.order)
    warehouse.change(keep_draft, draft, "kim")

    found = warehouse.ask(start_draft, "kim")

    assert found.order is None
    assert found.lines == draft.lines


def test_an_empty_draft_leaves_nothing_behind(warehouse, begin):
    draft = begin(("TEA", 5))
    warehouse.change(keep_draft, draft, "kim")
    warehouse.change(keep_draft, draft.without_line(1), "kim")

    assert warehouse.ask(load_draft, "receiving", "kim") is None


def test_posted_goods_are_in_stock_and_the_draft_is_gone(warehouse, begin):
    draft = begin(("TEA", 5), ("GEL", 3, "B1"))
    warehouse.change(keep_draft, draft, "kim")

    posted = post(warehouse, draft)

    assert posted.number.startswith("RC-")
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 5
    assert warehouse.on_hand("GEL", "MAIN/DOCK", "B1") == 3
    assert warehouse.ask(start_draft, "kim").is_empty


def test_posting_twice_gives_the_first_result(warehouse, begin):
    draft = begin(("TEA", 5))
    first, second = post(warehouse, draft), post(warehouse, draft)

    assert (second.number, second.again) == (first.number, True)
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 5


def test_a_refused_receipt_keeps_its_draft(warehouse, begin):
    warehouse.receive("SAW", 1, "MAIN/A-1", lot="S1")
    draft = begin(("TEA", 5))
    scan = warehouse.scan("SAW", lot="S1")
    arrival = warehouse.ask(look_into, scan, "MAIN", "")
    draft, _ = add(draft, replace(arrival.new, known=None))
    warehouse.change(keep_draft, draft, "kim")

    with pytest.raises(SerialConflict) as refusal:
        post(warehouse, draft)

    assert refusal.value.line == 2
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0
    assert warehouse.ask(start_draft, "kim") == draft


def test_more_than_was_ordered_needs_a_yes(warehouse, begin):
    number = warehouse.order(("TEA", 4))
    draft = begin(("TEA", 5), order=number)

    with pytest.raises(OverReceipt):
        post(warehouse, draft)
    post(warehouse, draft, accept_over=True)

    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 5
    assert warehouse.ask(open_order, number, "MAIN").order.lines[0].before == 5


def test_what_nobody_ordered_goes_in_too_but_not_towards_the_order(warehouse, begin):
    number = warehouse.order(("TEA", 4))
    post(warehouse, begin(("TEA", 4), ("FLOUR", "2.5"), order=number))

    assert warehouse.on_hand("FLOUR", "MAIN/DOCK") == Decimal("2.5")


def test_rejected_goods_lie_in_quarantine_and_count_towards_the_order(warehouse, begin):
    number = warehouse.order(("TEA", 10))
    draft = begin(("TEA", 8), order=number)
    draft = reject(draft, draft.lines[0], Decimal(2))
    draft, _ = put_away(draft, draft.lines[0], "MAIN/A-1")
    post(warehouse, draft)

    assert warehouse.on_hand("TEA", "MAIN/A-1") == 8
    assert warehouse.on_hand("TEA", "MAIN/QUARANTINE") == 2
    assert not warehouse.ask(open_order, number, "MAIN").order.is_open


def test_a_receipt_can_be_taken_back_once(warehouse, begin):
    number = warehouse.order(("TEA", 5))
    posted = post(warehouse, begin(("TEA", 5), order=number))

    undone = warehouse.change(undo_receipt, posted.number, "kim")

    assert undone.number.startswith("RV-")
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0
    assert warehouse.ask(open_order, number, "MAIN").order.is_open
    with pytest.raises(AlreadyReversed):
        warehouse.change(undo_receipt, posted.number, "kim")


def test_an_order_is_looked_at_anew_with_the_items_of_the_draft(warehouse, begin):
    number = warehouse.order(("TEA", 10))
    draft = begin(("TEA", 3), ("FLOUR", 1), order=number)
    warehouse.receive("TEA", 4, "MAIN/A-2", order=number)

    fresh = warehouse.ask(refresh_order, draft)

    assert fresh.order.lines[0].before == 4
    assert fresh.facts[warehouse.tea].put_away == "MAIN/A-2"
    assert warehouse.flour in fresh.facts


def test_a_scanned_lot_is_looked_up(warehouse):
    day = date(2027, 1, 5)
    warehouse.receive("GEL", 5, "MAIN/A-1", lot="B1", expiry=day)

    arrival = warehouse.ask(look_into, warehouse.scan("GEL", lot="B1"), "MAIN", "")
    named = warehouse.ask(look_into_lot, 7, warehouse.gel, " B1 ")

    assert arrival.new.known == named.known == KnownLot(day, is_here=True)
    assert named.line == 7


def test_an_item_typed_by_hand_is_looked_up_by_any_code(warehouse):
    arrival = warehouse.ask(look_into_typed, "4006381333931", "MAIN", "LITWARE")

    assert arrival.new.item.sku == "TEA"
    assert arrival.facts[warehouse.tea].price == Decimal("1.5")
    with pytest.raises(UnknownItem):
        warehouse.ask(look_into_typed, "NOPE", "MAIN", "")


def test_a_typed_place_is_looked_up_for_its_line(warehouse):
    chosen = warehouse.ask(look_into_place, 3, "A-1", "MAIN")

    assert (chosen.line, chosen.place.path) == (3, "MAIN/A-1")
