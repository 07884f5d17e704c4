from decimal import Decimal

import pytest

from app.core.catalogue import Item
from app.core.cells import Cell, CellKind
from app.features.count_sheets.matching import (
    LineBook,
    Names,
    RowCodes,
    Word,
    path_endings,
    read_word,
)
from app.features.count_sheets.row_keys import row_key
from app.features.count_sheets.rules import SheetLine

CODE = "CS-1"


def line(number: int, sku: str, location: str, lot: str = "", barcodes: tuple[str, ...] = ()):
    item = Item(sum(map(ord, sku)), sku, sku)
    return SheetLine(number, row_key(CODE, number), item, location, lot, Decimal(1), barcodes)


LINES = (
    line(1, "TEA", "MAIN/A/A-1", barcodes=("4006381333931",)),
    line(2, "TEA", "MAIN/B/A-2"),
    line(3, "007", "MAIN/A/A-3"),
    line(4, "7", "MAIN/A/A-3"),
    line(5, "00042", "MAIN/A/001"),
    line(6, "MILK", "MAIN/A/A-1", "0099"),
    line(7, "MILK", "MAIN/A/A-1", "L1"),
)


@pytest.fixture
def book() -> LineBook:
    return LineBook(CODE, LINES)


def codes(item: str = "", location: str = "", lot: str = "", key: str = "", numbers: str = ""):
    """Give codes as words; those whose names are in `numbers` came as numbers."""
    words = {
        name: Word(text, name in numbers.split())
        for name, text in {"item": item, "location": location, "lot": lot}.items()
    }
    return RowCodes(key, **words)


@pytest.mark.parametrize(
    ("row", "number"),
    [
        (codes("TEA", "MAIN/A/A-1"), 1),
        (codes("TEA", "A-1"), 1),
        (codes("TEA", "A/A-1"), 1),
        (codes("4006381333931", "A-1"), 1),
        (codes("4006381333931", "A-1", numbers="item"), 1),
        (codes("tea", "a-1"), 1),
        (codes("007", "A-3"), 3),
        (codes("7", "A-3"), 4),
        (codes("42", "001", numbers="item"), 5),
        (codes("42", "1", numbers="item location"), 5),
        (codes("42", "001"), 5),
        (codes("MILK", "A-1", "99", numbers="lot"), 6),
        (codes("MILK", "A-1", "l1"), 7),
        (codes(key=row_key(CODE, 3)), 3),
        (codes("7", "A-3", key=row_key(CODE, 3), numbers="item"), 3),
        (codes("TEA", "A-1", key="no key at all"), 1),
    ],
)
def test_a_row_is_the_line_that_it_surely_means(book, row, number):
    assert book.match(row).line == LINES[number - 1]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (codes("7", "A-3", numbers="item"), "several lines"),
        (codes("", "A-1"), "names no item"),
        (codes("TEA", ""), "names no location"),
        (codes(key=row_key("CS-2", 1)), "another count sheet"),
        (codes(key=row_key(CODE, 99)), "another count sheet"),
        (codes("MILK", key=row_key(CODE, 1)), "mixed up"),
        (codes("TEA", "A-2", key=row_key(CODE, 1)), "mixed up"),
        (codes("MILK", "A-1", "L1", key=row_key(CODE, 6)), "mixed up"),
    ],
)
def test_a_row_that_may_mean_two_lines_or_contradicts_itself_is_a_problem(book, row, problem):
    match = book.match(row)

    assert match.line is None
    assert problem in match.problem
    assert match.column


@pytest.mark.parametrize(
    "row",
    [codes("JAM", "A-1"), codes("TEA", "A-3"), codes("MILK", "A-1"), codes("TEA", "A-1", "X")],
)
def test_a_row_that_is_no_line_has_no_problem_yet(book, row):
    assert book.match(row).line is None
    assert not book.match(row).problem


def test_a_key_is_trusted_where_excel_spoilt_the_other_cells(book):
    spoilt = RowCodes(
        row_key(CODE, 6), Word("2026-03-01", problem="a date"), Word(), Word("99", True)
    )

    assert book.match(spoilt).line == LINES[5]


def test_likeness_is_told_from_certainty(book):
    assert book.match(codes("TEA", "A-1")).is_exact
    assert not book.match(codes("42", "001", numbers="item")).is_exact


def test_names_prefer_the_exact_one():
    names: Names[int] = Names()
    for number, code in enumerate(["abc", "ABC", "Abc"]):
        names.add(code, number)

    assert names.find(Word("ABC")) == [1]
    assert names.find(Word("aBC")) == [0, 1, 2]
    assert names.values() == [0, 1, 2]


def test_codes_of_text_files_may_have_lost_their_zeros():
    cell = Cell(CellKind.TEXT, "42")

    assert read_word(cell, trusts_text=True) == Word("42", is_number=False)
    assert read_word(cell, trusts_text=False) == Word("42", is_number=True)
    assert read_word(Cell(CellKind.ERROR, "#N/A"), trusts_text=True).problem


def test_a_place_goes_by_each_end_of_its_path():
    assert path_endings("MAIN/A/A-1") == ["MAIN/A/A-1", "A/A-1", "A-1"]
