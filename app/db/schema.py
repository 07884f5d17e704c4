"""Makes the tables of a new database and brings those of an older version up to date."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from app.core.errors import Unavailable, marked
from app.db.copying import copy_file, dump, free_name, gone_on_failure
from app.db.faults import explaining
from app.db.migrations import LATEST, REVISIONS, VERSION_TABLE, find_revision, upgrade

UPGRADE_LOCK = 0x53746F636B  # any number, the same on every PC


class NewerDatabase(Unavailable):
    template = marked(
        "{place} was made by a newer version of Stockroom (schema {found}, this program knows "
        "{known}). Install the newer version on this PC too."
    )


class OnlyToLookAt(Unavailable):
    template = marked(
        "{place} was made by a newer version of Stockroom (schema {found}, this program knows "
        "{known}): it can be looked at here, but not changed. Install the newer version on this "
        "PC too."
    )


class TooNewToAnswer(Unavailable):
    template = marked(
        "{place} was made by a newer version of Stockroom, and this program cannot find the answer"
        " in it. Install the newer version on this PC too."
    )


class ForeignDatabase(Unavailable):
    template = marked(
        "{place} belongs to another program: it holds tables, but not those of Stockroom. "
        "Nothing in it was changed. Choose another database."
    )


class CopyFailed(Unavailable):
    template = marked(
        "{place} has to be brought up to date, and the copy that is made before cannot be written "
        "to {folder} ({detail}). Nothing in it was changed. Make room there and start again."
    )


class WrongEncoding(Unavailable):
    template = marked(
        "{place} keeps text as {encoding}, which has not all letters. Make a database that keeps "
        "it as UTF8: CREATE DATABASE stockroom ENCODING 'UTF8' TEMPLATE template0."
    )


def bring_up_to_date(
    engine: Engine, place: str, file: Path | None, backups: Path | None = None
) -> None:
    """Apply every revision that is missing, all or none, after a copy was made.

    Raises NewerDatabase, ForeignDatabase or WrongEncoding and then leaves everything as it is.
    """
    with engine.connect() as connection:
        found = check_revision(connection, place)
    if found == LATEST:
        return
    if found and (file or backups):
        _keep_copy(engine, place, file, backups)
    with engine.connect() as connection:
        _turn_off_foreign_keys(connection)
        with connection.begin():
            _wait_for_others(connection)
            if check_revision(connection, place) != LATEST:
                _check_encoding(connection, place)
                upgrade(connection)
        connection.invalidate()  # foreign keys are on again in the next one


def _keep_copy(engine: Engine, place: str, file: Path | None, backups: Path | None) -> None:
    """Copy the database as it is: under a name of its own only once all of it is there."""
    beside = file or Path(backups or "", "stock.db")
    target = free_name(beside, f"before-{LATEST}")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with explaining(part), gone_on_failure(part):
            if file:
                copy_file(file, part)
            else:
                with engine.connect() as connection:
                    dump(connection, part)
            part.replace(target)
    except OSError as fault:
        reason = fault.strerror or fault
        raise CopyFailed(place=place, folder=target.parent, detail=reason) from fault


def check_revision(connection: Connection, place: str) -> str | None:
    """Return the revision of a database that this program can use; None if it is empty."""
    found = find_revision(connection)
    if found and found not in REVISIONS:
        raise NewerDatabase(place=place, found=found, known=LATEST)
    if not found and inspect(connection).get_table_names():
        raise ForeignDatabase(place=place)
    return found


def may_be_changed(connection: sqlite3.Connection) -> bool:
    """Whether a file is empty or of a version that this program knows."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if VERSION_TABLE not in tables:
        return not tables
    row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
    return row is None or row[0] in REVISIONS


def _turn_off_foreign_keys(connection: Connection) -> None:
    """SQLite changes a table by writing it anew, which must not delete what points to it."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver
        driver.execute("PRAGMA foreign_keys = OFF")


def _check_encoding(connection: Connection, place: str) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise WrongEncoding(place=place, encoding=encoding)


def _wait_for_others(connection: Connection) -> None:
    """Two PCs may start the new version at the same time; SQLite's write lock sees to that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
