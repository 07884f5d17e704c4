from pathlib import Path

import pytest

from app.core.labels import LabelRequest
from app.core.media import STOCKS
from app.core.scans import Command, CommandScan
from app.features.labels import view as view_module
from app.features.labels.service import clear, find_queue, queue_labels
from app.features.labels.setup import Device, PrintSetup, Way, read_setup, write_setup
from app.features.labels.sheets import Calibration
from app.features.labels.view import SETUP, LabelsView
from app.ui.preferences import preferences
from tests.adapters.test_printer import Listener
from tests.support.label_printer import print_zpl
from tests.support.paper import page_sizes, scan_pdf

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

GTIN = "4006381333931"
SHEET = PrintSetup(STOCKS["L7160"]).starting_at(4)


@pytest.fixture
def company(stock):
    stock.item("GEL-7", "Blue gel", GTIN)
    stock.item("TEA", "Green tea")
    stock.location("MAIN/A/A-01")


@pytest.fixture
def make(qtbot, jobs, company):
    def make(setup: PrintSetup = SHEET, **copies: int) -> LabelsView:
        preferences().put(SETUP, write_setup(setup))
        view = LabelsView(jobs)
        qtbot.addWidget(view)
        view.resize(1000, 640)
        view.show()
        view.queue_labels(
            [LabelRequest(sku=sku.replace("_", "-"), copies=n) for sku, n in copies.items()]
        )
        qtbot.waitUntil(
            lambda: sum(row.copies for row in view.waiting_labels) == sum(copies.values())
        )
        qtbot.waitUntil(lambda: view.pdf.isEnabled() == bool(copies))
        return view

    return make


@pytest.fixture
def choose_file(monkeypatch, tmp_path: Path):
    """The native dialog for files cannot be shown here: answers as a person would."""
    chosen: list[str] = []

    def choose(_parent, _title: str, proposal: str, _kinds: str) -> Path | None:
        chosen.append(proposal)
        return tmp_path / proposal

    monkeypatch.setattr(view_module, "choose_save", choose)
    return chosen


def queue(database):
    with database.reading() as session:
        return [(row.label.title, row.copies) for row in find_queue(session)]


def kept() -> PrintSetup:
    return read_setup(preferences().get(SETUP, ""))


def test_labels_are_saved_as_a_pdf_from_the_first_free_label_on(
    qtbot, make, choose_file, tmp_path, database
):
    view = make(GEL_7=3, TEA=15)
    assert view.footer.totals.text() == "18 labels on 2 sheets"

    view.pdf.click()

    qtbot.waitUntil(lambda: "18 labels went to Labels.pdf" in view.banner.text.text())
    assert "actual size" in view.banner.text.text()
    pages = scan_pdf(tmp_path / "Labels.pdf", 300)
    assert [len(page) for page in pages] == [17, 1]
    assert sorted(code.content for page in pages for code in page) == [GTIN] * 3 + ["TEA"] * 15
    assert queue(database) == []
    assert (kept().start, view.studio.desk.stock.currentData()) == (1, "L7160")


def test_what_went_wrong_in_the_printer_is_put_back(qtbot, make, choose_file, database):
    view = make(GEL_7=3)
    view.pdf.click()
    qtbot.waitUntil(lambda: queue(database) == [])
    qtbot.waitUntil(view.banner.button.isVisible)
    assert view.banner.button.text() == "Put them back"
    view.banner.button.click()
    qtbot.waitUntil(lambda: queue(database) == [("GEL-7", 3)])


def test_the_next_sheet_begins_where_the_printed_one_ended_whatever_came_meanwhile(
    qtbot, make, choose_file, database
):
    view = make(GEL_7=3)

    view.pdf.click()
    view.queue_labels([LabelRequest(sku="TEA", copies=5)])

    qtbot.waitUntil(lambda: queue(database) == [("TEA", 5)])
    assert kept().start == 4 + 3


def test_labels_are_saved_as_zpl(qtbot, make, choose_file, tmp_path):
    view = make(PrintSetup(STOCKS["57x32"]), GEL_7=3, TEA=1)
    view.zpl.click()
    qtbot.waitUntil(lambda: "4 labels went to Labels.zpl" in view.banner.text.text())
    printed = print_zpl((tmp_path / "Labels.zpl").read_bytes())
    assert [(label.contents, label.copies) for label in printed] == [([GTIN], 3), (["TEA"], 1)]


def test_a_network_printer_prints(qtbot, make, database):
    with Listener() as listener:
        device = Device(Way.NETWORK, f"127.0.0.1:{listener.port}")
        view = make(PrintSetup(STOCKS["57x32"], device), GEL_7=3)
        assert view.print.text() == "Print 3"
        view.print.click()
        qtbot.waitUntil(lambda: queue(database) == [])
    assert [label.contents for label in print_zpl(listener.received)] == [[GTIN]]


def test_a_silent_printer_keeps_the_queue_and_says_so(qtbot, make, database):
    view = make(PrintSetup(STOCKS["57x32"], Device(Way.NETWORK, "127.0.0.1:9")), GEL_7=3)
    view.print.click()
    qtbot.waitUntil(lambda: "does not answer" in view.banner.text.text())
    assert queue(database) == [("GEL-7", 3)]
    qtbot.waitUntil(view.print.isEnabled)


def test_a_printer_that_was_taken_away_is_named(qtbot, make, database):
    view = make(PrintSetup(STOCKS["L7160"], Device(Way.PRINTER, "Gone")), GEL_7=3)
    view.print.click()
    qtbot.waitUntil(lambda: "Gone is not installed" in view.banner.text.text())
    assert queue(database) == [("GEL-7", 3)]


def test_ten_thousand_labels_are_printed_only_after_a_question(qtbot, make, database):
    with Listener() as listener:
        device = Device(Way.NETWORK, f"127.0.0.1:{listener.port}")
        view = make(PrintSetup(STOCKS["57x32"], device), TEA=10_000)
        view.print.click()
        assert view.confirm.text.text().startswith("10000 labels will be printed")
        assert queue(database) == [("TEA", 10_000)]
        view.confirm.yes.click()
        qtbot.waitUntil(lambda: queue(database) == [])
    assert [label.copies for label in print_zpl(listener.received)] == [10_000]


def test_the_print_command_prints(qtbot, make, database):
    with Listener() as listener:
        device = Device(Way.NETWORK, f"127.0.0.1:{listener.port}")
        view = make(PrintSetup(STOCKS["57x32"], device), GEL_7=1)
        with qtbot.waitSignal(view.scanned):
            view.take_scan(CommandScan("CMD:PRINT", Command.PRINT))
        qtbot.waitUntil(lambda: queue(database) == [])


def test_without_a_printer_only_files_can_be_made(make):
    view = make(GEL_7=1)
    assert (view.print.isEnabled(), view.pdf.isEnabled(), view.zpl.isEnabled()) == (
        False,
        True,
        True,
    )


def test_an_empty_queue_prints_nothing(make):
    view = make(PrintSetup(STOCKS["57x32"], Device(Way.NETWORK, "127.0.0.1:9")))
    assert not any(button.isEnabled() for button in view.footer.buttons)


def test_no_file_chosen_means_nothing_done(qtbot, make, monkeypatch, database):
    monkeypatch.setattr(view_module, "choose_save", lambda *_: None)
    view = make(GEL_7=1)
    view.pdf.click()
    view.zpl.click()
    qtbot.wait(50)
    assert queue(database) == [("GEL-7", 1)]


def test_the_sheet_shows_what_will_be_printed_and_where(qtbot, make):
    view = make(GEL_7=18)
    qtbot.waitUntil(lambda: view.studio.sheet.page() is not None)
    qtbot.waitUntil(lambda: view.studio.sheet.page().job.total == 18)
    assert len(view.studio.sheet.page().placed) == 17
    view.studio.forth.click()
    qtbot.waitUntil(lambda: view.studio.sheet.page().number == 1)
    assert len(view.studio.sheet.page().placed) == 1


def test_a_click_on_the_sheet_moves_the_start_and_is_remembered(qtbot, make):
    view = make(GEL_7=1)
    view.studio.start_chosen.emit(7)
    qtbot.waitUntil(lambda: view.studio.where.text() == "Sheet 1 of 1, from row 3, column 2")
    assert kept().start == 7


def test_the_label_shown_is_the_one_chosen(qtbot, make):
    view = make(GEL_7=1, TEA=1)
    for number, sku in ((1, "TEA"), (0, "GEL-7")):
        view.queue.table.select(number)
        qtbot.waitUntil(
            lambda sku=sku: (
                view.studio.label.page() is not None
                and view.studio.label.page().compositions[0].label.sku == sku
            )
        )


def test_a_label_without_room_is_told_before_anything_is_printed(qtbot, make, stock):
    stock.item("X" * 60, "Long")
    view = make(PrintSetup(STOCKS["L4731"]), **{"X" * 60: 1})
    for preview in (view.studio.label, view.studio.sheet):
        qtbot.waitUntil(lambda p=preview: "cannot be printed on L4731" in p.accessibleDescription())
        assert not preview.grab().isNull()


def test_a_sheet_whose_edge_most_printers_leave_blank_says_so(make):
    assert make(PrintSetup(STOCKS["3475"])).heading.aside.text()
    assert not make(SHEET).heading.aside.text()


def test_choices_are_remembered_for_the_next_time(qtbot, make, jobs):
    view = make()
    view.studio.desk.changed.emit(PrintSetup(STOCKS["102x152"], Device(Way.NETWORK, "zebra")))
    view.studio.desk.calibration.saved.emit(Calibration(1.0, 2.0))
    again = LabelsView(jobs)
    qtbot.addWidget(again)
    assert again.studio.desk.stock.currentData() == "102x152"
    assert again.studio.desk.printer.currentText() == "zebra · ZPL over the network"
    assert kept().calibration == Calibration(1.0, 2.0)


def test_a_test_page_comes_out_the_way_labels_do(qtbot, make, choose_file, tmp_path):
    view = make()
    view.studio.desk.calibration.test_wanted.emit()
    path = tmp_path / "Test page.pdf"
    qtbot.waitUntil(path.exists)
    assert page_sizes(path) == [pytest.approx((210, 297), abs=0.4)]
    with Listener() as listener:
        device = Device(Way.NETWORK, f"127.0.0.1:{listener.port}")
        view.studio.desk.changed.emit(PrintSetup(STOCKS["57x32"], device))
        view.studio.desk.calibration.test_wanted.emit()
    assert len(print_zpl(listener.received)) == 1


def test_the_screen_is_the_one_the_rail_names(make):
    view = make()
    assert (view.title, view.key, view.objectName()) == ("Labels", "F6", "labels")
    keys = [button.shortcut().toString() for button in view.footer.buttons]
    assert keys == ["Del", "Ctrl+Shift+Del", "Ctrl+Shift+L", "Ctrl+Shift+P", "Ctrl+P"]


def test_a_scan_is_not_taken_back_from_what_came_after_it_was_printed(
    company, make_workplace, choose_file, database
):
    work = make_workplace()
    view = work.open("F6")
    work.scan(GTIN)
    work.qtbot.waitUntil(view.pdf.isEnabled)
    view.pdf.click()
    work.qtbot.waitUntil(lambda: queue(database) == [])
    work.rest()
    view.queue_labels([LabelRequest(sku="TEA", copies=5)])
    work.rest()

    assert work.scan("CMD:UNDO") == "nothing to undo"
    assert queue(database) == [("TEA", 5)]


def test_a_scan_whose_label_somebody_else_printed_is_not_taken_back(
    company, make_workplace, database
):
    work = make_workplace()
    work.open("F6")
    work.scan(GTIN)
    database.run(clear)
    database.run(lambda session: queue_labels(session, [LabelRequest(sku="TEA", copies=5)]))

    assert "not in the queue any more" in work.scan("CMD:UNDO")
    assert queue(database) == [("TEA", 5)]
