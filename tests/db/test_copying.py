import sqlite3
from contextlib import closing

import pytest

from app.db.copying import copy_file, free_name
from app.db.database import Database
from app.db.tables import ItemRow


def test_a_name_that_is_taken_is_counted_on(tmp_path):
    names = []
    for _ in range(3):
        names.append(free_name(tmp_path / "stock.db", "old"))
        names[-1].touch()

    assert [path.name for path in names] == ["stock.old.db", "stock.old-2.db", "stock.old-3.db"]


@pytest.mark.parametrize(
    "name",
    [
        *("copy.db", "a#b%20c.db", "茶 & x=1.db"),
        pytest.param("a?b.db", marks=pytest.mark.needs("a system like Unix")),
    ],
)
def test_a_copy_stands_alone_with_all_that_was_saved(sqlite_file, tmp_path, name):
    database = Database(sqlite_file)
    with database.writing() as session:
        session.add(ItemRow(sku="TEA", name="Tea"))
    assert sqlite_file.with_name("stock.db-wal").stat().st_size > 0

    folder = tmp_path / "copies"
    folder.mkdir()
    copy_file(sqlite_file, folder / name)

    database.close()
    assert [path.name for path in folder.iterdir()] == [name]
    with closing(sqlite3.connect(folder / name)) as copy:
        assert copy.execute("SELECT sku FROM item").fetchall() == [("TEA",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_what_is_not_there_is_not_made_by_copying_it(tmp_path):
    with pytest.raises(sqlite3.OperationalError):
        copy_file(tmp_path / "nothing.db", tmp_path / "copy.db")

    assert not (tmp_path / "nothing.db").exists()
