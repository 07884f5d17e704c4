"""The Receiving screen as a clerk works with it: scans, keys, and what is seen."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    LotScan,
    Tone,
    UnknownScan,
)
from app.features.receiving.service import start_draft
from app.features.receiving.view import ReceivingView
from tests.features.receiving.conftest import NEXT_YEAR

ENTER, ESCAPE, CONTROL = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_view(qtbot, jobs):
    """Opens the screen as the program does, and waits until it is ready."""

    def open_view():
        jobs.user = "kim"
        view = ReceivingView(jobs)
        qtbot.addWidget(view)
        view.resize(1000, 700)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.pages.isEnabled)
        return view

    return open_view


@pytest.fixture
def view(warehouse, open_view):
    return open_view()


@pytest.fixture
def scan(qtbot, view):
    """Scan something and return its one answer."""

    def scan(meaning):
        with qtbot.waitSignal(view.scanned) as answer:
            view.take_scan(meaning)
        assert not view.waiting()
        return answer.args[0]

    return scan


@pytest.fixture
def keys(qtbot, view):
    """Type where the cursor is."""

    def keys(text="", key=None, modifier=Qt.KeyboardModifier.NoModifier):
        for character in text:
            qtbot.keyClicks(QApplication.focusWidget(), character)
        if key is not None:
            qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    return keys


def shown(view, *columns):
    """The rows of the receipt, the named columns of each."""
    headings, _ = view.sheet.table.tabulated()
    table = view.sheet.table.lines
    titles = [column.title for column in table.columns()]
    places = [titles.index(column) for column in columns]
    assert set(columns) <= set(headings)
    return [[table.index(r, c).data() for c in places] for r in range(table.rowCount())]


def post_scan():
    return CommandScan("CMD:POST", Command.POST)


def test_it_opens_with_the_orders_that_are_to_come(qtbot, warehouse, view):
    number = warehouse.order(("TEA", 5))
    view.orders.reload()

    qtbot.waitUntil(lambda: [row.number for row in view.orders.orders.rows()] == [number])
    assert view.pages.currentWidget() is view.orders


def test_an_order_is_chosen_and_received_by_keys_alone(qtbot, warehouse, view, keys):
    number = warehouse.order(("TEA", 48), ("FLOUR", "12.5"), reference="LW-778")
    view.orders.setFocus()
    keys("lw-778")
    qtbot.waitUntil(lambda: len(view.orders.orders.rows()) == 1)
    keys(key=ENTER)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sheet)
    assert shown(view, "Item", "Ordered", "Now")[0] == ["TEA  Green tea", "48", "0"]

    keys("24", ENTER)
    keys(key=Qt.Key.Key_Down)
    keys("12.5", ENTER)
    assert view.sheet.editor.number.text() == "12.5 kg"
    assert view.footer.totals.text() == "2 of 2 lines · 36.5 of 60.5 · 1 short"
    with qtbot.waitSignal(view.undo_expired):
        keys(key=ENTER, modifier=CONTROL)

    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 24
    assert warehouse.on_hand("FLOUR", "MAIN/DOCK") == Decimal("12.5")
    assert view.posted.number.text().startswith("RC-")
    assert number.startswith("PO-")


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


def test_what_was_scanned_is_there_after_a_crash(qtbot, warehouse, view, scan, open_view):
    number = warehouse.order(("TEA", 48))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 12))

    again = open_view()

    assert shown(again, "Item", "Ordered", "Now") == [["TEA  Green tea", "48", "+12"]]
    with qtbot.waitSignal(again.undo_expired):
        again.post.click()
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 12
    assert warehouse.ask(start_draft, "kim").is_empty


def test_the_lot_and_expiry_of_a_code_are_taken(warehouse, view, scan):
    scan(warehouse.scan("GEL", 6, lot="B1", expiry=NEXT_YEAR))

    assert shown(view, "Lot")[0] == ["B1"]
    assert view.sheet.table.grid.hasFocus()


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


def test_enter_in_an_empty_expiry_takes_the_usual_one(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("GEL", 6))
    keys("B1", ENTER)
    qtbot.waitUntil(view.sheet.editor.expiry.hasFocus)
    keys(key=ENTER)

    assert (view.sheet.current().line.expiry - view.sheet.table.today).days == 30


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


def test_a_weight_is_asked_for(warehouse, view, scan, keys):
    effect = scan(warehouse.scan("FLOUR"))
    assert effect.text == "FLOUR: how many kg?"
    assert view.sheet.editor.quantity.hasFocus()

    keys("1.25", ENTER)

    assert shown(view, "Now") == [["+1.25"]]


def test_an_item_is_added_by_hand(qtbot, warehouse, view, keys):
    view.free.click()
    assert view.sheet.head.item.hasFocus()
    keys("TEA", ENTER)
    qtbot.waitUntil(view.sheet.editor.quantity.hasFocus)
    keys("7", ENTER)

    assert shown(view, "Item", "Now") == [["TEA  Green tea", "+7"]]


def test_more_than_was_ordered_is_posted_only_after_a_yes(qtbot, warehouse, view, scan):
    number = warehouse.order(("TEA", 4))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 6))
    assert shown(view, "Note") == [["2 over"]]
    assert view.footer.totals.text() == "1 of 1 lines · 6 of 4 · 1 over"

    view.post.click()
    assert view.confirm.text.text() == "TEA: 6 came where 4 were to come."
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0
    with qtbot.waitSignal(view.undo_expired):
        view.confirm.yes.click()

    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 6


def test_a_command_posts_and_a_second_one_is_the_yes(warehouse, view, scan):
    number = warehouse.order(("TEA", 4))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 6))

    assert scan(post_scan()).tone == Tone.ASK
    effect = scan(post_scan())

    assert effect.text.endswith(" posted")
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 6


def test_one_more_scan_withdraws_the_question(warehouse, view, scan):
    number = warehouse.order(("TEA", 4))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 6))
    view.post.click()
    scan(warehouse.scan("TEA"))

    assert view.confirm.isHidden()
    assert scan(post_scan()).text == "TEA: 7 came where 4 were to come."


def test_what_nobody_ordered_is_marked(warehouse, view, scan):
    number = warehouse.order(("TEA", 4))
    scan(DocumentScan(number, number, "purchase_order"))
    effect = scan(warehouse.scan("FLOUR", 2))

    assert effect.text == "FLOUR +2, not ordered"
    assert shown(view, "Note") == [[""], ["not ordered"]]


def test_a_line_without_its_lot_is_not_posted(qtbot, warehouse, view, scan):
    scan(warehouse.scan("GIN"))
    scan(warehouse.scan("TEA"))

    assert scan(post_scan()).tone == Tone.ASK

    assert view.sheet.editor.lot.hasFocus()
    assert view.sheet.current().item.sku == "GIN"
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0


def test_a_refusal_is_shown_at_its_line(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA"))
    scan(warehouse.scan("SAW", lot="S1"))
    warehouse.receive("SAW", 1, "MAIN/A-1", lot="S1")

    assert scan(post_scan()).tone == Tone.BAD

    assert shown(view, "Note") == [[""], ["not posted"]]
    assert view.sheet.current().item.sku == "SAW"
    assert "S1" in view.banner.text.text()
    assert view._draft.lines


def test_scans_that_come_while_it_posts_go_to_the_next_receipt(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 5))
    view.post.click()
    effect = scan(warehouse.scan("TEA", 7))

    assert effect.text == "TEA +7"
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 5
    assert view.sheet.editor.number.text() == "7 each"


def test_post_waits_for_the_scan_under_way(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 5))
    with qtbot.waitSignal(view.undo_expired):
        view.take_scan(warehouse.scan("TEA", 7))
        view.post.click()

    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 12


def test_what_is_typed_but_not_confirmed_is_posted_too(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("GIN", 5))
    keys("B7")
    view.sheet.head.reference.setText("DN-7")
    with qtbot.waitSignal(view.undo_expired):
        keys(key=ENTER, modifier=CONTROL)

    assert warehouse.on_hand("GIN", "MAIN/DOCK", "B7") == 5


def test_a_lot_typed_last_stays_with_its_line(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("GIN", 5))
    keys("B7")
    scan(warehouse.scan("TEA"))

    qtbot.waitUntil(lambda: view._draft.lines[0].lot == "B7")
    assert view.sheet.current().item.sku == "TEA"


def test_after_posting_there_is_the_number_its_labels_and_a_way_back(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 5))
    effect = scan(post_scan())
    number = view.posted.number.text()

    assert effect.text == f"{number} posted"
    assert view.posted.labels.text() == "Print 5 labels"
    with qtbot.waitSignal(view.labels_wanted) as wanted:
        scan(CommandScan("CMD:PRINT", Command.PRINT))
    assert [request.document for request in wanted.args[0]] == [number]
    with qtbot.waitSignal(view.document_wanted) as document:
        view.posted.number.click()
    assert document.args == [number]


def test_a_receipt_taken_back_is_on_the_screen_again(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 5))
    scan(post_scan())
    view.posted.undo.click()
    assert "5" in view.confirm.text.text()
    view.confirm.yes.click()

    qtbot.waitUntil(lambda: shown(view, "Item", "Now") == [["TEA  Green tea", "+5"]])
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0
    assert not view.posted.undo.isEnabled()
    scan(post_scan())
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 5


def test_discarding_asks_with_the_numbers_and_escape_keeps(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("TEA", 5))
    effect = scan(CommandScan("CMD:CANCEL", Command.CANCEL))
    assert "1 lines with 5 in all" in effect.text
    keys(key=ESCAPE)
    keys(key=ESCAPE)
    assert view._draft.lines

    view.drop.click()
    view.confirm.yes.click()

    assert not view._draft.lines
    qtbot.waitUntil(lambda: warehouse.ask(start_draft, "kim").is_empty)


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


def test_a_typed_place_nobody_knows_is_refused_and_the_old_one_stays(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 8))
    view.sheet.editor.place.setText("Z-9")
    view.post.click()

    qtbot.waitUntil(lambda: "Z-9" in view.banner.text.text())
    assert view.sheet.editor.place.text() == "MAIN/DOCK"
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0


def test_supplier_and_delivery_note_are_kept_and_bring_the_list_price(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 8))
    head = view.sheet.head
    head.supplier.setText("LITWARE")
    head.supplier.chosen.emit("LITWARE")
    head.reference.setText("DN-7")
    head.reference.editingFinished.emit()

    qtbot.waitUntil(lambda: view.sheet.editor.cost.placeholderText() == "1.5")
    kept = warehouse.ask(start_draft, "kim")
    assert (kept.supplier, kept.reference) == ("LITWARE", "DN-7")


def test_an_order_received_elsewhere_is_seen_here(qtbot, jobs, warehouse, view, scan):
    number = warehouse.order(("TEA", 48))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 6))
    warehouse.receive("TEA", 12, "MAIN/A-1", order=number)
    jobs.committed.emit()

    qtbot.waitUntil(lambda: shown(view, "Before", "Now") == [["12", "+6"]])
