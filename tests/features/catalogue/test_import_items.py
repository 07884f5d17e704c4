from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.core.catalogue import Costing, Removal, Tracking
from app.core.documents import Document, DocumentType, Line
from app.db.tables import BarcodeRow, ItemRow
from app.features.catalogue.importing import import_table
from app.ledger.posting import post
from tests.features.catalogue.conftest import places


def read(database, sku):
    with database.reading() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.sku == sku)).one()
        session.expunge(item)
        return item


def barcodes(database):
    with database.reading() as session:
        query = select(ItemRow.sku, BarcodeRow.code, BarcodeRow.gtin, BarcodeRow.quantity)
        return sorted(map(tuple, session.execute(query.join(ItemRow))))


def count_items(database):
    with database.reading() as session:
        return session.scalar(select(func.count(ItemRow.id)))


def receive(database, sku):
    document = Document(
        key="r",
        type=DocumentType.RECEIPT,
        lines=(Line(item=sku, quantity=Decimal(1), target="MAIN/A1"),),
    )
    database.run(lambda session: post(session, document, user="kim"))


def test_an_item_needs_only_a_sku_and_a_name(database, bring):
    answer = bring("items", "sku,name", "TEA,Tea")
    item = read(database, "TEA")

    assert (answer.ok, answer.imported, answer.unchanged, answer.problems) == (True, 1, 0, ())
    assert (item.name, item.unit, item.decimals, item.tracking) == ("Tea", "each", 0, Tracking.NONE)


def test_what_keeps_longer_than_a_hundred_years_is_refused(database, bring):
    answer = bring("items", "sku,name,shelf_life_days", "TEA,Tea,36500", "RUM,Rum,36501")

    assert places(answer) == [(3, "shelf_life_days")]
    assert "36500" in answer.problems[0].message


def test_every_column_is_taken_in(database, bring):
    answer = bring(
        "items",
        "Artikelnummer;Bezeichnung;Einheit;Nachkommastellen;Verfolgung;Bewertung;Standardkosten;"
        "EAN;Warengruppe;Haltbarkeit in Tagen;ABC;Gewicht;Kosten je Charge;Entnahme",
        "FL-1;Mehl;kg;3;Charge;FIFO;1,25;4006381333931;Backen;180;a;0,5;ja;LIFO",
    )
    item = read(database, "FL-1")

    assert answer.ok
    assert (item.unit, item.decimals, item.tracking) == ("kg", 3, Tracking.LOT)
    assert (item.costing, item.standard_cost, item.cost_per_lot) == (
        Costing.FIFO,
        Decimal("1.25"),
        True,
    )
    assert (item.category, item.shelf_life_days, item.abc) == ("Backen", 180, "A")
    assert (item.weight, item.removal) == (Decimal("0.5"), Removal.LIFO)
    assert barcodes(database) == [("FL-1", "4006381333931", "04006381333931", Decimal(1))]


def test_anything_but_pieces_has_six_decimals_unless_it_says_so(database, bring):
    bring("items", "sku,name,unit,decimals", "A,A,kg,", "B,B,each,", "C,C,kg,2")

    assert [read(database, sku).decimals for sku in "ABC"] == [6, 0, 2]


def test_the_same_file_again_changes_nothing(database, bring):
    lines = ("sku,name,barcode,weight", "TEA,Tea,4006381333931,0.5", "RUM,Rum,,1")
    first, again = bring("items", *lines), bring("items", *lines)

    assert (first.imported, first.unchanged) == (2, 0)
    assert (again.ok, again.imported, again.unchanged, again.problems) == (True, 0, 2, ())


def test_a_blank_cell_leaves_what_is_stored(database, bring):
    bring("items", "sku,name,category,weight", "TEA,Tea,Drinks,0.5")
    answer = bring("items", "sku,name,category,weight", "TEA,Green tea,,")
    item = read(database, "TEA")

    assert answer.imported == 1
    assert (item.name, item.category, item.weight) == ("Green tea", "Drinks", Decimal("0.5"))


def test_all_problems_are_told_at_once_and_nothing_is_imported(database, bring):
    answer = bring(
        "items",
        "sku,name,decimals,tracking,weight",
        "TEA,Tea,0,none,1",
        ",No code,0,none,1",
        "RUM,,9,sometimes,-1",
        "TEA,Tea again,0,none,1",
    )

    assert (answer.ok, answer.imported) == (False, 0)
    assert places(answer) == [
        (3, "sku"),
        (4, "name"),
        (4, "decimals"),
        (4, "tracking"),
        (4, "weight"),
        (5, "sku"),
    ]
    assert count_items(database) == 0


def test_good_rows_are_accepted_and_the_others_given_back(database, bring):
    answer = bring(
        "items", "sku,name,weight", "TEA,Tea,1", "=RUM,Rum,heavy", "GIN,Gin,2", accept_good=True
    )
    file = answer.rejects.write()
    again = database.run(lambda session: import_table(session, "items", file))

    assert (answer.ok, answer.imported) == (False, 2)
    assert count_items(database) == 2
    assert places(again) == [(2, "weight")]
    assert "heavy" in file.read_text("utf-8-sig")


def test_a_dry_run_says_what_would_happen_and_does_nothing(database, bring):
    answer = bring("items", "sku,name", "TEA,Tea", dry_run=True)

    assert (answer.ok, answer.imported) == (True, 1)
    assert count_items(database) == 0


def test_a_missing_column_is_refused_and_named(database, bring):
    answer = bring("items", "sku,unit", "TEA,each")

    assert not answer.ok
    assert places(answer) == [(1, "name")]


def test_an_unknown_column_is_reported_and_the_rows_imported(database, bring):
    answer = bring("items", "sku,name,colour", "TEA,Tea,green")

    assert (answer.ok, answer.imported) == (True, 1)
    assert places(answer) == [(1, "colour")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("TEA,Tea,4006381333931", "RUM,Rum,4006381333931"), ("TEA,Tea,RUM", "RUM,Rum,")],
)
def test_one_code_for_two_items_of_a_file_is_refused(database, bring, first, second):
    answer = bring("items", "sku,name,barcode", first, second)

    assert not answer.ok
    assert [problem.column for problem in answer.problems] == ["barcode"]


def test_a_sku_that_is_a_barcode_elsewhere_is_refused(database, bring, stock):
    stock.item("RUM", barcode="12345")
    answer = bring("items", "sku,name", "12345,Tea")

    assert places(answer) == [(2, "sku")]


def test_serial_numbers_go_with_whole_pieces_only(database, bring):
    assert bring("items", "sku,name,tracking,decimals", "A,A,serial,2").ok is False
    assert bring("items", "sku,name,tracking,unit", "A,A,serial,kg").ok is True


@pytest.mark.parametrize(
    "change", ["unit=kg", "decimals=3", "tracking=lot", "costing=fifo", "cost_per_lot=yes"]
)
def test_what_history_rests_on_cannot_be_changed(database, bring, stock, change):
    stock.location("MAIN/A1")
    stock.item("TEA", "Tea")
    receive(database, "TEA")
    column, value = change.split("=")
    answer = bring("items", f"sku,name,{column}", f"TEA,Tea,{value}")

    assert (2, column) in places(answer)
    assert "movements" in answer.problems[0].message


def test_an_item_that_never_moved_can_still_be_changed(database, bring, stock):
    stock.item("TEA", "Tea")
    answer = bring("items", "sku,name,unit,decimals,tracking", "TEA,Tea,kg,3,lot")

    assert answer.ok
    assert read(database, "TEA").tracking is Tracking.LOT


def test_thousands_of_items_are_imported_in_one_go(database, bring):
    rows = [f"SKU-{number},Item {number},B{number:08}" for number in range(12_000)]
    answer = bring("items", "sku,name,barcode", *rows)

    assert answer.imported == 12_000
    assert len(barcodes(database)) == 12_000
