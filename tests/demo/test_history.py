from collections import Counter
from decimal import Decimal

import pytest

from app.core.documents import DocumentType
from app.demo.history import History
from app.demo.source import read_source

SOURCE = read_source()


@pytest.fixture(scope="module")
def documents():
    return History(SOURCE).documents()


def of_type(documents, kind):
    return [document for document in documents if document.type is kind]


def test_each_zone_opens_with_what_lies_in_it(documents):
    openings = of_type(documents, DocumentType.OPENING)

    assert len(openings) == 14
    assert sum(line.quantity for document in openings for line in document.lines) == 335_974


def test_every_open_order_is_there_and_those_that_came_short_or_with_rejects_came(documents):
    kinds = Counter(document.type for document in documents)

    assert kinds[DocumentType.PURCHASE_ORDER] == 237
    assert kinds[DocumentType.RECEIPT] == 44


def test_documents_stand_in_the_order_in_which_they_happened(documents):
    assert [document.at for document in documents] == sorted(document.at for document in documents)
    assert len({document.key for document in documents}) == len(documents)


def test_what_was_rejected_is_not_counted_twice(documents):
    receipt = next(document for document in documents if document.key == "sample-receipt-3792")

    assert [(line.quantity, line.rejected) for line in receipt.lines] == [(Decimal(51), Decimal(9))]


def test_a_piece_with_a_serial_number_has_a_line_of_its_own(documents):
    lines = [
        line
        for document in of_type(documents, DocumentType.OPENING)
        for line in document.lines
        if line.item == "BK-R93R-62"
    ]

    assert len(lines) == 133
    assert {line.quantity for line in lines} == {Decimal(1)}
    assert len({line.lot for line in lines}) == 133


def test_the_same_history_comes_out_each_time(documents):
    assert History(SOURCE).documents() == documents
