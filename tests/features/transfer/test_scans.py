"""What scans do on the Transfer screen."""

import pytest

from app.core.scans import LotScan, Tone, UnknownScan
from app.db.tables import BarcodeRow
from app.features.transfer.service import start_draft
from tests.features.transfer.conftest import PAST, post_scan, shown

EAN = "4006381333931"
GTIN = f"0{EAN}"
NONE_OF_TEA = f"01{GTIN}300"


def test_source_goods_target_and_once_more_to_post(warehouse, view, scan):
    assert scan(warehouse.place("MAIN/A-1")).text == "From MAIN/A-1"
    assert scan(warehouse.scan("TEA")).text == "TEA +1"
    assert scan(warehouse.scan("TEA", 12)).text == "TEA +12"
    assert scan(warehouse.place("MAIN/B-1")).text == "To MAIN/B-1: post?"
    assert view.heading.detail.text() == "MAIN/A-1 → MAIN/B-1"
    assert view.sheet.editor.number.text() == "13 each"

    effect = scan(warehouse.place("MAIN/B-1"))

    assert effect.text == f"{view.posted.number.text()} posted"
    assert warehouse.on_hand("TEA", "MAIN/B-1") == 13
    assert view._draft.is_empty


def test_a_second_bin_before_any_goods_is_where_they_come_from(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))

    assert scan(warehouse.place("MAIN/B-1")).text == "From MAIN/B-1"


def test_another_target_takes_the_place_of_the_first(warehouse, view, scan):
    for what in (
        warehouse.place("MAIN/A-1"),
        warehouse.scan("TEA"),
        warehouse.place("MAIN/B-1"),
        warehouse.place("SHOP/S-1"),
    ):
        scan(what)

    assert view._draft.target.path == "SHOP/S-1"
    assert warehouse.on_hand("TEA", "MAIN/A-1") == 30


def test_goods_do_not_go_where_they_come_from(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA"))

    assert scan(warehouse.place("MAIN/A-1")).tone == Tone.BAD
    assert view._draft.target is None


def test_goods_before_any_bin_are_refused(warehouse, view, scan):
    effect = scan(warehouse.scan("TEA"))

    assert effect.text == "Scan the bin that TEA comes from first."
    assert shown(view, "Item") == []


def test_more_than_lies_there_is_refused_at_once(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA", 30))
    effect = scan(warehouse.scan("TEA"))

    assert effect.text.startswith("MAIN/A-1 holds 30 each of TEA, not the 31 wanted.")
    assert view.banner.text.text() == effect.text
    assert shown(view, "There", "Move", "Left") == [["30", "30", "0"]]


def test_of_several_lots_the_first_to_expire_is_suggested_and_asked_for(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))

    assert scan(warehouse.scan("GEL", 3)).text == "GEL +3, lot L1?"
    assert view.sheet.editor.lot.hasFocus()
    assert shown(view, "Lot", "Note") == [["L1", "right lot?"]]


def test_a_serial_is_asked_for_and_scanned(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("SAW"))
    assert shown(view, "Note") == [["which serial?"]]

    assert scan(UnknownScan("S9", "Nothing goes by S9.")).text == "Nothing goes by S9."
    assert scan(UnknownScan("S2", "Nothing goes by S2.")).text == "SAW · S2"
    saw = warehouse.scan("SAW").item
    assert scan(LotScan("S1", saw, "S1")).text == "SAW +1"
    assert scan(LotScan("S1", saw, "S1")).tone == Tone.BAD
    assert shown(view, "Lot") == [["S2"], ["S1"]]


def test_an_expired_lot_is_warned_of_at_once(warehouse, view, scan):
    warehouse.put("GEL", 2, "MAIN/A-1", lot="L0", expiry=PAST)
    scan(warehouse.place("MAIN/A-1"))

    assert scan(warehouse.scan("GEL", 1, lot="L0")).tone == Tone.ASK
    assert "expired" in view.banner.text.text()


def test_every_scan_is_on_disk_before_it_is_answered(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA", 12))

    kept = warehouse.ask(start_draft, "kim")
    assert kept.source.path == "MAIN/A-1"
    assert [(line.item.sku, line.quantity) for line in kept.lines] == [("TEA", 12)]


def test_scans_taken_back_are_exactly_those(warehouse, view, scan):
    source = scan(warehouse.place("MAIN/A-1"))
    first = scan(warehouse.scan("TEA", 5))
    scan(warehouse.scan("TEA", 2))
    target = scan(warehouse.place("MAIN/B-1"))

    target.undo()
    first.undo()
    assert view._draft.target is None
    assert shown(view, "Move") == [["2"]]
    source.undo()
    assert view._draft.source is None


def test_a_command_without_a_target_asks_for_it(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA"))

    assert scan(post_scan()).text == "Scan or type the bin they go to first."


def test_a_weight_is_asked_for(warehouse, view, scan):
    warehouse.put("FLOUR", "7.25", "MAIN/A-1")
    scan(warehouse.place("MAIN/A-1"))

    assert scan(warehouse.scan("FLOUR")).text == "FLOUR: how many kg?"
    assert view.sheet.editor.quantity.hasFocus()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_scan_whose_line_was_typed_over_is_not_taken_back_and_the_next_scan_goes_on(
    warehouse, make_workplace
):
    work = make_workplace()
    view = work.open("F4")
    work.scan("LOC:MAIN/A-1", EAN, EAN)
    work.type("7")

    assert "changed by hand" in work.scan("CMD:UNDO")
    assert "changed by hand" in view.banner.text.text()
    assert not any(entry.is_undone for entry in work.window.tape.entries())
    assert work.scan(EAN) == "TEA +1"
    assert view._draft.lines[0].quantity == 8


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_code_that_counts_none_asks_how_many_each_time(warehouse, make_workplace, database):
    with database.writing() as session:
        tea = warehouse.scan("TEA").item.id
        session.add(BarcodeRow(item_id=tea, code=GTIN, gtin=GTIN, quantity=1))
    work = make_workplace()
    view = work.open("F4")

    assert work.scan("LOC:MAIN/A-1", NONE_OF_TEA) == "TEA: how many each?"
    assert "type the quantity" in view.banner.text.text()
    assert [line.quantity for line in view._draft.lines] == [0]
    work.type("4")
    assert [line.quantity for line in view._draft.lines] == [4]

    assert work.scan(NONE_OF_TEA) == "TEA: how many each?"
    assert view.sheet.editor.quantity.hasFocus()
    work.undo()
    assert [line.quantity for line in view._draft.lines] == [4]
