"""Opening databases of every kind: new, ours, older, newer, somebody else's, broken."""

import shutil
import sqlite3
import sys
from contextlib import closing
from threading import Barrier, Thread

import pytest
from sqlalchemy import create_engine, select, text

from app.db.address import read_address
from app.db.database import Database
from app.db.faults import DatabaseDamaged, DiskFailing, DiskFull
from app.db.migrations import LATEST, VERSION_TABLE, find_revision
from app.db.schema import (
    CopyFailed,
    ForeignDatabase,
    OnlyToLookAt,
    TooNewToAnswer,
    WrongEncoding,
)
from app.db.tables import ItemRow, LotRow
from tests.support.older import make_older

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8


def open_(where, **options):
    database = Database(where)
    try:
        database.create(**options)
        with database.reading() as session:
            assert find_revision(session.connection()) == LATEST
            return list(session.scalars(select(ItemRow.sku)))
    finally:
        database.close()


def test_a_new_database_is_made_and_opened_again(empty_address):
    assert open_(empty_address) == []
    assert open_(empty_address) == []


def test_an_empty_file_is_a_new_database(tmp_path):
    (tmp_path / "new.db").touch()

    assert open_(tmp_path / "new.db") == []
    assert list(tmp_path.glob("*.before-*")) == []


def test_an_older_database_is_brought_up_to_date(empty_address):
    make_older(empty_address)

    assert open_(empty_address) == ["TEA"]


def test_a_file_is_copied_before_it_is_brought_up_to_date(tmp_path):
    make_older(tmp_path / "stock.db")
    before = f"before-{LATEST}"

    for _ in range(2):
        open_(tmp_path / "stock.db")
    shutil.copyfile(tmp_path / f"stock.{before}.db", tmp_path / "stock.db")
    open_(tmp_path / "stock.db")

    copies = sorted(path.name for path in tmp_path.glob(f"*{before}*"))
    assert copies == [f"stock.{before}-2.db", f"stock.{before}.db"]
    with closing(sqlite3.connect(tmp_path / copies[1])) as copy:
        assert copy.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone() == ("0005",)
        assert copy.execute("SELECT sku FROM item").fetchall() == [("TEA",)]


def test_a_server_is_copied_into_a_folder_before_it_is_brought_up_to_date(postgres, tmp_path):
    name = postgres.make()
    make_older(postgres.url(name))

    open_(postgres.url(name), backups=tmp_path)

    postgres.drop(name)
    with closing(sqlite3.connect(tmp_path / f"stock.before-{LATEST}.db")) as copy:
        assert copy.execute("SELECT sku FROM item").fetchall() == [("TEA",)]


def test_the_folder_of_copies_is_made_when_it_is_needed(postgres, tmp_path):
    name = postgres.make()
    make_older(postgres.url(name))

    open_(postgres.url(name), backups=tmp_path / "data" / "copies")
    postgres.drop(name)

    copies = list((tmp_path / "data" / "copies").iterdir())
    assert [copy.name for copy in copies] == [f"stock.before-{LATEST}.db"]


def test_a_database_that_cannot_be_copied_is_left_as_it_is(postgres, tmp_path):
    name = postgres.make()
    make_older(postgres.url(name))
    (tmp_path / "copies").touch()

    with pytest.raises(CopyFailed, match="Nothing in it was changed"):
        open_(postgres.url(name), backups=tmp_path / "copies")

    assert open_(postgres.url(name), backups=tmp_path) == ["TEA"]
    postgres.drop(name)


if sys.platform != "win32":  # what Windows cannot do to a process
    import resource

    def test_a_full_disk_leaves_no_half_copy_and_the_database_as_it_was(empty_address, tmp_path):
        make_older(empty_address)
        copies = tmp_path / "copies"
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, unlimited[1]))
        try:
            with pytest.raises((DiskFailing, DiskFull, CopyFailed)):
                open_(empty_address, backups=copies)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)

        assert not [path for path in tmp_path.rglob("*") if "before" in path.name]
        assert open_(empty_address, backups=copies) == ["TEA"]
        assert [path.suffix for path in tmp_path.rglob("*before*")] == [".db"]


def test_several_programs_may_start_on_a_new_database_at_once(empty_address):
    start, faults = Barrier(4), []

    def open_one():
        try:
            start.wait()
            open_(empty_address)
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    database = Database(empty_address)
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM location WHERE path = 'LOSS'")) == 1
    database.close()


@pytest.fixture
def newer(database):
    """A database that a later version has changed, closed and opened again."""
    with database.writing() as session:
        session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        session.execute(text("ALTER TABLE lot RENAME TO batch"))
    address = database.engine.url
    database.close()
    newer = Database(database.file or address.render_as_string(hide_password=False))
    yield newer
    newer.close()


def test_a_newer_database_can_be_looked_at_and_not_changed(newer):
    before = newer.file and newer.file.read_bytes()
    newer.create()

    assert "newer version of Stockroom (schema 9999" in str(newer.only_to_look_at)
    with newer.reading() as session:
        assert find_revision(session.connection()) == "9999"
        assert list(session.scalars(select(ItemRow.sku))) == []
    with pytest.raises(OnlyToLookAt, match=r"looked at here, but not changed.*Install"):
        newer.run(lambda session: session.add(ItemRow(sku="TEA", name="Tea")))
    with pytest.raises(OnlyToLookAt), newer.writing():
        pass
    newer.close()
    assert (newer.file and newer.file.read_bytes()) == before


def test_what_a_newer_database_keeps_in_another_way_is_told(newer):
    newer.create()

    with pytest.raises(TooNewToAnswer, match="cannot find the answer"), newer.reading() as session:
        session.scalars(select(LotRow.id)).all()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_newer_copy_without_a_log_keeps_none(newer):
    with closing(sqlite3.connect(newer.file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    before = newer.file.read_bytes()

    newer.create()
    newer.close()

    assert newer.file.read_bytes() == before
    assert not newer.file.with_name("stock.db-wal").exists()


def test_a_database_of_another_program_is_left_alone(empty_address):
    engine = create_engine(read_address(empty_address))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE song (id INTEGER)"))
    database = Database(empty_address)
    before = database.file and database.file.read_bytes()

    with pytest.raises(ForeignDatabase, match="another program"):
        database.create()

    assert (database.file and database.file.read_bytes()) == before
    database.close()
    engine.dispose()


@pytest.mark.parametrize("content", [PNG, b"\0" * 5000, b"not a database", bytes(range(256)) * 40])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, content):
    file = tmp_path / "stock.db"
    file.write_bytes(content)

    with pytest.raises(DatabaseDamaged, match=r"stock\.db is damaged, or is no database.*backup"):
        open_(file)

    assert file.read_bytes() == content


@pytest.mark.parametrize("left", [1, 3])
def test_a_file_that_was_cut_is_damaged(sqlite_file, left):
    with sqlite_file.open("r+b") as file:
        file.truncate(left * 4096 + 100)

    with pytest.raises(DatabaseDamaged):
        open_(sqlite_file)


def test_a_server_that_has_not_all_letters_is_refused(postgres):
    postgres.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")

    with pytest.raises(WrongEncoding, match=r"latin keeps text as LATIN1.*UTF8"):
        open_(postgres.url("latin"))


def test_a_server_where_extensions_may_not_be_added_is_used_without(postgres):
    name = postgres.make()
    postgres.execute("CREATE ROLE clerk LOGIN")
    postgres.execute_in(name, "GRANT ALL ON SCHEMA public TO clerk")

    assert open_(postgres.url(name, "clerk")) == []

    database = Database(postgres.url(name, "clerk"))
    with database.reading() as session:
        indexes = set(session.scalars(text("SELECT indexname FROM pg_indexes")))
    database.close()
    assert "item_name_ix" in indexes
    assert "item_search_words_ix" not in indexes
    postgres.drop(name)
