from datetime import datetime
from decimal import Decimal

import pytest

from app.core.cells import (
    BLANK,
    Cell,
    CellKind,
    DoubledColumn,
    NotAFigure,
    NotAKey,
    Row,
    Tab,
    cell_of,
    clean,
    find_header,
    key_text,
    loose,
    read_figure,
)

NAMES = {"item": ("sku", "Artikelnummer"), "counted": ("Gezählt",), "lot": ("Charge",)}


def text(value: str) -> Cell:
    return Cell(CellKind.TEXT, value)


def number(value: str, **flags: bool) -> Cell:
    return Cell(CellKind.NUMBER, value, Decimal(value), **flags)


def tab(*rows: tuple[str, ...]) -> Tab:
    cells = (tuple(text(value) if value else BLANK for value in row) for row in rows)
    return Tab("Count", tuple(Row(number, row) for number, row in enumerate(cells, start=1)))


@pytest.mark.parametrize(
    "around", [" {} ", "\xa0{}", "{}\u200b", "\ufeff{}", "\t{}\r\n", "\u2003{}\u3000"]
)
def test_blanks_and_invisible_characters_around_a_text_do_not_matter(around):
    assert clean(around.format("A-1001")) == "A-1001"


def test_a_decomposed_umlaut_is_the_composed_one():
    assert clean("A\u0308O\u0308-9") == "ÄÖ-9"


@pytest.mark.parametrize("alike", ["b-2002", "B\u20112002", "Ｂ－２００２", "B\u200b-2002"])
def test_texts_that_look_alike_are_loosely_the_same(alike):
    assert loose(alike) == loose("B-2002")


@pytest.mark.parametrize("other", ["B-2003", "B2002", "B-200²"])
def test_texts_that_look_different_are_not_loosely_the_same(other):
    assert loose(other) != loose("B-2002")


@pytest.mark.parametrize(
    ("found", "figure"),
    [
        ("10", "10"),
        ("7,0", "7.0"),
        ("12.5", "12.5"),
        ("'15", "15"),
        ("２４", "24"),
        ("٣", "3"),
        ("0,125", "0.125"),
        ("1234", "1234"),
        ("-5", "-5"),
        ("\u22125", "-5"),
    ],
)
def test_a_text_that_is_a_number_beyond_doubt_is_read(found, figure):
    assert read_figure(text(found)) == Decimal(figure)


@pytest.mark.parametrize(
    "found",
    [
        *("1,234", "1.234", "1 234", "1'234", "1.234,5", "1,234.5", "12,500", "-1.000"),
        *("ten", "12 pcs", "~10", "5+7", "10?", "-", "n/a", "O", "1/2", "##", "3 4", "1E3"),
        *("5²", "½", "", "1..2", ",", "=4+6", "0x10", "1_000", "NaN", "Infinity", "+-3", "12."),
    ],
)
def test_a_text_that_may_mean_two_things_or_none_is_not_a_number(found):
    with pytest.raises(NotAFigure):
        read_figure(text(found))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (BLANK, "empty"),
        (Cell(CellKind.BOOLEAN, "TRUE", True), "yes/no"),
        (Cell(CellKind.DATE, "2026-04-03", datetime(2026, 4, 3)), "date"),
        (Cell(CellKind.ERROR, "#REF!"), "failed"),
        (Cell(CellKind.FORMULA, "=4+6"), "result"),
        (number("0.12", is_percent=True), "percentage"),
    ],
)
def test_what_is_no_number_is_refused_by_name(cell, reason):
    with pytest.raises(NotAFigure, match=reason):
        read_figure(cell)


def test_a_number_is_taken_as_it_is():
    assert read_figure(number("12.5")) == Decimal("12.5")


def test_a_whole_number_can_be_a_code():
    assert key_text(number("4006381333931")) == "4006381333931"
    assert key_text(text("00042")) == "00042"


@pytest.mark.parametrize(
    "cell",
    [
        number("12345678901234500000"),
        number("1000000000000000"),
        number("1.5"),
        Cell(CellKind.DATE, "2026-03-01", datetime(2026, 3, 1)),
        Cell(CellKind.BOOLEAN, "TRUE", True),
        Cell(CellKind.ERROR, "#N/A"),
    ],
)
def test_what_excel_made_of_a_code_is_not_one(cell):
    with pytest.raises(NotAKey):
        key_text(cell)


def test_headings_are_found_in_any_order_language_and_case():
    header = find_header(
        tab(("Stock count",), ("gezählt ", "Remarks", "ARTIKEL-NUMMER")), NAMES, ["item", "counted"]
    )

    assert header is not None
    assert header.row == 2
    assert header.columns == {"counted": (0,), "item": (2,)}
    assert header.unknown == ("Remarks",)
    assert header.missing(["item", "lot"]) == ("lot",)


def test_the_row_with_the_most_headings_is_the_header():
    header = find_header(tab(("Item", "Lot"), ("Item", "Lot", "Counted")), NAMES, ["item"])

    assert header is not None
    assert header.row == 2


def test_a_sheet_without_headings_has_no_header():
    assert find_header(tab(("Please count every shelf.",)), NAMES, ["item", "counted"]) is None


def test_of_doubled_columns_the_filled_one_counts():
    rows = tab(("Item", "Counted", "Counted"), ("A", "", "5"), ("A", "5", "5"), ("A", "4", "5"))
    header = find_header(rows, NAMES, ["item", "counted"])

    assert header is not None
    assert cell_of(header, rows.rows[1], "counted").text == "5"
    assert cell_of(header, rows.rows[2], "counted").text == "5"
    assert cell_of(header, rows.rows[2], "lot") == BLANK
    with pytest.raises(DoubledColumn, match="“4”, “5”"):
        cell_of(header, rows.rows[3], "counted")
