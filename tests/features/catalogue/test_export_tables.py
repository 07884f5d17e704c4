import pytest

from app.features.catalogue.export_tables import TABLES
from app.features.catalogue.exporting import export_table
from app.features.catalogue.importing import KINDS, import_table

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
    "bom": ["product,component,quantity", "TEA,007,0.125"],
    "orders": ["order,supplier,item,quantity,unit,price,due", "PO-7,LIT,TEA,4,carton,6,2026-06-01"],
}


@pytest.fixture
def company(bring):
    for kind, lines in FILES.items():
        assert bring(kind, *lines).problems == ()


def read_back(database, kind, path):
    return database.run(lambda session: import_table(session, kind, path))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_table_that_was_written_can_be_brought_in_again(database, company, tmp_path, ending):
    for kind in FILES:
        path = tmp_path / f"out-{kind}.{ending}"
        with database.reading() as session:
            rows = export_table(session, kind, path)
        answer = read_back(database, kind, path)

        assert rows >= 1
        assert (kind, answer.ok, answer.imported, answer.problems) == (kind, True, 0, ())
        assert answer.unchanged == rows


def test_whatever_can_be_brought_in_can_be_taken_out():
    assert list(TABLES) == list(KINDS)
