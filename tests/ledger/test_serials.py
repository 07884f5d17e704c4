"""A serial number is one piece, in one place, at every moment."""

import pytest

from app.core.refusals import NotEnoughStock, SerialConflict
from tests.ledger.conftest import line


def counted(place, quantity, lot="S1"):
    return line("SAW", lot=lot, source=place, counted=quantity)


def test_a_count_cannot_find_a_second_piece_of_a_number(company):
    company.receive("SAW", 1, lot="S1")

    with pytest.raises(SerialConflict) as refusal:
        company.post("count", counted("MAIN/A-2", 1))

    assert refusal.value.line == 1
    assert company.on_hand("SAW", "MAIN/A-2") == 0


def test_a_count_of_both_places_may_find_it_in_the_other_one(company):
    company.receive("SAW", 1, lot="S1")

    company.post("count", counted("MAIN/A-2", 1), counted("MAIN/A-1", 0))

    assert company.on_hand("SAW", "MAIN/A-2") == 1
    assert company.on_hand("SAW", "MAIN/A-1") == 0


def test_an_issue_cannot_be_undone_once_the_piece_is_back(company, clock):
    company.receive("SAW", 1, lot="S1", at=clock(8))
    issue = company.issue("SAW", 1, lot="S1", at=clock(9))
    company.receive("SAW", 1, lot="S1", at=clock(10))

    with pytest.raises(SerialConflict):
        company.reverse(issue)

    assert company.on_hand("SAW") == 1


def test_it_cannot_have_been_here_twice_in_the_past(company, clock):
    company.receive("SAW", 1, lot="S1", at=clock(8))
    company.issue("SAW", 1, lot="S1", at=clock(12))

    with pytest.raises(SerialConflict) as refusal:
        company.receive("SAW", 1, lot="S1", target="MAIN/A-2", at=clock(10))

    assert "2026-03-02T10:00" in str(refusal.value)
    company.receive("SAW", 1, lot="S1", target="MAIN/A-2", at=clock(13))
    assert company.on_hand("SAW", "MAIN/A-2") == 1


def test_it_leaves_only_where_it_is_whatever_may_go_below_zero(company):
    company.allow_negative("MAIN/A-2")
    company.receive("SAW", 1, lot="S1")

    with pytest.raises(NotEnoughStock):
        company.issue("SAW", 1, source="MAIN/A-2", lot="S1")


def test_a_late_arrival_is_refused_though_the_piece_left_at_the_moment_it_came(company, clock):
    company.receive("SAW", 1, lot="S1", at=clock(9))
    company.issue("SAW", 1, lot="S1", at=clock(9))

    with pytest.raises(SerialConflict):
        company.receive("SAW", 1, lot="S1", target="MAIN/A-2", at=clock(8))


def test_what_was_taken_back_does_not_stand_in_the_way_of_a_late_arrival(company, clock):
    company.reverse(company.receive("SAW", 1, lot="S1", at=clock(12)))
    company.receive("SAW", 1, lot="S1", target="MAIN/A-2", at=clock(8))

    assert company.on_hand("SAW", "MAIN/A-2") == 1
