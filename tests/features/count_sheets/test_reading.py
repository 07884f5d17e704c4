from decimal import Decimal

import pytest

from app.core.catalogue import Item, Tracking
from app.core.cells import BLANK, Cell, CellKind
from app.features.count_sheets.matching import LineBook, Match, RowCodes, Word
from app.features.count_sheets.reading import problems_in, read_counts, strangers
from app.features.count_sheets.row_keys import row_key
from app.features.count_sheets.rules import SheetLine
from app.features.count_sheets.sheet_rows import CountRow

PLACE = "MAIN/A-1"


class Nowhere:
    """A stockroom that knows nothing but what is on the sheet."""

    def find(self, row: CountRow) -> Match:
        return Match(problem=f"no {row.codes.item.text}", column="SKU")

    def doubt(self, row: CountRow, line: SheetLine) -> str:
        return "doubtful" if row.codes.item.text == "tea?" else ""


def line(number: int, sku: str, **item) -> SheetLine:
    return SheetLine(
        number, row_key("CS", number), Item(number, sku, sku, **item), PLACE, "", Decimal(1)
    )


BOOK = LineBook(
    "CS",
    [line(1, "TEA"), line(2, "FLOUR", decimals=3), line(3, "SAW", tracking=Tracking.SERIAL)],
)


def number(value: str, **flags) -> Cell:
    return Cell(CellKind.NUMBER, value, Decimal(value), **flags)


def row(counted: Cell, item: str = "TEA", at: int = 2, tab: str = "A") -> CountRow:
    return CountRow(tab, at, RowCodes("", Word(item), Word(PLACE), Word()), counted)


def read(*rows: CountRow):
    return read_counts(rows, BOOK, Nowhere())


def test_blank_is_not_counted_and_zero_is_zero():
    blank, zero = read(row(BLANK), row(number("0"), "FLOUR"))

    assert (blank.counted, blank.problem) == (None, "")
    assert zero.counted == 0


def test_a_formula_with_a_result_counts():
    assert read(row(number("10", is_formula=True)))[0].counted == 10


def test_decimals_suit_the_item():
    assert read(row(number("12.5"), "FLOUR"))[0].counted == Decimal("12.5")
    assert "whole pieces" in read(row(number("12.5")))[0].problem
    assert "3 decimals" in read(row(number("0.0001"), "FLOUR"))[0].problem


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (number("-3"), "below zero"),
        (number("1000000"), "very large"),
        (number("0.12", is_percent=True), "percentage"),
        (number("5", is_merged=True), "merged"),
        (Cell(CellKind.BLANK, "", is_formula=True), "empty"),
        (Cell(CellKind.FORMULA, "=A1"), "result"),
        (Cell(CellKind.ERROR, "#REF!"), "failed"),
        (Cell(CellKind.BOOLEAN, "TRUE", True), "yes/no"),
        (Cell(CellKind.TEXT, "5+7"), "digits"),
    ],
)
def test_what_is_no_count_is_a_problem_in_the_column_counted(cell, problem):
    (found,) = read(row(cell))

    assert found.counted is None
    assert problem in found.problem
    assert found.imported().column == "Counted"
    assert found.imported().item == "TEA"


def test_a_serial_number_is_one_piece():
    assert "one piece" in read(row(number("2"), "SAW"))[0].problem


def test_two_counts_of_one_line_are_both_problems_even_if_equal():
    both = read(row(number("5"), at=2), row(number("5"), at=9, tab="B"), row(number("1"), "FLOUR"))

    assert all("A 2, B 9" in found.problem for found in both[:2])
    assert both[2].counted == 1


def test_a_line_listed_twice_but_counted_once_is_counted():
    counted, blank = read(row(number("5")), row(BLANK, at=9))

    assert (counted.counted, counted.problem, blank.problem) == (5, "", "")


def test_rows_off_the_sheet_and_doubtful_ones_are_asked_about():
    rows = [row(number("5")), row(number("5"), "JAM"), row(number("5"), "tea")]

    assert strangers(rows, BOOK) == rows[1:]
    assert read(rows[1])[0].problem == "no JAM"


def test_problems_name_the_sheet_only_if_there_are_several():
    one = [found.imported() for found in read(row(Cell(CellKind.TEXT, "ten")), row(BLANK, "FLOUR"))]
    two = [
        found.imported()
        for found in read(row(Cell(CellKind.TEXT, "ten")), row(BLANK, "FLOUR", tab="B"))
    ]

    (problem,) = problems_in(one)
    assert (problem.row, problem.column, problem.found) == (2, "Counted", "ten")
    assert not problem.message.startswith("A: ")
    assert problems_in(two)[0].message.startswith("A: ")
