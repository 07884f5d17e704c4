from decimal import Decimal

import pytest
from openpyxl import Workbook

from app.adapters.spreadsheet.formats import number_cell, text_cell
from app.adapters.spreadsheet.reading import read_tables
from app.core.cells import BLANK, CellKind


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("5.999999999999999", "6"),
        ("0.30000000000000004", "0.3"),
        ("12.5", "12.5"),
        ("-3", "-3"),
        ("1E12", "1000000000000"),
        ("1.2345678901234567E+19", "12345678901234567000"),
        ("1E-20", "0"),
    ],
)
def test_a_number_loses_only_what_binary_arithmetic_added(raw, value):
    cell = number_cell(raw)

    assert cell.value == Decimal(value)
    assert cell.text == value


@pytest.mark.parametrize("raw", ["NaN", "Infinity", "x", "1E999"])
def test_what_is_no_number_is_a_fault(raw):
    assert number_cell(raw).kind is CellKind.ERROR


def test_an_empty_text_is_blank():
    assert text_cell(" \u200b") is BLANK


@pytest.mark.parametrize(
    ("value", "code", "kind", "text"),
    [
        (46115, "yyyy-mm-dd", CellKind.DATE, "2026-04-03"),
        (46115.5, "d.m.yy h:mm", CellKind.DATE, "2026-04-03 12:00:00"),
        (0.2916666667, "h:mm:ss", CellKind.DATE, "07:00:00"),
        (0.5, "[hh]:mm:ss", CellKind.DATE, "12:00:00"),
        (7, '"EUR" 0.00', CellKind.NUMBER, "7"),
        (9.6, "0", CellKind.NUMBER, "9.6"),
        (7, '0" days"', CellKind.NUMBER, "7"),
        (7, '[Red]0;"%"0', CellKind.NUMBER, "7"),
    ],
)
def test_the_way_a_number_is_shown_tells_dates_from_numbers(tmp_path, value, code, kind, text):
    book = Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    book.save(tmp_path / "x.xlsx")

    cell = read_tables(tmp_path / "x.xlsx").tabs[0].rows[0].cells[0]

    assert (cell.kind, cell.text, cell.is_percent) == (kind, text, False)


def test_a_percentage_says_so(tmp_path):
    book = Workbook()
    book.active["A1"] = 0.12
    book.active["A1"].number_format = "0.0%"
    book.save(tmp_path / "x.xlsx")

    assert read_tables(tmp_path / "x.xlsx").tabs[0].rows[0].cells[0].is_percent
