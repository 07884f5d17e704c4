"""The way from one thing to the next, also for those who are faster than the answers."""

import pytest
from PySide6.QtCore import Qt

from app.core.scans import DocumentScan
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.view import StockLookupView

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def view(qtbot, jobs, busy):
    view = StockLookupView(jobs)
    qtbot.addWidget(view)
    view.resize(900, 640)
    view.show()
    qtbot.waitUntil(lambda: len(view.results.items.rows()) == 4)
    return view


def settle(qtbot, view):
    """Wait until every question is answered."""
    qtbot.waitUntil(lambda: not view._jobs._running)


def test_the_box_has_the_focus_when_the_screen_comes_to_the_front(qtbot, view):
    view.results.table.grid.setFocus()
    view.hide()
    view.show()
    qtbot.waitUntil(lambda: view.focusWidget() is view.box)


def test_who_goes_on_typing_is_not_taken_away_by_an_earlier_enter(qtbot, view):
    qtbot.keyClicks(view.box, "gel-7")
    qtbot.keyClick(view.box, Qt.Key.Key_Return)
    qtbot.keyClicks(view.box, "0")
    settle(qtbot, view)

    assert not view.is_on_subject
    assert view.results.text == "gel-70"


def test_who_types_before_a_thing_is_here_stays_with_what_is_found(qtbot, view):
    view.open_ref(Ref(FoundKind.ITEM, "GEL-7"))
    qtbot.keyClicks(view.box, "mil")
    settle(qtbot, view)

    assert not view.is_on_subject
    assert [item.sku for item in view.results.items.rows()] == ["MILK"]


def test_the_last_of_several_things_asked_for_is_shown(qtbot, view, busy):
    for sku in ("MILK", "FLOUR", "GEL-7"):
        view.open_ref(Ref(FoundKind.ITEM, sku))
    settle(qtbot, view)
    assert view.subject.ref.code == "GEL-7"

    view.back.click()
    settle(qtbot, view)
    assert not view.is_on_subject


def test_a_text_can_be_handed_over_from_another_screen(qtbot, view):
    view.look_up("blue")
    settle(qtbot, view)
    assert view.box.text() == "blue"
    assert view.results.table.current_row().sku == "GEL-7"

    view.look_up("L-NEW")
    settle(qtbot, view)
    assert view.subject.ref == Ref(FoundKind.LOT, "L-NEW")

    view.look_up("")
    settle(qtbot, view)
    assert not view.is_on_subject


def test_a_reference_is_followed_to_the_document_and_remembered_by_its_number(qtbot, view, busy):
    view.open_document("DN-77")
    settle(qtbot, view)
    assert view.subject.ref.code == busy.receipt
    assert view.box.text() == busy.receipt


def test_what_is_refused_leaves_everything_as_it_was(qtbot, view, busy):
    view.open_document(busy.receipt)
    settle(qtbot, view)
    view.open_document("RC-9")
    settle(qtbot, view)

    assert view.banner.text.text() == "There is no document RC-9."
    assert view.subject.ref.code == busy.receipt
    view.back.click()
    assert not view.is_on_subject


def test_a_scan_while_another_thing_is_on_its_way_is_answered(qtbot, view, busy):
    view.open_ref(Ref(FoundKind.ITEM, "MILK"))
    with qtbot.waitSignal(view.scanned) as answer:
        view.take_scan(DocumentScan(busy.sale, busy.sale, "issue"))
    settle(qtbot, view)

    assert answer.args[0].text == f"{busy.sale} Issue"
    assert view.subject.ref.code == busy.sale


def test_a_change_while_a_thing_is_on_its_way_does_not_hold_it_up(qtbot, view, jobs):
    view.open_ref(Ref(FoundKind.ITEM, "MILK"))
    jobs.committed.emit()
    settle(qtbot, view)
    assert view.subject.ref.code == "MILK"
