from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow
from app.features.catalogue.editing import (
    BadForm,
    check_field,
    remove_barcode,
    remove_pack,
    save_record,
)
from app.features.catalogue.service import read_item


def save(database, kind, is_new=False, /, **texts):
    return database.run(lambda session: save_record(session, kind, texts, is_new=is_new))


def item(database, sku):
    with database.reading() as session:
        return read_item(session, sku).texts


def test_a_new_item_is_saved_as_typed(database):
    save(database, "items", True, sku=" TEA ", name="Tea", unit="", weight="0,5")

    texts = item(database, "TEA")
    assert (texts["name"], texts["unit"], texts["weight"]) == ("Tea", "each", "0.5")


def test_a_field_that_is_emptied_is_empty_afterwards(database):
    save(database, "items", True, sku="TEA", name="Tea", category="Drinks", shelf_life_days="90")
    save(database, "items", sku="TEA", name="Tea", category="", shelf_life_days="")

    texts = item(database, "TEA")
    assert (texts["category"], texts["shelf_life_days"]) == ("", "")


def test_a_new_record_does_not_overwrite_another(database):
    save(database, "items", True, sku="TEA", name="Tea")
    with pytest.raises(BadForm) as refused:
        save(database, "items", True, sku="TEA", name="Something else")

    assert list(refused.value.problems) == ["sku"]
    assert item(database, "TEA")["name"] == "Tea"


def test_all_bad_fields_are_told_at_once(database):
    with pytest.raises(BadForm) as refused:
        save(database, "items", True, sku="", name="Tea", decimals="9", weight="heavy")

    assert list(refused.value.problems) == ["sku", "decimals", "weight"]


def test_the_rules_of_tables_hold_on_the_screen_too(database):
    save(database, "items", True, sku="TEA", name="Tea")
    save(database, "items", True, sku="RUM", name="Rum")
    save(database, "barcodes", True, item="TEA", barcode="4006381333931", quantity="1")
    with pytest.raises(BadForm, match="TEA"):
        save(database, "barcodes", True, item="RUM", barcode="4006381333931", quantity="1")


def test_what_is_odd_is_saved_and_said(database):
    save(database, "items", True, sku="TEA", name="Tea")
    remarks = save(database, "barcodes", True, item="TEA", barcode="4006381333932", quantity="1")

    assert len(remarks) == 1


def test_a_place_is_saved_with_the_places_above_it(database):
    save(database, "locations", True, path="MAIN/A/01", kind="", name="", barcode="")
    with pytest.raises(BadForm):
        save(database, "locations", True, path="MAIN/A", kind="site")


def test_barcodes_and_packs_can_be_taken_away(database):
    save(database, "items", True, sku="TEA", name="Tea")
    save(database, "barcodes", True, item="TEA", barcode="TEA-12", quantity="12")
    save(database, "units", True, item="TEA", unit="carton", numerator="12", denominator="1")
    database.run(lambda session: remove_barcode(session, "TEA-12"))
    database.run(lambda session: remove_pack(session, "TEA", "carton"))

    with database.reading() as session:
        assert session.scalars(select(BarcodeRow)).all() == []
        assert session.scalars(select(ItemUnitRow)).all() == []
        assert session.scalars(select(ItemRow.weight)).all() == [None]


def test_a_field_is_judged_while_it_is_typed():
    assert check_field("items", "decimals", "9") == "A unit has 0 to 6 decimals."
    assert check_field("items", "weight", "1.5") is None
    assert check_field("items", "weight", "") is None
    assert check_field("items", "name", " ") == "It is blank; it is needed."


def test_exact_figures_stay_exact(database):
    save(database, "items", True, sku="TEA", name="Tea", standard_cost="0.123456")
    with database.reading() as session:
        assert session.scalars(select(ItemRow.standard_cost)).one() == Decimal("0.123456")
