from decimal import Decimal

from app.db.tables import table_of
from app.db.tables.values import PoolRow
from app.ledger.upserts import add_up, delete_where, upsert

POOL = table_of(PoolRow)


def row(item, quantity):
    return {
        "item_id": item,
        "lot_id": 0,
        "quantity": Decimal(quantity),
        "value": Decimal(quantity),
        "last_costed_id": None,
    }


def stored(database):
    with database.reading() as session:
        return {one.item_id: one.quantity for one in session.query(PoolRow)}


def test_a_row_that_is_there_is_replaced(database, stock):
    item = stock.item("TEA")
    for quantity in (3, 5):
        with database.writing() as session:
            upsert(session.connection(), POOL, [row(item, quantity)])

    assert stored(database) == {item: 5}


def test_many_rows_at_once_are_the_same_as_one_by_one(database, stock):
    items = [stock.item(f"I{number}") for number in range(20)]
    with database.writing() as session:
        upsert(session.connection(), POOL, [row(item, item) for item in items])

    assert stored(database) == {item: item for item in items}


def test_rows_are_deleted_by_a_column_and_no_rows_are_no_work(database, stock):
    kept, gone = stock.item("TEA"), stock.item("RUM")
    with database.writing() as session:
        connection = session.connection()
        upsert(connection, POOL, [row(kept, 1), row(gone, 1)])
        delete_where(connection, POOL, "item_id", [gone])
        delete_where(connection, POOL, "item_id", [])
        upsert(connection, POOL, [])
        add_up(connection, POOL, [])

    assert stored(database) == {kept: 1}
