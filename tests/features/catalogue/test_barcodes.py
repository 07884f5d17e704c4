from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db.tables import BarcodeRow, ItemRow
from tests.features.catalogue.conftest import places


def barcodes(database):
    with database.reading() as session:
        query = select(ItemRow.sku, BarcodeRow.code, BarcodeRow.gtin, BarcodeRow.quantity)
        return sorted(map(tuple, session.execute(query.join(ItemRow))))


def test_a_barcode_of_another_item_is_refused(database, bring, stock):
    stock.item("RUM", barcode="4006381333931")
    answer = bring("items", "sku,name,barcode", "TEA,Tea,4006381333931")

    assert places(answer) == [(2, "barcode")]
    assert "RUM" in answer.problems[0].message


@pytest.mark.parametrize("code", ["LOC-1", "036000291452", "0036000291452"])
@pytest.mark.parametrize(
    ("kind", "headings", "row"),
    [
        ("items", "sku,name", "{code},Tea"),
        ("items", "sku,name,barcode", "TEA,Tea,{code}"),
        ("barcodes", "item,barcode,quantity", "RUM,{code},6"),
    ],
)
def test_the_barcode_of_a_place_is_refused(bring, stock, kind, headings, row, code):
    stock.item("RUM")
    stock.location("MAIN/A", barcode="LOC-1")
    stock.location("MAIN/B", barcode="036000291452")

    answer = bring(kind, headings, row.format(code=code))

    assert not answer.ok
    assert "location MAIN/" in answer.problems[0].message


def test_an_item_whose_barcode_a_place_has_already_stays_importable(bring, stock):
    stock.item("TEA", barcode="LOC-1")
    stock.location("MAIN/A", barcode="LOC-1")

    assert bring("items", "sku,name,barcode", "TEA,Tea,LOC-1").ok


def test_a_wrong_check_digit_is_kept_as_a_code_of_our_own_and_said(database, bring):
    answer = bring("items", "sku,name,barcode", "TEA,Tea,4006381333932")

    assert (answer.ok, answer.imported) == (True, 1)
    assert [problem.is_warning for problem in answer.problems] == [True]
    assert barcodes(database) == [("TEA", "4006381333932", None, Decimal(1))]


def test_another_print_of_the_same_gtin_is_the_same_barcode(database, bring):
    bring("items", "sku,name,barcode", "TEA,Tea,036000291452")
    same = bring("items", "sku,name,barcode", "TEA,Tea,0036000291452")
    other = bring("items", "sku,name,barcode", "RUM,Rum,0036000291452")

    assert same.ok
    assert [code for _, code, _, _ in barcodes(database)] == ["0036000291452", "036000291452"]
    assert places(other) == [(2, "barcode")]


def test_another_print_must_stand_for_the_same_quantity(bring):
    bring("items", "sku,name,barcode", "TEA,Tea,036000291452")
    answer = bring("barcodes", "item,barcode,quantity", "TEA,0036000291452,12")

    assert places(answer) == [(2, "barcode")]


def test_two_prints_of_one_gtin_in_a_file_are_held_against_each_other(database, bring):
    bring("items", "sku,name", "TEA,Tea", "RUM,Rum")
    rows = ("TEA,036000291452,1", "RUM,0036000291452,1", "TEA,00036000291452,1")
    answer = bring("barcodes", "item,barcode,quantity", *rows)

    assert places(answer) == [(3, "barcode")]
