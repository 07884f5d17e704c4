"""What a document states is checked line by line before anything is written."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from app.core.decimals import InvalidQuantity
from app.core.refusals import (
    FutureTime,
    NothingToPost,
    SamePlace,
    UnknownUnit,
)
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow


@pytest.mark.parametrize("quantity", ["0", "-1", "1E9", "1.5", "NaN", "Infinity"])
def test_a_quantity_that_cannot_be_is_refused(company, quantity):
    with pytest.raises(InvalidQuantity) as refusal:
        company.receive("TEA", quantity)

    assert refusal.value.code == "invalid_quantity"
    assert refusal.value.line == 1


def test_kilograms_have_as_many_decimals_as_the_item_allows(company):
    company.receive("FLOUR", "12.345")

    assert company.on_hand("FLOUR") == Decimal("12.345")
    with pytest.raises(InvalidQuantity):
        company.receive("FLOUR", "0.0001")


def test_rejected_goods_come_on_top_and_go_to_quarantine_at_the_same_cost(company):
    company.receive("TEA", 8, "1.25", rejected=Decimal(2))

    assert company.on_hand("TEA", "MAIN/A-1") == 8
    assert company.on_hand("TEA", "MAIN/QUARANTINE") == 2
    assert company.value("TEA") == (10, Decimal("12.50"))


def test_a_transfer_to_the_same_place_is_refused(company):
    company.receive("TEA", 3)

    with pytest.raises(SamePlace):
        company.move("TEA", 1, "MAIN/A-1", "MAIN/A-1")


def test_a_pack_multiplies_by_its_barcode_or_its_unit(company):
    with company.database.writing() as session:
        tea = session.query(ItemRow).filter_by(sku="TEA").one()
        session.add(BarcodeRow(item_id=tea.id, code="BOX-12", quantity=Decimal(12)))
        session.add(ItemUnitRow(item_id=tea.id, unit="dozen", numerator=12))
        session.add(ItemUnitRow(item_id=tea.id, unit="third", numerator=1, denominator=3))
    company.receive("BOX-12", 2)
    company.receive("TEA", 3, "6.00", unit="dozen")
    company.receive("TEA", 9, unit="third")

    assert company.on_hand("TEA") == 24 + 36 + 3
    with pytest.raises(UnknownUnit):
        company.receive("TEA", 1, unit="gross")
    with pytest.raises(InvalidQuantity):
        company.receive("TEA", 1, unit="third")


def test_a_document_more_than_a_day_ahead_is_refused(company):
    with pytest.raises(FutureTime):
        company.receive("TEA", 1, at=datetime.now(UTC) + timedelta(days=2))


def test_a_document_without_lines_is_refused(company):
    with pytest.raises(NothingToPost):
        company.post("receipt")


@pytest.mark.parametrize("counted", ["-1", "1.5", "1000000000"])
def test_a_count_that_cannot_be_is_refused_as_a_quantity(company, counted):
    with pytest.raises(InvalidQuantity):
        company.count("TEA", counted)
