"""What scans do on the Receiving screen."""

from datetime import date

import pytest

from app.core.catalogue import Tracking
from app.core.scans import (
    DocumentScan,
    LotScan,
    Tone,
    UnknownScan,
)
from app.db.tables import BarcodeRow
from app.features.receiving.service import start_draft
from tests.features.receiving.conftest import ENTER, NEXT_YEAR, shown

EAN = "4006381333931"
GTIN = f"0{EAN}"
NONE_OF_TEA = f"01{GTIN}300"


def test_a_scanned_order_is_opened(warehouse, view, scan):
    number = warehouse.order(("TEA", 48), ("GEL", 6))

    effect = scan(DocumentScan(number, number, "purchase_order"))

    assert effect.text == f"{number} Litware, Inc."
    assert [row[0] for row in shown(view, "Item")] == ["TEA  Green tea", "GEL  Gel"]
    assert view.heading.detail.text() == f"{number}  Litware, Inc."


def test_scans_add_up_and_the_number_is_large(warehouse, view, scan):
    assert scan(warehouse.scan("TEA")).text == "TEA +1"
    assert scan(warehouse.scan("TEA", 12)).text == "TEA +12"

    assert view.sheet.editor.number.text() == "13 each"
    assert shown(view, "Item", "Now", "Put away") == [["TEA  Green tea", "+13", "DOCK"]]


def test_every_scan_is_on_disk_before_it_is_answered(warehouse, view, scan):
    scan(warehouse.scan("TEA", 12))
    scan(warehouse.scan("TEA"))

    kept = warehouse.ask(start_draft, "kim")
    assert [(line.item.sku, line.quantity) for line in kept.lines] == [("TEA", 13)]


def test_the_lot_and_expiry_of_a_code_are_taken(warehouse, view, scan):
    scan(warehouse.scan("GEL", 6, lot="B1", expiry=NEXT_YEAR))

    assert shown(view, "Lot")[0] == ["B1"]
    assert view.sheet.table.grid.hasFocus()


def test_an_unknown_code_is_the_serial_that_is_asked_for(warehouse, view, scan):
    scan(warehouse.scan("SAW"))
    effect = scan(UnknownScan("SN-0001", "Nothing goes by SN-0001."))

    assert effect.text == "SAW · SN-0001"
    assert view.sheet.current().line.lot == "SN-0001"
    assert scan(UnknownScan("SN-0002", "Nothing goes by SN-0002.")).tone == Tone.BAD


def test_an_unknown_barcode_is_refused_and_nothing_is_booked(warehouse, view, scan):
    scan(warehouse.scan("SAW"))
    for code in ("4006381333931", "SN-1"):
        if code == "SN-1":
            scan(warehouse.scan("TEA"))
        effect = scan(UnknownScan(code, f"Nothing goes by {code}."))
        assert (effect.text, effect.tone) == (f"Nothing goes by {code}.", Tone.BAD)
        assert view.banner.text.text() == effect.text

    assert [line.lot for line in view._draft.lines] == ["", ""]


def test_a_serial_twice_is_refused_at_once(warehouse, view, scan):
    scan(warehouse.scan("SAW", lot="S1"))
    effect = scan(warehouse.scan("SAW", lot="S1"))

    assert effect.tone == Tone.BAD
    assert "S1" in view.banner.text.text()
    assert shown(view, "Item", "Lot") == [["SAW  Saw", "S1"]]


def test_a_serial_that_is_in_stock_is_refused_at_once(warehouse, view, scan):
    warehouse.receive("SAW", 1, "MAIN/A-1", lot="S1")

    assert scan(LotScan("S1", warehouse.item("SAW"), "S1")).tone == Tone.BAD
    assert shown(view, "Item") == []


def test_an_expired_lot_is_warned_of_and_taken(warehouse, view, scan):
    effect = scan(warehouse.scan("GEL", lot="OLD", expiry=date(2020, 1, 1)))

    assert effect.tone == Tone.ASK
    assert "expired" in view.banner.text.text()
    assert shown(view, "Note") == [["expired"]]


def test_a_date_that_cannot_be_is_pointed_out(warehouse, view, scan):
    scan(warehouse.scan("GEL", lot="B1", problem="The expiry 31 February is no date."))

    assert view.banner.text.text() == "The expiry 31 February is no date."


def test_a_place_scanned_first_is_for_all_and_later_for_the_line(warehouse, view, scan):
    assert scan(warehouse.place("MAIN/A-2")).text == "All to MAIN/A-2"
    scan(warehouse.scan("TEA"))
    scan(warehouse.scan("FLOUR", "2.5"))
    assert scan(warehouse.place("MAIN/A-1")).text == "FLOUR → MAIN/A-1"

    assert shown(view, "Item", "Put away") == [["TEA  Green tea", "A-2"], ["FLOUR  Flour", "A-1"]]


def test_goods_of_another_site_go_to_its_own_places(qtbot, warehouse, view, scan):
    warehouse.receive("TEA", 5, "SHOP/S-1")
    scan(warehouse.place("SHOP"))
    scan(warehouse.scan("TEA"))

    assert view._draft.target_of(view._draft.lines[0]) == "SHOP/S-1"


def test_a_place_outside_is_refused(warehouse, view, scan):
    assert scan(warehouse.place("SUPPLIER")).tone == Tone.BAD
    assert view._draft.place == ""


def test_a_scan_taken_back_is_exactly_that_scan(warehouse, view, scan):
    scan(warehouse.scan("TEA", 5))
    second = scan(warehouse.scan("TEA", 12))
    scan(warehouse.scan("TEA"))

    second.undo()

    assert view.sheet.editor.number.text() == "6 each"


def test_a_weight_is_asked_for(warehouse, view, scan, keys):
    effect = scan(warehouse.scan("FLOUR"))
    assert effect.text == "FLOUR: how many kg?"
    assert view.sheet.editor.quantity.hasFocus()

    keys("1.25", ENTER)

    assert shown(view, "Now") == [["+1.25"]]


def test_what_nobody_ordered_is_marked(warehouse, view, scan):
    number = warehouse.order(("TEA", 4))
    scan(DocumentScan(number, number, "purchase_order"))
    effect = scan(warehouse.scan("FLOUR", 2))

    assert effect.text == "FLOUR +2, not ordered"
    assert shown(view, "Note") == [[""], ["not ordered"]]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_scan_whose_line_was_typed_over_is_not_taken_back_and_the_next_scan_goes_on(
    warehouse, make_workplace
):
    work = make_workplace()
    view = work.open("F2")
    work.scan(EAN, EAN)
    work.type("7")

    assert "changed by hand" in work.scan("CMD:UNDO")
    assert "changed by hand" in view.banner.text.text()
    assert not any(entry.is_undone for entry in work.window.tape.entries())
    assert work.scan(EAN) == "TEA +1"
    assert shown(view, "Now") == [["+8"]]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_ctrl_z_on_a_line_that_was_typed_over_says_why_not(warehouse, make_workplace):
    work = make_workplace()
    view = work.open("F2")
    work.scan("FLOUR", EAN)
    work.type("7")

    work.undo()

    assert "changed by hand" in view.banner.text.text()
    assert shown(view, "Now") == [["0"], ["+7"]]
    work.undo()  # what cannot be taken back does not stand before what can
    assert shown(view, "Item", "Now") == [["TEA  Green tea", "+7"]]
    assert [entry.is_undone for entry in work.window.tape.entries()] == [True, False]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_typed_without_enter_is_saved_when_the_window_closes(warehouse, make_workplace):
    work = make_workplace()
    view = work.open("F2")
    work.scan("CMD:CANCEL", EAN)
    work.type("7", then="")
    view.sheet.head.reference.setFocus()
    work.type("DN-4711", then="")

    work.window.close()

    kept = warehouse.ask(start_draft, work.jobs.user)
    assert kept.reference == "DN-4711"
    assert [(line.item.sku, line.quantity) for line in kept.lines] == [("TEA", 7)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_lot_that_was_typed_without_enter_is_saved_when_the_window_closes(
    stock, warehouse, make_workplace
):
    stock.item("JELLY", tracking=Tracking.LOT)
    work = make_workplace()
    work.open("F2")
    work.scan("JELLY")
    work.type("L-77", then="")

    work.window.close()

    kept = warehouse.ask(start_draft, work.jobs.user)
    assert [(line.item.sku, line.lot) for line in kept.lines] == [("JELLY", "L-77")]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_code_that_counts_none_asks_how_many_each_time(warehouse, make_workplace, database):
    with database.writing() as session:
        session.add(BarcodeRow(item_id=warehouse.tea, code=GTIN, gtin=GTIN, quantity=1))
    work = make_workplace()
    view = work.open("F2")

    assert work.scan(NONE_OF_TEA) == "TEA: how many each?"
    assert "type the quantity" in view.banner.text.text()
    assert [line.quantity for line in view._draft.lines] == [0]
    work.type("4")
    assert [line.quantity for line in view._draft.lines] == [4]

    assert work.scan(NONE_OF_TEA) == "TEA: how many each?"
    assert view.sheet.editor.quantity.hasFocus()
    work.undo()
    assert [line.quantity for line in view._draft.lines] == [4]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_order_scanned_after_its_goods_gets_them_line_by_line(warehouse, make_workplace):
    number = warehouse.order(("TEA", 5), ("TEA", 5))
    work = make_workplace()
    view = work.open("F2")

    work.scan("QTY:10", EAN, number)

    assert shown(view, "Ordered", "Now") == [["5", "+5"], ["5", "+5"]]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_number_on_the_delivery_note_opens_its_order(warehouse, make_workplace):
    number = warehouse.order(("TEA", 5), reference="DN-4711")
    work = make_workplace()
    view = work.open("F2")

    assert work.scan("DN-4711") == f"{number} Litware, Inc."
    assert shown(view, "Ordered") == [["5"]]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_place_is_looked_for_at_the_site_of_the_receipt(stock, warehouse, make_workplace):
    stock.location("SHOP/A-1")
    work = make_workplace()
    work.open("F2")

    assert work.scan("LOC:SHOP", "LOC:A-1") == "All to SHOP/A-1"
    assert work.scan("LOC:MAIN", "LOC:A-1") == "All to MAIN/A-1"
