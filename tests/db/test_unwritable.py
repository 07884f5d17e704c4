"""Files that lie where nothing can be written."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from app.db.database import Database
from app.db.migrations import REVISIONS, VERSION_TABLE
from app.db.tables import ItemRow
from app.db.unwritable import FolderNotWritable
from tests.support.unprivileged import open_folder, unprivileged

ROOT = Path(__file__).parents[2]

READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'

LOOKS = """
import json, sys
from sqlalchemy import select
from app.core.errors import AppError
from app.db.database import Database
from app.db.tables import ItemRow

told = {}
try:
    database = Database(sys.argv[1])
    database.create()
    told["said"] = type(database.only_to_look_at).__name__
    with database.reading() as session:
        told["items"] = list(session.scalars(select(ItemRow.sku)))
    database.run(lambda session: session.add(ItemRow(sku="GEL", name="Gel")))
except AppError as error:
    told |= {"refused": type(error).__name__, "message": str(error)}
print(json.dumps(told))
"""


@pytest.fixture
def company(sqlite_file):
    with closing(Database(sqlite_file)) as database, database.writing() as session:
        session.execute(insert(ItemRow).values(sku="TEA", name="Tea"))
    return sqlite_file


def looked_at(file):
    """Open a file from read-only storage and tell what came of it."""
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", READ_ONLY, "sh"]
    words += [str(file.parent), sys.executable, "-c", LOOKS, str(file)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def without_log(file):
    """Let the file be as a backup is, which needs no log beside it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


@pytest.mark.needs("read-only storage")
@pytest.mark.parametrize("is_backup", [False, True])
def test_a_company_on_read_only_storage_can_be_looked_at_and_not_changed(company, is_backup):
    if is_backup:
        without_log(company)

    told = looked_at(company)

    assert (told["said"], told["items"]) == ("OnReadOnlyStorage", ["TEA"])
    assert told["refused"] == "OnReadOnlyStorage"
    assert "stock.db" in told["message"]
    assert "copy" in told["message"].lower()


@pytest.mark.needs("read-only storage")
def test_a_newer_company_there_is_still_told_to_be_newer(company):
    with closing(Database(company)) as database, database.writing() as session:
        session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))

    assert looked_at(company)["said"] == "OnlyToLookAt"


@pytest.mark.needs("read-only storage")
def test_what_is_not_all_in_the_file_or_too_old_is_not_looked_at(company, tmp_path):
    log = company.with_name("stock.db-wal")
    log.write_bytes(b"what was saved last")
    assert looked_at(company)["refused"] == "FolderNotWritable"
    log.unlink()

    with closing(Database(company)) as database, database.writing() as session:
        session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{REVISIONS[0]}'"))
    assert looked_at(company)["refused"] == "FolderNotWritable"
    assert looked_at(company.with_name("new.db"))["refused"] == "FolderNotWritable"


@pytest.mark.needs("a system like Unix")
@pytest.mark.parametrize("name", ["stock.db", "new.db"])
def test_a_folder_that_cannot_be_written_to_is_told(company, name):
    with open_folder() as folder:
        shutil.copyfile(company, folder / "stock.db")
        (folder / "stock.db").chmod(0o666)
        folder.chmod(0o555)
        with (
            unprivileged(),
            closing(Database(folder / name)) as database,
            pytest.raises(FolderNotWritable) as told,
        ):
            database.create()

    assert str(folder) in str(told.value)
    assert "copy" in str(told.value)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_where_all_can_be_written_nothing_is_said(database):
    database.create()

    assert database.only_to_look_at is None
    with database.reading() as session:
        assert list(session.scalars(select(ItemRow.sku))) == []
