"""Many rows at once by the driver itself: a fifth of the work of one `execute` for a big document.

The statement is compiled by SQLAlchemy, once for each dialect; values pass the columns' own types.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.dml import Insert


def insert_many(connection: Connection, statement: Insert, rows: Sequence[dict[str, Any]]) -> None:
    """Run an INSERT (or upsert) of a table for rows that all have the same columns."""
    if not rows:
        return
    names = tuple(rows[0])
    sql, order, processors = _compiled(statement, names, connection.dialect)
    if connection.dialect.positional:
        values: list[Any] = [
            tuple(
                [
                    row[name] if process is None else process(row[name])
                    for name, process in zip(order, processors, strict=True)
                ]
            )
            for row in rows
        ]
    else:
        steps = dict(zip(order, processors, strict=True))
        values = [
            {
                name: value if (to := steps[name]) is None else to(value)
                for name, value in row.items()
            }
            for row in rows
        ]
    connection.exec_driver_sql(sql, values if len(values) > 1 else values[0])


@lru_cache(maxsize=64)
def _compiled(
    statement: Insert, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[str, ...], tuple[Callable[[Any], Any] | None, ...]]:
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    order = tuple(compiled.positiontup or compiled.params)
    columns = statement.table.c
    processors = tuple(
        columns[name].type.dialect_impl(dialect).bind_processor(dialect) for name in order
    )
    return str(compiled), order, processors
