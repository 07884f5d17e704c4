"""Before a late entry is posted, what it changes is seen; and nothing of that stays."""

from decimal import Decimal

import pytest

from app.core.documents import Document, DocumentType, new_key
from app.core.refusals import ImpossiblePast
from app.ledger.preview import preview
from tests.ledger.conftest import line


def look(company, kind, *lines, **head):
    document = Document(key=new_key(), type=DocumentType(kind), lines=lines, **head)
    return company.database.run(lambda session: preview(session, document, user="kim"))


def test_what_comes_last_changes_nothing_else(company):
    effects = look(company, "receipt", line("TEA", 5, target="MAIN/A-1"))

    assert effects.is_nothing
    assert not effects.is_late
    assert company.on_hand("TEA") == 0


def test_a_late_receipt_shows_later_costs_and_today_s_value(company, clock):
    company.receive("RUM", 5, "4.00", at=clock(10))
    issue = company.issue("RUM", 2, at=clock(11))
    goods = line("RUM", 5, target="MAIN/A-1", unit_cost=Decimal(1))
    effects = look(company, "receipt", goods, at=clock(8))

    (cost,) = effects.costs
    assert (cost.document, cost.item, cost.before, cost.after) == (issue, "RUM", 8, 2)
    (value,) = effects.values
    assert (value.item, value.before, value.after, value.booked) == ("RUM", 12, 23, 0)
    assert effects.is_late
    assert company.value("RUM") == (3, 12)
    assert company.differences() == []


def test_a_late_receipt_shows_which_counts_take_it_up(company, clock):
    company.receive("TEA", 5, "1.00", at=clock(8))
    count = company.count("TEA", 4, at=clock(10))
    effects = look(company, "receipt", line("TEA", 3, target="MAIN/A-1"), at=clock(9))

    (change,) = effects.counts
    assert (change.document, change.item, change.location) == (count, "TEA", "MAIN/A-1")
    assert (change.counted, change.change) == (4, -3)
    assert company.on_hand("TEA") == 4


def test_what_touches_a_closed_period_is_told_apart(company, clock):
    receipt = company.receive("RUM", 10, "2.00", at=clock(8))
    company.post("close_period", until=clock(8).date())
    effects = look(company, "landed_cost", names=receipt, amount=Decimal(5), by="value")

    (value,) = effects.values
    assert (value.before, value.after, value.booked) == (20, 25, 5)


def test_it_is_refused_as_posting_would_be(company, clock):
    company.receive("TEA", 5, "1.00", at=clock(8))
    company.issue("TEA", 5, at=clock(10))
    with pytest.raises(ImpossiblePast):
        look(company, "issue", line("TEA", 1, source="MAIN/A-1"), at=clock(9))


def test_a_reversal_can_be_seen_beforehand_too(company, clock):
    receipt = company.receive("RUM", 5, "4.00", at=clock(8))
    company.receive("RUM", 5, "1.00", at=clock(9))
    company.issue("RUM", 5, at=clock(10))
    effects = look(company, "reversal", reverses=receipt)

    assert [(cost.before, cost.after) for cost in effects.costs if cost.after] == [(20, 5)]
