"""The Count sheets screen: make a sheet, send it out, bring it back, count, review, post, undo."""

from pathlib import Path
from typing import Any

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog
from typing_extensions import override

from app.core.labels import LabelKind, LabelRequest
from app.core.scans import Command, CommandScan, Effect, Meaning, Tone
from app.features.count_sheets.closing import ClosingCount
from app.features.count_sheets.printing import print_sheet, usual_printer
from app.features.count_sheets.rules import (
    ImportedCounts,
    NewSheet,
    SheetHead,
)
from app.features.count_sheets.service import (
    create_sheet,
    import_sheet,
    save_table,
    write_sheet,
)
from app.features.count_sheets.tools import SheetTools
from app.ui.files import choose_open, choose_save
from app.ui.formats import counted, quantity
from app.ui.jobs import Jobs
from app.ui.messages import translated
from app.ui.parts import Mend

KINDS = "Excel, CSV (*.xlsx *.xlsm *.csv *.txt);;* (*)"


class CountSheetsView(ClosingCount):
    title = "Count sheets"
    key = "F5"
    icon = "count_sheets"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.tools = SheetTools(self)
        self.sheets.show_when_empty(
            self.tr("No count sheets yet"),
            self.tr(
                "A count sheet lists what lies in a zone. Count it by scanner, on the screen, on"
                " paper or in Excel, look at the differences, post them."
            ),
            Mend(self.tr("Make a count sheet"), self._make),
        )
        self._wire()
        self.turn_to(self.sheets)

    def _wire(self) -> None:
        tools = self.tools
        self.sheets.activated.connect(self._open_head)
        self.sheets.current_changed.connect(self._show_choice)
        self.form.entered.connect(self._create)
        self.review_page.shown_changed.connect(self.show_state)
        for table in (self.sheets, self.page.table, self.review_page.table):
            table.export_wanted.connect(self._export_table)
        for button, act in (
            (tools.make, self._make),
            (tools.create, self._create),
            (tools.back, self._go_back),
            (tools.bring, self._choose_file),
            (tools.cancel, self.ask_to_cancel),
            (tools.reverse, self.ask_to_reverse),
            (tools.review, self.review_sheet),
            (tools.post, self.post_sheet),
            (tools.excel, self._choose_workbook),
            (tools.paper, self._choose_printer),
            (tools.labels, self._want_labels),
        ):
            button.clicked.connect(act)

    # What is shown

    @override
    def show_state(self) -> None:
        head = self.head
        if self.on(self.sheets, self.form) or head is None:
            self.heading.show_line(self.tr("Count sheets"))
            self.footer.say("")
        else:
            title = " ".join(part for part in (head.title, self.state_word(head)) if part)
            aside = self.tr("Bin {bin}").format(bin=self._place) if self._place else head.document
            self.heading.show_line(title, head.scope, aside)
            on_review = self.on(self.review_page)
            self.footer.say(self.review_page.totals() if on_review else self.counts_said())
        self.tools.show_for(self)

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        match meaning:
            case CommandScan(command=Command.POST) if self.on(self.page, self.review_page):
                self._go_forward()
                self.scan_done(Effect(self.tr("Post"), Tone.GOOD))
            case CommandScan(command=Command.CANCEL) if not self.on(self.sheets):
                self._go_back()
                self.scan_done(Effect(self.tr("Back")))
            case CommandScan(command=Command.PRINT) if self.on(self.page):
                self.scan_done(Effect(self.tr("Print")))
                self._choose_printer()
            case _:
                super().handle_scan(meaning)

    def _go_forward(self) -> None:
        """Press the main button of the page, if it can be pressed."""
        for button in (self.tools.review, self.tools.post):
            if button.isVisible():
                button.click()

    def _open_head(self, head: SheetHead) -> None:
        self.open_number(head.number)

    def _show_choice(self, _: object) -> None:
        self.show_state()

    def _go_back(self) -> None:
        self.put_aside()
        self.turn_to(self.page if self.on(self.review_page) else self.sheets)
        if self.on(self.sheets):
            self.reload()

    # Making

    def _make(self) -> None:
        self.put_aside()
        self.form.start_over()
        self.turn_to(self.form)
        self.form.location.setFocus()

    def _create(self) -> None:
        if not self.tools.create.isEnabled():
            return  # the last one is still being made
        scope, blind = self.form.scope(), self.form.is_blind()
        job = self.change(create_sheet, scope, blind=blind, user=self.user)
        job.succeeded.connect(self._show_created)

    def _show_created(self, sheet: NewSheet) -> None:
        self.open_number(sheet.number)
        one = self.tr("1 line. Scan a bin and its goods, or type the counts.")
        many = self.tr("{count} lines. Scan a bin and its goods, or type the counts.")
        self.banner.show_good(counted(sheet.lines, one, many))

    # Out and back

    def _choose_workbook(self) -> None:
        path = choose_save(
            self, self.tr("Save as Excel"), self.proposed_name(), self.tr("Excel (*.xlsx)")
        )
        if path:
            self.export_file(path)

    def export_file(self, path: Path) -> None:
        """Write the sheet in hand as a workbook."""
        sheet = self.sheet_now()
        if sheet is not None:
            job = self.perform(write_sheet, sheet, path)
            job.what = self.tr("Writing the workbook")
            job.succeeded.connect(self._say_written)

    def _say_written(self, lines: int) -> None:
        one = self.tr("1 line is in the workbook. Its counts can be imported at any time.")
        many = self.tr("{count} lines are in the workbook. Its counts can be imported at any time.")
        self.banner.show_good(counted(lines, one, many))

    def _export_table(self, headings: list[str], rows: list[list[Any]]) -> None:
        """Save the table that is shown."""
        title = self.heading.what.text()
        name = f"{title}.xlsx"
        kinds = self.tr("Excel (*.xlsx);;CSV (*.csv)")
        path = choose_save(self, self.tr("Save the table"), name, kinds)
        if path:
            job = self.perform(save_table, path, title, headings, rows)
            job.succeeded.connect(self._say_saved)

    def _say_saved(self, rows: int) -> None:
        text = counted(rows, self.tr("1 row saved."), self.tr("{count} rows saved."))
        self.banner.show_good(text)

    def _choose_file(self) -> None:
        path = choose_open(self, self.tr("Import the counts of a sheet"), KINDS)
        if path:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Bring a workbook back: into the sheet in hand, or into the one that it names."""
        number = None if self.on(self.sheets) else self.number
        job = self.change(import_sheet, path, number, user=self.user)
        job.what = self.tr("Reading {file}").format(file=path.name)
        job.succeeded.connect(self._show_imported)

    def _show_imported(self, answer: ImportedCounts) -> None:
        self.open_number(answer.number)
        problems = list(answer.problems)
        text = self.tr("Taken over: {imported} · unchanged: {unchanged} · problems: {problems}")
        text = translated(answer.message) or text.format(
            imported=quantity(answer.imported),
            unchanged=quantity(answer.unchanged),
            problems=quantity(sum(not problem.is_warning for problem in problems)),
        )
        show = self.banner.show_ask if problems or answer.message else self.banner.show_good
        show(text)
        if problems:
            self.show_problems(problems)

    def _choose_printer(self) -> None:
        printer = usual_printer()
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(self.tr("Print the count sheet"))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet in hand."""
        sheet = self.sheet_now()
        if sheet is not None:
            job = self.perform(print_sheet, sheet, printer)
            job.what = self.tr("Printing")
            job.succeeded.connect(self._say_printed)

    def _say_printed(self, pages: int) -> None:
        text = counted(pages, self.tr("1 page printed."), self.tr("{count} pages printed."))
        self.banner.show_good(text)

    def _want_labels(self) -> None:
        """Ask for labels of the selected lines, one for each piece counted."""
        head = self.head
        lines = self.page.table.selected_rows()
        self.labels_wanted.emit(
            [
                LabelRequest(
                    kind=LabelKind.LOT if line.lot else LabelKind.ITEM,
                    sku=line.item.sku,
                    lot=line.lot,
                    location=line.location,
                    copies=max(1, int(line.counted or 1)),
                    source=head.title if head else "",
                )
                for line in lines
            ]
        )
