import pytest
from sqlalchemy import select

from app.db.tables import ItemRow


def find_item(database, sku):
    with database.reading() as session:
        return session.scalar(select(ItemRow.name).where(ItemRow.sku == sku))


def test_a_block_that_raises_changes_nothing(database):
    def fail_half_way(session):
        session.add(ItemRow(sku="TEA", name="Tea"))
        session.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError), database.writing() as session:
        fail_half_way(session)

    assert find_item(database, "TEA") is None


def test_work_is_saved_and_its_result_returned(database, stock):
    stock.location("MAIN/A/A1")
    assert database.run(lambda session: session.add(ItemRow(sku="TEA", name="Tea")) or 7) == 7
    assert find_item(database, "TEA") == "Tea"
