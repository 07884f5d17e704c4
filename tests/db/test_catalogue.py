from decimal import Decimal

import pytest

from app.core.catalogue import Item, LocationKind, Tracking
from app.core.gtin import as_gtin14
from app.db.catalogue import (
    AmbiguousLocation,
    as_item,
    find_item,
    find_items,
    find_location,
    get_item,
    select_items,
)
from app.db.tables import BarcodeRow, ItemRow

EAN = "4006381333931"
UPC = "036000291452"


@pytest.fixture
def tea(database, stock):
    number = stock.item("TEA", "Green tea", barcode=EAN, tracking=Tracking.LOT, category="Hot")
    with database.writing() as session:
        pack = BarcodeRow(item_id=number, code="TEA-12", quantity=Decimal(12))
        session.add(pack)
        session.add(BarcodeRow(item_id=number, code=UPC, gtin=as_gtin14(UPC)))
    return Item(number, "TEA", "Green tea", tracking=Tracking.LOT, barcode=EAN, category="Hot")


@pytest.mark.parametrize(
    ("code", "quantity"),
    [("TEA", 1), (EAN, 1), ("TEA-12", 12), (UPC, 1), ("0" + UPC, 1), ("00" + UPC, 1)],
)
def test_an_item_is_found_by_sku_by_barcode_and_by_any_form_of_its_gtin(
    database, tea, code, quantity
):
    with database.reading() as session:
        found = find_item(session, code)

    assert (found.item, found.quantity) == (tea, quantity)


def test_a_sku_comes_before_a_barcode_and_a_barcode_before_a_gtin(database, stock, tea):
    jam = stock.item("TEA-12")
    plain = stock.item("PLAIN", barcode="0" + UPC)

    with database.reading() as session:
        assert find_item(session, "TEA-12").item.id == jam
        assert find_item(session, "0" + UPC).item.id == plain
        assert find_item(session, UPC).item == tea


@pytest.mark.usefixtures("tea")
@pytest.mark.parametrize("code", ["", "tea", "TEA ", "4006381333932", "TEA\0", "\ud800", "%"])
def test_nothing_goes_by_any_other_code(database, code):
    with database.reading() as session:
        assert find_item(session, code) is None


def test_many_codes_are_found_at_once(database, stock, tea):
    with database.writing() as session:
        session.add_all([ItemRow(sku=f"S{n}", name="Some") for n in range(1200)])

    with database.reading() as session:
        found = find_items(session, [f"S{n}" for n in range(1300)] + [EAN, "00" + UPC, EAN])

    assert len(found) == 1202
    assert found["S1199"].item.sku == "S1199"
    assert found[EAN].item == found["00" + UPC].item == tea


def test_an_item_without_a_barcode_of_its_own_has_none(database, stock):
    number = stock.item("JAM")
    with database.writing() as session:
        session.add(BarcodeRow(item_id=number, code="JAM-6", quantity=Decimal(6)))

    with database.reading() as session:
        assert get_item(session, number).barcode == ""


def test_columns_added_to_the_question_are_not_part_of_the_item(database, tea):
    with database.reading() as session:
        row = session.execute(select_items().add_columns(ItemRow.abc)).one()

    assert as_item(row) == tea


@pytest.mark.parametrize("code", ["MAIN/A/A1", "LOC-77", "A1"])
def test_a_place_is_found_by_path_by_barcode_and_by_the_code_on_the_shelf(database, stock, code):
    number = stock.location("MAIN/A/A1", name="By the door", barcode="LOC-77")

    with database.reading() as session:
        found = find_location(session, code)

    assert (found.id, found.path, found.site) == (number, "MAIN/A/A1", "MAIN")
    assert (found.code, found.name, found.kind) == ("A1", "By the door", LocationKind.STORAGE)


def test_of_places_with_one_code_the_one_in_the_site_is_meant(database, stock):
    stock.location("MAIN/A1")
    east = stock.location("EAST/A1")

    with database.reading() as session:
        assert find_location(session, "A1", site="EAST").id == east
        with pytest.raises(AmbiguousLocation, match=r"EAST/A1, MAIN/A1"):
            find_location(session, "A1")


@pytest.mark.parametrize("code", ["", "a1", "A1/", "MAIN/A", "\0"])
def test_no_place_goes_by_any_other_code(database, stock, code):
    stock.location("MAIN/A1")
    with database.reading() as session:
        assert find_location(session, code) is None


def test_places_outside_belong_to_no_site(database):
    with database.reading() as session:
        assert find_location(session, "SUPPLIER").site == ""
