"""Empties all derived tables and has them made anew: what was in them must be in them again."""

from sqlalchemy import delete, update

from app.db.database import Database
from app.db.tables import BalanceRow, OrderLineRow, SettingRow, table_of
from app.db.tables.values import (
    EntryValueRow,
    LayerRow,
    MovementValueRow,
    PeriodDifferenceRow,
    PoolRow,
)
from app.ledger.rebuild import TABLES, rebuild

EMPTIED = (BalanceRow, MovementValueRow, EntryValueRow, PeriodDifferenceRow, PoolRow, LayerRow)


def contents(database: Database) -> dict[str, list[str]]:
    """Return what is in the derived tables; differences of 0 may be there or not."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(
                repr(row)
                for row in connection.execute(table.select())
                if table.name != "period_difference" or row.value
            )
            for table in TABLES
        }


def make_anew(database: Database) -> None:
    before = contents(database)
    assert not any(table.changed for table in database.run(rebuild))
    with database.engine.begin() as connection:
        for row in EMPTIED:
            connection.execute(delete(table_of(row)))
        connection.execute(update(table_of(OrderLineRow)).values(done=0))
        boundary = table_of(SettingRow).c.name == "closed_before"
        connection.execute(update(table_of(SettingRow)).where(boundary).values(value=""))
    database.run(rebuild)
    after = contents(database)
    for name, rows in before.items():
        assert after[name] == rows, (name, after[name], rows)
