"""Lots and serial numbers: asked for, made on arrival, checked when they move."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core.catalogue import Tracking
from app.core.refusals import (
    ExpiredLot,
    ExpiryDiffers,
    LotMissing,
    LotNotTracked,
    SerialConflict,
    UnknownLot,
)
from app.db.tables import LotRow
from tests.ledger.conftest import line


def test_an_item_tracked_by_lot_needs_one_and_others_have_none(company):
    with pytest.raises(LotMissing):
        company.receive("MILK", 1)
    with pytest.raises(LotNotTracked) as refusal:
        company.receive("TEA", 1, lot="L1")

    assert refusal.value.code == "unknown_lot"


def test_a_lot_that_never_came_cannot_leave(company):
    with pytest.raises(UnknownLot):
        company.issue("MILK", 1, lot="L1")


def test_a_lot_keeps_its_expiry(company):
    company.receive("MILK", 1, lot="L1", expiry=date(2030, 1, 31))

    with pytest.raises(ExpiryDiffers):
        company.receive("MILK", 1, lot="L1", expiry=date(2030, 2, 28))


def test_an_item_that_keeps_practically_for_ever_can_arrive(company):
    company.stock.item("STONE", tracking=Tracking.LOT, shelf_life_days=999_999_999)

    company.receive("STONE", 1, lot="L1")

    with company.database.reading() as session:
        expiry = session.scalar(select(LotRow.expiry).where(LotRow.code == "L1"))
    today = datetime.now().astimezone().date()
    assert expiry == today + timedelta(days=36_500)


def test_an_expired_lot_must_not_go_out_but_may_be_moved(company):
    today = datetime.now().astimezone().date()
    company.receive("MILK", 4, lot="OLD", expiry=today - timedelta(days=1))
    company.receive("MILK", 4, lot="LAST", expiry=today)

    with pytest.raises(ExpiredLot):
        company.issue("MILK", 1, lot="OLD")
    company.move("MILK", 1, "MAIN/A-1", "MAIN/A-2", lot="OLD")
    company.issue("MILK", 1, lot="LAST")


def test_a_serial_number_is_one_piece_and_here_once(company):
    company.receive("SAW", 1, lot="S1")

    with pytest.raises(SerialConflict):
        company.receive("SAW", 1, lot="S1")
    with pytest.raises(SerialConflict):
        company.receive("SAW", 2, lot="S2")
    with pytest.raises(SerialConflict):
        company.post(
            "receipt",
            line("SAW", 1, lot="S3", target="MAIN/A-1"),
            line("SAW", 1, lot="S3", target="MAIN/A-2"),
        )


def test_a_serial_number_that_left_may_come_back(company):
    company.receive("SAW", 1, lot="S1")
    company.issue("SAW", 1, lot="S1")
    company.receive("SAW", 1, lot="S1")

    assert company.on_hand("SAW") == 1
