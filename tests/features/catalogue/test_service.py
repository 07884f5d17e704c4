from decimal import Decimal

import pytest

from app.core.catalogue import PartnerKind
from app.core.refusals import UnknownItem
from app.features.catalogue.service import (
    as_text,
    find_items,
    find_locations,
    find_partners,
    read_item,
    read_location,
    read_partner,
)


def skus(database, text):
    with database.reading() as session:
        return [item.sku for item in find_items(session, text).rows]


@pytest.fixture
def items(stock):
    stock.item("GEL-7", "Blue gel", barcode="4006381333931")
    stock.item("KG-77", "Flour, bulk", unit="kg", decimals=3)
    stock.item("TEA", 'Tea "Earl Grey" 100%')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["GEL-7", "KG-77", "TEA"]),
        ("gel", ["GEL-7"]),
        ("lour", ["KG-77"]),
        ("G-77", ["KG-77"]),
        ("638133", ["GEL-7"]),
        ("ke", []),
        ("te", ["TEA"]),
        ("40", ["GEL-7"]),
        ('"Earl', ["TEA"]),
        ("100%", ["TEA"]),
        ("nothing like it", []),
    ],
)
def test_an_item_is_found_by_any_part_of_what_it_is_called(database, items, text, found):
    assert skus(database, text) == found


def test_a_long_list_comes_in_pages(database, bring):
    bring("items", "sku,name", *(f"SKU-{number:04},Item" for number in range(450)))
    seen, after = [], None
    with database.reading() as session:
        while True:
            page = find_items(session, "Item", after)
            seen += [item.sku for item in page.rows]
            if page.next is None:
                break
            after = page.next

    assert seen == [f"SKU-{number:04}" for number in range(450)]


def test_only_our_own_places_are_listed(database, stock):
    stock.location("MAIN/A1", barcode="LOC-A1")
    with database.reading() as session:
        everything = [place.path for place in find_locations(session, "").rows]
        by_code = [place.path for place in find_locations(session, "loc-a").rows]

    assert everything == ["MAIN", "MAIN/A1"]
    assert by_code == ["MAIN/A1"]


def test_suppliers_and_customers_are_lists_of_their_own(database, bring):
    bring("suppliers", "code,name", "LIT,Litware")
    bring("customers", "code,name", "SHOP,A shop")
    with database.reading() as session:
        found = find_partners(session, PartnerKind.SUPPLIER, "ware").rows
        card = read_partner(session, PartnerKind.CUSTOMER, "SHOP")

    assert [partner.code for partner in found] == ["LIT"]
    assert (card.kind, card.texts) == ("customers", {"code": "SHOP", "name": "A shop"})


def test_a_card_holds_all_that_can_be_edited(database, bring):
    bring("items", "sku,name,weight,barcode", "TEA,Tea,0.50,4006381333931")
    bring("units", "item,unit,numerator,denominator", "TEA,carton,12,1")
    with database.reading() as session:
        card = read_item(session, "TEA")

    assert (card.texts["weight"], card.texts["tracking"], card.is_used) == ("0.5", "none", False)
    assert [(line.code, line.is_gtin) for line in card.barcodes] == [("4006381333931", True)]
    assert [(pack.unit, pack.numerator) for pack in card.packs] == [("carton", 12)]


def test_a_place_is_read_with_its_policy(database, bring):
    bring("locations", "path,allow_negative", "MAIN,yes", "MAIN/A,")
    with database.reading() as session:
        texts = [read_location(session, path).texts for path in ("MAIN", "MAIN/A")]

    assert [text["allow_negative"] for text in texts] == ["yes", ""]


def test_an_item_that_is_not_there_cannot_be_shown(database):
    with database.reading() as session, pytest.raises(UnknownItem):
        read_item(session, "NONE")


def test_stored_values_are_shown_as_one_would_type_them():
    assert [as_text(value) for value in (None, True, Decimal("1.500000"), 3, "x")] == [
        "",
        "yes",
        "1.5",
        "3",
        "x",
    ]
