"""What keys do to the transfer on the screen."""

from PySide6.QtCore import Qt

from app.features.transfer.service import open_bin
from tests.features.transfer.conftest import CONTROL, ENTER, shown


def test_a_transfer_is_made_by_keys_alone(qtbot, warehouse, view, keys):
    view.sheet.source.setFocus()
    keys("A-1", ENTER)
    qtbot.waitUntil(view.sheet.item.hasFocus)
    keys("TEA", ENTER)
    qtbot.waitUntil(view.sheet.editor.quantity.hasFocus)
    keys("7", ENTER)
    assert shown(view, "Item", "Move", "Left") == [["TEA  Green tea", "7", "23"]]
    view.sheet.target.setFocus()
    keys("B-1", ENTER)
    qtbot.waitUntil(view.sheet.table.grid.hasFocus)
    with qtbot.waitSignal(view.undo_expired):
        keys(key=ENTER)

    assert warehouse.on_hand("TEA", "MAIN/B-1") == 7


def test_quantity_keys_set_add_and_take_off(warehouse, view, scan, keys):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA", 5))
    for text, number in (("+", "6"), ("-", "5"), ("12+", "17"), ("7-", "10")):
        keys(text)
        assert view.sheet.editor.number.text() == f"{number} each"
    keys("24", ENTER)

    assert view.sheet.editor.number.text() == "24 each"


def test_a_typed_number_beyond_what_is_there_is_refused(warehouse, view, scan, keys):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA", 5))
    keys("31", ENTER)

    assert "holds 30" in view.banner.text.text()
    assert view.sheet.editor.number.text() == "5 each"


def test_a_quantity_in_cases_is_typed_as_such(qtbot, warehouse, view, scan, keys):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA"))
    unit = view.sheet.editor.unit
    unit.setFocus()
    qtbot.keyClick(unit, Qt.Key.Key_Down)
    view.sheet.table.setFocus()
    keys("2", ENTER)

    assert view.sheet.editor.number.text() == "24 each"


def test_the_suggested_lot_is_confirmed_or_changed_by_keys(qtbot, warehouse, view, scan, keys):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("GEL", 3))
    keys(key=ENTER)
    assert shown(view, "Lot", "Note") == [["L1", ""]]
    assert view.sheet.table.grid.hasFocus()

    lot = view.sheet.editor.lot
    lot.setFocus()
    qtbot.keyClick(lot, Qt.Key.Key_Down)

    assert shown(view, "Lot", "Note") == [["L2", ""]]


def test_a_whole_bin_is_taken_by_one_key(qtbot, warehouse, view, scan, keys):
    warehouse.promise("TEA", 6)
    scan(warehouse.place("MAIN/A-1"))
    keys(key=Qt.Key.Key_W, modifier=CONTROL)

    qtbot.waitUntil(lambda: len(shown(view, "Item")) == 5)
    assert shown(view, "Lot", "Move") == [
        ["L1", "5"],
        ["L2", "50"],
        ["S1", "1"],
        ["S2", "1"],
        ["—", "24"],
    ]
    assert "TEA" in view.banner.text.text()
    scan(warehouse.place("MAIN/B-1"))
    scan(warehouse.place("MAIN/B-1"))
    assert warehouse.on_hand("GEL", "MAIN/B-1") == 55
    assert warehouse.on_hand("TEA", "MAIN/A-1") == 6


def test_a_bin_scanned_while_the_whole_one_is_fetched_is_the_target(qtbot, warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    view.whole.click()

    assert scan(warehouse.place("MAIN/B-1")).text == "To MAIN/B-1: post?"


def test_an_empty_bin_is_told(qtbot, warehouse, view, scan):
    scan(warehouse.place("MAIN/B-1"))
    view.whole.click()

    qtbot.waitUntil(lambda: view.banner.text.text() == "There is nothing in that bin.")


def test_a_removed_line_can_be_put_back(warehouse, view, scan, keys):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA", 5))
    keys(key=Qt.Key.Key_Delete)
    assert shown(view, "Item") == []

    view.banner.button.click()

    assert shown(view, "Move") == [["5"]]


def test_a_typed_bin_nobody_knows_is_refused_and_the_old_one_stays(qtbot, warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    view.sheet.source.setText("Z-9")
    view.sheet.source.editingFinished.emit()

    qtbot.waitUntil(lambda: "Z-9" in view.banner.text.text())
    assert view.sheet.source.text() == "MAIN/A-1"


def test_a_number_typed_last_stays_with_its_line(warehouse, view, scan, keys):
    scan(warehouse.place("MAIN/A-1"))
    scan(warehouse.scan("TEA"))
    keys("7")
    scan(warehouse.scan("GEL", 1, lot="L1"))

    assert shown(view, "Item", "Move") == [["TEA  Green tea", "7"], ["GEL  Gel", "1"]]


def test_the_contents_of_a_bin_left_meanwhile_are_not_taken(warehouse, view, scan):
    scan(warehouse.place("MAIN/A-1"))
    opened = warehouse.ask(open_bin, warehouse.bin("MAIN/A-1"))
    scan(warehouse.place("MAIN/B-1"))

    view._take_contents(opened)

    assert shown(view, "Item") == []
