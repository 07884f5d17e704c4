"""What is said in a line: in the heading, in the footer, on the tape, before undoing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind
from app.core.documents import DocumentType
from app.features.stock_lookup.answers import consequence, head_of, told_at_once, totals_of
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import Fact, FactKind, OrderLine, Subject
from tests.features.stock_lookup.values import entry, line

ITEM = Subject(
    Ref(FoundKind.ITEM, "GEL-7"),
    "Blue gel",
    "Care",
    facts=(Fact(FactKind.ON_HAND, Decimal(48), "each"),),
    stock=(line("A-01", 40), line("A-02", 8, lot="L1", number=2)),
)
PLACE = Subject(Ref(FoundKind.PLACE, "MAIN/A-01"), "Shelf", place=LocationKind.STORAGE)
RECEIPT = Subject(
    Ref(FoundKind.DOCUMENT, "RC-1"),
    "Litware",
    type=DocumentType.RECEIPT,
    entries=(entry("RC-1", 3), entry("RC-1", 2), entry("RC-1", "1.5", unit="kg")),
)
ORDER = Subject(
    Ref(FoundKind.DOCUMENT, "PO-1"),
    type=DocumentType.PURCHASE_ORDER,
    orders=(OrderLine(1, "GEL-7", "Gel", "each", Decimal(5), Decimal(0), None),),
)


@pytest.mark.parametrize(
    ("subject", "head"),
    [
        (None, ("Stock lookup", "", "")),
        (ITEM, ("Item", "GEL-7  Blue gel", "Care")),
        (PLACE, ("Place", "MAIN/A-01  Shelf", "Storage")),
        (RECEIPT, ("Receipt", "RC-1  Litware", "")),
        (ORDER, ("Purchase order", "PO-1", "")),
    ],
)
def test_the_heading_says_what_is_looked_at(subject, head):
    assert head_of(subject) == head


@pytest.mark.parametrize(
    ("subject", "lot", "text"),
    [
        (ITEM, "", "GEL-7 48 on hand"),
        (ITEM, "L1", "GEL-7 L1 8 on hand"),
        (ITEM, "L9", "GEL-7 L9 0 on hand"),
        (PLACE, "", "A-01 0 lines"),
        (replace(PLACE, stock=ITEM.stock, is_cut=True), "", "A-01 2+ lines"),
        (RECEIPT, "", "RC-1 Receipt"),
        (replace(ITEM, facts=()), "", "GEL-7 — on hand"),
    ],
)
def test_a_scan_is_answered_in_a_few_words(subject, lot, text):
    assert told_at_once(subject, lot) == text


def test_the_footer_counts_what_is_shown():
    assert totals_of(None, 3, more=False) == "3 items"
    assert totals_of(None, 100, more=True) == "100 items, more below"
    assert totals_of(ITEM, 0, more=False) == "2 lines at 2 places"
    assert totals_of(RECEIPT, 0, more=False) == "3 lines"
    assert totals_of(ORDER, 0, more=False) == "1 line"
    assert totals_of(replace(ITEM, is_cut=True), 0, more=False).startswith("The first 2 lines")


def test_the_consequence_of_undoing_is_said_in_numbers():
    assert "RC-1 is undone" in consequence(RECEIPT)
    assert "3 movements, 5 each, 1.5 kg." in consequence(RECEIPT)
    assert consequence(ORDER) == "PO-1 is taken back: 1 line is no longer expected."
    assert "what it changed changes back" in consequence(replace(RECEIPT, entries=()))
