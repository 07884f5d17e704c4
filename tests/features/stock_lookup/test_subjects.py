"""Items, places and lots as they are looked at."""

from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind
from app.core.labels import LabelKind, LabelRequest
from app.features.stock_lookup import subjects
from app.features.stock_lookup.rules import FoundKind, NothingFound, Ref
from app.features.stock_lookup.service import open_subject
from app.features.stock_lookup.subject import FactKind


def subject(company, kind, code, item=""):
    return company.ask(open_subject, Ref(kind, code, item))


def facts(subject):
    return {fact.kind: fact.value for fact in subject.facts}


def lines(subject):
    return [(line.sku, line.path, line.lot, line.on_hand) for line in subject.stock]


def test_an_item_shows_its_totals_and_where_it_lies(busy):
    gel = subject(busy, FoundKind.ITEM, "GEL-7")

    assert facts(gel) == {
        FactKind.ON_HAND: 53,
        FactKind.ALLOCATED: 0,
        FactKind.AVAILABLE: 53,
        FactKind.ON_ORDER: 20,
        FactKind.IN_TRANSIT: 0,
        FactKind.VALUE: 106,
        FactKind.UNIT_COST: 2,
    }
    assert lines(gel) == [("GEL-7", "MAIN/A/A-01", "", 33), ("GEL-7", "MAIN/A/A-02", "", 20)]
    assert (gel.about, gel.aside) == ("Blue gel, tube", "Care · 4006381333931")
    assert gel.labels == (LabelRequest(sku="GEL-7"),)


def test_nothing_in_stock_is_0_and_its_cost_unknown(busy):
    pallet = subject(busy, FoundKind.ITEM, "PLT-1")
    assert facts(pallet)[FactKind.ON_HAND] == 0
    assert facts(pallet)[FactKind.VALUE] == 0
    assert facts(pallet)[FactKind.UNIT_COST] is None
    assert pallet.stock == ()


def test_what_is_promised_is_not_available(busy):
    order = busy.post_sales_order("GEL-7", 8)
    busy.post("allocate", order=order)
    gel = subject(busy, FoundKind.ITEM, "GEL-7")

    assert facts(gel)[FactKind.ALLOCATED] == 8
    assert facts(gel)[FactKind.AVAILABLE] == 45
    assert sum(line.available for line in gel.stock) == 45


def test_stock_on_its_way_is_ours_and_said_to_be_in_transit(busy):
    busy.stock.location("MAIN/TRANSIT", LocationKind.TRANSIT)
    busy.move("GEL-7", 3, "MAIN/A/A-02", "MAIN/TRANSIT")
    gel = subject(busy, FoundKind.ITEM, "GEL-7")

    assert facts(gel)[FactKind.IN_TRANSIT] == 3
    assert facts(gel)[FactKind.ON_HAND] == 53
    assert gel.stock[-1].kind is LocationKind.TRANSIT


def test_a_place_shows_what_lies_there_and_below(busy):
    main = subject(busy, FoundKind.PLACE, "MAIN")

    assert lines(main) == [
        ("GEL-7", "MAIN/A/A-01", "", 33),
        ("MILK", "MAIN/A/A-01", "L-NEW", 7),
        ("FLOUR", "MAIN/A/A-01", "", Decimal("12.5")),
        ("GEL-7", "MAIN/A/A-02", "", 20),
        ("MILK", "MAIN/QUARANTINE", "L-OLD", 3),
    ]
    assert facts(main) == {FactKind.ITEMS: 3, FactKind.LINES: 5}
    assert main.place is LocationKind.SITE
    assert main.history is None
    assert main.labels == (LabelRequest(kind=LabelKind.BIN, location="MAIN"),)


def test_a_place_whose_name_begins_alike_is_another_place(busy):
    busy.stock.location("MAIN/A/A-0", barcode="X")
    assert subject(busy, FoundKind.PLACE, "MAIN/A/A-0").stock == ()


def test_a_place_outside_has_no_stock_of_ours_and_no_label(busy):
    supplier = subject(busy, FoundKind.PLACE, "SUPPLIER")
    assert supplier.stock == ()
    assert supplier.labels == ()


def test_a_lot_shows_where_it_is(busy):
    new = subject(busy, FoundKind.LOT, "L-NEW")

    assert lines(new) == [("MILK", "MAIN/A/A-01", "L-NEW", 7)]
    assert facts(new)[FactKind.EXPIRY] == date(2099, 1, 31)
    assert new.history.lot == "L-NEW"
    assert new.labels == (LabelRequest(kind=LabelKind.LOT, sku="MILK", lot="L-NEW"),)


def test_a_lot_that_is_used_up_is_still_found(busy):
    busy.issue("MILK", 7, lot="L-NEW")
    new = subject(busy, FoundKind.LOT, "L-NEW")
    assert facts(new)[FactKind.ON_HAND] == 0
    assert new.stock == ()


def test_a_code_that_lots_of_several_items_have_shows_all_or_the_one_named(busy):
    busy.stock.item("CREAM", tracking="lot")
    busy.receive("CREAM", 2, lot="L-NEW", expiry=date(2099, 1, 1))

    both = subject(busy, FoundKind.LOT, "L-NEW")
    one = subject(busy, FoundKind.LOT, "L-NEW", "CREAM")

    assert {line.sku for line in both.stock} == {"MILK", "CREAM"}
    assert both.history is None
    assert facts(both)[FactKind.ITEMS] == 2
    assert len(both.labels) == 2
    assert {line.sku for line in one.stock} == {"CREAM"}


@pytest.mark.parametrize("kind", [FoundKind.ITEM, FoundKind.PLACE, FoundKind.LOT])
def test_what_does_not_exist_is_refused_by_its_name(company, kind):
    with pytest.raises(NothingFound, match="NOPE"):
        subject(company, kind, "NOPE")


def test_only_so_many_lines_are_shown_but_the_totals_are_those_of_all(busy, monkeypatch):
    monkeypatch.setattr(subjects, "MOST_ROWS", 1)
    gel = subject(busy, FoundKind.ITEM, "GEL-7")

    assert len(gel.stock) == 1
    assert gel.is_cut
    assert facts(gel)[FactKind.ON_HAND] == 53
    assert facts(subject(busy, FoundKind.PLACE, "MAIN"))[FactKind.LINES] is None
