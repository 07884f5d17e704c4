from app.core.cells import BLANK, Cell, CellKind, Row
from app.core.problems import Problem
from app.features.catalogue.import_items import ItemImport
from app.features.catalogue.import_partners import PartnerImport
from app.features.catalogue.records import (
    Field,
    find_doubles,
    find_headings,
    match_headings,
    read_record,
    says_something,
)

FIELDS = ItemImport.fields


def row(number: int, *texts: str) -> Row:
    return Row(
        number, tuple(Cell(CellKind.TEXT, text.strip()) if text else BLANK for text in texts)
    )


def names(fields: dict[int, Field]) -> dict[int, str]:
    return {at: field.name for at, field in fields.items()}


def test_columns_are_found_by_name_in_any_order():
    columns = match_headings(row(1, "Name", "EAN", "sku"), FIELDS)

    assert names(columns.fields) == {0: "name", 1: "barcode", 2: "sku"}
    assert columns.problems == []


def test_an_unknown_column_is_reported_and_does_no_harm():
    columns = match_headings(row(1, "sku", "name", "Colour"), FIELDS)

    assert columns.is_usable
    assert columns.problems == [
        Problem(1, "Colour", "Colour", "This column is not known and was not read.", True)
    ]


def test_a_missing_column_is_named():
    columns = match_headings(row(1, "sku", "unit"), FIELDS)

    assert not columns.is_usable
    assert [problem.column for problem in columns.problems] == ["name"]


def test_a_doubled_column_is_refused():
    columns = match_headings(row(1, "sku", "name", "Artikelnummer"), FIELDS)

    assert not columns.is_usable
    assert [problem.found for problem in columns.problems] == ["Artikelnummer"]


def test_the_column_we_add_to_rejected_rows_says_nothing():
    assert match_headings(row(1, "sku", "name", "Problem"), FIELDS).problems == []


def test_headings_are_found_below_a_title():
    rows = [row(1, "Our items"), row(3, "SKU", "Name"), row(4, "TEA", "Tea")]

    assert find_headings(rows, FIELDS) == rows[1]


def test_without_any_heading_the_top_row_is_looked_at():
    rows = [row(1, "foo", "bar"), row(2, "TEA", "Tea")]

    assert find_headings(rows, FIELDS) == rows[0]
    assert find_headings([], FIELDS) is None


def test_every_bad_cell_of_a_row_is_named_at_once():
    columns = match_headings(row(1, "sku", "name", "decimals", "weight"), FIELDS)
    record, problems = read_record(columns, row(7, "TEA", "", "9", "heavy"))

    assert [(problem.row, problem.column, problem.found) for problem in problems] == [
        (7, "name", ""),
        (7, "decimals", "9"),
        (7, "weight", "heavy"),
    ]
    assert record.values == {"sku": "TEA"}


def test_a_blank_optional_cell_says_nothing():
    columns = match_headings(row(1, "sku", "name", "unit", "cost_per_lot"), FIELDS)
    record, problems = read_record(columns, row(2, "TEA", "Tea"))

    assert record.values == {"sku": "TEA", "name": "Tea", "cost_per_lot": False}
    assert problems == []


def test_a_row_with_remarks_only_says_nothing():
    columns = match_headings(row(1, "sku", "name", "Remark"), FIELDS)

    assert not says_something(columns, row(2, "", "", "checked by Monday"))
    assert says_something(columns, row(2, "", "Tea", ""))


def test_a_csv_row_with_a_separator_too_many_is_refused():
    headings = row(1, "code", "name")
    columns = match_headings(headings, PartnerImport.fields)
    _, problems = read_record(columns, row(2, "LIT", "Litware", " Inc."), width=2)

    assert [(problem.row, problem.found) for problem in problems] == [(2, "Inc.")]


def test_a_second_row_of_the_same_key_is_a_problem():
    columns = match_headings(row(1, "sku", "name"), FIELDS)
    records = [read_record(columns, row(at, "TEA", "Tea"))[0] for at in (2, 3)]

    assert [(found.row, found.column) for found in find_doubles(records, "sku")] == [(3, "sku")]
