from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from app.adapters.spreadsheet.preflight import FileNotWritten
from app.adapters.spreadsheet.reading import read_tables
from app.adapters.spreadsheet.writing import (
    OutColumn,
    OutSheet,
    csv_text,
    unused_title,
    write_csv,
    write_table,
    write_workbook,
    writing_table,
)

LIVE = ("=cmd|'/c calc'!A0", '=HYPERLINK("http://x.invalid","go")', "+1", "-1", "@SUM(1)", "\tx")
COLUMNS = (OutColumn("SKU"), OutColumn("Name"), OutColumn("Quantity", is_text=False))


def sheet(*rows, title="Items") -> OutSheet:
    return OutSheet(title, COLUMNS, iter(rows))


def test_text_that_looks_like_a_formula_stays_text_in_a_workbook(tmp_path):
    path = tmp_path / "x.xlsx"

    write_workbook(path, [sheet(*((text, "n", None) for text in LIVE))])

    cells = [row[0] for row in load_workbook(path).active.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(LIVE)
    assert [cell.value for cell in cells] == list(LIVE)


def test_text_that_looks_like_a_formula_is_guarded_in_csv(tmp_path):
    path = tmp_path / "x.csv"

    write_csv(path, sheet(*((text, "n", None) for text in LIVE)))

    written = path.read_text("utf-8-sig").splitlines()[1:]
    assert all(line.lstrip('"').startswith("'") for line in written)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_written_is_read_back_the_same(tmp_path, ending):
    rows = [
        ("00042", "Tee, grün", Decimal("12.5")),
        ("1E5", '6" pipe', Decimal(-3)),
        ("ÄÖ-9", "a\nb", 0),
        *((text, "x", 1) for text in LIVE[:5]),
    ]
    path = tmp_path / f"x.{ending}"

    write_table(path, sheet(*rows))

    found = read_tables(path).tabs[0].rows
    assert [cell.text for cell in found[0].cells] == ["SKU", "Name", "Quantity"]
    assert [tuple(cell.text for cell in row.cells) for row in found[1:]] == [
        (sku, name, str(quantity)) for sku, name, quantity in rows
    ]


def test_codes_are_formatted_as_text_and_figures_are_numbers(tmp_path):
    path = tmp_path / "x.xlsx"

    write_workbook(path, [sheet(("00042", "Tea", Decimal("1.5")), ("1", None, date(2026, 5, 31)))])

    page = load_workbook(path).active
    assert page["A2"].number_format == "@"
    assert (page["C2"].value, page["C2"].data_type) == (1.5, "n")
    assert page["C3"].is_date
    assert page["B3"].value is None
    assert page.freeze_panes == "A2"


def test_characters_that_no_workbook_can_hold_are_left_out(tmp_path):
    path = tmp_path / "x.xlsx"

    write_workbook(path, [sheet(("A\x00\x07B", "x" * 40_000, None))])

    row = load_workbook(path).active[2]
    assert row[0].value == "AB"
    assert len(row[1].value) == 32_767


def test_sheet_names_are_made_such_that_excel_accepts_them():
    taken: set[str] = set()

    assert unused_title("MAIN/A: [1]", taken) == "MAIN A   1"
    assert unused_title("x" * 40, taken) == "x" * 31
    assert unused_title("X" * 40, taken) == "X" * 27 + " (2)"
    assert unused_title("'", taken) == "Sheet"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_that_could_not_be_finished_leaves_the_old_one(tmp_path, ending):
    def broken():
        yield ("A", "Tea", 1)
        raise RuntimeError

    path = tmp_path / f"x.{ending}"
    path.write_text("old")

    with pytest.raises(RuntimeError):
        write_table(path, OutSheet("Items", COLUMNS, broken()))

    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(FileNotWritten, match=r"x\.csv cannot be written"):
        write_csv(tmp_path / "missing" / "x.csv", sheet())


def test_csv_as_text_has_no_mark_at_its_start():
    assert csv_text(sheet(("=A", "Tea", Decimal("1.50")))) == "SKU,Name,Quantity\n'=A,Tea,1.5\n"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_long_table_tells_how_far_it_is_and_can_be_given_up(tmp_path, ending):
    path = tmp_path / f"x.{ending}"
    rows = [(f"A{number}", "Tea", number) for number in range(600)]

    assert list(writing_table(path, OutSheet("Items", COLUMNS, rows))) == [250, 500, 600]
    whole = path.read_bytes()
    steps = writing_table(path, OutSheet("Items", COLUMNS, rows))
    assert next(steps) == 250
    steps.close()

    assert path.read_bytes() == whole
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
