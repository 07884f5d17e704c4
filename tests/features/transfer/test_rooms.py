from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.core.refusals import NotEnoughStock
from app.features.transfer.draft import MoveLine
from app.features.transfer.rooms import Part, check_room, share
from tests.features.transfer.conftest import FLOUR, GEL, SAW, TEA


def test_what_is_on_the_draft_takes_room(draft):
    draft = draft.with_line(MoveLine(1, GEL, Decimal(5), "L1"))

    assert share(draft, GEL, Decimal(1), None) == [Part("L2", Decimal(1))]


def test_pieces_without_a_serial_take_room_too(draft):
    draft = draft.with_line(MoveLine(1, SAW, Decimal(1))).with_line(MoveLine(2, SAW, Decimal(1)))

    with pytest.raises(NotEnoughStock):
        share(draft, SAW, Decimal(1), None)


def test_where_what_is_there_now_limits_nothing_all_of_it_goes(draft):
    late = replace(draft, at=datetime(2026, 5, 31, tzinfo=UTC))
    check_room(late, MoveLine(1, TEA, Decimal(900)))

    assert share(late, GEL, Decimal(60), None) == [
        Part("L1", Decimal(5), is_guess=True),
        Part("L2", Decimal(55), is_guess=True),
    ]


def test_what_waits_to_be_weighed_needs_something_to_be_there(draft):
    assert share(draft, FLOUR, Decimal(0), None) == [Part("", Decimal(0))]
    with pytest.raises(NotEnoughStock):
        share(
            draft.knowing({FLOUR.id: replace(draft.facts_of(FLOUR), held=())}),
            FLOUR,
            Decimal(0),
            None,
        )


def test_the_lot_worked_on_is_left_when_it_has_too_little(draft):
    draft = draft.with_line(MoveLine(1, GEL, Decimal(4), "L1"))

    assert share(draft, GEL, Decimal(1), 1) == [Part("L1", Decimal(1))]
    assert share(draft, GEL, Decimal(3), 1) == [Part("L2", Decimal(3), is_guess=True)]


def test_a_line_may_take_all_there_is_and_no_more(draft):
    check_room(draft, MoveLine(1, FLOUR, Decimal("7.25")))
    check_room(draft, MoveLine(1, TEA, Decimal(24)))

    with pytest.raises(NotEnoughStock):
        check_room(draft, MoveLine(1, FLOUR, Decimal("7.251")))


def test_a_line_whose_lot_is_not_said_is_checked_later(draft):
    check_room(draft, MoveLine(1, SAW, Decimal(1)))
