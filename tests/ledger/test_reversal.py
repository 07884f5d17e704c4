"""A mistake is mended by a reversal: once, at the moment of what it undoes."""

from threading import Thread

import pytest

from app.core.documents import Document, DocumentType
from app.core.refusals import (
    AlreadyReversed,
    ImpossiblePast,
    NotReversible,
)
from app.ledger.posting import post
from tests.ledger.conftest import line


def test_a_reversed_count_is_as_if_it_had_never_been(company, clock):
    company.receive("TEA", 5, at=clock(8))
    count = company.count("TEA", 1, at=clock(12))
    company.receive("TEA", 42, at=clock(9))
    company.reverse(count)

    assert company.on_hand("TEA") == 47
    assert company.differences() == []


def test_a_reversal_undoes_a_document_once(company):
    number = company.receive("TEA", 10, "2.00")
    company.reverse(number)

    assert company.on_hand("TEA") == 0
    assert company.value("TEA") == (0, 0)
    with pytest.raises(AlreadyReversed):
        company.reverse(number)
    assert company.differences() == []


def test_a_reversal_is_refused_where_the_goods_are_gone(company, clock):
    number = company.receive("TEA", 10, at=clock(8))
    issue = company.issue("TEA", 4, at=clock(9))

    with pytest.raises(ImpossiblePast) as refusal:
        company.reverse(number)

    assert issue in str(refusal.value)


def test_a_reversal_cannot_be_reversed(company):
    reversal = company.reverse(company.receive("TEA", 10))

    with pytest.raises(NotReversible):
        company.reverse(reversal)


def test_a_reversed_receipt_is_expected_again(company):
    order = company.post("purchase_order", line("TEA", 10))
    company.reverse(company.receive("TEA", 10, order=order))
    company.receive("TEA", 10, order=order)

    assert company.on_hand("TEA") == 10
    assert company.differences() == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_reversal_undoes_also_what_a_count_was_corrected_by_meanwhile(company, clock):
    company.receive("TEA", 5, at=clock(8))
    count = company.count("TEA", 5, at=clock(12))
    lines = (line("TEA", 2, target="MAIN/A-1"),)
    late = Document(key="late", type=DocumentType.RECEIPT, lines=lines, at=clock(10))
    reversal = Thread(target=company.reverse, args=[count])

    with company.database.writing() as session:
        post(session, late)
        reversal.start()
        reversal.join(timeout=1)
    reversal.join()

    assert company.on_hand("TEA") == 7
    assert company.differences() == []
