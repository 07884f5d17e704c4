import pytest
from sqlalchemy import select

from app.db.paging import fetch_page
from app.db.tables import LotRow

KEY = (LotRow.item_id, LotRow.code)


@pytest.mark.parametrize("size", range(1, 7))
def test_every_row_is_on_exactly_one_page(database, stock, size):
    items = [stock.item("JAM"), stock.item("TEA")]
    rows = [(item, code) for item in items for code in ("A", "B")]
    with database.writing() as session:
        session.add_all([LotRow(item_id=item, code=code) for item, code in reversed(rows)])

    found, after = [], None
    with database.reading() as session:
        for _ in range(0, len(rows), size):
            page = fetch_page(session, select(*KEY), KEY, after, size)
            found.extend(page.rows)
            after = page.next

    assert found == rows
    assert after is None


def test_nothing_is_one_empty_page(database):
    with database.reading() as session:
        page = fetch_page(session, select(*KEY), KEY, after=None)

    assert page.rows == ()
    assert page.next is None
