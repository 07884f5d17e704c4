"""A document is posted whole, once, or not at all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.clock import now
from app.core.decimals import FigureTooLarge
from app.core.documents import Document, DocumentType, new_key
from app.core.refusals import (
    FutureTime,
    KeyInUse,
    UnknownItem,
)
from app.ledger.posting import post
from tests.ledger.conftest import line


def test_what_leaves_one_place_arrives_at_another(company):
    company.receive("TEA", 10)
    company.move("TEA", 4, "MAIN/A-1", "SHOP/S-1")

    assert company.on_hand("TEA", "MAIN/A-1") == 6
    assert company.on_hand("TEA", "SHOP/S-1") == 4
    assert company.differences() == []


def test_the_same_key_posts_once_and_answers_with_the_first_number(company):
    key = new_key()
    first = company.receive("TEA", 10, key=key)
    again = company.posted("receipt", line("TEA", 10, target="MAIN/A-1"), key=key)

    assert (again.number, again.again) == (first, True)
    assert company.on_hand("TEA") == 10


def test_one_key_cannot_stand_for_documents_of_two_types(company):
    key = new_key()
    company.receive("TEA", 10, key=key)

    with pytest.raises(KeyInUse):
        company.issue("TEA", 1, key=key)


def test_a_refused_document_leaves_no_trace_and_may_be_sent_again(company):
    key = new_key()
    lines = (line("TEA", 5, target="MAIN/A-1"), line("NOPE", 1, target="MAIN/A-1"))
    with pytest.raises(UnknownItem) as refusal:
        company.post("receipt", *lines, key=key)

    assert refusal.value.line == 2
    assert company.on_hand("TEA") == 0
    assert not company.posted("receipt", lines[0], key=key).again


@pytest.mark.parametrize("table", ["document", "movement", "count_result"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_past(company, table, change):
    company.receive("TEA", 1)
    company.count("TEA", 5)

    with pytest.raises(DBAPIError), company.database.engine.begin() as connection:
        connection.execute(text(change.format(table)))


def test_nothing_is_saved_until_the_caller_commits(company):
    document = Document(
        key=new_key(), type=DocumentType.RECEIPT, lines=(line("TEA", 1, target="MAIN/A-1"),)
    )

    def post_and_fail(session):
        post(session, document)
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        company.database.run(post_and_fail)

    assert company.on_hand("TEA") == 0


def test_a_line_cannot_have_been_counted_in_the_future(company):
    later = now() + timedelta(days=3)

    with pytest.raises(FutureTime):
        company.post("count", line("TEA", source="MAIN/A-1", counted=Decimal(3), at=later))


def test_more_money_than_the_books_can_hold_is_refused_by_its_line(company):
    company.receive("TEA", 900_000, "9999999")

    with pytest.raises(FigureTooLarge) as one_line:
        company.receive("TEA", 999_999_999, "999999999")
    with pytest.raises(FigureTooLarge) as in_all:
        company.receive("TEA", 900_000, "9999999")

    assert (one_line.value.line, in_all.value.line) == (1, 1)
    assert company.value("TEA") == (900_000, Decimal("8999999100000"))
    assert company.differences() == []


def test_more_pieces_than_the_books_can_hold_are_refused(company):
    lines = [line("TEA", 999_999_999, target="MAIN/A-1")] * 9_300

    with pytest.raises(FigureTooLarge):
        company.post("opening", *lines)

    assert company.on_hand("TEA") == 0


def test_a_late_entry_may_not_grow_values_beyond_what_the_books_can_hold(company, clock):
    company.receive("TEA", 900_000, "9999999", at=clock(12))

    with pytest.raises(FigureTooLarge):
        company.receive("TEA", 900_000, "9999999", at=clock(8))

    assert company.differences() == []
