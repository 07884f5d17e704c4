"""A database as the first version left it, with stock in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

REVISION = "0005"  # the oldest that can hold stock
MOMENT = 1_700_000_000_000_000  # microseconds, in 2023
SKU, ON_HAND = "ÖL-5", 12

STATEMENTS = (
    "INSERT INTO item (id, sku, name, unit, decimals, tracking, costing, cost_per_lot, category,"
    " abc, removal, is_active)"
    f" VALUES (1, '{SKU}', 'Rapsöl', 'each', 0, 'none', 'fifo', 0, '', '', 'fefo', 1)",
    "INSERT INTO location (id, path, code, kind, name, is_active)"
    " VALUES (101, 'SHOP', 'SHOP', 'site', 'Shop', 1)",
    "INSERT INTO location (id, parent_id, path, code, kind, name, is_active)"
    " VALUES (102, 101, 'SHOP/A-1', 'A-1', 'storage', '', 1)",
    "INSERT INTO document (id, key, number, type, effective_at, entered_at, user, reference, note)"
    f" VALUES (1, 'first', 'OP-000001', 'opening', {MOMENT}, {MOMENT}, 'kim', '', '')",
    "INSERT INTO movement (id, document_id, line, item_id, from_id, to_id, quantity, effective_at,"
    " sequence, entered_at, unit, unit_cost, reason)"
    f" SELECT 1, 1, 1, 1, id, 102, {ON_HAND * 1_000_000}, {MOMENT}, 1, {MOMENT},"
    " '', 2500000, '' FROM location WHERE path = 'OPENING'",
)


def make_older_database(file: Path) -> None:
    """Make the tables by the program's own first steps, and fill them."""
    from sqlalchemy import create_engine  # noqa: PLC0415 - the rest of the rig needs no library

    from app.db.migrations import upgrade  # noqa: PLC0415

    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgrade(connection, REVISION)
    engine.dispose()
    with closing(sqlite3.connect(file)) as database:
        for statement in STATEMENTS:
            database.execute(statement)
        database.commit()


def revision_of(file: Path) -> str:
    """Return which steps a database has been through."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        return str(database.execute("SELECT version_num FROM stockroom_version").fetchone()[0])
