"""What goes by a text besides items, and the one thing that is meant."""

from datetime import date

import pytest

from app.features.stock_lookup.finding import MOST_OTHERS, find_others, find_subject
from app.features.stock_lookup.rules import FoundKind, Ref


def others(company, text):
    return [(found.ref.kind, found.ref.code) for found in company.ask(find_others, text)]


def exact(company, text):
    return company.ask(find_subject, text)


def test_places_are_found_by_code_path_and_barcode(busy):
    busy.stock.location("MAIN/B-07", barcode="LOC-B7", name="Bulk")

    assert others(busy, "a-01") == [("place", "MAIN/A/A-01"), ("place", "SHOP/A-01")]
    assert others(busy, "main/a") == [
        ("place", "MAIN/A"),
        ("place", "MAIN/A/A-01"),
        ("place", "MAIN/A/A-02"),
    ]
    assert others(busy, "LOC-B") == [("place", "MAIN/B-07")]
    assert busy.ask(find_others, "B-07")[0].about == "Bulk"


def test_lots_are_found_once_however_many_items_have_one_of_that_code(busy):
    busy.stock.item("CREAM", tracking="lot")
    busy.receive("CREAM", 1, lot="L-NEW", expiry=date(2099, 1, 1))
    found = {one.ref.code: one.about for one in busy.ask(find_others, "l-")}

    assert found == {"L-NEW": "CREAM +1", "L-OLD": "MILK"}


def test_documents_are_found_by_number_and_reference(busy):
    assert others(busy, busy.receipt[:6].lower())[0] == ("document", busy.receipt)
    assert others(busy, "DN-7") == [("document", busy.receipt)]
    assert others(busy, "theirs") == [("document", busy.purchase)]


def test_one_letter_finds_no_places(busy):
    assert others(busy, "a") == []
    assert others(busy, "") == []


def test_only_so_many_of_a_kind_are_offered(company):
    for number in range(MOST_OTHERS + 10):
        company.stock.location(f"MAIN/Z-{number:03}")

    assert len(others(company, "z-")) == MOST_OTHERS


@pytest.mark.parametrize("text", ["GEL-7", " gel-7 ", "4006381333931", "04006381333931"])
def test_an_item_is_meant_by_its_sku_and_its_barcode_in_any_form(busy, text):
    assert exact(busy, text) == Ref(FoundKind.ITEM, "GEL-7")


def test_places_lots_and_documents_are_meant_by_their_codes(busy):
    assert exact(busy, "a-02") == Ref(FoundKind.PLACE, "MAIN/A/A-02")
    assert exact(busy, "SHOP/A-01") == Ref(FoundKind.PLACE, "SHOP/A-01")
    assert exact(busy, "L-NEW") == Ref(FoundKind.LOT, "L-NEW")
    assert exact(busy, busy.receipt.lower()) == Ref(FoundKind.DOCUMENT, busy.receipt)
    assert exact(busy, "DN-77") == Ref(FoundKind.DOCUMENT, busy.receipt)


def test_what_several_things_go_by_means_none_of_them(busy):
    busy.receive("GEL-7", 1, reference="DN-77")

    assert exact(busy, "A-01") is None
    assert exact(busy, "DN-77") is None
    assert exact(busy, "nothing at all") is None
    assert exact(busy, "") is None
