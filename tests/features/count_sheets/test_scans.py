from decimal import Decimal

import pytest

from app.core.catalogue import Location, LocationKind
from app.core.scans import DocumentScan, ItemScan, LocationScan, LotScan, Tone, UnknownScan
from app.features.count_sheets.rules import Scope
from app.features.count_sheets.service import cancel_sheet

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_goods_scanned_in_a_bin_are_counted_one_by_one(clerk):
    clerk.open_new()

    place = clerk.scan_bin("MAIN/A/A-1")
    first = clerk.scan_item("TEA")
    second = clerk.scan_item("TEA", quantity=Decimal(12))

    assert (place.text, place.tone) == ("A-1", Tone.GOOD)
    assert (first.text, second.text) == ("TEA +1 = 1", "TEA +12 = 13")
    assert clerk.saved()["TEA"] == 13
    assert clerk.view.page.card.number.text() == "13"


def test_a_scan_can_be_taken_back(clerk):
    clerk.open_new()
    clerk.scan_bin("MAIN/A/A-1")
    clerk.scan_item("TEA")
    effect = clerk.scan_item("TEA")

    assert effect.undo is not None
    effect.undo()

    clerk.until(lambda: clerk.saved()["TEA"] == 1)
    clerk.until(lambda: clerk.view.page.card.number.text() == "1")


def test_what_is_not_listed_in_the_bin_was_found_there(clerk):
    clerk.open_new()
    clerk.scan_bin("MAIN/A/A-10")

    clerk.scan_item("RUM")

    line = clerk.room.sheet(clerk.view.number).lines[-1]
    assert (line.item.sku, line.location, line.was_found) == ("RUM", "MAIN/A/A-10", True)
    assert clerk.view.page.lines.rowCount() == 5


def test_a_bin_that_the_sheet_does_not_list_is_told(clerk):
    clerk.open_new(Scope("MAIN/A"))

    effect = clerk.scan_bin("MAIN/B/B-1")

    assert effect.tone is Tone.ASK
    assert "not on the sheet" in effect.text


def test_without_a_bin_an_item_counts_where_it_lies_alone(clerk):
    clerk.open_new()

    assert clerk.scan_item("FLOUR").tone is Tone.GOOD
    refused = clerk.scan_item("RUM")

    assert refused.tone is Tone.BAD
    assert "scan the bin first" in refused.text


def test_a_lot_label_counts_its_lot(clerk):
    clerk.open_new()
    clerk.scan_bin("MAIN/B/B-1")

    effect = clerk.scan(LotScan("S1", clerk.item("SAW"), "S1"))
    again = clerk.scan(LotScan("S1", clerk.item("SAW"), "S1"))

    assert effect.text == "SAW +1 = 1"
    assert again.tone is Tone.BAD
    assert "counted already" in again.text
    assert clerk.saved()["SAW"] == 1


def test_an_impossible_code_and_a_place_that_is_no_bin_are_refused(clerk):
    clerk.open_new()
    site = Location(1, "MAIN", LocationKind.SITE)

    assert clerk.scan_item("TEA", problem="30 February").text == "30 February"
    assert "is not a bin" in clerk.scan(LocationScan("LOC:MAIN", site)).text
    assert clerk.scan(UnknownScan("x", "Nothing goes by it.")).tone is Tone.BAD


def test_scans_without_a_sheet_say_what_to_do_first(clerk):
    assert "Open the count sheet first" in clerk.scan_item("TEA").text


def test_the_code_of_a_sheet_opens_it(clerk):
    number = clerk.room.create(Scope("MAIN"))

    effect = clerk.scan(DocumentScan(f"CS-{number:06}", f"CS-{number:06}", "count_sheet"))

    assert effect.text == f"CS-{number:06}"
    assert clerk.view.number == number


def test_an_unknown_sheet_is_refused(clerk):
    assert clerk.scan(DocumentScan("CS-000099", "CS-000099", "count_sheet")).tone is Tone.BAD


def test_scans_fill_the_form_of_a_new_sheet(clerk):
    clerk.view.tools.make.click()

    clerk.scan_bin("MAIN/A/A-1")
    clerk.scan(ItemScan("TEA", clerk.item("TEA")))
    clerk.scan(ItemScan("TEA", clerk.item("TEA")))
    clerk.scan(ItemScan("RUM", clerk.item("RUM")))

    assert clerk.view.form.scope() == Scope("MAIN/A/A-1", items=("TEA", "RUM"))


def test_a_closed_sheet_takes_no_scans(clerk):
    number = clerk.open_new()
    clerk.room.database.run(lambda session: cancel_sheet(session, number))
    clerk.view.open_number(number)
    clerk.until(lambda: not clerk.view.page.is_open)

    assert "closed" in clerk.scan_item("TEA").text
