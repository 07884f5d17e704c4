"""Looks a database over without changing it: whole or damaged, of which version, how large.

Every finding is told, none is raised: what looks at a broken database must not break.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select, table, text
from sqlalchemy.sql.functions import count

from app.core.secrets import masked
from app.db.copying import address
from app.db.database import Database
from app.db.migrations import LATEST, VERSION_TABLE, find_revision

Facts = dict[str, Any]

MOST_FAULTS = 50
READ_ONLY = "mode=ro"


def look_over(database: Database) -> Iterator[Facts]:
    """Yield what is found, step by step; each step may take long on a large database."""
    file = database.file
    steps = _of_file(file) if file else _of_server(database)
    for name, step in steps:
        try:
            yield {name: step()}
        except Exception as fault:  # whatever it is, it is what support wants to know
            yield {name: {"failed": masked(f"{type(fault).__name__}: {fault}")}}


def _of_file(file: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "files", lambda: _sizes(file)
    if not os.path.isfile(file):
        return
    for name, look in (
        ("schema", _schema_of_file),
        ("integrity", _integrity),
        ("broken_references", _references),
        ("rows", _rows_of_file),
    ):
        yield name, partial(_looking, file, look)


def _looking(file: Path, look: Callable[[sqlite3.Connection], Any]) -> Any:
    with closing(sqlite3.connect(address(file, READ_ONLY), uri=True)) as connection:
        return look(connection)


def _sizes(file: Path) -> Facts:
    beside = (file, Path(f"{file}-wal"), Path(f"{file}-shm"))
    return {one.name: one.stat().st_size if os.path.isfile(one) else None for one in beside}


def _schema_of_file(connection: sqlite3.Connection) -> Facts:
    (found,) = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    return {"found": found, "known": LATEST, "journal_mode": mode}


def _integrity(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
    return [str(line) for (line,) in found]


def _references(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS)
    return [" ".join(map(str, row)) for row in found]


def _rows_of_file(connection: sqlite3.Connection) -> Facts:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    names = [name for (name,) in connection.execute(query)]
    quoted = {name: name.replace('"', '""') for name in names if not name.startswith("sqlite_")}
    return {
        name: connection.execute(f'SELECT count(*) FROM "{safe}"').fetchone()[0]
        for name, safe in quoted.items()
    }


def _of_server(database: Database) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "schema", lambda: _schema_of_server(database)
    yield "rows", lambda: _rows_of_server(database)


def _schema_of_server(database: Database) -> Facts:
    with database.engine.connect() as connection:
        return {
            "found": find_revision(connection),
            "known": LATEST,
            "server": connection.scalar(text("SELECT version()")),
            "encoding": connection.scalar(text("SHOW server_encoding")),
            "size": connection.scalar(text("SELECT pg_database_size(current_database())")),
        }


def _rows_of_server(database: Database) -> Facts:
    with database.engine.connect() as connection:
        return {
            name: connection.scalar(select(count()).select_from(table(name)))
            for name in sorted(inspect(connection).get_table_names())
        }
