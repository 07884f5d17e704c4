"""Beginnings of codes are found letter for letter, by an index."""

import pytest
from sqlalchemy import String, bindparam, select, text

from app.db.beginnings import begins_with, by_letter, span
from app.db.tables import ItemRow

SKUS = ("A-1", "A-10", "A1", "A2", "a-1", "Ä-1", "B-1", "A")


def beginning(session, wanted):
    query = select(ItemRow.sku).where(begins_with(ItemRow.sku, wanted))
    return list(session.scalars(query.order_by(by_letter(ItemRow.sku))))


@pytest.fixture
def items(stock):
    for sku in SKUS:
        stock.item(sku)


def test_only_what_begins_so_is_found_in_the_order_of_letters(database, items):
    with database.reading() as session:
        assert beginning(session, "A-") == ["A-1", "A-10"]
        assert beginning(session, "A") == ["A", "A-1", "A-10", "A1", "A2"]
        assert beginning(session, "a") == ["a-1"]
        assert beginning(session, "Ä") == ["Ä-1"]
        assert beginning(session, "Z") == []


def test_the_beginning_may_be_a_parameter(database, items):
    query = select(ItemRow.sku).where(begins_with(ItemRow.sku, bindparam("wanted", type_=String())))
    with database.reading() as session:
        assert set(session.scalars(query, span("wanted", "A-"))) == {"A-1", "A-10"}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_has_an_index_for_it(database):
    with database.reading() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        begins = begins_with(ItemRow.sku, "A-")
        query = select(ItemRow.id).where(begins).order_by(by_letter(ItemRow.sku)).limit(5)
        compiled = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = "\n".join(session.scalars(text(f"EXPLAIN {compiled}")))

    assert "item_sku_begin_search_ix" in plan
    assert "Sort" not in plan
