import sqlite3
from contextlib import closing
from threading import Event, Thread

import pytest
from sqlalchemy import func, select, text

from app.core.catalogue import LocationKind
from app.core.clock import EPOCH
from app.db import shares
from app.db.backup import (
    BackupFailed,
    NoSuchBackup,
    RestoreOntoItself,
    TargetNotEmpty,
    backup,
    check_backup,
    restore,
)
from app.db.database import Database
from app.db.faults import DatabaseBusy, DatabaseDamaged
from app.db.migrations import LATEST, VERSION_TABLE
from app.db.schema import ForeignDatabase, NewerDatabase
from app.db.shares import OnNetworkShare
from app.db.tables import DraftRow, ItemRow, LocationRow
from tests.support.rows import all_rows, fill


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def rows_of(where):
    database = Database(where)
    database.create()
    with database.reading() as session:
        rows = all_rows(session)
    database.close()
    return rows


def test_what_was_backed_up_comes_back_on_either_engine(database, empty_address, folder):
    with database.writing() as session:
        fill(session)
        rows = all_rows(session)
    assert all(rows.values())

    file = backup(database, folder)
    assert rows_of(file) == rows

    assert restore(file, empty_address) is None
    assert rows_of(empty_address) == rows


def test_work_goes_on_in_a_restored_database(database, stock, empty_address, folder):
    stock.item("TEA")
    restore(backup(database, folder), empty_address)

    restored = Database(empty_address)
    with restored.writing() as session:
        session.add(ItemRow(sku="JAM", name="Jam"))
    with restored.reading() as session:
        assert list(session.scalars(select(ItemRow.sku).order_by(ItemRow.id))) == ["TEA", "JAM"]
    restored.close()


def test_a_place_may_be_older_than_the_place_above_it(database, stock, empty_address, folder):
    stock.location("A1", LocationKind.STORAGE)
    site = stock.location("MAIN", LocationKind.SITE)
    with database.writing() as session:
        row = session.scalars(select(LocationRow).where(LocationRow.path == "A1")).one()
        row.path, row.parent_id = "MAIN/A1", site

    restore(backup(database, folder), empty_address)

    assert rows_of(empty_address) == rows_of(database.engine.url.render_as_string(False))


def test_a_backup_is_one_file_that_says_when_it_was_made(database, folder):
    files = [backup(database, folder) for _ in range(3)]

    assert sorted(folder.iterdir()) == sorted(files)
    assert all(file.match("stockroom.????-??-??-??????*.db") for file in files)
    assert check_backup(files[0]) == LATEST


def test_a_backup_shows_one_moment_while_others_write(database, folder):
    stop = Event()

    def write_pairs():
        number = 0
        while not stop.is_set():
            number += 1
            with database.writing() as session:
                session.add(DraftRow(screen="a", name=str(number), body="", saved_at=EPOCH))
                session.flush()
                session.add(DraftRow(screen="b", name=str(number), body="", saved_at=EPOCH))

    writer = Thread(target=write_pairs)
    writer.start()
    try:
        files = [backup(database, folder) for _ in range(5)]
    finally:
        stop.set()
        writer.join()

    for file in files:
        with closing(sqlite3.connect(file)) as copy:
            counts = dict(copy.execute("SELECT screen, count(*) FROM draft GROUP BY screen"))
        assert counts.get("a") == counts.get("b")
    assert counts["a"] > 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_folder_that_cannot_be_written_to_is_explained(database, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(BackupFailed, match=r"cannot be written to .*file"):
        backup(database, tmp_path / "file")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_backup_that_fails_leaves_nothing_behind(database, folder):
    with database.writing() as session:
        session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))

    with pytest.raises(NewerDatabase):
        backup(database, folder)

    assert list(folder.iterdir()) == []


@pytest.fixture
def good(sqlite_file, folder):
    """A good backup of a database without anything in it."""
    database = Database(sqlite_file)
    file = backup(database, folder)
    database.close()
    return file


def test_the_file_that_is_replaced_is_kept_aside(good, tmp_path):
    target = tmp_path / "target.db"
    target.write_bytes(good.read_bytes())
    database = Database(target)
    with database.writing() as session:
        session.add(ItemRow(sku="TEA", name="Tea"))
    database.close()

    kept = restore(good, target)

    assert rows_of(target)["item"] == []
    assert [row[1] for row in rows_of(kept)["item"]] == ["TEA"]


def test_a_broken_file_is_replaced_and_kept_too(good, tmp_path):
    target = tmp_path / "target.db"
    target.write_bytes(b"broken")

    kept = restore(good, target)

    assert kept.read_bytes() == b"broken"
    assert rows_of(target)["item"] == []


def test_a_database_in_use_is_not_replaced(good, tmp_path):
    target = tmp_path / "target.db"
    target.write_bytes(good.read_bytes())
    database = Database(target)
    with database.reading() as session:
        session.scalar(select(func.count(ItemRow.id)))

    with pytest.raises(DatabaseBusy, match=r"target\.db is in use"):
        restore(good, target)

    database.close()
    assert restore(good, target)
    assert list(tmp_path.glob("*.part")) == []


def test_only_a_good_backup_is_restored(good, tmp_path):
    target = tmp_path / "target.db"
    content = good.read_bytes()
    spoilt = {
        NoSuchBackup: None,
        ForeignDatabase: b"",
        DatabaseDamaged: content[: len(content) // 2],
    }
    for refusal, kept in spoilt.items():
        file = tmp_path / "backup.db"
        if kept is not None:
            file.write_bytes(kept)
        with pytest.raises(refusal):
            restore(file, target)

    assert not target.exists()


def test_a_backup_with_a_page_overwritten_is_not_restored(good, tmp_path):
    with good.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xaa" * 4096)

    with pytest.raises(DatabaseDamaged):
        restore(good, tmp_path / "target.db")

    assert not (tmp_path / "target.db").exists()


def test_a_backup_from_a_newer_program_is_not_restored(good, tmp_path):
    with closing(sqlite3.connect(good)) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
        connection.commit()

    with pytest.raises(NewerDatabase):
        restore(good, tmp_path / "target.db")


@pytest.mark.needs("Linux")
def test_a_backup_is_not_restored_onto_a_network_drive(good, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"nas:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(shares, "MOUNTS", mounts)

    with pytest.raises(OnNetworkShare):
        restore(good, tmp_path / "target.db")


def test_a_backup_is_not_restored_onto_itself(good):
    with pytest.raises(RestoreOntoItself):
        restore(good, good)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_holds_stock_is_not_overwritten(good, database, stock, postgres_url):
    stock.item("TEA")

    with pytest.raises(TargetNotEmpty, match="already holds"):
        restore(good, postgres_url)

    with database.reading() as session:
        assert list(session.scalars(select(ItemRow.sku))) == ["TEA"]
