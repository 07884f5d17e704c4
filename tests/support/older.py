"""A database as an earlier version of the program left it."""

from pathlib import Path

from sqlalchemy import create_engine, text

from app.db.address import read_address
from app.db.migrations import upgrade


def make_older(where: str | Path) -> None:
    """Make a database of the revision before the search, with one item."""
    engine = create_engine(read_address(where))
    with engine.begin() as connection:
        upgrade(connection, "0005")
        connection.execute(
            text(
                "INSERT INTO item (id, sku, name, unit, decimals, tracking, costing, "
                "cost_per_lot, category, abc, removal, is_active) VALUES (1, 'TEA', 'Tea', "
                "'each', 0, 'none', 'fifo', :no, '', '', 'fefo', :yes)"
            ),
            {"no": False, "yes": True},
        )
    engine.dispose()
