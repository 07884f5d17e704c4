from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.db.tables import BalanceRow, DocumentRow, ItemRow
from app.db.types import Quantity, to_millionths

figures = st.decimals(
    min_value=-999_999_999, max_value=999_999_999, places=6, allow_nan=False, allow_infinity=False
)


@given(figures)
def test_a_figure_survives_being_stored(value):
    assert Decimal(to_millionths(value)).scaleb(-6) == value


def test_a_figure_finer_than_six_decimals_is_a_bug_not_a_rounding():
    with pytest.raises(ValueError, match="decimals"):
        to_millionths(Decimal("0.0000001"))


def test_figures_and_moments_come_back_as_they_went_in(database, stock):
    item = stock.item("TEA", weight=Decimal("0.123456"), standard_cost=Decimal("9.99"))
    moment = datetime(2026, 2, 3, 4, 5, 6, 789_012, tzinfo=UTC)
    with database.writing() as session:
        session.add(
            DocumentRow(key="k", number="N", type="receipt", effective_at=moment, entered_at=moment)
        )
    with database.reading() as session:
        row = session.get_one(ItemRow, item)
        document = session.query(DocumentRow).one()

    assert (row.weight, row.standard_cost) == (Decimal("0.123456"), Decimal("9.99"))
    assert document.effective_at == moment


def test_a_sum_made_by_the_database_is_as_exact(database, stock):
    item = stock.item("TEA")
    with database.writing() as session:
        for place in range(1, 4):
            session.add(
                BalanceRow(item_id=item, location_id=place, lot_id=0, on_hand=Decimal("0.1"))
            )
    with database.reading() as session:
        total = session.scalar(select(func.sum(BalanceRow.on_hand, type_=Quantity)))

    assert total == Decimal("0.3")
