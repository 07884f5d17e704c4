"""Finds what begins with a text by an index, letter for letter, in every language alike."""

from typing import Any

from sqlalchemy import ColumnElement, and_, collate
from sqlalchemy.orm import Session

LAST = "\U0010ffff"
"""Stands behind every letter there is."""


def begins_with(
    session: Session, column: Any, text: str, after: str | None = None
) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Return the condition that a column begins with the text, and what to sort by to use its
    index. With `after` only what is sorted behind that.

    A server sorts by the rules of its language, in which “A-1” may stand behind “A2”; there the
    indexes of revision 0007 go by the letters' numbers, as SQLite does.
    """
    by_letter: ColumnElement[Any] = column
    if session.get_bind().dialect.name == "postgresql":
        by_letter = collate(column, "C")
    start = by_letter >= text if after is None else by_letter > after
    return and_(start, by_letter < text + LAST), by_letter
