"""The Transfer screen as a whole: what it keeps, posts, asks and takes back."""

from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import Qt

from app.core.clock import now
from app.core.documents import DocumentType, Line
from app.core.scans import Command, CommandScan, Tone
from app.features.transfer.service import start_draft
from tests.features.transfer.conftest import CONTROL, ENTER, ESCAPE, PAST, post_scan, shown


def prepare(warehouse, scan, *scans, source="MAIN/A-1", target="MAIN/B-1"):
    for meaning in (warehouse.place(source), *scans, warehouse.place(target)):
        scan(meaning)


def test_what_was_scanned_is_there_after_a_crash(qtbot, warehouse, view, scan, open_view):
    prepare(warehouse, scan, warehouse.scan("TEA", 12))

    again = open_view()

    assert shown(again, "Item", "There", "Move") == [["TEA  Green tea", "30", "12"]]
    with qtbot.waitSignal(again.undo_expired):
        again.post.click()
    assert warehouse.on_hand("TEA", "MAIN/B-1") == 12
    assert warehouse.ask(start_draft, "kim").is_empty


def test_post_is_open_once_both_bins_and_goods_are_there(warehouse, view, scan):
    for meaning in (warehouse.place("MAIN/A-1"), warehouse.scan("TEA")):
        assert not view.post.isEnabled()
        scan(meaning)
    scan(warehouse.place("MAIN/B-1"))

    assert view.post.isEnabled()


def test_goods_leave_quarantine_only_after_a_yes(warehouse, view, scan):
    warehouse.put("TEA", 9, "MAIN/QUARANTINE")
    prepare(warehouse, scan, warehouse.scan("TEA", 9), source="MAIN/QUARANTINE")

    effect = scan(warehouse.place("MAIN/B-1"))
    assert effect.text == "9 in 1 line leaves quarantine and can be sold again."
    assert (effect.tone, warehouse.on_hand("TEA", "MAIN/B-1")) == (Tone.ASK, 0)
    scan(warehouse.place("MAIN/B-1"))

    assert warehouse.on_hand("TEA", "MAIN/B-1") == 9


def test_expired_goods_move_only_after_a_yes(qtbot, warehouse, view, scan):
    warehouse.put("GEL", 2, "MAIN/A-1", lot="L0", expiry=PAST)
    prepare(warehouse, scan, warehouse.scan("GEL", 2, lot="L0"))

    assert "Lot L0 of GEL expired" in scan(post_scan()).text
    with qtbot.waitSignal(view.undo_expired):
        view.confirm.yes.click()

    assert warehouse.on_hand("GEL", "MAIN/B-1", "L0") == 2


def test_expired_goods_go_into_quarantine_without_a_question(warehouse, view, scan):
    warehouse.put("GEL", 2, "MAIN/A-1", lot="L0", expiry=PAST)
    prepare(warehouse, scan, warehouse.scan("GEL", 2, lot="L0"), target="MAIN/QUARANTINE")

    assert scan(post_scan()).text.endswith(" posted")


def test_a_line_without_its_serial_is_not_posted(warehouse, view, scan):
    prepare(warehouse, scan, warehouse.scan("SAW"), warehouse.scan("TEA"))

    assert scan(post_scan()).tone == Tone.ASK
    assert view.sheet.editor.lot.hasFocus()
    assert warehouse.on_hand("TEA", "MAIN/B-1") == 0


def test_a_refusal_is_shown_at_its_line(warehouse, view, scan):
    prepare(warehouse, scan, warehouse.scan("GEL", 1, lot="L2"), warehouse.scan("TEA", 30))
    issue = Line(item="TEA", quantity=Decimal(1), source="MAIN/A-1")
    warehouse.post(DocumentType.ISSUE, issue)

    assert scan(post_scan()).tone == Tone.BAD

    assert shown(view, "Note")[1] == ["not posted"]
    assert view.sheet.current().line.item.sku == "TEA"
    assert warehouse.on_hand("GEL", "MAIN/B-1") == 0


def test_what_others_take_is_seen(qtbot, jobs, warehouse, view, scan):
    prepare(warehouse, scan, warehouse.scan("TEA", 30))
    warehouse.post(DocumentType.ISSUE, Line(item="TEA", quantity=Decimal(1), source="MAIN/A-1"))
    jobs.committed.emit()

    qtbot.waitUntil(lambda: shown(view, "There") == [["29"]])
    assert shown(view, "Note") == [["more than there is"]]


def test_scans_that_come_while_it_posts_go_to_the_next_transfer(warehouse, view, scan):
    prepare(warehouse, scan, warehouse.scan("TEA", 5))
    view.post.click()

    assert scan(warehouse.place("MAIN/B-1")).text == "From MAIN/B-1"
    assert warehouse.on_hand("TEA", "MAIN/B-1") == 5


def test_a_transfer_taken_back_is_on_the_screen_again(qtbot, warehouse, view, scan):
    prepare(warehouse, scan, warehouse.scan("TEA", 5))
    scan(post_scan())
    number = view.posted.number.text()
    with qtbot.waitSignal(view.document_wanted) as document:
        view.posted.number.click()
    assert document.args == [number]
    view.posted.undo.click()
    qtbot.waitUntil(lambda: "5 in 1 line" in view.confirm.text.text())
    view.confirm.yes.click()

    qtbot.waitUntil(lambda: shown(view, "Item", "Move") == [["TEA  Green tea", "5"]])
    assert warehouse.on_hand("TEA", "MAIN/A-1") == 30
    assert not view.posted.undo.isEnabled()


def test_discarding_asks_with_the_numbers_and_escape_keeps(qtbot, warehouse, view, scan, keys):
    prepare(warehouse, scan, warehouse.scan("TEA", 5))
    effect = scan(CommandScan("CMD:CANCEL", Command.CANCEL))
    assert effect.text == "5 in 1 line is forgotten. Nothing of it was moved."
    keys(key=ESCAPE)
    keys(key=ESCAPE)
    assert view._draft.lines

    view.drop.click()
    view.confirm.yes.click()

    assert view._draft.is_empty
    qtbot.waitUntil(lambda: warehouse.ask(start_draft, "kim").is_empty)


def yesterday():
    return (now() - timedelta(days=1)).replace(second=0, microsecond=0)


def test_a_late_transfer_is_limited_by_what_lay_there_then(qtbot, warehouse, view, scan, keys):
    """What was counted since keeps its result: the count takes up what moved before it."""
    at = yesterday()
    warehouse.put("TEA", 20, "MAIN/B-1", at=at - timedelta(hours=2))
    line = Line(item="TEA", lot="", target="MAIN/B-1", counted=Decimal(0))
    count = warehouse.post(DocumentType.COUNT, line, at=at + timedelta(hours=1))
    keys(key=Qt.Key.Key_H, modifier=CONTROL)
    keys(f"{at.astimezone():%Y-%m-%d %H:%M}", ENTER)
    prepare(warehouse, scan, warehouse.scan("TEA", 12), source="MAIN/B-1", target="MAIN/A-1")
    assert shown(view, "There", "Move", "Left") == [["—", "12", "—"]]

    asked = scan(post_scan())
    assert asked.text.endswith("1 later count is adjusted anew, its result stays.")
    assert f"{count} · TEA · B-1 +12 counted 0" in view.confirm.accessibleDescription()
    scan(post_scan())

    assert warehouse.on_hand("TEA", "MAIN/B-1") == 0
    assert warehouse.on_hand("TEA", "MAIN/A-1") == 42
    assert view._draft.at is None


def test_a_late_transfer_of_what_was_not_there_is_refused_at_its_line(warehouse, view, scan, keys):
    keys(key=Qt.Key.Key_H, modifier=CONTROL)
    keys(f"{yesterday().astimezone():%Y-%m-%d %H:%M}", ENTER)
    prepare(warehouse, scan, warehouse.scan("TEA", 5))

    assert scan(post_scan()).tone == Tone.BAD

    assert shown(view, "Note") == [["not posted"]]
    assert view.confirm.isHidden()
    assert view._draft.lines
