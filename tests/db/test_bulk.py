from decimal import Decimal

import pytest
from sqlalchemy import insert

from app.db.bulk import insert_many
from app.db.tables import BarcodeRow, table_of

BARCODE = table_of(BarcodeRow)
INSERT = insert(BARCODE)


def rows(item, count):
    return [
        {"item_id": item, "code": f"C{number}", "quantity": Decimal(number) / 2}
        for number in range(1, count + 1)
    ]


def stored(database):
    with database.reading() as session:
        return {row.code: row.quantity for row in session.query(BarcodeRow)}


def test_rows_go_in_with_the_types_of_their_columns(database, stock):
    item = stock.item("TEA")
    with database.writing() as session:
        insert_many(session.connection(), INSERT, rows(item, 3))

    assert stored(database) == {"C1": Decimal("0.5"), "C2": 1, "C3": Decimal("1.5")}


def test_one_row_and_none_are_fine(database, stock):
    item = stock.item("TEA")
    with database.writing() as session:
        insert_many(session.connection(), INSERT, rows(item, 1))
        insert_many(session.connection(), INSERT, [])

    assert list(stored(database)) == ["C1"]


def test_what_goes_in_is_undone_with_its_transaction(database, stock):
    item = stock.item("TEA")

    def fail(session):
        insert_many(session.connection(), INSERT, rows(item, 5))
        raise LookupError

    with pytest.raises(LookupError):
        database.run(fail)

    assert stored(database) == {}
