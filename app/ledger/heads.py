"""What a posting must know before it begins, asked in one statement when its turn has come."""

from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, select

from app.db.prepared import Prepared
from app.db.tables import (
    CountResultRow,
    DocumentRow,
    MovementRow,
    SettingRow,
    ValueEntryRow,
    table_of,
)
from app.ledger.periods import CLOSED_BEFORE

_DOCUMENT = table_of(DocumentRow)
_MOVEMENT = table_of(MovementRow)
_COUNT = table_of(CountResultRow)
_ENTRY = table_of(ValueEntryRow)
_SETTING = table_of(SettingRow)

_SAME_KEY = select(_DOCUMENT.c.number).where(_DOCUMENT.c.key == bindparam("key")).scalar_subquery()
_MONEY_PLACES = (
    select(_SETTING.c.value).where(_SETTING.c.name == "currency_places").scalar_subquery()
)
_CLOSED = select(_SETTING.c.value).where(_SETTING.c.name == CLOSED_BEFORE).scalar_subquery()
_HEAD_SQLITE = Prepared(
    select(
        _SAME_KEY.label("number"),
        _MONEY_PLACES.label("places"),
        _CLOSED.label("closed"),
        (func.coalesce(select(func.max(_DOCUMENT.c.id)).scalar_subquery(), 0) + 1).label("id"),
        func.max(
            func.coalesce(select(func.max(_MOVEMENT.c.id)).scalar_subquery(), 0),
            func.coalesce(select(func.max(_COUNT.c.sequence)).scalar_subquery(), 0),
            func.coalesce(select(func.max(_ENTRY.c.id)).scalar_subquery(), 0),
        ).label("sequence"),
    )
)
_HEAD_POSTGRESQL = Prepared(
    select(
        _SAME_KEY.label("number"),
        _MONEY_PLACES.label("places"),
        _CLOSED.label("closed"),
        func.nextval("document_id_seq").label("id"),
        literal(0).label("sequence"),
    )
)
_GATE = 0x6C6564676572
"""Any number, the same on every PC: postings go through together, a closing or rebuild alone."""
_TOGETHER = Prepared(select(func.pg_advisory_xact_lock_shared(_GATE)))
_ALONE = Prepared(select(func.pg_advisory_xact_lock(_GATE)))


def wait_for_turn(connection: Connection, *, alone: bool) -> None:
    """Let a closing wait for what has begun, and what begins wait for it, until its end.

    What was known when a period was closed is what has a lower row number than the closing: so no
    document may be on its way then. SQLite has one writer at a time.
    """
    if connection.dialect.name == "postgresql":
        (_ALONE if alone else _TOGETHER).all(connection)


def read_head(connection: Connection, key: str) -> Any:
    """Return the number of a document that has this key, else the row numbers to go on with.

    `places` are the currency's decimals, `closed` tells whether any period is closed; `sequence`
    is the last number of a movement, where the database has no counter of its own.
    """
    on_server = connection.dialect.name == "postgresql"
    query = _HEAD_POSTGRESQL if on_server else _HEAD_SQLITE
    return query.first(connection, key=key)
