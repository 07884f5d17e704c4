"""Backs a database up into one file, and brings it back.

A backup is always a SQLite file that this program could open as it is, whatever engine the
database runs on: no server program is needed to make one or to bring one back, and a company
moves from a file to a server, or the other way, by restoring a backup there.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from app.core.errors import Refused, Unavailable, marked
from app.db.copying import address, copy_file, copy_rows, dump, free_name, gone_on_failure
from app.db.database import Database
from app.db.faults import DatabaseBusy, DatabaseDamaged, explaining
from app.db.migrations import LATEST, REVISIONS, VERSION_TABLE
from app.db.schema import ForeignDatabase, NewerDatabase
from app.db.shares import refuse_network_share
from app.db.tables import DocumentRow, ItemRow


class BackupFailed(Unavailable):
    template = marked(
        "The backup cannot be written to {folder} ({detail}). Check that the folder can be "
        "reached, that you may write there and that the disk is not full."
    )


class NoSuchBackup(Refused):
    template = marked("{file} is not there. Choose the file of a backup.")


class RestoreOntoItself(Refused):
    template = marked("{file} is the database itself. Choose the file of a backup.")


class TargetNotEmpty(Refused):
    template = marked(
        "{place} already holds items or documents, and a backup replaces everything. Make a new, "
        "empty database on the server and restore into that."
    )


def backup(database: Database, folder: Path) -> Path:
    """Copy the database as it is at one moment into a new file and return it, checked.

    Others may go on writing meanwhile.
    """
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    part = folder / f"stockroom-{stamp}-{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = free_name(folder / "stockroom.db", stamp)
        with explaining(part), gone_on_failure(part):
            _write(database, part)
            check_backup(part)
            part.replace(target)
    except OSError as fault:
        raise BackupFailed(folder=folder, detail=fault.strerror or fault) from fault
    return target


def check_backup(file: Path) -> str:
    """Return the revision of a backup after reading all of it.

    Raises NoSuchBackup, DatabaseDamaged, NewerDatabase, ForeignDatabase.
    """
    if not file.is_file():
        raise NoSuchBackup(file=file)
    uri = address(file, "mode=ro")
    with explaining(file), closing(sqlite3.connect(uri, uri=True)) as connection:
        (verdict,), *_ = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if verdict != "ok":
            raise DatabaseDamaged(place=file, detail=verdict)
        has_version = "SELECT 1 FROM sqlite_master WHERE name = ?"
        if not connection.execute(has_version, (VERSION_TABLE,)).fetchone():
            raise ForeignDatabase(place=file)
        (revision,) = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
    if revision not in REVISIONS:
        raise NewerDatabase(place=file, found=revision, known=LATEST)
    return str(revision)


def restore(file: Path, where: str | Path) -> Path | None:
    """Bring a backup back to `where`, a path or an URL.

    A file that was there is kept aside under the name returned. On a server the database must
    hold no stock yet. Raises what check_backup raises, DatabaseBusy while anyone has the file
    open, OnNetworkShare, TargetNotEmpty.
    """
    check_backup(file)
    database = Database(where)
    try:
        if database.file:
            return _restore_file(file, database.file)
        _restore_rows(file, database)
        return None
    finally:
        database.close()


def _write(database: Database, part: Path) -> None:
    if database.file:
        copy_file(database.file, part)
        return
    with database.reading() as session:
        dump(session.connection(), part)


def _restore_file(file: Path, target: Path) -> Path | None:
    if target.exists() and target.samefile(file):
        raise RestoreOntoItself(file=file)
    refuse_network_share(target)
    part = target.with_name(target.name + ".part")
    try:
        with explaining(target), gone_on_failure(part):
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_file(file, part)
            check_backup(part)
            kept = _put_aside(target)
            part.replace(target)
    except OSError as fault:
        raise BackupFailed(folder=target.parent, detail=fault.strerror or fault) from fault
    return kept


def _put_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    _make_sure_nobody_uses(target)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    kept = free_name(target, f"replaced-{stamp}")
    for ending in ("", "-wal", "-shm"):
        part = target.with_name(target.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    return kept


def _make_sure_nobody_uses(file: Path) -> None:
    """Ending the write-ahead log needs the file to ourselves, and leaves all in the one file."""
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise DatabaseBusy(place=file) from fault
        except sqlite3.DatabaseError:
            return  # damaged: a good reason to restore


def _restore_rows(file: Path, database: Database) -> None:
    with tempfile.TemporaryDirectory(prefix="stockroom-") as folder:
        copy = Path(folder) / "stock.db"
        copy_file(file, copy)
        source = Database(copy)
        try:
            source.create()
            database.create()
            with source.reading() as reader, database.writing() as writer:
                if any(writer.scalar(select(func.count(row.id))) for row in (ItemRow, DocumentRow)):
                    raise TargetNotEmpty(place=database.place)
                copy_rows(reader.connection(), writer.connection())
        finally:
            source.close()
