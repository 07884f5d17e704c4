"""Rows for every table there is, so that no column is forgotten where all must be carried over."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Date, Enum, Integer, Table, insert, select
from sqlalchemy.orm import Session

from app.core.clock import from_microseconds
from app.db.tables import whole_schema
from app.db.types import Moment, Scaled

Rows = dict[str, list[tuple[Any, ...]]]


def fill(session: Session, count: int = 2) -> None:
    """Add so many rows to every table, with every column given that can be."""
    for table in whole_schema().sorted_tables:
        for number in range(count):
            row = {c.name: _value(session, table, c, number) for c in _given(table)}
            session.execute(insert(table).values(row))


def all_rows(session: Session) -> Rows:
    tables = whole_schema().sorted_tables
    return {
        table.name: [
            tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in tables
    }


def _given(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if column.name != "id"]


def _value(session: Session, table: Table, column: Column[Any], number: int) -> Any:
    for key in column.foreign_keys:
        if key.column.table is table:
            return _referred(session, key.column, 0) if number and not column.unique else None
        # A movement must not end where it began.
        return _referred(session, key.column, number + (column.name == "to_id"))
    return _plain(column, number)


def _referred(session: Session, column: Column[Any], number: int) -> Any:
    return session.scalars(select(column).order_by(column)).all()[number]


def _plain(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, Scaled):
        return Decimal("-1234567.000001" if column.name == "value" else "1.5") + number
    if isinstance(kind, Moment):
        return from_microseconds(1_750_000_000_123_456 + number)
    if isinstance(kind, Enum):
        return list(kind.enum_class or ())[number]
    values = {Boolean: bool(number), Date: date(2026, 2, 28 - number), Integer: 7 + number}
    found = next((value for cls, value in values.items() if isinstance(kind, cls)), None)
    return f"Ä“'{column.name}{number}" if found is None else found
