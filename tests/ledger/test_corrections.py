"""A count is an anchor: what was counted stays counted, whatever is entered later."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from app.core.refusals import (
    CountConflict,
)
from tests.ledger.conftest import line


def test_a_count_says_what_is_there(company):
    company.receive("TEA", 10)
    company.count("TEA", 7)

    assert company.on_hand("TEA") == 7


def test_a_count_equal_to_the_ledger_moves_nothing_but_is_numbered(company):
    company.receive("TEA", 10)

    assert company.count("TEA", 10).startswith("CT-")
    assert company.differences() == []


def test_a_line_not_counted_changes_nothing(company):
    company.receive("TEA", 10)
    company.post("count", line("TEA", counted=None, source="MAIN/A-1"))

    assert company.on_hand("TEA") == 10


def test_one_place_is_counted_once_in_a_document(company):
    with pytest.raises(CountConflict):
        company.post(
            "count",
            line("TEA", counted=Decimal(1), source="MAIN/A-1"),
            line("TEA", counted=Decimal(2), source="MAIN/A-1"),
        )


def test_a_late_receipt_does_not_change_what_was_counted(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 1, at=clock(12))
    company.receive("TEA", 42, at=clock(9))

    assert company.on_hand("TEA") == 1
    assert company.on_hand("TEA", at=clock(10)) == 47
    assert company.differences() == []


def test_what_moved_after_the_count_still_counts(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 10, at=clock(12))
    company.receive("TEA", 3, at=clock(13))
    company.issue("TEA", 2, at=clock(11))

    assert company.on_hand("TEA") == 13
    assert company.differences() == []


def test_a_late_count_reaches_as_far_as_the_next_one(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 9, at=clock(12))
    company.count("TEA", 3, at=clock(10))

    assert company.on_hand("TEA", at=clock(11)) == 3
    assert company.on_hand("TEA") == 9
    assert company.differences() == []


def test_a_count_that_moved_nothing_keeps_its_result_all_the_same(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 5, at=clock(12))

    company.issue("TEA", 2, at=clock(10))

    assert company.on_hand("TEA") == 5
    assert company.on_hand("TEA", at=clock(11)) == 3
    assert company.differences() == []


def test_what_a_count_took_from_short_goods_gets_its_real_cost_when_they_come(company, clock):
    """The count had found too much before a late receipt: its adjustment has both signs."""
    company.allow_negative("MAIN/A-2")
    company.count("GIN", 3, at=clock(16))
    company.issue("GIN", 36, source="MAIN/A-2", at=clock(12))
    company.receive("GIN", 5, "1.315", at=clock(8))
    company.receive("GIN", 60, "0.50", target="MAIN/A-2", at=clock(18))

    with company.database.reading() as session:
        values = session.execute(
            text(
                "SELECT CASE WHEN source.kind = 'storage' THEN -value ELSE value END"
                " FROM movement_value JOIN movement ON movement.id = movement_id"
                " JOIN location AS source ON source.id = from_id"
            )
        ).scalars()
        assert sum(values) == company.value("GIN")[1] * 10**6
    assert company.differences() == []
