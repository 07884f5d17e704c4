"""What the cells of histories, movements and orders say."""

from datetime import date
from decimal import Decimal

from app.core.tones import Tone
from app.features.stock_lookup.history_columns import (
    history_columns,
    history_headings,
    movement_columns,
    order_columns,
    served_columns,
)
from app.features.stock_lookup.subject import HistoryLine, OrderLine
from app.ui.formats import day, moment
from tests.features.stock_lookup.values import MOMENT, entry


def two():
    return 2


def cells(columns, row):
    return {column.name: column.text(row) for column in columns}


def column(columns, name):
    return next(each for each in columns if each.name == name)


def test_a_line_of_history_tells_what_changed_and_what_was_left():
    row = HistoryLine(
        entry("RC-1", 3, reason="damaged", reversed_by="RV-2"), Decimal(3), Decimal(-1)
    )
    columns = history_columns(two)
    texts = cells(columns, row)

    assert texts["when"] == moment(MOMENT)
    assert texts["document"] == "RC-1"
    assert texts["type"] == "Receipt"
    assert texts["way"] == "SUPPLIER → A-01"
    assert (texts["change"], texts["after"], texts["value"]) == ("+3", "-1", "6.00")
    assert texts["note"] == "damaged · undone by RV-2"
    assert (texts["from"], texts["to"]) == ("SUPPLIER", "MAIN/A/A-01")
    assert column(columns, "after").tone(row) == Tone.BAD
    assert column(columns, "way").tooltip(row) == "SUPPLIER → MAIN/A/A-01"
    assert column(columns, "when").sort(row) == MOMENT


def test_the_money_of_a_company_has_its_decimals():
    assert cells(movement_columns(lambda: 0), entry("RC-1", 3))["value"] == "6"


def test_lines_of_a_document_and_what_served_an_order_name_item_and_document():
    one = entry("RC-1", "1.5", unit="kg", lot="L1", name="Blue gel")
    assert cells(movement_columns(two), one)["name"] == "Blue gel"
    assert column(movement_columns(two), "quantity").unit(one) == "kg"
    texts = cells(served_columns(two), one)
    assert (texts["document"], texts["item"], texts["lot"]) == ("RC-1", "GEL-7", "L1")


def test_an_order_line_tells_what_is_open_and_when_it_is_due():
    row = OrderLine(2, "GEL-7", "Gel", "each", Decimal(30), Decimal(10), date(2026, 6, 1))
    texts = cells(order_columns(), row)
    assert (texts["line"], texts["ordered"], texts["done"], texts["open"]) == (
        "2",
        "30",
        "10",
        "20",
    )
    assert texts["due"] == day(date(2026, 6, 1))


def test_a_file_has_a_heading_for_every_column():
    assert len(history_headings()) == len(set(history_headings())) == 18
