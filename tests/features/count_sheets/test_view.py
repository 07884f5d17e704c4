from decimal import Decimal

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from app.core.labels import LabelKind, LabelRequest
from app.core.scans import Command, CommandScan
from app.features.count_sheets.printing import usual_printer
from app.features.count_sheets.rules import Scope
from app.ui.files import choose_open

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_sheet_is_made_from_the_keyboard(qtbot, clerk):
    view = clerk.view
    qtbot.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert view.on(view.form)
    qtbot.keyClicks(view.form.location, "MAIN/A")
    qtbot.keyClick(view.form.location, Qt.Key.Key_Return)
    qtbot.keyClick(view.form.first, Qt.Key.Key_Return)

    clerk.until(lambda: view.on(view.page))

    assert view.head is not None
    assert (view.head.scope, view.head.created_by, view.head.lines) == ("MAIN/A", "kim", 2)
    assert "2 lines" in view.banner.text.text()


def test_a_scope_without_stock_is_explained(clerk):
    clerk.view.tools.make.click()
    clerk.view.form.set_place("SHOP")
    clerk.view.tools.create.click()

    clerk.until(lambda: not clerk.view.banner.isHidden())

    assert "No stock lies in SHOP" in clerk.view.banner.text.text()
    assert clerk.view.on(clerk.view.form)


def test_the_list_opens_a_sheet(qtbot, clerk):
    number = clerk.room.create(Scope("MAIN"))
    clerk.view.reload()
    clerk.until(lambda: clerk.view.sheets.sheets.rowCount() == 1)
    clerk.view.sheets.select(0)

    qtbot.keyClick(clerk.view.sheets.grid, Qt.Key.Key_Return)

    clerk.until(lambda: clerk.view.number == number)
    assert clerk.view.on(clerk.view.page)


def test_a_workbook_goes_out_and_comes_back_with_its_problems(clerk, tmp_path):
    clerk.open_new()
    path = tmp_path / "count.xlsx"
    clerk.view.export_file(path)
    clerk.until(lambda: "4 lines are in the workbook" in clerk.view.banner.text.text())
    book = load_workbook(path)
    book["A"]["I2"], book["A"]["I3"] = 9, "ten"
    book.save(path)

    clerk.view.import_file(path)

    clerk.until(lambda: "problems: 1" in clerk.view.banner.text.text())
    assert clerk.view.problems is not None
    assert clerk.view.problems.rows.rows()[0].found == "ten"
    clerk.until(lambda: clerk.view.page.all_lines()[0].counted == 9)


def test_a_workbook_says_by_itself_which_sheet_it_is(clerk, tmp_path):
    number = clerk.room.create(Scope("MAIN"))
    path = clerk.room.export(number, tmp_path / "count.xlsx")

    clerk.view.import_file(path)

    clerk.until(lambda: clerk.view.number == number)
    assert "Nothing is counted in count.xlsx" in clerk.view.banner.text.text()


def test_a_file_that_is_no_workbook_is_explained(clerk, tmp_path):
    path = tmp_path / "photo.xlsx"
    path.write_bytes(b"\xff\xd8\xff\xe0")

    clerk.view.import_file(path)

    clerk.until(lambda: "a picture" in clerk.view.banner.text.text())


def test_the_chosen_file_is_imported(clerk, monkeypatch, tmp_path):
    number = clerk.room.create(Scope("MAIN"))
    path = clerk.room.export(number, tmp_path / "count.xlsx")
    module = "app.features.count_sheets.view"
    monkeypatch.setattr(f"{module}.{choose_open.__name__}", lambda *_: path)

    clerk.view.tools.bring.click()

    clerk.until(lambda: clerk.view.number == number)


def test_the_table_that_is_shown_can_be_saved(clerk, monkeypatch, tmp_path):
    clerk.open_new()
    path = tmp_path / "lines.csv"
    monkeypatch.setattr("app.features.count_sheets.view.choose_save", lambda *_: path)

    clerk.view.page.table.export_action.trigger()

    clerk.until(lambda: "4 rows saved" in clerk.view.banner.text.text())
    assert "MAIN/A/A-1,TEA" in path.read_text("utf-8-sig")


def test_the_list_of_sheets_can_be_saved_too(clerk, monkeypatch, tmp_path):
    clerk.room.create(Scope("MAIN"))
    clerk.view.reload()
    clerk.until(lambda: clerk.view.sheets.sheets.rowCount() == 1)
    path = tmp_path / "sheets.xlsx"
    monkeypatch.setattr("app.features.count_sheets.view.choose_save", lambda *_: path)

    clerk.view.sheets.export_action.trigger()

    clerk.until(lambda: "1 row saved" in clerk.view.banner.text.text())
    assert load_workbook(path).active["A2"].value == "CS-000001"


def test_a_sheet_is_printed(clerk, tmp_path):
    clerk.open_new()
    printer = usual_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))

    clerk.view.print_on(printer)

    clerk.until(lambda: "2 pages printed" in clerk.view.banner.text.text())


def test_labels_are_wanted_for_the_selected_lines_as_many_as_counted(qtbot, clerk):
    clerk.open_new()
    clerk.type("3")
    clerk.view.page.table.grid.selectAll()

    with qtbot.waitSignal(clerk.view.labels_wanted) as wanted:
        clerk.view.tools.labels.click()

    tea, _, milk, _ = wanted.args[0]
    title = f"CS-{clerk.view.number:06}"
    assert tea == LabelRequest(sku="TEA", location="MAIN/A/A-1", copies=3, source=title)
    assert (milk.kind, milk.lot, milk.copies) == (LabelKind.LOT, "L1", 1)


def test_commands_lead_from_counting_to_posting(clerk):
    clerk.open_new()
    clerk.type("9")
    clerk.until(lambda: clerk.saved()["TEA"] == 9)

    clerk.scan(CommandScan("CMD:POST", Command.POST))
    clerk.until(lambda: clerk.view.on(clerk.view.review_page))
    clerk.scan(CommandScan("CMD:CANCEL", Command.CANCEL))

    assert clerk.view.on(clerk.view.page)
    assert clerk.room.on_hand("TEA", "MAIN/A/A-1") == Decimal(10)
