import pytest

from app.core.catalogue import PartnerKind
from app.core.refusals import LocationNotStocked, UnknownItem, UnknownLocation, UnknownPartner
from app.db.names import (
    find_first_site,
    find_named_item,
    find_place,
    find_supplier,
    suggest_items,
    suggest_places,
    suggest_suppliers,
)
from app.db.tables import PartnerRow


class Names:
    """Sites MAIN (A-1, A-2) and SHOP (S-1), an item and two suppliers; `ask` puts a question."""

    def __init__(self, database, stock):
        self._database = database
        for path in ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1"):
            stock.location(path)
        stock.item("TEA", name="Green tea", barcode="4006381333931")
        with database.writing() as session:
            for code, name in (("LITWARE", "Litware, Inc."), ("CONTOSO", "Contoso")):
                session.add(PartnerRow(kind=PartnerKind.SUPPLIER, code=code, name=name))

    def ask(self, service, *args):
        with self._database.reading() as session:
            return service(session, *args)


@pytest.fixture
def names(database, stock):
    return Names(database, stock)


def codes(found):
    return [known.code for known in found]


@pytest.mark.parametrize("text", ["MAIN/A-1", "A-1", "LOC:A-1", " A-1 "])
def test_a_place_is_found_by_path_and_code(names, text):
    assert names.ask(find_place, text, "MAIN").path == "MAIN/A-1"


def test_a_place_outside_our_walls_or_unknown_is_refused(names):
    with pytest.raises(UnknownLocation):
        names.ask(find_place, "Z-9", "MAIN")
    with pytest.raises(LocationNotStocked):
        names.ask(find_place, "SUPPLIER", "MAIN")


def test_an_item_is_found_by_its_sku_and_barcode(names):
    for code in ("TEA", "4006381333931", " TEA "):
        assert names.ask(find_named_item, code).item.sku == "TEA"
    with pytest.raises(UnknownItem):
        names.ask(find_named_item, "NOPE")


def test_a_supplier_is_found_by_its_code(names):
    assert names.ask(find_supplier, "LITWARE").text == "Litware, Inc."
    with pytest.raises(UnknownPartner):
        names.ask(find_supplier, "NOPE")


def test_suggestions_begin_with_what_was_typed(names):
    assert codes(names.ask(suggest_items, "te")) == ["TEA"]
    assert codes(names.ask(suggest_items, "green")) == ["TEA"]
    assert codes(names.ask(suggest_suppliers, "con")) == ["CONTOSO"]
    assert codes(names.ask(suggest_places, "a-", "MAIN")) == ["MAIN/A-1", "MAIN/A-2"]
    assert codes(names.ask(suggest_items, "%")) == []


def test_places_of_the_site_come_first(names):
    found = codes(names.ask(suggest_places, "", "SHOP"))

    assert found[:2] == ["SHOP", "SHOP/S-1"]


def test_the_first_site_is_where_one_works_unless_told(names, database):
    assert names.ask(find_first_site) == "MAIN"


def test_without_a_site_there_is_none(database):
    with database.reading() as session:
        assert find_first_site(session) == ""


def test_a_place_may_be_stated_as_screens_show_it_without_its_site(names, stock):
    for path in ("MAIN/CRIB/B-1", "SHOP/CRIB/B-1"):
        stock.location(path)

    assert codes(names.ask(suggest_places, "crib/b", "SHOP")) == ["SHOP/CRIB/B-1", "MAIN/CRIB/B-1"]
    assert names.ask(find_place, "CRIB/B-1", "SHOP").path == "SHOP/CRIB/B-1"
    with pytest.raises(UnknownLocation):
        names.ask(find_place, "CRIB/B-1", "")
