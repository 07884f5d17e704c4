"""The screen as a clerk uses it: typing, arrows, Enter, scans, files."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.core.catalogue import Item, Location, LocationKind
from app.core.labels import LabelKind, LabelRequest
from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    ItemScan,
    LocationScan,
    LotScan,
    QuantityScan,
    Tone,
    UnknownScan,
)
from app.features.stock_lookup import view as module
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.view import StockLookupView

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
GEL = Item(1, "GEL-7", "Blue gel, tube")


@pytest.fixture
def view(qtbot, jobs, busy):
    jobs.user = "kim"
    view = StockLookupView(jobs)
    qtbot.addWidget(view)
    view.resize(900, 640)
    view.show()
    qtbot.waitUntil(lambda: len(view.results.items.rows()) == 4)
    return view


def type_in(qtbot, view, text):
    view.box.clear()
    qtbot.keyClicks(view.box, text)
    qtbot.waitUntil(lambda: view.results.text == text and view.results.has_answer())


def look_up(qtbot, view, text, code):
    view.look_up(text)
    qtbot.waitUntil(lambda: view.is_on_subject and view.subject.ref.code == code)


def scan(qtbot, view, meaning):
    with qtbot.waitSignal(view.scanned) as answer:
        view.take_scan(meaning)
    assert not view.waiting()
    return answer.args[0]


def found(view):
    return [item.sku for item in view.results.items.rows()]


def histories(view):
    return [(line.change, line.after) for line in view.panel.history.lines.rows()]


@pytest.fixture
def save_as(monkeypatch, tmp_path):
    """What the native dialog would answer."""
    chosen = {"path": tmp_path / "out.xlsx", "proposal": ""}

    def choose(_parent, _title, proposal, _kinds):
        chosen["proposal"] = proposal
        return chosen["path"]

    monkeypatch.setattr(module, "choose_save", choose)
    return chosen


def test_everything_is_listed_before_anything_is_typed(view):
    assert found(view) == ["FLOUR", "GEL-7", "MILK", "PLT-1"]
    assert view.footer.totals.text() == "4 items"
    assert view.heading.what.text() == "Stock lookup"


def test_every_key_searches(qtbot, view):
    type_in(qtbot, view, "ge")
    assert found(view) == ["GEL-7"]
    qtbot.keyClicks(view.box, "x")
    qtbot.waitUntil(lambda: found(view) == [])
    assert view.results.table.empty.title.text() == "Nothing goes by “gex”"


def test_text_from_outside_is_never_markup(qtbot, view):
    type_in(qtbot, view, "<b>x")
    assert view.results.table.empty.title.textFormat() == Qt.TextFormat.PlainText
    assert "<b>x" in view.results.table.empty.title.text()


def test_places_are_listed_above_the_items(qtbot, view):
    type_in(qtbot, view, "a-0")
    codes = [found.ref.code for found in view.results.others.rows()]
    assert codes == ["MAIN/A/A-01", "SHOP/A-01", "MAIN/A/A-02"]
    assert view.results.others_table.isVisible()
    assert view.results.table.empty.title.text() == "No item goes by “a-0”"

    type_in(qtbot, view, "gel")
    assert not view.results.others_table.isVisible()


def test_arrows_lead_from_the_box_through_what_was_found_and_back(qtbot, view, stock):
    stock.item("A-0815", "Screw")
    type_in(qtbot, view, "a-0")
    others, items = view.results.others_table.grid, view.results.table.grid

    qtbot.keyClick(view.box, Qt.Key.Key_Down)
    assert others.hasFocus()
    for _ in range(3):
        qtbot.keyClick(others, Qt.Key.Key_Down)
    assert items.hasFocus()
    assert view.results.table.current_row().sku == "A-0815"
    qtbot.keyClick(items, Qt.Key.Key_Up)
    assert others.hasFocus()
    assert others.currentIndex().row() == 2
    qtbot.keyClick(others, Qt.Key.Key_Up)
    qtbot.keyClick(others, Qt.Key.Key_Up)
    qtbot.keyClick(others, Qt.Key.Key_Up)
    assert view.box.hasFocus()


def test_enter_opens_what_the_cursor_is_on_and_esc_leads_back_to_the_box(qtbot, view):
    type_in(qtbot, view, "gel")
    qtbot.keyClick(view.box, Qt.Key.Key_Down)
    qtbot.keyClick(view.results.table.grid, Qt.Key.Key_Escape)
    assert view.box.hasFocus()

    qtbot.keyClick(view.box, Qt.Key.Key_Down)
    qtbot.keyClick(view.results.table.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.is_on_subject)

    assert view.heading.detail.text() == "GEL-7  Blue gel, tube"
    assert view.box.hasFocus()
    assert view.box.text() == "GEL-7"


def test_enter_in_the_box_opens_what_goes_by_exactly_that(qtbot, view, busy):
    view.box.setFocus()
    qtbot.keyClicks(view.box, busy.receipt.lower())
    qtbot.keyClick(view.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.is_on_subject)
    assert view.subject.ref == Ref(FoundKind.DOCUMENT, busy.receipt)


def test_enter_in_the_box_goes_to_what_was_found_if_nothing_goes_by_exactly_that(qtbot, view):
    qtbot.keyClicks(view.box, "blue")
    qtbot.keyClick(view.box, Qt.Key.Key_Return)
    qtbot.waitUntil(view.results.table.grid.hasFocus)
    assert view.results.table.current_row().sku == "GEL-7"


def test_an_item_shows_where_it_lies_and_what_happened(qtbot, view, busy):
    look_up(qtbot, view, "gel-7", "GEL-7")
    qtbot.waitUntil(lambda: len(histories(view)) == 4)

    assert [line.code for line in view.panel.stock.by_place.rows()] == ["A-01", "A-02"]
    assert histories(view) == [(10, 53), (-5, 43), (0, 48), (48, 48)]
    assert view.footer.totals.text() == "2 lines at 2 places"


def test_a_line_narrows_the_history_and_all_of_it_comes_back(qtbot, view):
    look_up(qtbot, view, "gel-7", "GEL-7")
    qtbot.keyClick(view.box, Qt.Key.Key_Down)
    assert view.panel.stock.table.grid.hasFocus()
    qtbot.waitUntil(lambda: histories(view) == [(10, 33), (-5, 23), (-20, 28), (48, 48)])
    assert view.panel.history.what.text() == "GEL-7 · MAIN/A/A-01"

    qtbot.keyClick(view.panel.stock.table.grid, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: histories(view) == [(20, 20)])

    qtbot.mouseClick(view.panel.history.whole, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(histories(view)) == 4)
    assert not view.panel.history.whole.isVisible()


def test_a_line_of_history_opens_its_document_and_the_way_leads_back(qtbot, view, busy):
    look_up(qtbot, view, "gel-7", "GEL-7")
    qtbot.waitUntil(lambda: len(histories(view)) == 4)
    grid = view.panel.history.table.grid
    grid.setFocus()
    grid.go_to(3)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.subject.ref.code == busy.receipt)
    assert view.heading.what.text() == "Receipt"

    qtbot.keyClick(view.box, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: view.subject.ref.code == "GEL-7")
    qtbot.keyClick(view.box, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: view.subject.ref.code == busy.receipt)
    assert not view.forward.isEnabled()


def test_back_to_what_was_found_is_where_the_cursor_was(qtbot, view):
    type_in(qtbot, view, "f")
    qtbot.keyClick(view.box, Qt.Key.Key_Down)
    grid = view.results.table.grid
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.is_on_subject)

    qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)

    assert not view.is_on_subject
    assert view.box.text() == "f"
    assert grid.hasFocus()


def test_a_place_waits_for_a_line_before_it_tells_a_history(qtbot, view):
    look_up(qtbot, view, "MAIN/A", "MAIN/A")
    assert view.panel.history.none.isVisible()
    assert view.heading.aside.text() == "Storage"

    qtbot.keyClick(view.box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(histories(view)) == 4)
    assert view.panel.history.what.text() == "GEL-7 · MAIN/A/A-01"
    qtbot.keyClick(view.panel.stock.table.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.subject.ref == Ref(FoundKind.ITEM, "GEL-7"))


def test_what_is_special_about_stock_is_said_in_words(qtbot, view):
    look_up(qtbot, view, "MILK", "MILK")
    model = view.panel.stock.by_place
    states = {line.lot: model.cells(n)[4] for n, line in enumerate(model.shown())}

    assert states["L-OLD"].text == "Quarantine · Expired"
    assert (states["L-OLD"].tone, bool(states["L-OLD"].icon)) == (Tone.BAD, True)
    assert states["L-NEW"].text == ""


def test_scans_open_what_they_name_and_answer_in_a_few_words(qtbot, view, busy):
    bin_a = Location(0, "MAIN/A/A-01", LocationKind.STORAGE)
    answers = [
        scan(qtbot, view, ItemScan("4006381333931", GEL)),
        scan(qtbot, view, LocationScan("LOC:A-01", bin_a)),
        scan(qtbot, view, LotScan("L-NEW", Item(2, "MILK", "Milk"), "L-NEW")),
        scan(qtbot, view, ItemScan("0100…10L-OLD", Item(2, "MILK", "Milk"), lot="L-OLD")),
        scan(qtbot, view, DocumentScan(busy.sale, busy.sale, "issue")),
    ]

    assert [answer.text for answer in answers] == [
        "GEL-7 53 on hand",
        "A-01 3 lines",
        "L-NEW 7 on hand",
        "MILK L-OLD 3 on hand",
        f"{busy.sale} Issue",
    ]
    assert {answer.tone for answer in answers} == {Tone.GOOD}
    assert view.subject.ref == Ref(FoundKind.DOCUMENT, busy.sale)


def test_a_scanned_lot_is_the_line_that_is_chosen(qtbot, view):
    scan(qtbot, view, ItemScan("…", Item(2, "MILK", "Milk"), lot="L-OLD"))

    assert view.panel.stock.current().lot == "L-OLD"
    qtbot.waitUntil(lambda: histories(view) == [(3, 3)])


def test_scans_that_lead_nowhere_are_answered_with_the_reason(qtbot, view):
    unknown = scan(qtbot, view, UnknownScan("123", "No item has the code 123."))
    gone = scan(qtbot, view, DocumentScan("RC-9", "RC-9", "receipt"))
    useless = scan(qtbot, view, QuantityScan("QTY:3", 3))

    assert (unknown.text, unknown.tone) == ("No item has the code 123.", Tone.BAD)
    assert (gone.text, gone.tone) == ("There is no document RC-9.", Tone.BAD)
    assert useless.tone == Tone.BAD
    assert not view.is_on_subject
    assert view.box.text() == ""
    view.reload()
    qtbot.waitUntil(lambda: len(found(view)) == 4)


def test_what_changes_elsewhere_is_seen_at_once_and_the_chosen_line_stays(qtbot, view, jobs, busy):
    look_up(qtbot, view, "gel-7", "GEL-7")
    view.panel.stock.table.select(1)
    qtbot.waitUntil(lambda: histories(view) == [(20, 20)])

    busy.move("GEL-7", 1, "MAIN/A/A-01", "MAIN/A/A-02")
    jobs.committed.emit()

    qtbot.waitUntil(lambda: histories(view) == [(1, 21), (20, 20)])
    assert view.panel.stock.current().code == "A-02"
    assert view.panel.stock.current().on_hand == 21


def test_a_document_is_undone_after_the_consequence_was_shown(qtbot, view, busy):
    view.open_document(busy.sale)
    qtbot.waitUntil(lambda: view.is_on_subject)
    qtbot.mouseClick(view.reverse, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.confirm.isVisible)
    assert "1 movement, 5 each" in view.confirm.text.text()
    assert view.confirm.accessibleDescription() == "Value today\nGEL-7 106.00 → 116.00"

    qtbot.mouseClick(view.confirm.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.banner.isVisible)

    assert f"{busy.sale} was undone by RV-" in view.banner.text.text()
    qtbot.waitUntil(lambda: not view.reverse.isEnabled())
    qtbot.mouseClick(view.banner.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.heading.what.text() == "Reversal")
    assert view.banner.isHidden()


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_question_is_not_answered_for_another_document(qtbot, jobs, view, busy, is_asked):
    view.open_document(busy.sale)
    qtbot.waitUntil(lambda: view.is_on_subject)
    view.reverse.click()
    if is_asked:
        qtbot.waitUntil(view.confirm.isVisible)
    view.open_document(busy.receipt)
    qtbot.waitUntil(lambda: view.subject.ref.code == busy.receipt)
    qtbot.waitUntil(jobs.is_idle)

    assert view.confirm.isHidden()


def test_undoing_tells_which_later_costs_change(qtbot, view, busy):
    landed = busy.post("landed_cost", names=busy.receipt, amount=Decimal("9.60"), by="value")
    view.open_document(landed)
    qtbot.waitUntil(lambda: view.is_on_subject)
    view.reverse.click()
    qtbot.waitUntil(view.confirm.isVisible)

    assert "2 later costs change." in view.confirm.text.text()
    told = view.confirm.accessibleDescription().splitlines()
    assert f"{busy.receipt} · GEL-7 105.60 → 96.00" in told
    assert f"{busy.sale} · GEL-7 11.00 → 10.00" in told
    view.confirm.no.click()
    assert view.reverse.isEnabled()


def test_what_cannot_be_undone_is_refused_in_place(qtbot, view, busy):
    view.open_document(busy.receipt)
    qtbot.waitUntil(lambda: view.is_on_subject)
    busy.issue("GEL-7", 33)
    view.reverse.click()
    qtbot.waitUntil(view.banner.isVisible)

    assert "document" in view.banner.text.text()
    assert view.confirm.isHidden()
    qtbot.waitUntil(view.reverse.isEnabled)


def test_an_order_shows_what_is_open_and_leads_on(qtbot, view, busy):
    view.open_document("THEIRS-9")
    qtbot.waitUntil(lambda: view.is_on_subject)
    document = view.panel.document

    assert view.heading.what.text() == "Purchase order"
    assert [line.open for line in document.orders.rows()] == [20]
    assert len(document.served.rows()) == 1
    qtbot.keyClick(view.box, Qt.Key.Key_Down)
    assert document.order_table.grid.hasFocus()
    document.served_table.grid.go_to(0)
    qtbot.keyClick(document.served_table.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.heading.what.text() == "Receipt")


def test_labels_are_wanted_of_what_is_looked_at(qtbot, view, busy):
    wanted = []
    view.labels_wanted.connect(wanted.append)
    assert not view.labels.isEnabled()

    view.results.table.select(1)
    view.labels.click()
    look_up(qtbot, view, "MILK", "MILK")
    view.panel.stock.choose_lot("L-NEW")
    view.labels.click()
    view.open_document(busy.receipt)
    qtbot.waitUntil(lambda: view.subject.is_document)
    assert scan(qtbot, view, CommandScan("CMD:PRINT", Command.PRINT)).tone == Tone.GOOD

    source = "Stock lookup"
    assert wanted == [
        [LabelRequest(sku="GEL-7", source=source)],
        [LabelRequest(kind=LabelKind.LOT, sku="MILK", lot="L-NEW", source=source)],
        [LabelRequest(document=busy.receipt)],
    ]


def test_what_is_found_is_exported_whole(qtbot, view, save_as):
    type_in(qtbot, view, "f")
    qtbot.keyClick(view.box, Qt.Key.Key_E, CONTROL_SHIFT)
    qtbot.waitUntil(view.banner.isVisible)

    rows = list(load_workbook(save_as["path"]).active.values)
    assert rows[0][:3] == ("Item", "Name", "On hand")
    assert view.banner.text.text() == f"{len(rows) - 1} rows were written to out.xlsx."
    assert save_as["proposal"] == "Items f.xlsx"


def test_a_whole_history_and_all_lines_are_exported(qtbot, view, busy, save_as):
    look_up(qtbot, view, "gel-7", "GEL-7")
    view.panel.stock.table.select(0)
    view.panel.history.table.export_action.trigger()
    qtbot.waitUntil(view.banner.isVisible)
    assert save_as["proposal"] == "History GEL-7 · MAIN-A-A-01.xlsx"
    assert len(list(load_workbook(save_as["path"]).active.values)) == 5

    view.banner.clear()
    view.panel.stock.table.export_action.trigger()
    qtbot.waitUntil(view.banner.isVisible)
    rows = list(load_workbook(save_as["path"]).active.values)
    assert rows[0][:2] == ("Place", "In")
    assert rows[1][:2] == ("A-01", "MAIN/A")

    look_up(qtbot, view, "SHOP", "SHOP")
    assert not view.export.isEnabled()
    view.open_document(busy.receipt)
    qtbot.waitUntil(lambda: view.subject.is_document)
    view.export.click()
    qtbot.waitUntil(view.banner.isVisible)
    assert len(list(load_workbook(save_as["path"]).active.values)) == 2


def test_a_file_without_an_ending_becomes_a_workbook(qtbot, view, save_as):
    save_as["path"] = Path(save_as["path"]).with_name("stock")
    view.export.click()
    qtbot.waitUntil(view.banner.isVisible)
    assert Path(save_as["path"]).with_name("stock.xlsx").exists()


def test_nothing_is_written_where_nobody_chose_a_file(qtbot, view, save_as, tmp_path):
    save_as["path"] = None
    view.export.click()
    assert list(tmp_path.glob("*.xlsx")) == []
    assert view.export.isEnabled()


def test_lines_are_copied_with_their_headings(qtbot, view):
    look_up(qtbot, view, "gel-7", "GEL-7")
    view.panel.stock.table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Place", "In", "Lot"]
    assert lines[1].split("\t")[:2] == ["A-01", "MAIN/A"]


def test_everything_a_person_can_act_on_has_a_name(view):
    for widget in (view.box, view.back, view.forward, view.reverse, view.export, view.labels):
        assert widget.accessibleName()
        assert widget.objectName().islower()
