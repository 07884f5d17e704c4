"""The Receiving screen as a whole: where it begins, what it keeps, by keys alone."""

from decimal import Decimal

from PySide6.QtCore import Qt

from app.core.scans import (
    DocumentScan,
)
from app.features.receiving.service import start_draft
from tests.features.receiving.conftest import CONTROL, ENTER, shown


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


def test_enter_right_after_a_typed_number_takes_that_order_and_no_other(
    qtbot, warehouse, view, keys
):
    first, second = warehouse.order(("TEA", 5)), warehouse.order(("FLOUR", 2))
    view.orders.setFocus()
    keys(first)
    qtbot.waitUntil(lambda: [row.number for row in view.orders.orders.rows()] == [first])
    view.orders.search.selectAll()
    keys(second, ENTER)

    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sheet)
    assert view._draft.order.number == second
    assert view.orders.search.text() == ""


def test_enter_on_a_search_that_finds_many_leads_into_the_list(qtbot, warehouse, view, keys):
    warehouse.order(("TEA", 5))
    later = warehouse.order(("FLOUR", 2))
    view.orders.setFocus()
    keys("PO-", ENTER)
    qtbot.waitUntil(lambda: view.orders.table.current_row() is not None)
    assert view.pages.currentWidget() is view.orders

    keys(key=ENTER)

    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sheet)
    assert view._draft.order.number == later


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


def test_an_order_received_elsewhere_is_seen_here(qtbot, jobs, warehouse, view, scan):
    number = warehouse.order(("TEA", 48))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 6))
    warehouse.receive("TEA", 12, "MAIN/A-1", order=number)
    jobs.committed.emit()

    qtbot.waitUntil(lambda: shown(view, "Before", "Now") == [["12", "+6"]])
