"""Writing derived rows: insert or replace, in either database's words."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Table, bindparam, delete

from app.db.bulk import insert_many


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; where the key is there already, replace the other columns."""
    insert_many(connection, _upsert(connection.dialect.name, table), rows)


def add_up(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; where the key is there already, add to the other columns."""
    insert_many(connection, _add_up(connection.dialect.name, table), rows)


def delete_where(connection: Connection, table: Table, column: str, values: list[int]) -> None:
    """Delete the rows that have one of these values."""
    if values:
        connection.execute(_delete(table, column), [{"doomed": value} for value in values])


def delete_rows(connection: Connection, table: Table, keys: Sequence[dict[str, Any]]) -> None:
    """Delete rows by their whole keys, given as `key_` and the column's name."""
    if keys:
        connection.execute(_delete_by_key(table), keys)


@cache
def _delete_by_key(table: Table) -> Delete:
    return delete(table).where(*(c == bindparam(f"key_{c.name}") for c in table.primary_key))


@cache
def _upsert(dialect: str, table: Table) -> Insert:
    insert = _insert(dialect, table)
    others = {c.name: insert.excluded[c.name] for c in table.c if not c.primary_key}
    whole: Insert = insert.on_conflict_do_update(
        index_elements=list(table.primary_key), set_=others
    )
    return whole


@cache
def _add_up(dialect: str, table: Table) -> Insert:
    insert = _insert(dialect, table)
    sums = {c.name: c + insert.excluded[c.name] for c in table.c if not c.primary_key}
    whole: Insert = insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums)
    return whole


def _insert(dialect: str, table: Table) -> Any:
    """Insert in the words of the database in use; those of the other would be dear to load."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


@cache
def _delete(table: Table, column: str) -> Delete:
    return delete(table).where(table.c[column] == bindparam("doomed"))
