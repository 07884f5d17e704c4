from decimal import Decimal

import pytest
from openpyxl import load_workbook

from app.features.catalogue.exporting import UnknownEnding, export_table, out_cell, write_rows
from app.features.catalogue.records import UnknownKind


def test_text_that_looks_like_a_formula_stays_text(database, bring, tmp_path):
    bring("items", "sku,name,unit", "007,=1+1,kg")
    with database.reading() as session:
        export_table(session, "items", tmp_path / "items.xlsx")
        export_table(session, "items", tmp_path / "items.csv")
    sheet = load_workbook(tmp_path / "items.xlsx").active

    assert [sheet["B2"].value, sheet["B2"].data_type] == ["=1+1", "s"]
    assert sheet["A2"].value == "007"
    assert ",'=1+1," in (tmp_path / "items.csv").read_text("utf-8-sig").replace("007", "")


def test_figures_are_numbers_in_excel_and_plain_text_in_csv(tmp_path):
    rows = [["A", Decimal("1234567.000001"), True]]
    write_rows(tmp_path / "x.csv", "x", ("item", "quantity", "counted"), rows)
    write_rows(tmp_path / "x.xlsx", "x", ("item", "quantity", "counted"), rows)
    cell = load_workbook(tmp_path / "x.xlsx").active["B2"]

    assert "1234567.000001" in (tmp_path / "x.csv").read_text("utf-8-sig")
    assert cell.data_type == "n"
    assert out_cell(True) == "yes"


def test_a_table_of_an_unknown_kind_or_ending_is_refused(database, tmp_path):
    with database.reading() as session:
        with pytest.raises(UnknownKind, match="items"):
            export_table(session, "wishes", tmp_path / "x.csv")
        with pytest.raises(UnknownEnding):
            export_table(session, "items", tmp_path / "x.pdf")
