from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.refusals import AlreadyReversed, NotEnoughStock, UnknownItem
from app.db.drafts import load_draft
from app.features.transfer.desk import placed
from app.features.transfer.draft import Side
from app.features.transfer.rules import add, take_all
from app.features.transfer.service import (
    keep_draft,
    look_into,
    look_into_place,
    look_into_typed,
    open_bin,
    post_transfer,
    refresh,
    start_draft,
    undo_transfer,
)


@pytest.fixture
def begin(warehouse):
    """`begin(("TEA", 5))` scans A-1, so much, and B-1."""

    def begin(*goods, source="MAIN/A-1", target="MAIN/B-1"):
        draft = warehouse.ask(start_draft, "kim")
        draft = placed(draft, warehouse.ask(look_into_place, Side.SOURCE, source, draft))
        for sku, quantity, *lot in goods:
            scan = warehouse.scan(sku, quantity, **({"lot": lot[0]} if lot else {}))
            arrival = warehouse.ask(look_into, scan, draft.source)
            draft, _ = add(draft.knowing(arrival.facts), arrival.new)
        return placed(draft, warehouse.ask(look_into_place, Side.TARGET, target, draft))

    return begin


def test_goods_move_from_bin_to_bin_and_the_draft_is_gone(warehouse, begin):
    draft = begin(("TEA", 12), ("GEL", 3, "L2"), ("SAW", 1, "S2"))
    warehouse.change(keep_draft, draft, "kim")

    posted = warehouse.change(post_transfer, draft, "kim")

    assert posted.number.startswith("TR-")
    assert warehouse.on_hand("TEA", "MAIN/A-1") == 18
    assert warehouse.on_hand("TEA", "MAIN/B-1") == 12
    assert warehouse.on_hand("GEL", "MAIN/B-1", "L2") == 3
    assert warehouse.on_hand("SAW", "MAIN/B-1", "S2") == 1
    assert warehouse.ask(start_draft, "kim").is_empty


def test_posting_twice_gives_the_first_result(warehouse, begin):
    draft = begin(("TEA", 12))
    first = warehouse.change(post_transfer, draft, "kim")
    second = warehouse.change(post_transfer, draft, "kim")

    assert (second.number, second.again) == (first.number, True)
    assert warehouse.on_hand("TEA", "MAIN/B-1") == 12


def test_goods_move_to_another_site_at_once(warehouse, begin):
    warehouse.change(post_transfer, begin(("TEA", 5), target="SHOP/S-1"), "kim")

    assert warehouse.on_hand("TEA", "SHOP/S-1") == 5


def test_a_draft_outlives_the_program_with_its_bins(warehouse, begin):
    draft = begin(("TEA", 12), ("GEL", 3))
    warehouse.change(keep_draft, draft, "kim")

    found = warehouse.ask(start_draft, "kim")

    assert found == draft
    assert found.held(draft.lines[0].item, "").on_hand == 30


def test_an_empty_draft_leaves_nothing_behind(warehouse, begin):
    draft = begin(("TEA", 12))
    warehouse.change(keep_draft, draft, "kim")
    empty = replace(draft, lines=(), source=None, target=None)
    warehouse.change(keep_draft, empty, "kim")

    assert warehouse.ask(load_draft, "transfer", "kim") is None


def test_what_others_took_meanwhile_is_refused_and_seen(warehouse, begin):
    draft = begin(("GEL", 3, "L1"), ("TEA", 30))
    other = begin(("TEA", 1), target="MAIN/DOCK")
    warehouse.change(post_transfer, other, "lee")

    with pytest.raises(NotEnoughStock) as refusal:
        warehouse.change(post_transfer, draft, "kim")

    assert refusal.value.line == 2
    assert warehouse.on_hand("GEL", "MAIN/B-1") == 0
    fresh = warehouse.ask(refresh, draft)
    assert fresh.held(draft.lines[1].item, "").on_hand == 29


def test_a_transfer_can_be_taken_back_once(warehouse, begin):
    posted = warehouse.change(post_transfer, begin(("TEA", 12)), "kim")

    undone = warehouse.change(undo_transfer, posted.number, "kim")

    assert undone.number.startswith("RV-")
    assert warehouse.on_hand("TEA", "MAIN/A-1") == 30
    with pytest.raises(AlreadyReversed):
        warehouse.change(undo_transfer, posted.number, "kim")


def test_a_whole_bin_moves_but_for_what_is_promised(warehouse, begin):
    warehouse.promise("TEA", 6)
    draft = begin()
    opened = warehouse.ask(open_bin, draft.source)
    warehouse.change(post_transfer, take_all(draft, opened.contents), "kim")

    assert warehouse.on_hand("TEA", "MAIN/A-1") == 6
    assert warehouse.on_hand("TEA", "MAIN/B-1") == 24
    assert warehouse.on_hand("GEL", "MAIN/B-1") == 55
    assert warehouse.on_hand("SAW", "MAIN/B-1") == 2


def test_an_item_typed_by_hand_is_looked_up_by_any_code(warehouse):
    source = warehouse.bin("MAIN/A-1")
    arrival = warehouse.ask(look_into_typed, "4006381333931", source)

    assert arrival.new.item.sku == "TEA"
    assert arrival.facts[arrival.new.item.id].held[0].on_hand == Decimal(30)
    with pytest.raises(UnknownItem):
        warehouse.ask(look_into_typed, "NOPE", source)
