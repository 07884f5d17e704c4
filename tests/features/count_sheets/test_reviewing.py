from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind
from app.db.tables import LocationRow, SettingRow
from app.features.count_sheets.rules import Scope


@pytest.fixture
def counted(room):
    """A sheet of MAIN on which everything is still to be counted."""
    room.put("TEA", "MAIN/A/A-1", 10, cost="2.50")
    room.put("RUM", "MAIN/A/A-1", 4, cost="10")
    room.put("RUM", "MAIN/A/A-1", 6, cost="20")
    room.put("MILK", "MAIN/B/B-1", 7, "L1")
    return room, room.create(Scope("MAIN"))


def test_every_counted_line_is_set_beside_the_ledger(counted):
    room, number = counted
    room.count(number, TEA=8, MILK=7)

    lines = room.review(number)

    assert [
        (line.item, line.expected, line.counted, line.now, line.difference, line.stop)
        for line in lines
    ] == [("TEA", 10, 8, 10, -2, ""), ("MILK", 7, 7, 7, 0, "")]


@pytest.mark.parametrize(
    ("sku", "count", "value"),
    [
        ("TEA", 8, "-5.00"),
        ("TEA", 12, "5.00"),
        ("RUM", 5, "-60"),
        ("RUM", 12, "32"),
        ("TEA", 10, 0),
    ],
)
def test_a_difference_is_worth_what_posting_will_book(counted, sku, count, value):
    room, number = counted
    room.count(number, **{sku: count})

    (line,) = room.review(number)
    before = room.value(sku)
    room.post(number)

    assert line.value == Decimal(value)
    assert room.value(sku) - before == line.value


def test_two_differences_of_one_item_are_valued_one_after_the_other(counted):
    room, _ = counted
    room.put("RUM", "SHOP/S-1", 3, cost="30")
    shop = room.create(Scope("SHOP"))
    room.put("RUM", "MAIN/A/A-2", 5, cost="50")
    main = room.create(Scope("MAIN/A", "A-2"))
    room.count(shop, RUM=0)
    room.count(main, RUM=2)

    values = [line.value for line in (*room.review(shop), *room.review(main))]

    assert values == [Decimal(-30), Decimal(-30)]


def test_what_moved_since_the_count_is_told_apart_from_the_difference(counted):
    room, number = counted
    room.count(number, TEA=8)
    room.take("TEA", "MAIN/A/A-1", 3)

    (line,) = room.review(number)
    room.post(number)

    assert (line.expected, line.counted, line.now, line.difference) == (10, 8, 7, -2)
    assert line.moved == -3
    assert room.on_hand("TEA", "MAIN/A/A-1") == 5


def test_what_moved_between_making_and_counting_is_no_difference(counted):
    room, number = counted
    room.take("TEA", "MAIN/A/A-1", 3)
    room.count(number, TEA=7)

    (line,) = room.review(number)

    assert (line.expected, line.now, line.difference, line.moved) == (10, 7, 0, 0)


def test_a_line_of_which_more_was_taken_than_was_counted_cannot_be_posted(counted):
    room, number = counted
    room.count(number, TEA=2)
    room.take("TEA", "MAIN/A/A-1", 3)
    room.put("TEA", "MAIN/A/A-1", 5)

    (line,) = room.review(number)

    assert "1 too many" in line.stop


def test_where_stock_may_be_negative_it_can_be(counted):
    room, number = counted
    with room.database.writing() as session:
        session.query(LocationRow).filter_by(path="MAIN").one().allow_negative = True
    room.count(number, TEA=2)
    room.take("TEA", "MAIN/A/A-1", 3)

    (line,) = room.review(number)
    room.post(number)

    assert line.stop == ""
    assert room.on_hand("TEA", "MAIN/A/A-1") == -1


def test_a_place_that_is_no_longer_counted_stops_its_lines(counted):
    room, number = counted
    room.count(number, TEA=2, MILK=7)
    with room.database.writing() as session:
        session.query(LocationRow).filter_by(path="MAIN/A/A-1").one().is_active = False
        session.query(LocationRow).filter_by(path="MAIN/B/B-1").one().kind = LocationKind.TRANSIT

    assert all("no longer" in line.stop for line in room.review(number))


def test_other_programs_see_figures_as_text(counted):
    room, number = counted
    room.count(number, TEA=8)

    assert room.review(number)[0].as_json() == {
        **{"item": "TEA", "location": "MAIN/A/A-1", "lot": "", "expected": "10"},
        **{"counted": "8", "now": "10", "difference": "-2", "value": "-5", "stop": ""},
    }


def test_a_sheet_on_which_nothing_is_counted_has_nothing_to_review(counted):
    room, number = counted

    assert room.review(number) == []


def test_a_difference_is_told_with_the_places_of_the_companys_currency(room):
    with room.database.writing() as session:
        session.add(SettingRow(name="currency_places", value="0"))
    room.put("TEA", "MAIN/A/A-1", 10)
    number = room.create(Scope("MAIN"))
    room.count(number, TEA=9)

    assert [one.money_places for one in room.review(number)] == [0]
