"""What goes wrong with a database in the world outside, told so that a person can act on it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError

from app.core.errors import Unavailable, marked


class DatabaseBusy(Unavailable):
    template = marked(
        "{place} is in use: another program kept it locked for too long. Nothing was saved. "
        "Wait a moment and try again."
    )


class DatabaseReadOnly(Unavailable):
    template = marked(
        "{place} cannot be written to: the file, its folder or the server only allows reading. "
        "Nothing was saved. Ask for the right to write there, or work on a copy."
    )


class DiskFull(Unavailable):
    template = marked(
        "The disk that holds {place} is full. Nothing was saved. Free some space and try again."
    )


class DiskFailing(Unavailable):
    template = marked(
        "The disk that holds {place} refuses to read or write ({detail}). Nothing was saved. "
        "Check that it is connected, has space left and that your share of it is not used up."
    )


class DatabaseDamaged(Unavailable):
    template = marked(
        "{place} is damaged, or is no database at all ({detail}). Leave it as it is and restore "
        "the latest backup."
    )


class DatabaseMissing(Unavailable):
    template = marked(
        "{place} cannot be opened ({detail}). Check that its name is right, that the folder "
        "exists and that you may open it."
    )


class RightMissing(Unavailable):
    template = marked(
        "{place} does not let you do this ({detail}). Ask the keeper of the server for the right."
    )


class ServerUnreachable(Unavailable):
    template = marked(
        "The database server of {place} does not answer ({detail}). Check the network, the "
        "address and that the server is running."
    )


class OptionUnknown(Unavailable):
    template = marked(
        "{place} cannot be asked with these options ({detail}). Correct them in the database's "
        "address."
    )


class PasswordRefused(Unavailable):
    template = marked(
        "{place} does not accept this user and password. Check both in the database's address."
    )


class ConnectionLost(Unavailable):
    template = marked(
        "The connection to {place} was lost. Nothing was saved. Check the network and try again."
    )


class OutcomeUnknown(Unavailable):
    template = marked(
        "The connection to {place} was lost at the moment of saving, so it may or may not be "
        "saved. Do the same again: a document is never booked twice."
    )


_BY_SQLITE_CODE: dict[int, type[Unavailable]] = {
    5: DatabaseBusy,  # SQLITE_BUSY
    6: DatabaseBusy,  # SQLITE_LOCKED
    8: DatabaseReadOnly,  # SQLITE_READONLY
    10: DiskFailing,  # SQLITE_IOERR
    11: DatabaseDamaged,  # SQLITE_CORRUPT
    13: DiskFull,  # SQLITE_FULL
    14: DatabaseMissing,  # SQLITE_CANTOPEN
    26: DatabaseDamaged,  # SQLITE_NOTADB
}

_READONLY_QUERY = 8
"""The plain code: a writing statement where only reading is allowed, which is our own mistake."""

_BY_SQLSTATE: dict[str, type[Unavailable]] = {
    "25006": DatabaseReadOnly,  # a standby server
    "28000": PasswordRefused,
    "28P01": PasswordRefused,
    "3D000": DatabaseMissing,
    "40001": DatabaseBusy,  # serialization failure
    "40P01": DatabaseBusy,  # deadlock
    "42501": RightMissing,
    "53100": DiskFull,
    "53300": DatabaseBusy,  # too many connections
    "55P03": DatabaseBusy,  # lock not available
    "57014": DatabaseBusy,  # statement timeout
    "58030": DiskFailing,
    "XX001": DatabaseDamaged,
    "XX002": DatabaseDamaged,
}

_BY_TEXT: dict[str, type[Unavailable]] = {
    "failed to resolve host": ServerUnreachable,
    "invalid connection option": OptionUnknown,
}
"""What the driver finds out before it asks any server."""

_READONLY_TRANSACTION = "25006"
_RACES = {"40001", "40P01", "23505"}


Fault = DBAPIError | sqlite3.Error
"""What SQLAlchemy raises, and what the driver raises where it is used without."""


def explained(fault: Fault, place: object, *, writes: bool = True) -> Exception:
    """Return what to tell the user; a fault that is our own mistake is returned as it is."""
    kind = _kind(fault, writes)
    return kind(place=place, detail=_detail(fault)) if kind else fault


def lost_race(fault: DBAPIError) -> bool:
    """Whether another writer got in between, so that a fresh start may go through.

    SQLite has one writer at a time: there nothing gets in between.
    """
    return _sqlstate(fault) in _RACES


def lost_connection(fault: DBAPIError) -> bool:
    """Whether the server went away while we were talking to it, or just when we began to."""
    if fault.connection_invalidated:
        return True
    state = _sqlstate(fault)
    return _hung_up(state) if state else _fell_silent(fault)


def _hung_up(state: str) -> bool:
    return state.startswith(("08", "57P"))


def _fell_silent(fault: DBAPIError) -> bool:
    """Whether the line broke in the middle: then the driver knows no more of the server."""
    return isinstance(fault, OperationalError) and getattr(fault.orig, "pgconn", fault) is None


def _kind(fault: Fault, writes: bool) -> type[Unavailable] | None:
    if (code := getattr(_driver(fault), "sqlite_errorcode", None)) is not None:
        own_mistake = code == _READONLY_QUERY and not writes
        return None if own_mistake else _BY_SQLITE_CODE.get(code & 0xFF)
    if state := _sqlstate(fault):
        own_mistake = state == _READONLY_TRANSACTION and not writes
        return None if own_mistake else _by_sqlstate(fault, state)
    if not isinstance(fault, DBAPIError):
        return None
    if kind := _noticed_by_driver(str(fault.orig)):
        return kind
    return ConnectionLost if lost_connection(fault) else _refused_connection(fault.orig)


def _noticed_by_driver(text: str) -> type[Unavailable] | None:
    return next((kind for start, kind in _BY_TEXT.items() if text.startswith(start)), None)


def _by_sqlstate(fault: Fault, state: str) -> type[Unavailable] | None:
    is_lost = isinstance(fault, DBAPIError) and lost_connection(fault)
    if is_lost or _hung_up(state):
        return ConnectionLost
    return _BY_SQLSTATE.get(state)


def _refused_connection(orig: Any) -> type[Unavailable] | None:
    """Tell why a server let us not in: the driver knows it only as a text."""
    pgconn = getattr(orig, "pgconn", None)
    if pgconn is None:
        return None
    text = str(orig)
    if "does not exist" in text and "database" in text:
        return DatabaseMissing
    if "authentication failed" in text or pgconn.needs_password or pgconn.used_password:
        return PasswordRefused
    return ServerUnreachable


def _driver(fault: Fault) -> BaseException | None:
    return fault.orig if isinstance(fault, DBAPIError) else fault


def _sqlstate(fault: Fault) -> str | None:
    return getattr(_driver(fault), "sqlstate", None)


def _detail(fault: Fault) -> str:
    return " ".join(str(_driver(fault)).split())


@contextmanager
def explaining(place: object, *, writes: bool = True) -> Iterator[None]:
    """Raise the world's faults of the block as refusals that a user can act on."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as fault:
        told = explained(fault, place, writes=writes)
        if told is fault:
            raise
        raise told from fault
