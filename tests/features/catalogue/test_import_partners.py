from decimal import Decimal

import pytest
from sqlalchemy import select

from app.core.catalogue import PartnerKind
from app.db.tables import PartnerRow, SupplierItemRow
from tests.features.catalogue.conftest import places

TERMS = "supplier,item,price,lead_time_days,minimum,pack"


def partners(database):
    with database.reading() as session:
        columns = (PartnerRow.kind, PartnerRow.code, PartnerRow.name)
        return sorted(map(tuple, session.execute(select(*columns))))


def terms(database):
    with database.reading() as session:
        row = session.scalars(select(SupplierItemRow)).one()
        return row.price, row.lead_time_days, row.minimum, row.pack


def test_a_supplier_and_a_customer_may_share_a_code(database, bring):
    bring("suppliers", "code,name", "LIT,Litware", "ADV,Adventure Works")
    bring("customers", "Nummer;Bezeichnung", "LIT;Litware shops")

    assert partners(database) == [
        (PartnerKind.CUSTOMER, "LIT", "Litware shops"),
        (PartnerKind.SUPPLIER, "ADV", "Adventure Works"),
        (PartnerKind.SUPPLIER, "LIT", "Litware"),
    ]


def test_the_same_suppliers_again_change_nothing_and_a_new_name_does(bring):
    bring("suppliers", "code,name", "LIT,Litware")

    assert bring("suppliers", "code,name", "LIT,Litware").unchanged == 1
    assert bring("suppliers", "code,name", 'LIT,"Litware, Inc."').imported == 1


def test_what_a_supplier_asks_is_kept_and_can_be_changed(database, bring, stock):
    stock.item("TEA")
    bring("suppliers", "code,name", "LIT,Litware")
    first = bring("supplier-items", TERMS, "LIT,TEA,1.25,14,100,12")
    again = bring("supplier-items", TERMS, "LIT,TEA,1.25,14,100,12")
    assert (first.imported, again.unchanged) == (1, 1)
    assert terms(database) == (Decimal("1.25"), 14, Decimal(100), Decimal(12))

    bring("supplier-items", TERMS, "LIT,TEA,1.30,,,")
    assert terms(database) == (Decimal("1.3"), 14, Decimal(100), Decimal(12))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("NONE,TEA,1,1,1,1", "supplier"),
        ("LIT,NONE,1,1,1,1", "item"),
        ("LIT,TEA,-1,1,1,1", "price"),
        ("LIT,TEA,1,soon,1,1", "lead_time_days"),
        ("LIT,TEA,1,1,1,0", "pack"),
    ],
)
def test_terms_that_cannot_be_are_refused_where_they_stand(bring, stock, row, column):
    stock.item("TEA")
    bring("suppliers", "code,name", "LIT,Litware")

    assert places(bring("supplier-items", TERMS, row)) == [(2, column)]
