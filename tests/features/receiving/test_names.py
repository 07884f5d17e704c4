import pytest

from app.core.refusals import LocationNotStocked, UnknownItem, UnknownLocation, UnknownPartner
from app.features.receiving.names import (
    find_first_site,
    find_named_item,
    find_place,
    find_supplier,
    suggest_items,
    suggest_places,
    suggest_suppliers,
)


def codes(found):
    return [known.code for known in found]


@pytest.mark.parametrize("text", ["MAIN/A-1", "A-1", "LOC:A-1", " A-1 "])
def test_a_place_is_found_by_path_and_code(warehouse, text):
    assert warehouse.ask(find_place, text, "MAIN").path == "MAIN/A-1"


def test_a_place_outside_our_walls_or_unknown_is_refused(warehouse):
    with pytest.raises(UnknownLocation):
        warehouse.ask(find_place, "Z-9", "MAIN")
    with pytest.raises(LocationNotStocked):
        warehouse.ask(find_place, "SUPPLIER", "MAIN")


def test_an_item_is_found_by_its_sku_and_barcode(warehouse):
    for code in ("TEA", "4006381333931", " TEA "):
        assert warehouse.ask(find_named_item, code).item.sku == "TEA"
    with pytest.raises(UnknownItem):
        warehouse.ask(find_named_item, "NOPE")


def test_a_supplier_is_found_by_its_code(warehouse):
    assert warehouse.ask(find_supplier, "LITWARE").text == "Litware, Inc."
    with pytest.raises(UnknownPartner):
        warehouse.ask(find_supplier, "NOPE")


def test_suggestions_begin_with_what_was_typed(warehouse):
    assert codes(warehouse.ask(suggest_items, "te")) == ["TEA"]
    assert codes(warehouse.ask(suggest_items, "green")) == ["TEA"]
    assert codes(warehouse.ask(suggest_suppliers, "con")) == ["CONTOSO"]
    assert codes(warehouse.ask(suggest_places, "a-", "MAIN")) == ["MAIN/A-1", "MAIN/A-2"]
    assert codes(warehouse.ask(suggest_items, "%")) == []


def test_places_of_the_site_come_first(warehouse):
    found = codes(warehouse.ask(suggest_places, "", "SHOP"))

    assert found[:2] == ["SHOP", "SHOP/S-1"]


def test_the_first_site_is_where_one_works_unless_told(warehouse, database):
    assert warehouse.ask(find_first_site) == "MAIN"


def test_without_a_site_there_is_none(database):
    with database.reading() as session:
        assert find_first_site(session) == ""
