from decimal import Decimal

import pytest

from app.core.catalogue import Location, LocationKind
from app.core.scans import DocumentScan, ItemScan, LocationScan, LotScan, Tone, UnknownScan
from app.features.count_sheets.rules import Scope
from app.features.count_sheets.service import cancel_sheet

TEA = "4006381333931"

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


def work_on_a_sheet(clerk_room, make_workplace):
    """Open a sheet of MAIN at the whole window, ten tea expected in the bin scanned last."""
    clerk_room.put("TEA", "MAIN/A/A-1", 10)
    number = clerk_room.create(Scope("MAIN"))
    work = make_workplace()
    view = work.open("F5")
    work.scan(f"CS-{number:06}", "LOC:MAIN/A/A-1")
    return work, view, number


def test_an_undo_does_not_take_a_typed_count_with_it(room, make_workplace):
    work, view, number = work_on_a_sheet(room, make_workplace)
    work.scan(TEA)
    work.type("10")

    work.window.tape.undo.click()
    work.qtbot.waitUntil(lambda: "counted again since" in view.banner.text.text())

    assert [line.counted for line in room.sheet(number).lines] == [10]
    assert [line.counted for line in view.page.all_lines()] == [10]


def test_an_undo_does_not_take_what_another_pc_counted_with_it(room, make_workplace):
    work, view, number = work_on_a_sheet(room, make_workplace)
    work.scan(TEA)
    room.scan(number, "TEA", "MAIN/A/A-1", 2)

    assert "counted again since" in work.scan("CMD:UNDO")

    assert [line.counted for line in room.sheet(number).lines] == [3]
    assert [line.counted for line in view.page.all_lines()] == [3]


def test_scans_are_taken_back_one_by_one_with_the_time_they_were_counted_at(room, make_workplace):
    work, view, number = work_on_a_sheet(room, make_workplace)
    work.scan(TEA)
    first = room.sheet(number).lines[0]
    work.scan(TEA)

    work.undo()
    assert room.sheet(number).lines[0] == first
    work.undo()

    assert [line.counted for line in room.sheet(number).lines] == [None]
    assert [line.counted for line in view.page.all_lines()] == [None]


def test_what_was_scanned_for_another_sheet_is_left_alone(room, make_workplace):
    work, view, number = work_on_a_sheet(room, make_workplace)
    work.scan(TEA)
    room.put("FLOUR", "MAIN/B/B-1", 5)
    other = room.create(Scope("MAIN/B"))
    work.scan(f"CS-{other:06}")

    work.undo()

    assert view.number == other
    assert [line.item.sku for line in view.page.all_lines()] == ["FLOUR"]
    assert [line.counted for line in room.sheet(number).lines] == [1]


@pytest.mark.parametrize("how", ["scanned", "typed code", "looked up", "found"])
def test_a_sheet_is_opened_by_the_number_that_stands_on_it(room, make_workplace, how):
    room.put("TEA", "MAIN/A/A-1", 10)
    number = room.create(Scope("MAIN"))
    work = make_workplace()
    work.open("F5" if how == "typed code" else "F3")

    if how == "scanned":
        assert work.scan("CS-000001") == "CS-000001"
    elif how == "typed code":
        work.press("T", "C")
        work.type("CS-1")
    elif how == "looked up":
        work.type("CS-000001")
    else:
        work.type("cs-1", then="Down")
        work.press("Return")

    work.qtbot.waitUntil(lambda: work.screen.key == "F5" and work.screen.number == number)
    assert work.screen.heading.what.text() == "CS-000001"


def test_a_count_that_was_typed_without_enter_is_saved_when_the_window_closes(room, make_workplace):
    work, _, number = work_on_a_sheet(room, make_workplace)
    work.type("10", then="")

    work.window.close()

    assert [line.counted for line in room.sheet(number).lines] == [10]


def test_a_bin_is_looked_for_at_the_site_of_the_sheet(stock, room, make_workplace):
    stock.location("SHOP/A-1")
    work, view, _ = work_on_a_sheet(room, make_workplace)

    assert work.scan("LOC:A-10", "LOC:A-1") == "A-1"
    assert view._place == "MAIN/A/A-1"
