"""What the cells of found items and of stock say."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind
from app.core.tones import Tone
from app.features.stock_lookup.columns import (
    item_columns,
    item_headings,
    other_columns,
    stock_columns,
)
from app.features.stock_lookup.rules import Found, FoundKind, ItemStock, Ref
from tests.features.stock_lookup.values import line

TODAY = date(2026, 5, 31)
ITEM = ItemStock(
    1, "KG-77", "Flour, bulk", "kg", 3, "Food", Decimal(-2), Decimal(1), Decimal("0.5")
)


def cells(columns, row):
    return {column.name: column.text(row) for column in columns}


def column(columns, name):
    return next(each for each in columns if each.name == name)


def test_an_item_tells_its_totals_and_what_is_short_is_marked():
    columns = item_columns()
    assert cells(columns, ITEM) == {
        "item": "KG-77",
        "name": "Flour, bulk",
        "on_hand": "-2",
        "allocated": "1",
        "available": "-3",
        "on_order": "0.5",
        "category": "Food",
    }
    on_hand = column(columns, "on_hand")
    assert (on_hand.unit(ITEM), on_hand.tone(ITEM)) == ("kg", Tone.BAD)
    assert on_hand.icon(ITEM)
    assert on_hand.sort(ITEM) == -2


def test_the_headings_of_a_file_are_those_of_the_table():
    titles = [each.title for each in item_columns()]
    assert [each for each in item_headings() if each != "Unit"] == titles


def test_what_is_found_beside_the_items_says_what_it_is():
    found = Found(Ref(FoundKind.PLACE, "MAIN/A-01"), "Shelf")
    kind, code, about = other_columns()
    assert (kind.text(found), code.text(found), about.text(found)) == (
        "Place",
        "MAIN/A-01",
        "Shelf",
    )
    assert kind.icon(found)


@pytest.mark.parametrize(
    ("kind", "days", "state", "tone"),
    [
        (LocationKind.STORAGE, 1, "", None),
        (LocationKind.STORAGE, 0, "", None),
        (LocationKind.STORAGE, -1, "Expired", Tone.BAD),
        (LocationKind.DOCK, 1, "Dock", None),
        (LocationKind.QUARANTINE, 1, "Quarantine", Tone.ASK),
        (LocationKind.TRANSIT, 1, "In transit", Tone.ASK),
        (LocationKind.QUARANTINE, -1, "Quarantine · Expired", Tone.BAD),
    ],
)
def test_the_state_of_stock_is_a_word_with_a_tone(kind, days, state, tone):
    stock = line("A-01", 3, lot="L1", kind=kind, expiry=TODAY + timedelta(days))
    for of_item in (True, False):
        shown = column(stock_columns(TODAY, of_item=of_item), "state")
        assert (shown.text(stock), shown.tone(stock)) == (state, tone)
        assert bool(shown.icon(stock)) == (tone is not None)


def test_no_lot_and_no_expiry_are_a_dash():
    texts = cells(stock_columns(TODAY, of_item=True), line("A-01", 3))
    assert (texts["lot"], texts["expiry"], texts["on_hand"]) == ("—", "—", "3")
