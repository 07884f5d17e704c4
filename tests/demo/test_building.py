from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.core.gtin import is_gtin
from app.core.progress import Progress
from app.db.company import read_company
from app.db.tables import BarcodeRow, DocumentRow, ItemRow, OrderRow, PartnerRow, SupplierItemRow
from app.demo.building import building_demo
from app.ledger.stock import find_stock, find_values
from app.ledger.verify import verify


def count(session, row):
    return session.scalar(select(func.count()).select_from(row))


def test_the_sample_company_holds_what_was_published_and_its_ledger_is_proven(database):
    list(building_demo(database))

    with database.reading() as session:
        assert read_company(session).name == "Adventure Works Cycles"
        assert count(session, ItemRow) == 504
        assert count(session, PartnerRow) == 104
        assert count(session, SupplierItemRow) == 460
        assert count(session, OrderRow) == 237
        assert count(session, DocumentRow) == 14 + 237 + 44
        assert all(map(is_gtin, session.scalars(select(BarcodeRow.code))))
    checks = database.run(verify)
    assert [check.name for check in checks if not check.ok] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_stock_lies_and_is_worth_what_the_tables_say(database):
    steps = list(building_demo(database))

    assert steps == [Progress(done, 7) for done in range(8)]
    with database.reading() as session:
        lying = {line.location: line.on_hand for line in find_stock(session, item="AR-5381")}
        assert lying["MAIN/TOOL-CRIB/A-1"] == 408
        bikes = find_stock(session, item="BK-R93R-62", location="MAIN", below=True)
        assert {line.on_hand for line in bikes} == {Decimal(1)}
        assert len(bikes) == 133
        (value,) = find_values(session, item="BK-R93R-62")
        assert value.quantity == 133
        assert value.value == 133 * Decimal("2171.29")  # each a line of its own, rounded
