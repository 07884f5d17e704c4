"""Posting a receipt from the screen, and going back."""

from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import Qt

from app.core.clock import now
from app.core.documents import DocumentType
from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    Tone,
)
from app.features.receiving.service import start_draft
from app.ui.formats import moment
from tests.features.receiving.conftest import CONTROL, ENTER, ESCAPE, post_scan, shown


def test_more_than_was_ordered_is_posted_only_after_a_yes(qtbot, warehouse, view, scan):
    number = warehouse.order(("TEA", 4))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 6))
    assert shown(view, "Note") == [["2 over"]]
    assert view.footer.totals.text() == "1 of 1 line · 6 of 4 · 1 over"

    view.post.click()
    assert view.confirm.text.text() == "TEA: 6 came where 4 were to come."
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0
    with qtbot.waitSignal(view.undo_expired):
        view.confirm.yes.click()

    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 6


def test_goods_whose_quantity_was_never_said_are_not_left_out_in_silence(
    qtbot, warehouse, view, scan, keys
):
    scan(warehouse.scan("TEA", 6))
    view.sheet.head.item.setFocus()
    keys("FLOUR", ENTER)
    qtbot.waitUntil(lambda: len(shown(view, "Item")) == 2)

    view.post.click()
    asked = "FLOUR: say how many came, or remove the line, then post."
    qtbot.waitUntil(lambda: view.banner.text.text() == asked)
    assert view.sheet.editor.quantity.hasFocus()
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0

    with qtbot.waitSignal(view.undo_expired):
        keys("2.5", ENTER)
        view.post.click()
    assert warehouse.on_hand("FLOUR", "MAIN/DOCK") == Decimal("2.5")


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
    qtbot.waitUntil(lambda: "5 leaves stock again" in view.confirm.text.text())
    view.confirm.yes.click()

    qtbot.waitUntil(lambda: shown(view, "Item", "Now") == [["TEA  Green tea", "+5"]])
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0
    assert not view.posted.undo.isEnabled()
    scan(post_scan())
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 5


def test_discarding_asks_with_the_numbers_and_escape_keeps(qtbot, warehouse, view, scan, keys):
    scan(warehouse.scan("TEA", 5))
    effect = scan(CommandScan("CMD:CANCEL", Command.CANCEL))
    assert "The line with 5" in effect.text
    keys(key=ESCAPE)
    keys(key=ESCAPE)
    assert view._draft.lines

    view.drop.click()
    view.confirm.yes.click()

    assert not view._draft.lines
    qtbot.waitUntil(lambda: warehouse.ask(start_draft, "kim").is_empty)


def test_a_typed_place_nobody_knows_is_refused_and_the_old_one_stays(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 8))
    view.sheet.editor.place.setText("Z-9")
    view.post.click()

    qtbot.waitUntil(lambda: "Z-9" in view.banner.text.text())
    assert view.sheet.editor.place.text() == "MAIN/DOCK"
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 0


def test_the_next_receipt_is_one_of_its_own(warehouse, view, scan):
    scan(warehouse.scan("TEA", 5))
    first = scan(post_scan()).text
    scan(warehouse.scan("TEA", 7))
    second = scan(post_scan()).text

    assert first != second
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 12


def yesterday(hours=24):
    return (now() - timedelta(hours=hours)).replace(second=0, microsecond=0)


def test_a_late_receipt_is_typed_kept_seen_and_posted(
    qtbot, warehouse, view, scan, keys, open_view
):
    at = yesterday()
    warehouse.receive("TEA", 5, "MAIN/A-1", unit_cost=Decimal(4), at=at + timedelta(hours=1))
    issue = warehouse.issue("TEA", 2, "MAIN/A-1", at=at + timedelta(hours=2))
    scan(warehouse.scan("TEA", 5))
    keys(key=Qt.Key.Key_H, modifier=CONTROL)
    keys(f"{at.astimezone():%Y-%m-%d %H:%M}", ENTER)

    again = open_view()
    assert again._draft.at == at
    assert again.when.button.text() == moment(at)
    again.post.click()
    qtbot.waitUntil(again.confirm.isVisible)
    assert again.confirm.text.text() == f"It happened: {moment(at)}. 1 later cost changes."
    assert f"{issue} · TEA 8.00 → 4.00" in again.confirm.accessibleDescription()
    assert warehouse.on_hand("TEA", "MAIN/A-1") == 3
    with qtbot.waitSignal(again.undo_expired):
        again.confirm.yes.click()

    assert warehouse.on_hand("TEA", "MAIN/A-1") == 8
    assert again._draft.at is None
    assert again.when.button.text() == "Now"


def test_more_than_was_ordered_and_late_is_asked_one_after_the_other(warehouse, view, scan):
    number = warehouse.order(("TEA", 4), at=yesterday(48))
    at = yesterday()
    warehouse.receive("TEA", 5, "MAIN/DOCK", unit_cost=Decimal(4), at=at + timedelta(hours=1))
    warehouse.issue("TEA", 2, "MAIN/DOCK", at=at + timedelta(hours=2))
    scan(DocumentScan(number, number, "purchase_order"))
    scan(warehouse.scan("TEA", 6))
    view.say_when(at)

    assert scan(post_scan()).text == "TEA: 6 came where 4 were to come."
    assert "1 later cost changes." in scan(post_scan()).text
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 3
    assert scan(post_scan()).text.endswith(" posted")
    assert warehouse.on_hand("TEA", "MAIN/DOCK") == 9


def test_a_receipt_into_a_closed_period_is_refused_where_the_time_is_typed(
    qtbot, warehouse, view, scan, keys
):
    until = (now() - timedelta(days=3)).astimezone().date()
    warehouse.post(DocumentType.CLOSE_PERIOD, until=until)
    scan(warehouse.scan("TEA", 5))
    keys(key=Qt.Key.Key_H, modifier=CONTROL)
    qtbot.waitUntil(lambda: view.when.field._open_from is not None)
    keys(f"{until.isoformat()} 14:02", ENTER)

    assert "closed period" in view.when.note.text()
    assert view._draft.at is None


def test_taking_a_receipt_back_tells_what_else_changes(qtbot, warehouse, view, scan):
    scan(warehouse.scan("TEA", 5))
    scan(post_scan())
    warehouse.receive("TEA", 5, "MAIN/DOCK", unit_cost=Decimal(4))
    issue = warehouse.issue("TEA", 3, "MAIN/DOCK")
    view.posted.undo.click()

    qtbot.waitUntil(view.confirm.isVisible)
    assert view.confirm.text.text().endswith("leaves stock again. 1 later cost changes.")
    assert f"{issue} · TEA" in view.confirm.accessibleDescription()
    assert view.posted.document() not in view.confirm.accessibleDescription()
