"""Each step of the look-over tells what it found or why it could not look."""

import pytest

from app.db.database import Database
from app.db.health import look_over
from app.db.migrations import LATEST


def found(database):
    facts = {}
    for step in look_over(database):
        facts |= step
    return facts


def test_a_sound_database_is_told_as_such_with_its_rows(database, stock):
    stock.item("TEA")
    facts = found(database)

    assert facts["schema"]["found"] == LATEST
    assert facts["rows"]["item"] == 1
    if database.file:
        assert facts["integrity"] == ["ok"]
        assert facts["broken_references"] == []
        assert facts["files"][database.file.name] > 0
    else:
        assert "PostgreSQL" in facts["schema"]["server"]


def test_a_step_that_fails_does_not_keep_the_others(tmp_path):
    file = tmp_path / "other.db"
    file.write_text("Shopping list")
    facts = found(Database(file))

    assert all("not a database" in facts[name]["failed"] for name in ("schema", "integrity"))
    assert "rows" in facts


def test_what_is_not_there_is_not_made(tmp_path):
    facts = found(Database(tmp_path / "none.db"))

    assert facts == {"files": {"none.db": None, "none.db-wal": None, "none.db-shm": None}}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_reference_into_nowhere_is_found(database, stock):
    stock.item("TEA", barcode="4006381333931")
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("UPDATE barcode SET item_id = 99")
        driver.execute("PRAGMA foreign_keys = ON")

    assert found(database)["broken_references"] == ["barcode 1 item 0"]
