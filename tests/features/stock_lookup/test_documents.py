"""Documents as they are looked at, and undoing them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.core.clock import now
from app.core.decimals import ZERO
from app.core.documents import DocumentType, Line
from app.core.labels import LabelRequest
from app.core.refusals import AlreadyReversed, ImpossiblePast, UnknownDocument
from app.features.stock_lookup.documents import reverse_document
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.service import open_subject
from app.features.stock_lookup.subject import FactKind
from app.ledger.stock import on_hand_of


def document(company, number):
    return company.ask(open_subject, Ref(FoundKind.DOCUMENT, number))


def facts(subject):
    return {fact.kind: fact.value for fact in subject.facts}


def reverse(company, number):
    return company.database.run(lambda session: reverse_document(session, number, user="kim"))


def test_a_receipt_shows_its_head_and_what_it_moved(busy):
    receipt = document(busy, busy.receipt)

    assert receipt.type is DocumentType.RECEIPT
    assert receipt.about == "Litware, Inc."
    assert facts(receipt)[FactKind.REFERENCE] == "DN-77"
    assert facts(receipt)[FactKind.USER] == "kim"
    assert [(e.item, e.source, e.target, e.quantity) for e in receipt.entries] == [
        ("GEL-7", "SUPPLIER", "MAIN/A/A-01", 48)
    ]
    assert receipt.can_be_reversed
    assert receipt.labels == (LabelRequest(document=busy.receipt),)


def test_a_document_is_found_by_reference_the_latest_if_there_are_several(busy):
    again = busy.receive("GEL-7", 1, reference="DN-77")
    assert document(busy, "DN-77").ref == Ref(FoundKind.DOCUMENT, again)


def test_an_order_shows_what_has_come_and_what_is_open(busy):
    order = document(busy, busy.purchase)
    (line,) = order.orders

    assert (line.sku, line.quantity, line.done, line.open) == ("GEL-7", 30, 10, 20)
    assert [entry.quantity for entry in order.entries] == [10]
    assert order.about == "Litware, Inc."
    assert order.labels == ()
    receipt = document(busy, order.entries[0].number)
    fact = receipt.fact(FactKind.ORDER)
    assert (fact.value, fact.leads_to) == (busy.purchase, order.ref)


def test_an_issue_brings_nothing_that_could_be_labelled(busy):
    assert document(busy, busy.sale).labels == ()


def test_a_landed_cost_and_its_receipt_lead_to_each_other(busy):
    landed = busy.post("landed_cost", names=busy.receipt, amount=Decimal("9.60"), by="value")

    cost, receipt = document(busy, landed), document(busy, busy.receipt)
    assert cost.fact(FactKind.NAMES).leads_to == receipt.ref
    assert receipt.fact(FactKind.NAMED_BY).leads_to == cost.ref
    assert facts(cost)[FactKind.AMOUNT] == Decimal("9.60")
    assert receipt.fact(FactKind.AMOUNT) is None


def test_what_was_entered_late_says_so(busy):
    late = busy.receive("FLOUR", 1, at=now() - timedelta(hours=1))

    assert document(busy, busy.receipt).fact(FactKind.ENTERED_LATE) is None
    assert facts(document(busy, late))[FactKind.ENTERED_LATE] > now() - timedelta(minutes=5)


def test_a_correction_of_a_count_names_the_late_document_that_caused_it(busy):
    at = now() - timedelta(hours=3)
    count = busy.post("count", Line(item="PLT-1", target="SHOP/A-01", counted=Decimal(4)), at=at)
    late = busy.receive("PLT-1", 3, target="SHOP/A-01", at=at - timedelta(hours=1))

    subject = document(busy, count)
    counted, corrected = subject.entries
    assert subject.fact(FactKind.CORRECTED_FOR).leads_to == Ref(FoundKind.DOCUMENT, late)
    assert (counted.caused_by, counted.change) == ("", 4)
    assert (corrected.caused_by, corrected.change) == (late, -3)


def test_a_closing_says_up_to_which_day(busy):
    until = (now() - timedelta(days=2)).astimezone().date()
    closing = document(busy, busy.post("close_period", until=until))
    opening = document(busy, busy.post("reopen_period", until=until))

    assert facts(closing)[FactKind.CLOSED_UNTIL] == until
    assert facts(opening)[FactKind.OPEN_FROM] == until
    assert not closing.can_be_reversed


def test_a_reversal_undoes_and_both_name_each_other(busy):
    posted = reverse(busy, busy.sale)

    undone, reversal = document(busy, busy.sale), document(busy, posted.number)
    assert undone.fact(FactKind.REVERSED_BY).leads_to == reversal.ref
    assert reversal.fact(FactKind.REVERSES).leads_to == undone.ref
    assert not undone.can_be_reversed
    assert not reversal.can_be_reversed
    on_hand = sum((row[2] for row in busy.ask(on_hand_of, busy.gel)), ZERO)
    assert on_hand == 58


def test_asking_twice_undoes_once(busy):
    assert reverse(busy, busy.sale).number == reverse(busy, busy.sale).number


def test_what_somebody_else_undid_is_refused(busy):
    busy.post("reversal", reverses=busy.sale)
    with pytest.raises(AlreadyReversed):
        reverse(busy, busy.sale)


def test_what_was_used_since_cannot_be_undone(busy):
    busy.issue("GEL-7", 33)
    with pytest.raises(ImpossiblePast):
        reverse(busy, busy.receipt)


def test_an_unknown_number_is_refused(company):
    with pytest.raises(UnknownDocument, match="RC-9"):
        document(company, "RC-9")
