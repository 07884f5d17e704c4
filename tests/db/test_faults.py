"""The world's faults, made for real where that can be done, come as refusals that help."""

import shutil
import socket
import sqlite3
import sys
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.core.clock import EPOCH
from app.core.errors import Unavailable
from app.db.address import read_address
from app.db.database import Database
from app.db.faults import (
    ConnectionLost,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseReadOnly,
    DiskFailing,
    DiskFull,
    OptionUnknown,
    PasswordRefused,
    RightMissing,
    ServerUnreachable,
    explained,
    lost_connection,
)
from app.db.tables import DraftRow, ItemRow
from tests.support.unprivileged import open_folder, unprivileged

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def add(database, sku="TEA"):
    with database.writing() as session:
        session.add(ItemRow(sku=sku, name="Tea"))


def add_much(database):
    with database.writing() as session:
        session.add(DraftRow(screen="a", body="x" * 3_000_000, saved_at=EPOCH))


def skus(database):
    with database.reading() as session:
        return list(session.scalars(text("SELECT sku FROM item ORDER BY id")))


@pytest.fixture
def impatient(database):
    """The same database, opened by somebody who does not wait long."""
    url = database.file or database.engine.url.render_as_string(hide_password=False)
    impatient = Database(url, patience=0.05)
    yield impatient
    impatient.close()


def test_a_lock_held_by_somebody_else_is_told_after_a_while(database, impatient):
    add(database)
    change = "UPDATE item SET name = 'Rival' WHERE sku = 'TEA'"

    with database.writing() as session:
        session.execute(text(change))
        with (
            pytest.raises(DatabaseBusy, match=r"in use.*try again"),
            impatient.writing() as waiting,
        ):
            waiting.execute(text(change))

    with impatient.writing() as session:
        session.execute(text(change))


def test_a_reader_does_not_wait_for_a_writer(database, impatient):
    with database.writing() as session:
        session.add(ItemRow(sku="TEA", name="Tea"))
        session.flush()
        assert skus(impatient) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    database = Database(tmp_path / "no" / "stock.db")

    with pytest.raises(DatabaseMissing, match=r"stock\.db cannot be opened.*folder exists"):
        database.create()


def test_a_folder_in_place_of_a_file_is_told(tmp_path):
    with pytest.raises(DatabaseMissing):
        Database(tmp_path).create()


@only_sqlite
def test_a_full_disk_is_told_and_what_was_there_is_kept(database):
    add(database)
    database.close()
    full = Database(database.file)

    @event.listens_for(full.engine, "connect")
    def leave_no_room(connection, _record):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFull, match=r"is full. Nothing was saved"):
        add_much(full)

    assert skus(full) == ["TEA"]
    full.close()
    add_much(database)


@only_sqlite
def test_a_page_that_was_overwritten_is_told(database):
    with closing(sqlite3.connect(database.file)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'item'"
        (page,) = connection.execute(query).fetchone()
    with database.file.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)

    with pytest.raises(DatabaseDamaged, match="restore the latest backup"):
        skus(database)


def test_a_server_that_is_not_there_is_told():
    database = Database("postgresql://ann:secret@127.0.0.1:1/stock")

    with pytest.raises(ServerUnreachable, match=r"127\.0\.0\.1/stock does not answer") as told:
        database.create()

    assert "secret" not in str(told.value)


def test_a_database_that_is_not_on_the_server_is_told(postgres):
    with pytest.raises(DatabaseMissing, match="nowhere"):
        Database(postgres.url("nowhere")).create()


@pytest.mark.parametrize("user", ["guarded:wrong", "guarded"])
@pytest.mark.usefixtures("guarded")
def test_a_wrong_or_missing_password_is_told(postgres, user, monkeypatch):
    monkeypatch.setenv("PGPASSFILE", "/no/such/file")

    with pytest.raises(PasswordRefused) as told:
        Database(postgres.url("postgres", user)).create()

    assert "wrong" not in str(told.value)


@pytest.mark.usefixtures("guarded")
def test_a_right_that_is_missing_is_told(postgres, postgres_url):
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    database = Database(postgres.url(name, "guarded:r1ght"))

    with pytest.raises(RightMissing, match="item"):
        add(database)

    database.close()


@only_postgresql
def test_a_server_that_only_allows_reading_is_told(database, postgres):
    name = database.engine.url.database
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")

    with pytest.raises(DatabaseReadOnly):
        add(database)

    assert skus(database) == []


@only_postgresql
def test_a_connection_that_breaks_is_told_and_made_again(database, postgres):
    def add_on_a_broken_connection(session):
        number = session.scalar(text("SELECT pg_backend_pid()"))
        postgres.execute(f"SELECT pg_terminate_backend({number})")
        session.add(ItemRow(sku="TEA", name="Tea"))

    with pytest.raises(ConnectionLost, match="Nothing was saved"), database.writing() as session:
        add_on_a_broken_connection(session)

    add(database)
    assert skus(database) == ["TEA"]


@only_postgresql
@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("53100", DiskFull),
        ("53300", DatabaseBusy),
        ("57014", DatabaseBusy),
        ("58030", DiskFailing),
        ("XX001", DatabaseDamaged),
        ("40001", DatabaseBusy),
    ],
)
def test_what_a_server_says_of_its_world_is_told(database, state, kind):
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '{state}'; END $$"

    with pytest.raises(kind), database.writing() as session:
        session.execute(text(raising))


def test_a_mistake_of_ours_stays_one(database):
    with pytest.raises(DBAPIError) as wrong, database.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))
    add(database)
    with pytest.raises(IntegrityError):
        add(database)

    assert not isinstance(wrong.value, Unavailable)


def test_to_change_something_while_reading_is_a_mistake_of_ours(database):
    with pytest.raises(DBAPIError, match=r"read-?only"), database.reading() as session:
        session.execute(insert(ItemRow).values(sku="TEA", name="Tea"))

    assert skus(database) == []


if sys.platform != "win32":  # what Windows cannot do to a process
    import resource

    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_a_file_that_may_only_be_read_is_told_when_something_is_to_be_saved(sqlite_file, what):
        with open_folder() as folder:
            file = folder / "stock.db"
            shutil.copyfile(sqlite_file, file)
            (file if what == "file" else folder).chmod(0o555)
            with unprivileged():
                database = Database(file)
                with pytest.raises(
                    (DatabaseReadOnly, DatabaseMissing), match=r"stock\.db cannot be"
                ):
                    add(database)
                database.close()

    @only_sqlite
    def test_a_disk_that_refuses_to_write_is_told_and_what_was_there_is_kept(database):
        add(database)
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, unlimited[1]))
        try:
            with pytest.raises((DiskFailing, DiskFull), match=r"Nothing was saved"):
                add_much(database)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)

        assert skus(database) == ["TEA"]
        add_much(database)


def test_a_line_that_breaks_while_a_connection_is_made_is_a_lost_connection(postgres_url):
    """SQLAlchemy asks the driver about the server then, without a connection of its own yet."""
    address = read_address(postgres_url).set(drivername="postgresql")
    connection = psycopg.connect(address.render_as_string(hide_password=False))
    with socket.socket(fileno=socket.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
    with pytest.raises(psycopg.OperationalError) as broken:
        connection.execute("SELECT 1")
    connection.close()
    fault = OperationalError(None, None, broken.value)

    assert lost_connection(fault)
    assert isinstance(explained(fault, "here"), ConnectionLost)


def test_a_server_whose_name_nobody_knows_is_not_there():
    database = Database("postgresql://ann:secret@nowhere.invalid/stock")

    with pytest.raises(ServerUnreachable, match="does not answer"):
        database.has_company()


def test_an_option_that_the_driver_does_not_know_is_told(postgres_url):
    sign = "&" if "?" in postgres_url else "?"
    database = Database(f"{postgres_url}{sign}colour=blue")

    with pytest.raises(OptionUnknown, match="colour"):
        database.has_company()
