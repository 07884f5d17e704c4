"""Finds what begins with a text by an index, letter for letter, in every language alike."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, String, and_, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

LAST = "\U0010ffff"
"""Stands behind every letter there is."""


class _ByLetter(FunctionElement[str]):
    name = "by_letter"
    type = String()
    inherit_cache = True


@compiles(_ByLetter)
def _plain(element: _ByLetter, compiler: Any, **kwargs: Any) -> str:
    return str(compiler.process(*element.clauses, **kwargs))


@compiles(_ByLetter, "postgresql")
def _collated(element: _ByLetter, compiler: Any, **kwargs: Any) -> str:
    return f'{compiler.process(*element.clauses, **kwargs)} COLLATE "C"'


def by_letter(column: Any) -> ColumnElement[str]:
    """Return a column of text to compare and sort by the numbers of its letters, as SQLite does.

    A server sorts by the rules of its language, in which “A-1” may stand behind “A2”; there the
    indexes of revision 0007 serve.
    """
    return _ByLetter(column)


def begins_with(column: Any, text: str | BindParameter[str]) -> ColumnElement[bool]:
    """Return the condition that a column begins with the text, which an index serves.

    For a parameter `name` a second one, `name_end`, is wanted: see `span`.
    """
    if isinstance(text, str):
        start, end = text, text + LAST
        return and_(by_letter(column) >= start, by_letter(column) < end)
    behind = bindparam(f"{text.key}_end", type_=String())
    return and_(by_letter(column) >= text, by_letter(column) < behind)


def span(name: str, text: str) -> dict[str, str]:
    """Return the two parameters of `begins_with` for a text."""
    return {name: text, f"{name}_end": text + LAST}
