from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from app.adapters.spreadsheet import read_tables
from app.core.catalogue import Item
from app.core.progress import Progress
from app.features.count_sheets.row_keys import row_key
from app.features.count_sheets.rules import CountSheet, SheetHead, SheetLine, SheetState
from app.features.count_sheets.sheet_rows import sheet_code
from app.features.count_sheets.workbook import FOUND_ROWS, write_sheet

CODE = "CS-0123456789abcdef"
HEAD = SheetHead(7, CODE, "MAIN · A & B", SheetState.OPEN, False, datetime.now(UTC), "kim", 3, 0)
SECRET = Decimal("731.123")


def line(number: int, sku: str, location: str, expected: str = "5", **more) -> SheetLine:
    item = Item(number, sku, more.pop("name", sku), more.pop("unit", "each"), 3, barcode="0012")
    lot = more.pop("lot", "")
    return SheetLine(number, row_key(CODE, number), item, location, lot, Decimal(expected), **more)


LINES = (
    line(1, "00042", "MAIN/A/A-1", lot="0099"),
    line(2, "=HYPERLINK(1)", "MAIN/B/B-1", str(SECRET), name="+cmd|' /C calc'!A0"),
    line(3, "TEA", "MAIN/A/A-2", counted=Decimal(0), note="-1 torn"),
)


def written(path: Path, sheet: CountSheet) -> list[Progress]:
    return list(write_sheet(sheet, path))


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "count.xlsx"


def test_each_zone_has_a_sheet_with_its_lines_and_rows_for_what_is_found(path):
    written(path, CountSheet(HEAD, LINES))

    book = load_workbook(path)
    assert book.sheetnames == ["A", "B", "_meta"]
    assert [cell.value for cell in book["A"][1]] == [
        *("Key", "SKU", "Name", "Barcode", "Location", "Lot", "Unit"),
        *("Expected", "Counted", "Note", "Counter"),
    ]
    assert [cell.value for cell in book["A"][2]][:9] == [
        *(LINES[0].row_key, "00042", "00042", "0012", "MAIN/A/A-1", "0099", "each", 5, None)
    ]
    assert book["A"]["I3"].value == 0
    assert book["A"].max_row == 1 + 2 + FOUND_ROWS


def test_text_that_looks_like_a_formula_is_text_and_codes_keep_their_format(path):
    written(path, CountSheet(HEAD, LINES))

    book = load_workbook(path)
    kinds = {cell.data_type for row in book["B"].iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    assert book["B"]["B2"].value == "=HYPERLINK(1)"
    assert book["B"]["C2"].value == "+cmd|' /C calc'!A0"
    assert book["A"]["J3"].value == "-1 torn"
    assert all(book["A"].cell(2, column).number_format == "@" for column in range(1, 8))


def test_only_what_is_to_be_filled_in_is_unlocked(path):
    written(path, CountSheet(HEAD, LINES))

    page = load_workbook(path)["A"]
    unlocked = {cell.column_letter for cell in page[2] if not cell.protection.locked}
    found = {cell.column_letter for cell in page[4] if not cell.protection.locked}
    assert unlocked == {"I", "J", "K"}
    assert found == {"B", "D", "E", "F", "I", "J", "K"}
    assert page.protection.sheet
    assert page.protection.password is None
    assert not any([page.protection.autoFilter, page.protection.sort])
    assert not page.protection.formatColumns


def test_a_sheet_is_made_to_be_read_and_printed(path):
    written(path, CountSheet(HEAD, LINES))

    page = load_workbook(path)["A"]
    assert page.freeze_panes == "C2"
    assert page.column_dimensions["A"].hidden
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddHeader.left.text == "Count sheet CS-000007"
    assert page.oddHeader.right.text == "MAIN · A && B"
    assert page.oddFooter.center.text == "Page &P of &N"
    assert page.sheet_format.defaultRowHeight >= 18
    assert page.auto_filter.ref == "A1:K13"


def test_a_count_is_checked_as_it_is_typed_and_differences_are_coloured(path):
    written(path, CountSheet(HEAD, LINES))

    page = load_workbook(path)["A"]
    (rule,) = page.data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.formula2, rule.allowBlank) == (
        *("decimal", "0", "999999"),
        True,
    )
    assert str(rule.sqref) == "I2:I13"
    (colours,) = page.conditional_formatting
    assert str(colours.sqref) == "I2:I13"
    assert [rule.formula[0] for rule in colours.rules] == [
        'AND(I2<>"",H2<>"",I2<>H2)',
        'AND(I2<>"",H2<>"",I2=H2)',
    ]


def test_a_blind_sheet_holds_no_expected_quantity_anywhere(path):
    written(path, CountSheet(replace(HEAD, is_blind=True), LINES))

    with ZipFile(path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"731.1" not in content
    assert b"Expected" not in content
    page = load_workbook(path)["A"]
    assert page["H1"].value == "Counted"
    assert not list(page.conditional_formatting)


def test_the_workbook_says_three_times_which_sheet_it_is(path):
    written(path, CountSheet(HEAD, LINES))

    book = load_workbook(path)
    assert book["_meta"].sheet_state == "veryHidden"
    assert book["_meta"]["B1"].value == CODE
    assert book.defined_names["stockroom_count_sheet"].attr_text == f'"{CODE}"'
    assert book.custom_doc_props["Stockroom count sheet"].value == CODE
    assert sheet_code(read_tables(path)) == CODE


def test_a_large_zone_is_split_and_zones_of_one_name_are_told_apart(path):
    lines = tuple(line(number, f"{number:05}", "MAIN/A/A-1") for number in range(1, 2_002))
    other = line(9_999, "TEA", "SHOP/A/A-1")

    steps = written(path, CountSheet(HEAD, (*lines, other)))

    book = load_workbook(path, read_only=True)
    assert book.sheetnames == ["MAIN A", "MAIN A (2)", "SHOP A", "_meta"]
    assert steps[0] == Progress(200, 2_002)


def test_a_writing_that_is_given_up_leaves_nothing(path):
    lines = tuple(line(number, f"{number:05}", "MAIN/A/A-1") for number in range(1, 1_001))
    steps = write_sheet(CountSheet(HEAD, lines), path)
    next(steps)

    steps.close()

    assert list(path.parent.iterdir()) == []
