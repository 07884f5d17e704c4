from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.tables import BillLineRow, ItemRow
from tests.features.catalogue.conftest import places

HEADINGS = "product,component,quantity"
KIT = ("KIT,CUP,2", "KIT,TEA,0.125")


@pytest.fixture(autouse=True)
def goods(stock, bring):
    bring("items", "sku,name,barcode", "KIT,Tea kit,4006381333931", "BOX,Box", "CUP,Cup", "SET,Set")
    stock.item("TEA", "Tea", unit="kg", decimals=3)


def bills(database):
    component = aliased(ItemRow)
    query = (
        select(ItemRow.sku, component.sku, BillLineRow.quantity)
        .join(ItemRow, ItemRow.id == BillLineRow.product_id)
        .join(component, component.id == BillLineRow.component_id)
    )
    with database.reading() as session:
        return sorted(map(tuple, session.execute(query)))


def test_a_bill_says_what_one_product_is_made_of(database, bring):
    first, again = bring("bom", HEADINGS, *KIT), bring("bom", HEADINGS, *KIT)

    assert (first.ok, first.imported, first.unchanged) == (True, 2, 0)
    assert (again.ok, again.imported, again.unchanged, again.problems) == (True, 0, 2, ())
    assert bills(database) == [("KIT", "CUP", Decimal(2)), ("KIT", "TEA", Decimal("0.125"))]


def test_headings_and_names_may_be_anybodys(database, bring):
    answer = bring("bom", "Baugruppe;Komponente;Menge", "4006381333931;CUP;2", "KIT;TEA;0,125")

    assert answer.ok
    assert len(bills(database)) == 2


def test_the_barcode_of_a_pack_stands_for_many_of_a_component_and_for_no_product(database, bring):
    bring("barcodes", "item,barcode,quantity", "CUP,CUP-6,6")
    answer = bring("bom", HEADINGS, "KIT,CUP-6,0.5")
    again = bring("bom", HEADINGS, "KIT,CUP,3")
    refused = bring("bom", HEADINGS, "CUP-6,BOX,1")

    assert (answer.ok, again.unchanged) == (True, 1)
    assert bills(database) == [("KIT", "CUP", Decimal(3))]
    assert places(refused) == [(2, "product")]


def test_a_file_states_the_whole_bill_of_each_product_it_names(database, bring):
    bring("bom", HEADINGS, *KIT, "SET,KIT,1")
    answer = bring("bom", HEADINGS, "KIT,CUP,3", "KIT,BOX,1")

    assert (answer.ok, answer.imported) == (True, 2)
    assert bills(database) == [
        ("KIT", "BOX", Decimal(1)),
        ("KIT", "CUP", Decimal(3)),
        ("SET", "KIT", Decimal(1)),
    ]


def test_what_stands_no_longer_in_a_bill_is_said(database, bring):
    bring("bom", HEADINGS, *KIT)
    answer = bring("bom", HEADINGS, "KIT,CUP,2")
    again = bring("bom", HEADINGS, "KIT,CUP,2")

    assert (answer.ok, answer.imported) == (True, 1)
    assert [problem.message for problem in answer.problems] == [
        "No longer in its bill of materials: TEA."
    ]
    assert (again.unchanged, again.problems) == (1, ())
    assert bills(database) == [("KIT", "CUP", Decimal(2))]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("NONE,CUP,1", "product"),
        ("KIT,NONE,1", "component"),
        ("KIT,,1", "component"),
        (",CUP,1", "product"),
        ("KIT,CUP,", "quantity"),
        ("KIT,CUP,0", "quantity"),
        ("KIT,CUP,-1", "quantity"),
        ("KIT,CUP,1.5", "quantity"),
        ("KIT,TEA,0.0001", "quantity"),
        ("KIT,KIT,1", "component"),
        ("KIT,4006381333931,1", "component"),
    ],
)
def test_a_row_that_cannot_be_is_refused_where_it_stands(database, bring, row, column):
    answer = bring("bom", HEADINGS, row)

    assert not answer.ok
    assert places(answer) == [(2, column)]
    assert bills(database) == []


def test_a_component_stands_once_in_a_bill(bring):
    answer = bring("bom", HEADINGS, "KIT,CUP,1", "SET,CUP,1", "4006381333931,CUP,2")

    assert places(answer) == [(4, "component")]


def test_a_product_that_is_part_of_itself_is_refused_with_the_chain(database, bring):
    answer = bring("bom", HEADINGS, "SET,KIT,1", "KIT,BOX,1", "BOX,CUP,1", "BOX,SET,1")

    assert places(answer) == [(2, "component"), (3, "component"), (5, "component")]
    assert [problem.message for problem in answer.problems] == [
        "A product cannot be a part of itself: SET > KIT > BOX > SET.",
        "A product cannot be a part of itself: KIT > BOX > SET > KIT.",
        "A product cannot be a part of itself: BOX > SET > KIT > BOX.",
    ]
    assert bills(database) == []


def test_a_circle_through_what_is_stored_is_refused(database, bring):
    bring("bom", HEADINGS, "SET,KIT,1", "KIT,BOX,1")
    answer = bring("bom", HEADINGS, "BOX,SET,1")

    assert [problem.message for problem in answer.problems] == [
        "A product cannot be a part of itself: BOX > SET > KIT > BOX."
    ]


def test_a_bill_may_be_turned_round(database, bring):
    bring("bom", HEADINGS, "SET,KIT,1")
    answer = bring("bom", HEADINGS, "SET,CUP,1", "KIT,SET,1")

    assert answer.ok
    assert bills(database) == [("KIT", "SET", Decimal(1)), ("SET", "CUP", Decimal(1))]


def test_a_bill_with_a_bad_row_is_left_out_whole(database, bring):
    answer = bring("bom", HEADINGS, *KIT, "SET,NONE,1", "SET,CUP,1", accept_good=True)

    assert (answer.ok, answer.imported) == (False, 2)
    assert {product for product, *_ in bills(database)} == {"KIT"}


def test_a_bill_that_needs_one_left_out_is_left_out_too(database, bring):
    """With the stored bill of SET, KIT would be part of itself."""
    bring("bom", HEADINGS, "SET,KIT,1")
    rows = ("SET,CUP,1", "SET,NONE,1", "KIT,SET,1", "BOX,CUP,1")
    answer = bring("bom", HEADINGS, *rows, accept_good=True)

    assert (answer.ok, answer.imported) == (False, 1)
    assert bills(database) == [("BOX", "CUP", Decimal(1)), ("SET", "KIT", Decimal(1))]


def test_a_row_without_a_product_may_belong_to_any_bill(database, bring):
    answer = bring("bom", HEADINGS, *KIT, ",BOX,1", accept_good=True)

    assert (answer.ok, answer.imported) == (False, 0)
    assert bills(database) == []
