"""A company of any size, made inside the database: it is there in a minute, and verify is ok.

Ten movements in a row are one item's: seven receipts of ten pieces at 2.00, two transfers and an
issue of one piece each. So every balance and value is known beforehand, and the average stays 2.
"""

from pathlib import Path

from sqlalchemy import Connection, text

from app.core.resources import resource
from app.db.database import Database

BINS = 2_000
STEPS_FILE = "bench/big_file.sql"
SEQUENCES = ("item", "barcode", "location", "document", "movement")


def big_database(where: str, items: int, movements: int) -> Database:
    """Open the company of that size, made now if it is not there yet."""
    database = Database(where)
    if database.file:
        Path(database.file).parent.mkdir(parents=True, exist_ok=True)
    database.create()
    if _size_of(database) != _size(items, movements):
        _fill(database, items, movements - movements % 10)
    return database


def _size(items: int, movements: int) -> str:
    return f"{items}/{movements - movements % 10}"


def _size_of(database: Database) -> str | None:
    with database.engine.connect() as connection:
        found = connection.scalar(text("SELECT value FROM setting WHERE name = 'bench_size'"))
    return None if found is None else str(found)


def _fill(database: Database, items: int, movements: int) -> None:
    steps = resource(STEPS_FILE).read_text("utf-8").split(";\n")
    with database.engine.connect() as connection, connection.begin():
        values: dict[str, int | bool] = {
            **_make_site(connection),
            "items": items,
            "movements": movements,
            "documents": movements // 10,
            "bins": BINS,
            "yes": True,
            "no": False,
        }
        for step in filter(str.strip, steps):
            used = {name: value for name, value in values.items() if f":{name}" in step}
            connection.execute(text(step), used)
        connection.execute(
            text("INSERT INTO setting (name, value) VALUES ('bench_size', :size)"),
            {"size": _size(items, movements)},
        )
        if connection.dialect.name == "postgresql":
            _wind_sequences(connection)
    with database.engine.connect() as connection, connection.begin():
        connection.execute(text("ANALYZE"))


def _make_site(connection: Connection) -> dict[str, int]:
    def number(path: str) -> int:
        query = text("SELECT id FROM location WHERE path = :path")
        return int(connection.scalar(query, {"path": path}) or 0)

    site = int(connection.scalar(text("SELECT max(id) FROM location")) or 0) + 1
    connection.execute(
        text(
            "INSERT INTO location (id, path, kind, name, code, is_active)"
            " VALUES (:id, 'BIG', 'site', '', 'BIG', :active)"
        ),
        {"id": site, "active": True},
    )
    return {
        "site": site,
        "supplier": number("SUPPLIER"),
        "customer": number("CUSTOMER"),
    }


def _wind_sequences(connection: Connection) -> None:
    """Let the server go on counting behind the rows that were given their numbers."""
    for table in SEQUENCES:
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        )
