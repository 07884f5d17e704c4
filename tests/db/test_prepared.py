from decimal import Decimal

from sqlalchemy import bindparam, select

from app.core.catalogue import Tracking
from app.db.prepared import Prepared, one_of
from app.db.tables import ItemRow, table_of

ITEM = table_of(ItemRow).c
BY_SKU = Prepared(
    select(ITEM.id, ITEM.sku, ITEM.tracking, ITEM.weight, ITEM.is_active)
    .where(one_of(ITEM.sku, "wanted"))
    .order_by(ITEM.sku)
)
BY_ID = Prepared(select(ITEM.sku).where(one_of(ITEM.id, "numbers"), ITEM.unit == bindparam("unit")))


def test_rows_have_names_and_the_types_of_their_columns(database, stock):
    stock.item("TEA", tracking=Tracking.LOT, weight=Decimal("1.25"))
    with database.reading() as session:
        (row,) = BY_SKU.all(session.connection(), wanted=["TEA", "NOPE"])

    assert (row.sku, row.tracking, row.weight, row.is_active) == (
        "TEA",
        Tracking.LOT,
        Decimal("1.25"),
        True,
    )


def test_a_list_may_be_empty_or_very_long_and_may_hold_anything(database, stock):
    strange = "a\"b,'c\\[]{}%s :x ?"
    stock.item(strange)
    wanted = [f"SKU{number}" for number in range(40_000)]
    with database.reading() as session:
        connection = session.connection()
        assert BY_SKU.all(connection, wanted=[]) == []
        assert [row.sku for row in BY_SKU.all(connection, wanted=[*wanted, strange])] == [strange]


def test_numbers_and_other_parameters_can_be_mixed(database, stock):
    items = [stock.item("TEA"), stock.item("RUM"), stock.item("OIL", unit="l")]
    with database.reading() as session:
        found = BY_ID.all(session.connection(), numbers=items, unit="each")
        none = BY_ID.first(session.connection(), numbers=items, unit="kg")

    assert {row.sku for row in found} == {"TEA", "RUM"}
    assert none is None


def test_sqlite_looks_each_one_up_by_its_index(database):
    with database.reading() as session:
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            plan = ["an index by ANY is PostgreSQL's own choice"]
        else:
            statement = str(BY_SKU.statement.compile(dialect=connection.dialect))
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("[]",))
            plan = [row[3] for row in rows if "item" in row[3]]

    assert not [step for step in plan if step.startswith("SCAN item")]
