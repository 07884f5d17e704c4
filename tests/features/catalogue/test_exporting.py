from decimal import Decimal

import pytest
from openpyxl import load_workbook

from app.features.catalogue.exporting import UnknownEnding, export_table, out_cell, write_rows
from app.features.catalogue.importing import import_table
from app.features.catalogue.records import UnknownKind

FILES = {
    "items": [
        "sku,name,unit,decimals,tracking,costing,standard_cost,barcode,category,abc,cost_per_lot",
        "TEA,Tea,each,0,none,average,,4006381333931,Drinks,A,no",
        "007,=1+1,kg,3,lot,fifo,1.25,,,,yes",
    ],
    "barcodes": ["item,barcode,quantity", "TEA,TEA-12,12"],
    "units": ["item,unit,numerator,denominator", "TEA,carton,12,1"],
    "locations": ["path,kind,allow_negative,walk_order", "MAIN,site,yes,", "MAIN/A,storage,,3"],
    "suppliers": ["code,name", "LIT,Litware"],
    "customers": ["code,name", "0815,A shop"],
    "supplier-items": ["supplier,item,price,pack", "LIT,TEA,0.125,12"],
    "orders": ["order,supplier,item,quantity,unit,price,due", "PO-7,LIT,TEA,4,carton,6,2026-06-01"],
}


@pytest.fixture
def company(bring):
    for kind, lines in FILES.items():
        assert bring(kind, *lines).problems == ()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_table_that_was_written_can_be_brought_in_again(database, company, tmp_path, ending):
    for kind in FILES:
        path = tmp_path / f"out-{kind}.{ending}"
        with database.reading() as session:
            rows = export_table(session, kind, path)
        answer = database.run(lambda session, *what: import_table(session, kind, path))  # noqa: B023

        assert rows >= 1
        assert (kind, answer.ok, answer.imported, answer.problems) == (kind, True, 0, ())
        assert answer.unchanged == rows


def test_text_that_looks_like_a_formula_stays_text(database, company, tmp_path):
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
