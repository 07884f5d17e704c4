"""What the revisions leave behind, on both engines."""

from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.core.catalogue import LocationKind
from app.core.clock import now
from app.core.documents import DocumentType
from app.db.migrations import FOLDER, REVISIONS, VERSION_TABLE, is_compared
from app.db.tables import (
    BarcodeRow,
    CountResultRow,
    DocumentRow,
    ItemRow,
    LocationRow,
    MovementRow,
    whole_schema,
)

ONE = Decimal(1)
FACTS = ("document", "movement", "count_result")


@pytest.fixture
def facts(database, stock):
    """One row in each table of facts."""
    places = {"from_id": stock.location("MAIN/A1"), "to_id": stock.location("MAIN/A2")}
    times = {"effective_at": now(), "entered_at": now()}
    where = {"document_id": 1, "line": 1, "item_id": stock.item("TEA"), "sequence": 1}
    with database.writing() as session:
        session.add(DocumentRow(key="k", number="RC1", type=DocumentType.RECEIPT, **times))
        session.flush()
        session.add(MovementRow(**where, **places, **times, quantity=ONE))
        anchor = {"location_id": places["to_id"], "effective_at": now(), "counted": ONE}
        session.add(CountResultRow(**where, **anchor))


def test_the_revisions_of_the_folder_are_those_the_program_knows():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)

    assert [each.revision for each in script.walk_revisions()][::-1] == list(REVISIONS)


def test_the_revisions_lead_to_the_tables_of_the_program(database):
    with database.engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "include_object": is_compared}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, whole_schema()) == []


@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 2", "DELETE FROM {}"])
@pytest.mark.usefixtures("facts")
def test_a_fact_can_neither_be_changed_nor_deleted(database, table, change):
    with (
        pytest.raises(IntegrityError, match=f"{table} is append-only"),
        database.writing() as session,
    ):
        session.execute(text(change.format(table)))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("facts")
def test_a_fact_cannot_be_replaced_either(database):
    with pytest.raises(IntegrityError, match="append-only"), database.writing() as session:
        session.execute(text("REPLACE INTO count_result SELECT * FROM count_result"))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", FACTS)
def test_the_facts_cannot_be_emptied(database, table):
    with pytest.raises(IntegrityError, match="append-only"), database.writing() as session:
        session.execute(text(f"TRUNCATE {table} CASCADE"))


def test_the_places_outside_are_there(database):
    with database.reading() as session:
        places = {row.path: row for row in session.scalars(select(LocationRow))}

    kinds = {path: row.kind for path, row in places.items()}
    losses = ["COUNT", "ADJUSTMENT", "SCRAP", "DAMAGED", "EXPIRED", "LOST", "FOUND", "OTHER"]
    assert kinds == {
        **{kind.name: kind for kind in LocationKind if kind.name in kinds},
        **{f"LOSS/{name}": LocationKind.LOSS for name in losses},
    }
    assert {"SUPPLIER", "CUSTOMER", "PRODUCTION", "OPENING", "LOSS"} <= set(kinds)
    assert places["LOSS/SCRAP"].parent_id == places["LOSS"].id
    assert places["LOSS/SCRAP"].code == "SCRAP"
    assert all(row.allow_negative and row.is_active for row in places.values())


def test_items_are_found_by_any_part_of_what_they_are_called_now(database, stock):
    tea = stock.item("GRÜN-7", "Green tea", barcode="4006381333931")
    stock.item("JAM", "Plum jam")

    with database.writing() as session:
        assert search(session, "een te") == [tea]
        assert search(session, "RÜN") == [tea]
        assert search(session, "6381333") == [tea]

        session.get(ItemRow, tea).name = "Sencha"
        session.add(BarcodeRow(item_id=tea, code="PACK-12"))
        session.flush()
        assert search(session, "een te") == []
        assert search(session, "sench") == [tea]
        assert search(session, "ck-12") == search(session, "6381333") == [tea]

        session.execute(text("UPDATE barcode SET code = 'BOX-12' WHERE code = 'PACK-12'"))
        assert search(session, "ck-12") == []
        assert search(session, "ox-12") == [tea]

        session.execute(text("DELETE FROM barcode"))
        assert search(session, "ox-12") == []

        session.execute(text("DELETE FROM item WHERE sku = 'JAM'"))
        assert search(session, "plum") == []


def search(session, words):
    if session.get_bind().dialect.name == "postgresql":
        query = text("SELECT item_id FROM item_search WHERE words ILIKE :words")
        return list(session.scalars(query, {"words": f"%{words}%"}))
    query = text("SELECT rowid FROM item_search WHERE item_search MATCH :words")
    return list(session.scalars(query, {"words": f'"{words}"'}))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_search_for_parts_and_beginnings_has_indexes_on_postgresql(database):
    with database.reading() as session:
        names = set(session.scalars(text("SELECT indexname FROM pg_indexes")))

    assert {"item_search_words_ix", "item_name_begin_search_ix"} <= names
    assert "document_number_begin_search_ix" in names
