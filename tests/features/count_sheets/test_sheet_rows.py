from decimal import Decimal

import pytest

from app.core.cells import BLANK, Book, Cell, CellKind, Row, Tab
from app.features.count_sheets.refusals import NewerWorkbook, NoCountColumns, OtherSheet
from app.features.count_sheets.sheet_rows import find_rows, sheet_code, shortened


def tab(*rows: tuple[str, ...], name: str = "Count") -> Tab:
    return Tab(
        name,
        tuple(
            Row(number, tuple(Cell(CellKind.TEXT, text) if text else BLANK for text in row))
            for number, row in enumerate(rows, start=1)
            if any(row)
        ),
    )


def book(*tabs: Tab, **more) -> Book:
    return Book("counts.xlsx", tabs, **more)


HEADINGS = ("SKU", "Location", "Counted")


def test_rows_below_the_headings_are_read_from_all_sheets_that_have_them():
    found = find_rows(
        book(
            tab(("Please count every shelf. SKU …",), name="Instructions"),
            tab(HEADINGS, ("TEA", "A-1", "3"), name="A"),
            tab(("Gezählt", "Artikelnummer", "Lagerplatz"), ("4", "JAM", "B-1"), name="B"),
        )
    )

    assert [(row.tab, row.number, row.counted.text) for row in found.rows] == [
        ("A", 2, "3"),
        ("B", 2, "4"),
    ]
    assert found.rows[1].codes.item.text == "JAM"
    assert found.problems == ()


def test_a_sheet_that_lacks_a_column_is_told_and_the_others_are_read():
    found = find_rows(book(tab(HEADINGS, ("TEA", "A-1", "3")), tab(("SKU", "Lot"), name="B")))

    assert len(found.rows) == 1
    assert "B has no column Location, Counted" in found.problems[0].message


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (("SKU", "Location", "Lot"), "Counted"),
        (("SKU", "Counted"), "Location"),
        (("Location", "Counted"), "SKU"),
        (("Name", "Quantity"), "Counted, SKU, Location"),
    ],
)
def test_a_file_without_the_columns_of_a_count_is_refused_with_what_is_missing(headings, missing):
    with pytest.raises(NoCountColumns, match=f"Missing: {missing}"):
        find_rows(book(tab(headings, ("x",) * len(headings))))


def test_a_key_or_a_barcode_stands_for_what_is_missing():
    by_key = find_rows(book(tab(("Key", "Counted"), ("k000001-7F", "3"))))
    by_barcode = find_rows(book(tab(("EAN", "Bin", "Counted"), ("4006381333931", "A-1", "3"))))

    assert by_key.rows[0].codes.key == "k000001-7F"
    assert by_barcode.rows[0].codes.item.text == "4006381333931"


def test_headings_repeated_on_each_page_are_no_rows():
    found = find_rows(book(tab(HEADINGS, ("TEA", "A-1", "3"), HEADINGS, ("JAM", "A-1", "4"))))

    assert [row.number for row in found.rows] == [2, 4]


def test_signatures_below_the_table_are_no_rows_but_uncounted_lines_are():
    found = find_rows(
        book(tab(HEADINGS, ("TEA", "A-1", ""), ("Counted by: Kim", "", ""), ("", "", "17")))
    )

    assert [row.number for row in found.rows] == [2, 4]


def test_two_columns_that_disagree_are_a_problem_of_the_row():
    found = find_rows(
        book(tab((*HEADINGS, "Counted"), ("TEA", "A-1", "3", "4"), ("JAM", "A-1", "", "4")))
    )

    assert "different things" in found.rows[0].problem
    assert found.rows[0].column == "Counted"
    assert (found.rows[1].problem, found.rows[1].counted.text) == ("", "4")


def test_the_fingerprint_is_of_what_was_said_not_of_how_the_file_looks():
    rows = [("TEA", "A-1", "3"), ("JAM", "A-1", "4")]
    one = find_rows(book(tab(HEADINGS, *rows))).fingerprint()
    sorted_otherwise = find_rows(book(tab(("x",), HEADINGS, *reversed(rows), name="B")))
    changed = find_rows(book(tab(HEADINGS, ("TEA", "A-1", "3"), ("JAM", "A-1", ""))))

    assert sorted_otherwise.fingerprint() == one
    assert changed.fingerprint() != one


def meta(code: str, version: int = 1) -> Tab:
    number = Cell(CellKind.NUMBER, str(version), Decimal(version))
    word = tuple(Cell(CellKind.TEXT, text) for text in ("id", code, "version"))
    return Tab("_meta", (Row(1, word[:2]), Row(2, (word[2], number))), is_hidden=True)


@pytest.mark.parametrize(
    "named",
    [
        book(properties={"Stockroom count sheet": "CS-1"}),
        book(names={"stockroom_count_sheet": '"CS-1"'}),
        book(meta("CS-1")),
        book(meta("CS-1"), properties={"Stockroom count sheet": "CS-1"}),
    ],
)
def test_one_of_three_marks_is_enough_to_know_the_sheet(named):
    assert sheet_code(named) == "CS-1"


def test_a_file_without_marks_is_of_no_sheet():
    assert sheet_code(book(tab(HEADINGS))) == ""


def test_marks_that_disagree_are_refused():
    with pytest.raises(OtherSheet, match="CS-2"):
        sheet_code(book(meta("CS-1"), names={"stockroom_count_sheet": '"CS-2"'}))


def test_a_workbook_of_a_newer_version_is_refused():
    with pytest.raises(NewerWorkbook):
        sheet_code(book(meta("CS-1", version=2)))


def test_found_texts_are_shown_short_and_on_one_line():
    assert shortened("a\nb") == "a b"
    assert len(shortened("x" * 5_000)) == 60
