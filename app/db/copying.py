"""Copies whole databases: a file as a file, anything else row by row through a portable file."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Column,
    Connection,
    MetaData,
    Table,
    create_engine,
    func,
    select,
    text,
)
from sqlalchemy.sql import ColumnElement

from app.db.migrations import LATEST, VERSION_TABLE, find_revision, is_compared, upgrade

JOURNAL_MODE_AT, NO_LOG = 18, b"\1\1"
"""Where a file says that it is written without a log: https://sqlite.org/fileformat.html, 1.3.3.

Set by hand, since SQLite opens a file that says otherwise only where memory can be shared.
"""

BATCH = 5_000  # rows

_GO_ON_WITH_HISTORY = """
SELECT setval('movement_id_seq', greatest(
    (SELECT max(id) FROM movement),
    (SELECT max(sequence) FROM count_result),
    (SELECT max(id) FROM value_entry)
))
"""
"""Movements, counts and changes of value are numbered together."""

UNLOCKED = "nolock=1"
"""For a new file that nobody else opens yet: network drives cannot lock."""


def free_name(file: Path, what: str) -> Path:
    """Return a name beside the file that says what it is and is not taken."""
    name = file.with_name(f"{file.stem}.{what}{file.suffix}")
    number = 1
    while name.exists():
        number += 1
        name = file.with_name(f"{file.stem}.{what}-{number}{file.suffix}")
    return name


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite file as it is at one moment, while others write to it.

    One step: a copy in several starts over with every commit. The copy stands alone, without
    a write-ahead log beside it, so that it can be moved and read from anywhere.
    """
    with (
        closing(sqlite3.connect(address(source, "mode=rw"), uri=True)) as reader,
        closing(sqlite3.connect(address(target, UNLOCKED), uri=True)) as writer,
    ):
        reader.backup(writer)
    with target.open("r+b") as file:
        file.seek(JOURNAL_MODE_AT)
        file.write(NO_LOG)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def gone_on_failure(part: Path) -> Iterator[None]:
    """Leave no half-written file behind."""
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def address(file: Path, options: str) -> str:
    """Return the address of a SQLite file as its own library takes it."""
    path = file.absolute().as_posix()
    return f"file://{'' if path.startswith('/') else '/'}{quote(path)}?{options}"


def dump(source: Connection, target: Path) -> None:
    """Write all rows of a database of any engine into a new SQLite file of the same revision."""
    url = URL.create("sqlite", database=str(target))
    engine = create_engine(url, connect_args={"isolation_level": None})
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN")
            upgrade(connection, find_revision(source) or LATEST)
            copy_rows(source, connection)
    finally:
        engine.dispose()


def copy_rows(source: Connection, target: Connection) -> None:
    """Fill a new database with the rows of another of the same revision."""
    for name in ("location", "setting"):  # what every database has from the start
        target.execute(text(f"DELETE FROM {name}"))
    tables = _tables(source)
    for table in tables:
        for rows in _batches(source, table):
            target.execute(table.insert(), rows)
        if target.dialect.name == "postgresql" and "id" in table.c:
            _go_on_counting(target, table)
    has_values = any(table.name == "value_entry" for table in tables)
    if target.dialect.name == "postgresql" and has_values:
        target.execute(text(_GO_ON_WITH_HISTORY))


def _tables(source: Connection) -> Sequence[Table]:
    """Return the tables as they are there, each after those it refers to."""
    metadata = MetaData()
    metadata.reflect(source, only=lambda name, _: is_compared(None, name))
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def _batches(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*_order(table))
    found = source.execution_options(yield_per=BATCH).execute(query)
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]


def _order(table: Table) -> list[ColumnElement[Any] | Column[Any]]:
    """A row must come after the row of the same table that it refers to.

    Places refer to the place above, whose path is shorter; documents to earlier ones.
    """
    first = [func.length(table.c.path)] if table.name == "location" else []
    return [*first, *table.primary_key]


def _go_on_counting(target: Connection, table: Table) -> None:
    """PostgreSQL does not notice numbers that were given to it."""
    sequence = func.pg_get_serial_sequence(table.name, "id")
    last = select(func.max(table.c.id)).scalar_subquery()
    target.execute(select(func.setval(sequence, last)))
