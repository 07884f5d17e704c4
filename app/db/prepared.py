"""Statements that are compiled once and then handed to the driver as they are.

`connection.execute` works out anew, every time, what it knows already: for a posting of ten
statements that is half of the time. These keep SQLAlchemy's compiled text and the columns' own
types, and do nothing else at each call.
"""

import json
from collections import namedtuple
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    SelectBase,
    String,
    Text,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

Processor = Callable[[Any], Any]


class _ListOf(TypeDecorator[list[Any]]):
    """A list of texts or numbers as one parameter: JSON for SQLite, an array for PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, of_text: bool) -> None:
        super().__init__()
        self.of_text = of_text

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(Text() if self.of_text else BigInteger()))
        return dialect.type_descriptor(Text())

    @override
    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        values = list(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class _OneOf(FunctionElement[bool]):
    name = "one_of"
    type = Boolean()
    inherit_cache = True

    @override
    def self_group(self, against: Any = None) -> Any:
        """Stay a bare condition: with the "= 1" that SQLite's booleans get, no index serves it."""
        return self


@compiles(_OneOf, "sqlite")
def _in_json(element: _OneOf, compiler: Any, **kwargs: Any) -> str:
    column, values = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_OneOf, "postgresql")
def _any_of_array(element: _OneOf, compiler: Any, **kwargs: Any) -> str:
    column, values = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"{column} = ANY ({values})"


def one_of(column: Any, name: str) -> ColumnElement[bool]:
    """Return the condition that a column is one of a list: one parameter, however long."""
    of_text = isinstance(column.type, String)
    return _OneOf(column, bindparam(name, type_=_ListOf(of_text)))


class Prepared:
    """A SELECT, or a union of some, without parts that change.

    Each row is a tuple that knows its columns' names.
    """

    def __init__(self, statement: SelectBase) -> None:
        self.statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def all(self, connection: Connection, **values: Any) -> list[Any]:
        """Return all rows for these parameters."""
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = _Compiled(self.statement, connection.dialect)
            self._compiled[connection.dialect.name] = compiled
        return compiled.run(connection, values)

    def first(self, connection: Connection, **values: Any) -> Any | None:
        """Return the first row, if there is one."""
        rows = self.all(connection, **values)
        return rows[0] if rows else None


def _row_of(names: list[str]) -> Callable[..., Any]:
    """Return what makes a named row of a tuple."""
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    make: Callable[..., Any] = row._make
    return make


class _Compiled:
    """A statement in the words of one driver."""

    def __init__(self, statement: SelectBase, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self._text = compiled.string
        self._usual = dict(compiled.params)
        self._order: Iterable[str] | None = compiled.positiontup
        self._to_driver = {
            name: process
            for bind, name in compiled.bind_names.items()
            if (process := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        columns = statement.selected_columns
        self._from_driver = [
            (place, process)
            for place, column in enumerate(columns)
            if (process := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]
        self._row = _row_of([column.key or "column" for column in columns])

    def run(self, connection: Connection, values: dict[str, Any]) -> list[Any]:
        given = {**self._usual, **values}
        for name, process in self._to_driver.items():
            given[name] = process(given[name])
        parameters: Any = given
        if self._order is not None:
            parameters = tuple([given[name] for name in self._order])
        rows = []
        for raw in connection.exec_driver_sql(self._text, parameters):
            row = list(raw)
            for place, process in self._from_driver:
                row[place] = process(row[place])
            rows.append(self._row(row))
        return rows
