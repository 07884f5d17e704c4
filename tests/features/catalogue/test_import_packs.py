from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow
from tests.features.catalogue.conftest import places


@pytest.fixture(autouse=True)
def gel(stock, bring):
    bring("items", "sku,name,barcode", "GEL-7,Blue gel,4006381333931")
    stock.item("KG-77", "Flour", unit="kg", decimals=3)


def barcodes(database):
    with database.reading() as session:
        query = select(ItemRow.sku, BarcodeRow.code, BarcodeRow.quantity).join(ItemRow)
        return sorted(map(tuple, session.execute(query)))


def packs(database):
    with database.reading() as session:
        columns = (ItemRow.sku, ItemUnitRow.unit, ItemUnitRow.numerator, ItemUnitRow.denominator)
        query = select(*columns).select_from(ItemUnitRow).join(ItemRow)
        return sorted(map(tuple, session.execute(query)))


def test_a_barcode_stands_for_a_pack(database, bring):
    lines = ("item,barcode,quantity", "GEL-7,14006381333938,12", "KG-77,FLOUR-BAG,12.5")
    first, again = bring("barcodes", *lines), bring("barcodes", *lines)

    assert (first.ok, first.imported, again.unchanged) == (True, 2, 2)
    assert barcodes(database) == [
        ("GEL-7", "14006381333938", Decimal(12)),
        ("GEL-7", "4006381333931", Decimal(1)),
        ("KG-77", "FLOUR-BAG", Decimal("12.5")),
    ]


def test_the_quantity_of_a_barcode_can_be_changed(database, bring):
    answer = bring("barcodes", "item,barcode,quantity", "GEL-7,4006381333931,6")

    assert answer.imported == 1
    assert barcodes(database) == [("GEL-7", "4006381333931", Decimal(6))]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("NONE,123,1", "item"),
        ("KG-77,4006381333931,1", "barcode"),
        ("KG-77,GEL-7,1", "barcode"),
        ("KG-77,123,0", "quantity"),
        ("KG-77,123,", "quantity"),
        ("GEL-7,123,1.5", "quantity"),
        ("GEL-7,04006381333931,12", "barcode"),
    ],
)
def test_a_barcode_that_cannot_be_is_refused_where_it_stands(database, bring, row, column):
    answer = bring("barcodes", "item,barcode,quantity", row)

    assert not answer.ok
    assert places(answer) == [(2, column)]
    assert len(barcodes(database)) == 1


def test_a_barcode_on_two_items_of_a_file_is_refused(bring):
    answer = bring("barcodes", "item,barcode,quantity", "GEL-7,X,1", "KG-77,X,1")

    assert places(answer) == [(3, "barcode")]


def test_a_pack_holds_so_many_base_units(database, bring):
    lines = ("item,unit,numerator,denominator", "GEL-7,carton,24,1", "KG-77,lb,45359237,100000000")
    first, again = bring("units", *lines), bring("units", *lines)

    assert (first.imported, again.imported, again.unchanged) == (2, 0, 2)
    assert packs(database) == [("GEL-7", "carton", 24, 1), ("KG-77", "lb", 45359237, 100000000)]


def test_a_pack_can_be_changed(database, bring):
    bring("units", "item,unit,numerator,denominator", "GEL-7,carton,24,1")
    answer = bring("units", "Artikel;Einheit;Zähler;Nenner", "4006381333931;carton;12;1")

    assert answer.imported == 1
    assert packs(database) == [("GEL-7", "carton", 12, 1)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("NONE,carton,12,1", "item"),
        ("GEL-7,each,12,1", "unit"),
        ("GEL-7,carton,0,1", "numerator"),
        ("GEL-7,carton,12,0", "denominator"),
        ("GEL-7,carton,1.5,1", "numerator"),
        ("GEL-7,,12,1", "unit"),
    ],
)
def test_a_pack_that_cannot_be_is_refused_where_it_stands(bring, row, column):
    assert places(bring("units", "item,unit,numerator,denominator", row)) == [(2, column)]


def test_an_item_goes_by_every_form_of_its_gtin(bring):
    bring("items", "sku,name,barcode", "COLA,Cola,036000291452")

    assert bring("units", "item,unit,numerator,denominator", "0036000291452,box,6,1").imported == 1
    assert bring("barcodes", "item,barcode,quantity", "0036000291452,COLA-6,6").imported == 1
