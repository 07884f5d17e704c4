import threading
from decimal import Decimal

import pytest

from app.core.refusals import AlreadyReversed
from app.db.tables import CountResultRow, DocumentRow, MovementRow
from app.features.count_sheets.refusals import (
    CannotPost,
    NothingCounted,
    ReviewIsStale,
    SheetNotOpen,
    SheetNotPosted,
)
from app.features.count_sheets.rules import Scope, SheetState
from app.features.count_sheets.service import cancel_sheet, reverse_sheet
from app.ledger.verify import verify
from tests.features.count_sheets.conftest import outcome


@pytest.fixture
def counted(room):
    """A sheet of MAIN: tea short by two, milk right, rum not counted."""
    room.put("TEA", "MAIN/A/A-1", 10)
    room.put("RUM", "MAIN/A/A-1", 4)
    room.put("MILK", "MAIN/B/B-1", 7, "L1")
    number = room.create(Scope("MAIN"))
    room.count(number, TEA=8, MILK=7)
    return room, number


def test_posting_makes_the_ledger_agree_and_leaves_the_uncounted_alone(counted):
    room, number = counted

    posted = room.post(number, room.review(number))

    assert room.on_hand("TEA", "MAIN/A/A-1") == 8
    assert room.on_hand("RUM", "MAIN/A/A-1") == 4
    head = room.sheet(number).head
    assert (head.state, head.document) == (SheetState.POSTED, posted.number)
    with room.database.reading() as session:
        document = session.query(DocumentRow).filter_by(number=posted.number).one()
        assert session.query(CountResultRow).filter_by(document_id=document.id).count() == 2
        assert session.query(MovementRow).filter_by(document_id=document.id).count() == 1
        assert document.reference == head.title
        assert all(check.ok for check in outcome(verify(session)))


def test_a_sheet_is_posted_once(counted):
    room, number = counted

    first = room.post(number)
    again = room.post(number)

    assert again.number == first.number
    assert again.again
    assert room.on_hand("TEA", "MAIN/A/A-1") == 8


def test_what_was_not_reviewed_is_not_posted(counted):
    room, number = counted
    reviewed = room.review(number)
    room.take("TEA", "MAIN/A/A-1", 1)

    with pytest.raises(ReviewIsStale):
        room.post(number, reviewed)

    assert room.on_hand("TEA", "MAIN/A/A-1") == 9


def test_nothing_is_posted_while_a_line_cannot_be(counted):
    room, number = counted
    room.take("TEA", "MAIN/A/A-1", 9)

    with pytest.raises(CannotPost, match=r"in the way: 1\. .* TEA at MAIN/A/A-1"):
        room.post(number)

    assert room.sheet(number).head.state is SheetState.OPEN


def test_a_sheet_without_counts_is_not_posted(room):
    room.put("TEA", "MAIN/A/A-1", 10)
    number = room.create(Scope("MAIN"))

    with pytest.raises(NothingCounted):
        room.post(number)


def test_a_posted_sheet_can_be_reversed_as_if_it_never_was(counted):
    room, number = counted
    room.post(number)

    room.database.run(lambda session: reverse_sheet(session, number))

    assert room.on_hand("TEA", "MAIN/A/A-1") == 10
    assert room.sheet(number).head.state is SheetState.REVERSED
    with room.database.reading() as session:
        assert all(check.ok for check in outcome(verify(session)))


def test_reversing_twice_answers_with_the_first_reversal(counted):
    room, number = counted
    room.post(number)
    first = room.database.run(lambda session: reverse_sheet(session, number))

    again = room.database.run(lambda session: reverse_sheet(session, number))

    assert (again.number, again.again) == (first.number, True)


def test_a_count_reversed_elsewhere_cannot_be_reversed_again(counted):
    room, number = counted
    document = room.post(number).number
    room.reverse(document)

    with pytest.raises(AlreadyReversed):
        room.database.run(lambda session: reverse_sheet(session, number))
    assert room.sheet(number).head.state is SheetState.REVERSED


def test_an_open_sheet_cannot_be_reversed_and_a_posted_one_not_cancelled(counted):
    room, number = counted

    with pytest.raises(SheetNotPosted):
        room.database.run(lambda session: reverse_sheet(session, number))
    room.post(number)
    with pytest.raises(SheetNotOpen):
        room.database.run(lambda session: cancel_sheet(session, number))


def test_a_cancelled_sheet_is_not_posted(counted):
    room, number = counted
    room.database.run(lambda session: cancel_sheet(session, number))

    with pytest.raises(SheetNotOpen):
        room.post(number)


def test_stock_found_is_booked_where_it_was_found(counted):
    room, number = counted
    room.scan(number, "RUM", "MAIN/A/A-2", 3)

    room.post(number)

    assert room.on_hand("RUM", "MAIN/A/A-2") == 3


def test_two_clerks_who_post_one_sheet_at_the_same_moment_book_it_once(counted):
    room, number = counted
    numbers = []
    start = threading.Barrier(2)

    def post_it() -> None:
        start.wait()
        numbers.append(room.post(number).number)

    clerks = [threading.Thread(target=post_it) for _ in range(2)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    assert len(numbers) == 2
    assert len(set(numbers)) == 1
    assert room.on_hand("TEA", "MAIN/A/A-1") == Decimal(8)


def test_two_clerks_who_make_a_sheet_of_the_same_place_get_one(room):
    room.put("TEA", "MAIN/A/A-1", 10)
    outcomes = []
    start = threading.Barrier(2)

    def make() -> None:
        start.wait()
        try:
            outcomes.append(room.create(Scope("MAIN")))
        except Exception as refusal:
            outcomes.append(type(refusal).__name__)

    clerks = [threading.Thread(target=make) for _ in range(2)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    assert sorted(map(str, outcomes))[-1] == "AlreadyOnSheet"
    assert len(outcomes) == 2
