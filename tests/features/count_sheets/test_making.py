from decimal import Decimal

import pytest

from app.core.refusals import UnknownItem, UnknownLocation
from app.features.count_sheets.making import find_categories, natural
from app.features.count_sheets.refusals import AlreadyOnSheet, NothingToCount
from app.features.count_sheets.rules import Scope
from app.features.count_sheets.service import cancel_sheet


@pytest.fixture
def stocked(room):
    room.put("TEA", "MAIN/A/A-1", 10)
    room.put("TEA", "MAIN/A/A-2", 20)
    room.put("RUM", "MAIN/A/A-10", 5)
    room.put("MILK", "MAIN/B/B-1", 7, "L2")
    room.put("MILK", "MAIN/B/B-1", 6, "L1")
    room.put("FLOUR", "SHOP/S-1", "12.5")
    return room


def places(room, scope: Scope) -> list[tuple[str, str, str, Decimal]]:
    lines = room.sheet(room.create(scope)).lines
    return [(line.item.sku, line.location, line.lot, line.expected) for line in lines]


def test_a_sheet_lists_what_lies_in_a_place_in_walking_order_and_freezes_it(stocked):
    number = stocked.create(Scope("MAIN"))
    stocked.take("TEA", "MAIN/A/A-1", 4)

    lines = stocked.sheet(number).lines

    assert [(line.item.sku, line.location, line.lot, line.expected) for line in lines] == [
        ("TEA", "MAIN/A/A-1", "", 10),
        ("TEA", "MAIN/A/A-2", "", 20),
        ("RUM", "MAIN/A/A-10", "", 5),
        ("MILK", "MAIN/B/B-1", "L1", 6),
        ("MILK", "MAIN/B/B-1", "L2", 7),
    ]
    assert all(line.counted is None for line in lines)
    assert lines[0].barcodes == ("4006381333931",)


def test_a_scope_can_be_a_range_of_bins(stocked):
    assert [line[1] for line in places(stocked, Scope("MAIN/A", "A-2", "A-10"))] == [
        "MAIN/A/A-2",
        "MAIN/A/A-10",
    ]


def test_a_scope_can_be_items_by_any_of_their_codes(stocked):
    assert [line[:2] for line in places(stocked, Scope(items=("4006381333931",)))] == [
        ("TEA", "MAIN/A/A-1"),
        ("TEA", "MAIN/A/A-2"),
    ]


def test_a_category_narrows_a_scope(stocked):
    assert [line[0] for line in places(stocked, Scope(category="Spirits"))] == ["RUM"]
    with stocked.database.reading() as session:
        assert find_categories(session) == ["Spirits"]


def test_the_last_bin_of_a_range_brings_what_lies_inside_it(stocked):
    stocked.stock.location("MAIN/C/C-1-2")
    stocked.put("TEA", "MAIN/C/C-1-2", 1)

    assert [line[1] for line in places(stocked, Scope("MAIN/C", "", "C-1"))] == ["MAIN/C/C-1-2"]


def test_items_named_are_listed_where_they_ran_out(stocked):
    stocked.take("RUM", "MAIN/A/A-10", 5)

    assert places(stocked, Scope("MAIN", items=("RUM",))) == [("RUM", "MAIN/A/A-10", "", 0)]


def test_stock_on_its_way_or_outside_is_not_counted(stocked, database):
    assert {line[1].split("/")[0] for line in places(stocked, Scope())} == {"MAIN", "SHOP"}


def test_a_place_with_signs_in_its_name_is_only_itself(stocked):
    stocked.stock.location("MA_N/A/A-1")

    with pytest.raises(NothingToCount):
        stocked.create(Scope("MA_N"))


@pytest.mark.parametrize(
    ("scope", "refusal"),
    [
        (Scope("NOWHERE"), UnknownLocation),
        (Scope(items=("TEA", "ZZ")), UnknownItem),
        (Scope("MAIN", category="Paper"), NothingToCount),
    ],
)
def test_a_scope_without_stock_is_refused(stocked, scope, refusal):
    with pytest.raises(refusal):
        stocked.create(scope)


def test_an_item_and_bin_on_an_open_sheet_are_not_put_on_another(stocked):
    first = stocked.create(Scope("MAIN/B"))

    with pytest.raises(AlreadyOnSheet, match=f"MILK at MAIN/B/B-1 is on .* CS-{first:06}"):
        stocked.create(Scope("MAIN"))

    stocked.database.run(lambda session: cancel_sheet(session, first))
    assert len(stocked.sheet(stocked.create(Scope("MAIN"))).lines) == 5


def test_codes_sort_as_a_person_sorts_them():
    assert sorted(["A-10", "A-2", "a-1", "B-1", "7", "10"], key=natural) == [
        *("7", "10", "a-1", "A-2", "A-10", "B-1")
    ]


def test_a_scope_is_described_in_words():
    assert Scope("MAIN/A", "A-1", "A-5").words() == "MAIN/A · A-1 – A-5"
    assert Scope(items=("A", "B", "C", "D", "E")).words() == "A, B, C +2"
    assert Scope().words() == "*"
