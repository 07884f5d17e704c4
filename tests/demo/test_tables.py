import pytest

from app.demo.source import read_source
from app.demo.tables import Tables


@pytest.fixture(scope="module")
def tables():
    return Tables(read_source()).all()


def test_there_is_a_row_for_each_of_the_published_rows(tables):
    rows = {kind: len(table) - 1 for kind, table in tables.items()}

    assert rows["items"] == 504
    assert rows["suppliers"] == 104
    assert rows["supplier-items"] == 460
    assert rows["units"] == rows["barcodes"]


@pytest.mark.parametrize("kind", ["items", "units", "barcodes", "locations", "supplier-items"])
def test_every_row_is_as_wide_as_its_headings(tables, kind):
    assert {len(row) for row in tables[kind]} == {len(tables[kind][0])}


def test_each_place_is_named_once_and_walked_by_in_turn(tables):
    rows = tables["locations"][1:]
    walked = [int(row[3]) for row in rows if row[3]]

    assert len({row[0] for row in rows}) == len(rows)
    assert walked == list(range(1, len(walked) + 1))
    assert len(rows) == len(walked) + 14 + 2  # zones; the site and its dock


def test_an_item_says_all_that_is_known_of_it(tables):
    items = {row[0]: dict(zip(tables["items"][0], row, strict=True)) for row in tables["items"]}

    assert items["BK-R93R-62"] == {
        "sku": "BK-R93R-62",
        "name": "Road-150 Red, 62",
        "unit": "each",
        "decimals": "0",
        "tracking": "serial",
        "costing": "fifo",
        "standard_cost": "2171.2942",
        "barcode": "2000000007496",
        "category": "Bikes/Road Bikes",
        "shelf_life_days": "",
        "weight": "6.803886",
    }
    assert items["PA-187B"]["unit"] == "gallon"
    assert items["PA-187B"]["shelf_life_days"] == "730"
    assert items["AR-5381"]["category"] == "Parts/Bought"


def test_terms_are_for_single_pieces(tables):
    terms = {row[1]: row for row in tables["supplier-items"]}

    assert terms["AR-5381"] == ("LITWARE0001", "AR-5381", "1.994583", "17", "24", "24")
