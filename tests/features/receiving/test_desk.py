"""What keys do to the receipt on the screen."""

from threading import Event

from PySide6.QtCore import Qt

from app.features.receiving.service import start_draft
from tests.features.receiving.conftest import ENTER, NEXT_YEAR, post_scan, shown


def test_lot_and_expiry_are_asked_for_in_place_and_enter_goes_on(
    qtbot, warehouse, view, scan, keys
):
    scan(warehouse.scan("GEL", 6))
    qtbot.waitUntil(view.sheet.editor.lot.hasFocus)
    keys("B1", ENTER)
    qtbot.waitUntil(view.sheet.editor.expiry.hasFocus)
    keys(NEXT_YEAR.isoformat(), ENTER)
    qtbot.waitUntil(view.sheet.table.grid.hasFocus)

    line = view.sheet.current().line
    assert (line.lot, line.expiry, line.quantity) == ("B1", NEXT_YEAR, 6)


def test_enter_leads_on_though_something_is_still_being_looked_up(
    qtbot, warehouse, view, scan, keys
):
    scan(warehouse.scan("GEL", 6))
    qtbot.waitUntil(view.sheet.editor.lot.hasFocus)
    keys("B1", ENTER)
    qtbot.waitUntil(view.sheet.editor.expiry.hasFocus)
    found = Event()
    view.look(view.ask(lambda _session: found.wait(timeout=5)))
    keys(NEXT_YEAR.isoformat(), ENTER)
    found.set()

    qtbot.waitUntil(view.sheet.table.grid.hasFocus)


def test_enter_in_an_empty_expiry_takes_the_usual_one(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("GEL", 6))
    keys("B1", ENTER)
    qtbot.waitUntil(view.sheet.editor.expiry.hasFocus)
    keys(key=ENTER)

    assert (view.sheet.current().line.expiry - view.sheet.table.today).days == 30


def test_quantity_keys_set_add_and_take_off(warehouse, view, scan, keys):
    scan(warehouse.scan("TEA", 5))
    for text, number in (("+", "6"), ("-", "5"), ("12+", "17"), ("7-", "10")):
        keys(text)
        assert view.sheet.editor.number.text() == f"{number} each"
    keys("24", ENTER)

    assert view.sheet.editor.number.text() == "24 each"


def test_a_quantity_in_cases_is_typed_as_such(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("TEA"))
    unit = view.sheet.editor.unit
    unit.setFocus()
    qtbot.keyClick(unit, Qt.Key.Key_Down)
    view.sheet.table.setFocus()
    keys("2", ENTER)

    assert view.sheet.editor.number.text() == "24 each"
    assert unit.currentText() == "case"


def test_an_item_is_added_by_hand(qtbot, warehouse, view, keys):
    view.free.click()
    assert view.sheet.head.item.hasFocus()
    keys("TEA", ENTER)
    qtbot.waitUntil(view.sheet.editor.quantity.hasFocus)
    keys("7", ENTER)

    assert shown(view, "Item", "Now") == [["TEA  Green tea", "+7"]]


def test_a_lot_typed_last_stays_with_its_line(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("GIN", 5))
    keys("B7")
    scan(warehouse.scan("TEA"))

    qtbot.waitUntil(lambda: view._draft.lines[0].lot == "B7")
    assert view.sheet.current().item.sku == "TEA"


def test_a_removed_line_can_be_put_back(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("TEA", 5))
    keys(key=Qt.Key.Key_Delete)
    assert shown(view, "Item") == []

    view.banner.button.click()

    assert shown(view, "Item", "Now") == [["TEA  Green tea", "+5"]]


def test_rejected_goods_cost_and_place_are_typed(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("TEA", 8))
    for field, text in ((view.sheet.editor.rejected, "2"), (view.sheet.editor.cost, "1.25")):
        field.setFocus()
        keys(text, ENTER)
    view.sheet.editor.place.setFocus()
    view.sheet.editor.place.selectAll()
    keys("A-1", ENTER)
    qtbot.waitUntil(lambda: shown(view, "Put away") == [["A-1"]])
    assert shown(view, "Note") == [["2 rejected"]]
    scan(post_scan())

    assert warehouse.on_hand("TEA", "MAIN/A-1") == 8
    assert warehouse.on_hand("TEA", "MAIN/QUARANTINE") == 2


def test_supplier_and_delivery_note_are_kept_and_bring_the_list_price(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 8))
    head = view.sheet.head
    head.supplier.setText("LITWARE")
    head.supplier.chosen.emit("LITWARE")
    head.reference.setText("DN-7")
    head.reference.editingFinished.emit()

    qtbot.waitUntil(lambda: view.sheet.editor.cost.placeholderText() == "1.5")

    def is_kept():
        kept = warehouse.ask(start_draft, "kim")
        return (kept.supplier, kept.reference) == ("LITWARE", "DN-7")

    qtbot.waitUntil(is_kept)
