from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.core.catalogue import LocationKind, PartnerKind
from app.core.documents import Document, DocumentType, new_key
from app.db.tables import ItemUnitRow, OrderLineRow, OrderRow, PartnerRow
from app.features.catalogue.exporting import export_table
from app.ledger.posting import post
from tests.features.catalogue.conftest import places

HEAD = "order,supplier,customer,item,quantity,unit,price,due,site"


@pytest.fixture(autouse=True)
def company(database, stock):
    tea = stock.item("TEA", barcode="4006381333931")
    stock.item("RUM")
    stock.location("MAIN", LocationKind.SITE)
    with database.writing() as session:
        session.add(PartnerRow(kind=PartnerKind.SUPPLIER, code="LIT", name="Litware"))
        session.add(PartnerRow(kind=PartnerKind.CUSTOMER, code="SHOP", name="A shop"))
        session.add(ItemUnitRow(item_id=tea, unit="carton", numerator=12, denominator=1))


def orders(database):
    with database.reading() as session:
        columns = (OrderRow.type, OrderRow.reference, OrderLineRow.line, OrderLineRow.quantity)
        return sorted(map(tuple, session.execute(select(*columns).join(OrderRow))))


def test_the_rows_of_an_order_make_one_document(database, bring):
    lines = (
        HEAD,
        "PO-7,LIT,,TEA,4,carton,6.00,2026-06-01,MAIN",
        "PO-7,LIT,,RUM,3,,2.50,2026-06-02,MAIN",
        "SO-1,,SHOP,TEA,5,,,,",
    )
    first, again = bring("orders", *lines), bring("orders", *lines)

    assert (first.ok, first.imported) == (True, 3)
    assert (again.ok, again.imported, again.unchanged) == (True, 0, 3)
    assert orders(database) == [
        (DocumentType.PURCHASE_ORDER, "PO-7", 1, Decimal(48)),
        (DocumentType.PURCHASE_ORDER, "PO-7", 2, Decimal(3)),
        (DocumentType.SALES_ORDER, "SO-1", 1, Decimal(5)),
    ]
    with database.reading() as session:
        line = session.scalars(select(OrderLineRow).where(OrderLineRow.quantity == 48)).one()
        assert (line.price, line.due) == (Decimal("0.5"), date(2026, 6, 1))


def test_the_barcode_of_a_pack_orders_so_many_each_time_it_is_read(database, bring):
    bring("barcodes", "item,barcode,quantity", "TEA,TEA-12,12")
    lines = (HEAD, "PO-7,LIT,,TEA-12,4,,6.00,,", "PO-7,LIT,,TEA-12,1,carton,,,")
    first, again = bring("orders", *lines), bring("orders", *lines)

    assert (first.imported, again.unchanged, again.problems) == (2, 2, ())
    assert [quantity for _, _, _, quantity in orders(database)] == [Decimal(48), Decimal(12)]


def test_an_order_that_is_here_is_not_changed(database, bring):
    bring("orders", HEAD, "PO-7,LIT,,TEA,4,,,,")
    answer = bring("orders", HEAD, "PO-7,LIT,,TEA,5,,,,")

    assert places(answer) == [(2, "order")]
    assert orders(database) == [(DocumentType.PURCHASE_ORDER, "PO-7", 1, Decimal(4))]


def take_back(database):
    """Reverse the order that stands; return its number."""
    with database.reading() as session:
        number = session.scalar(select(OrderRow.number).order_by(OrderRow.id.desc()))
    reversal = Document(key=new_key(), type=DocumentType.REVERSAL, reverses=number)
    database.run(lambda session: post(session, reversal))
    return number


def test_an_order_that_was_taken_back_can_come_again_and_again(database, bring):
    lines = (HEAD, "PO-7,LIT,,TEA,4,,,,")
    for time in range(1, 4):
        assert bring("orders", *lines).imported == 1
        assert bring("orders", *lines).unchanged == 1
        assert len(orders(database)) == time
        take_back(database)

    assert bring("orders", HEAD, "PO-7,LIT,,TEA,9,,,,").ok


def test_an_order_that_was_taken_back_is_not_written_out(database, bring, tmp_path):
    bring("orders", HEAD, "PO-7,LIT,,TEA,4,,,,")
    take_back(database)
    bring("orders", HEAD, "PO-7,LIT,,TEA,5,,,,", "PO-8,LIT,,TEA,1,,,,")

    with database.reading() as session:
        assert export_table(session, "orders", tmp_path / "out.csv") == 2


def test_an_order_is_posted_whole_or_not_at_all(database, bring, tmp_path):
    rows = ("A,LIT,,TEA,4,,,,", "A,LIT,,NONE,1,,,,", "B,LIT,,RUM,1,,,,")
    answer = bring("orders", HEAD, *rows, accept_good=True)

    assert (answer.ok, answer.imported) == (False, 1)
    assert [reference for _, reference, _, _ in orders(database)] == ["B"]
    assert len(answer.rejects.write().read_text("utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A,NONE,,TEA,1,,,,", "supplier"),
        ("A,,NONE,TEA,1,,,,", "customer"),
        ("A,LIT,SHOP,TEA,1,,,,", "customer"),
        ("A,LIT,,NONE,1,,,,", "item"),
        ("A,LIT,,,1,,,,", "item"),
        ("A,LIT,,TEA,0,,,,", "quantity"),
        ("A,LIT,,TEA,0.5,,,,", "quantity"),
        ("A,LIT,,TEA,1,pallet,,,", "unit"),
        ("A,LIT,,TEA,1,,-1,,", "price"),
        ("A,LIT,,TEA,1,,,soon,", "due"),
        ("A,LIT,,TEA,1,,,,NOWHERE", "site"),
        (",LIT,,TEA,1,,,,", "order"),
    ],
)
def test_an_order_line_that_cannot_be_is_refused_where_it_stands(database, bring, row, column):
    assert places(bring("orders", HEAD, row)) == [(2, column)]
    with database.reading() as session:
        assert session.scalar(select(func.count(OrderRow.id))) == 0


def test_the_rows_of_an_order_must_agree_on_whom_it_is_from(bring):
    answer = bring("orders", HEAD, "A,LIT,,TEA,1,,,,", "A,,,RUM,1,,,,MAIN")

    assert places(answer) == [(3, "supplier"), (3, "site")]
