from datetime import date
from decimal import Decimal

from app.core.labels import LabelKind, LabelRequest
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import (
    Fact,
    FactKind,
    OrderLine,
    Subject,
    labels_of,
    quantities,
)
from tests.features.stock_lookup.values import entry, line

ITEM = Subject(Ref(FoundKind.ITEM, "GEL-7"), labels=(LabelRequest(sku="GEL-7"),))


def test_a_line_knows_its_shelf_what_that_stands_in_and_its_history():
    one = line("A-01", 3, lot="L1")
    assert (one.code, one.within) == ("A-01", "MAIN/A")
    assert (one.scope.path, one.scope.lot, one.scope.lot_id) == ("MAIN/A/A-01", "L1", 7)
    assert line("A-01", 3).scope.lot_id == 0


def test_a_lot_is_still_good_on_the_day_it_expires():
    one = line("A-01", 3, expiry=date(2026, 5, 31))
    assert not one.has_expired(date(2026, 5, 31))
    assert one.has_expired(date(2026, 6, 1))
    assert not line("A-01", 3).has_expired(date(2026, 6, 1))


def test_what_is_open_of_an_order_is_never_below_zero():
    assert OrderLine(1, "A", "", "each", Decimal(5), Decimal(7), None).open == 0
    assert OrderLine(1, "A", "", "each", Decimal(5), Decimal(2), None).open == 3


def test_quantities_are_added_up_unit_by_unit():
    entries = [entry("RC-1", 2), entry("RC-1", 3), entry("RC-1", "0.5", unit="kg")]
    assert quantities(entries) == [(5, "each"), (Decimal("0.5"), "kg")]


def test_a_fact_is_found_by_its_kind():
    subject = Subject(ITEM.ref, facts=(Fact(FactKind.ON_HAND, Decimal(3)),))
    assert subject.fact(FactKind.ON_HAND).value == 3
    assert subject.fact(FactKind.VALUE) is None


def test_labels_are_of_the_lots_chosen_each_once_else_of_the_whole():
    chosen = [line("A-01", 1, lot="L1"), line("A-02", 1, lot="L1"), line("A-03", 1)]
    assert labels_of(ITEM, chosen) == [LabelRequest(kind=LabelKind.LOT, sku="GEL-7", lot="L1")]
    assert labels_of(ITEM, [line("A-03", 1)]) == [LabelRequest(sku="GEL-7")]
    assert labels_of(ITEM) == [LabelRequest(sku="GEL-7")]
