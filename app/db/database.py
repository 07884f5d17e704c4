"""Opens transactions. One `with` block is one unit of work: all of it happens, or none."""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, overload

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from app.core.errors import AppError
from app.core.folders import is_writable
from app.db.address import file_of, place_of, read_address
from app.db.attempts import Attempt
from app.db.copying import address
from app.db.faults import (
    DatabaseMissing,
    DatabaseReadOnly,
    OutcomeUnknown,
    explaining,
    lost_connection,
)
from app.db.migrations import LATEST
from app.db.schema import (
    NewerDatabase,
    OnlyToLookAt,
    TooNewToAnswer,
    bring_up_to_date,
    check_revision,
    may_be_changed,
)
from app.db.shares import refuse_network_share
from app.db.unwritable import FolderNotWritable, OnReadOnlyStorage, may_be_looked_at

T = TypeVar("T")

PATIENCE = 15.0
"""Seconds to wait for another writer before telling the user."""

TRIES = 8
LONGEST_WAIT = 0.5  # seconds between two tries


def _unheard(_step: Any) -> None:
    """Tell nobody how far the work is."""


class Database:
    """A stock database: `where` is a path or an URL, `place` what the user knows it as.

    `only_to_look_at` says why nothing can be changed in it; None where everything can.
    """

    def __init__(self, where: str | Path, *, patience: float = PATIENCE) -> None:
        url = read_address(where)
        self.place = place_of(url)
        self.file = file_of(url)
        self.only_to_look_at: AppError | None = None
        self.engine = _sqlite(url, patience) if self.file else _postgresql(url, patience)
        self._readers = sessionmaker(_for_readers(self.engine))
        self._writers = sessionmaker(self.engine)

    def create(self, backups: Path | None = None) -> None:
        """Make the tables of a new database, or bring those of an older version up to date.

        Before an older one is changed, a file is copied beside itself and a server's database
        into the folder `backups`, if there is one. One of a newer version can only be looked at
        from here on.
        """
        if self.file:
            refuse_network_share(self.file)
        try:
            with explaining(self.place):
                bring_up_to_date(self.engine, self.place, self.file, backups)
        except NewerDatabase as newer:
            self._only_look(OnlyToLookAt(**newer.fields), "mode=ro")
        except (DatabaseMissing, DatabaseReadOnly) as fault:
            folder = self.file and self.file.parent
            if not folder or not os.path.isdir(folder) or is_writable(folder):
                raise
            self._do_without(folder, fault)

    def has_company(self) -> bool:
        """Tell whether there are tables of ours; raises ForeignDatabase. Nothing is changed."""
        with explaining(self.place, writes=False), self.engine.connect() as connection:
            try:
                return check_revision(connection, self.place) is not None
            except NewerDatabase:
                return True

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look at the data. Nothing can be changed inside."""
        with self._explaining_looks(), self._readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A change to the data: committed at the end of the block, undone by any exception."""
        self._refuse_changes()
        with explaining(self.place), self._writers.begin() as session:
            yield session

    @overload
    def run(
        self,
        work: Callable[[Session], Generator[Any, None, T]],
        report: Callable[[Any], None] = ...,
    ) -> T: ...

    @overload
    def run(self, work: Callable[[Session], T], report: Callable[[Any], None] = ...) -> T: ...

    def run(self, work: Callable[[Session], Any], report: Callable[[Any], None] = _unheard) -> Any:
        """Do the work in a transaction of its own and return its result, once it is saved.

        Where another writer got in between or the connection broke, it is all undone and done
        again from the start. A generator is stepped through to its end, each step told to
        `report`; from the first step on it is not started again. What `report` raises undoes all.
        """
        self._refuse_changes()
        with explaining(self.place):
            for tried in range(1, TRIES):
                attempt = Attempt(work, report)
                try:
                    return self._make(attempt)
                except DBAPIError as fault:
                    if not attempt.can_be_repeated(fault):
                        raise
                time.sleep(random.uniform(0, min(LONGEST_WAIT, 0.01 * 2**tried)))
            return self._make(Attempt(work, report))

    def _make(self, attempt: Attempt) -> Any:
        try:
            with self._writers.begin() as session:
                attempt.make(session)
        except DBAPIError as fault:
            if attempt.is_done and lost_connection(fault):
                raise OutcomeUnknown(place=self.place) from fault
            raise
        return attempt.result

    def address(self) -> str:
        """Return what it can be opened by once more, a password typed at the start too.

        It is for this process alone, never to be shown or written down.
        """
        return str(self.file or self.engine.url.render_as_string(hide_password=False))

    def close(self) -> None:
        self.engine.dispose()

    def _do_without(self, folder: Path, fault: Exception) -> None:
        """Look at a file as it is, where all is in it; raises FolderNotWritable where it is not."""
        refused = FolderNotWritable(place=self.place, folder=folder)
        if not may_be_looked_at(Path(self.place)):
            raise refused from fault
        self._only_look(OnReadOnlyStorage(place=self.place), "immutable=1")
        with explaining(self.place, writes=False), self.engine.connect() as connection:
            try:
                if check_revision(connection, self.place) != LATEST:
                    raise refused from fault
            except NewerDatabase as newer:
                self.only_to_look_at = OnlyToLookAt(**newer.fields)

    def _only_look(self, why: AppError, options: str) -> None:
        """Neither this program nor its library changes a byte: a file is opened for reading."""
        self.only_to_look_at = why
        if self.file:
            self.engine.dispose()
            self.engine = _sqlite_to_look_at(self.file, options)
        self._readers = sessionmaker(_for_readers(self.engine))

    def _refuse_changes(self) -> None:
        if self.only_to_look_at:
            raise self.only_to_look_at

    @contextmanager
    def _explaining_looks(self) -> Iterator[None]:
        """In a newer database a table may look different from what this program asks for."""
        try:
            with explaining(self.place, writes=False):
                yield
        except DBAPIError as fault:
            if not isinstance(self.only_to_look_at, OnlyToLookAt):
                raise
            raise TooNewToAnswer(place=self.place) from fault


def _sqlite(url: URL, patience: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _sqlite_to_look_at(file: Path, options: str) -> Engine:
    def connect() -> sqlite3.Connection:
        where = address(file, options)
        return sqlite3.connect(where, uri=True, timeout=PATIENCE, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "connect", _configure_looks)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    options = {
        "connect_timeout": 5,
        "application_name": "Stockroom",
        "options": f"-c lock_timeout={round(patience * 1000)}",
    }
    return create_engine(
        url,
        connect_args={name: value for name, value in options.items() if name not in url.query},
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,  # a connection that died overnight is replaced before it is used
    )


def _for_readers(engine: Engine) -> Engine:
    """All questions of one reader see the same moment, also on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(reads=True)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _configure_looks(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back


def _configure_sqlite(connection: Any, record: Any) -> None:
    _configure_looks(connection, record)
    if may_be_changed(connection):
        connection.execute("PRAGMA journal_mode = WAL")  # readers never wait for the writer
    connection.execute("PRAGMA synchronous = FULL")  # what was saved survives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE may not delete facts either


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock up front, so what a writer reads is still true when it writes."""
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
