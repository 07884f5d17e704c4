"""Orders are received in parts, and not beyond what was ordered."""

from dataclasses import replace
from decimal import Decimal
from threading import Thread

import pytest

from app.core.documents import Document, DocumentType
from app.core.refusals import Malformed, OrderTakenBack, OverReceipt
from app.db.tables import OrderRow
from app.ledger.posting import post
from tests.ledger.conftest import line


def test_an_order_is_received_in_parts_and_not_beyond_what_was_ordered(company):
    number = company.post("purchase_order", line("TEA", 10, price=Decimal("2.50")))
    company.receive("TEA", 4, order=number)

    with pytest.raises(OverReceipt) as refusal:
        company.receive("TEA", 7, order=number)
    company.receive("TEA", 6, order=number, order_line=1)

    assert "still expects 6" in str(refusal.value)
    assert company.value("TEA") == (10, Decimal("25.00"))
    assert company.differences() == []


def test_goods_cannot_come_for_an_order_that_was_taken_back(company):
    number = company.post("purchase_order", line("TEA", 10), reference="THEIRS")
    reversal = company.reverse(number)

    with pytest.raises(OrderTakenBack) as refusal:
        company.receive("TEA", 4, order=number)

    assert refusal.value.code == "unknown_order"
    assert reversal in str(refusal.value)
    again = company.post("purchase_order", line("TEA", 10), reference="THEIRS")
    company.receive("TEA", 10, order="THEIRS")
    assert company.differences() == []
    assert again != number


def test_nothing_is_promised_to_an_order_that_was_taken_back(company):
    company.receive("TEA", 4)
    number = company.post("sales_order", line("TEA", 4))
    company.reverse(number)

    with pytest.raises(OrderTakenBack):
        company.post("allocate", order=number)


@pytest.mark.parametrize("price", ["-1", "0.1234567", "1000000000", "1e60"])
def test_a_price_that_cannot_be_is_refused_by_its_line(company, price):
    with pytest.raises(Malformed) as refusal:
        company.post("purchase_order", line("TEA", 1, price=Decimal(price)))

    assert refusal.value.line == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_order_is_done_when_its_last_lines_come_at_the_same_time(company):
    number = company.post("purchase_order", line("TEA", 1), line("RUM", 1))
    first = Document(
        key="first",
        type=DocumentType.RECEIPT,
        lines=(line("TEA", 1, target="MAIN/A-1"),),
        order=number,
    )
    second = replace(first, key="second", lines=(line("RUM", 1, target="MAIN/A-1"),))
    other = Thread(target=company.database.run, args=[lambda session: post(session, second)])

    with company.database.writing() as session:
        post(session, first)
        other.start()
        other.join(timeout=1)
    other.join()

    with company.database.reading() as session:
        assert not session.query(OrderRow.is_open).filter_by(number=number).scalar()
