from sqlalchemy import select

from app.db.tables import ItemRow, table_of
from app.features.catalogue.lookups import (
    BATCH,
    batches,
    fetch,
    find_items,
    find_used_items,
    insert_rows,
    update_rows,
)

ITEM = table_of(ItemRow)


def test_a_long_list_is_cut_into_pieces():
    assert [len(batch) for batch in batches(range(BATCH + 1))] == [BATCH, 1]


def test_more_values_than_a_statement_takes_are_fetched(database, stock):
    stock.item("TEA")
    wanted = [f"SKU-{number}" for number in range(BATCH * 2)] + ["TEA"]
    with database.reading() as session:
        found = list(fetch(session.connection(), select(ITEM.c.sku), ITEM.c.sku, wanted))

    assert [row["sku"] for row in found] == ["TEA"]


def test_an_item_is_found_by_sku_before_any_barcode(database, stock):
    tea = stock.item("TEA", barcode="RUM")
    rum = stock.item("RUM", barcode="4006381333931")
    with database.reading() as session:
        found = find_items(session.connection(), ["RUM", "4006381333931", "TEA", "NONE"])

    assert {name: row["id"] for name, row in found.items()} == {
        "RUM": rum,
        "4006381333931": rum,
        "TEA": tea,
    }


def test_rows_are_added_and_changed_many_at_a_time(database, bring):
    bring("items", "sku,name", "TEA,Tea", "RUM,Rum")
    with database.writing() as session:
        connection = session.connection()
        rows = list(connection.execute(select(ITEM.c.id, ITEM.c.name)).mappings())
        changed = [{"id": row["id"], "name": row["name"].upper()} for row in rows]
        assert list(update_rows(connection, ITEM, changed, ["name"])) == [2]
        assert list(insert_rows(connection, ITEM, [])) == []
        names = set(connection.scalars(select(ITEM.c.name)))

    assert names == {"TEA", "RUM"}


def test_an_item_without_history_is_not_used(database, stock):
    tea = stock.item("TEA")
    with database.reading() as session:
        assert find_used_items(session.connection(), {tea}) == set()
