"""Items and places that go out of use, and come back."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.core.documents import Document, DocumentType, Line, new_key
from app.db.tables import ItemRow, LocationRow
from app.features.catalogue.editing import BadForm, save_record
from app.features.catalogue.export_tables import TABLES
from app.features.catalogue.service import read_item, read_location
from app.ledger.posting import post
from tests.features.catalogue.conftest import places


@pytest.fixture(autouse=True)
def company(stock):
    stock.item("TEA")
    stock.item("RUM")
    stock.location("MAIN/A/A-1")
    stock.location("MAIN/A_/A-1")


def active(database, row, name, value):
    with database.reading() as session:
        return session.scalar(select(row.is_active).where(getattr(row, name) == value))


def book(database, kind, **line):
    document = Document(key=new_key(), type=kind, lines=(Line(quantity=Decimal(1), **line),))
    return database.run(lambda session: post(session, document))


def save(database, kind, **texts):
    return database.run(lambda session: save_record(session, kind, texts, is_new=False))


def test_an_item_goes_out_of_use_and_blank_leaves_it_there(database, bring):
    assert bring("items", "sku,name,active", "TEA,Tea,no", "GIN,Gin,").imported == 2
    assert active(database, ItemRow, "sku", "TEA") is False
    assert active(database, ItemRow, "sku", "GIN") is True

    assert bring("items", "Artikel,Bezeichnung,Aktiv", "TEA,Tea,").unchanged == 1
    assert bring("items", "sku,name,in use", "TEA,Tea,yes").imported == 1
    assert active(database, ItemRow, "sku", "TEA") is True


def test_a_new_item_may_begin_out_of_use(database, bring):
    bring("items", "sku,name,active", "OLD,Old,no")
    bring("locations", "path,active", "MAIN/OLD,no")

    assert active(database, ItemRow, "sku", "OLD") is False
    assert active(database, LocationRow, "path", "MAIN/OLD") is False
    assert active(database, LocationRow, "path", "MAIN") is True


def test_an_item_in_stock_stays_in_use(database, bring):
    book(database, DocumentType.OPENING, item="TEA", target="MAIN/A/A-1")

    answer = bring("items", "sku,name,active", "TEA,Tea,no", "RUM,Rum,no")

    assert places(answer) == [(2, "active")]
    assert "MAIN/A/A-1" in answer.problems[0].message


def test_an_item_on_order_stays_in_use_until_it_came(database, bring):
    order = book(database, DocumentType.PURCHASE_ORDER, item="TEA").number
    answer = bring("items", "sku,name,active", "TEA,Tea,no")
    assert order in answer.problems[0].message

    book(database, DocumentType.RECEIPT, item="TEA", target="MAIN/A/A-1", order=order)
    book(database, DocumentType.ISSUE, item="TEA", source="MAIN/A/A-1")
    assert bring("items", "sku,name,active", "TEA,Tea,no").imported == 1


def test_a_place_with_stock_in_it_or_below_stays_in_use(database, bring):
    book(database, DocumentType.OPENING, item="TEA", target="MAIN/A/A-1")

    answer = bring("locations", "path,active", "MAIN/A,no", "MAIN/A/A-1,no", "MAIN/A_,no")

    assert places(answer) == [(2, "active"), (3, "active")]
    assert "TEA" in answer.problems[0].message


def test_the_screen_shows_and_sets_it_by_the_same_rules(database):
    save(database, "items", sku="RUM", name="Rum", active="no")
    save(database, "locations", path="MAIN/A_/A-1", active="no")
    book(database, DocumentType.OPENING, item="TEA", target="MAIN/A/A-1")

    with database.reading() as session:
        assert read_item(session, "RUM").texts["active"] == "no"
        assert read_item(session, "TEA").texts["active"] == "yes"
        assert read_location(session, "MAIN/A_/A-1").texts["active"] == "no"
    with pytest.raises(BadForm) as refused:
        save(database, "items", sku="TEA", name="Tea", active="no")
    assert list(refused.value.problems) == ["active"]


def test_it_is_written_out_with_the_table(database, bring):
    bring("items", "sku,name,active", "TEA,Tea,no")
    table = TABLES["items"]

    with database.reading() as session:
        rows = {row[0]: dict(zip(table.headings, row, strict=True)) for row in table.rows(session)}

    assert (rows["TEA"]["active"], rows["RUM"]["active"]) == (False, True)
