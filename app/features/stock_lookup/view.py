"""The Stock lookup screen: one box finds anything, and everything found leads on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from typing_extensions import override

from app.core.documents import Posted
from app.core.labels import LabelRequest
from app.features.stock_lookup.answers import consequence, totals_of
from app.features.stock_lookup.browsing import BrowsingScreen
from app.features.stock_lookup.columns import item_headings
from app.features.stock_lookup.history_columns import history_headings
from app.features.stock_lookup.history_panel import told
from app.features.stock_lookup.service import (
    reverse_document,
    save_history,
    save_items,
    save_table,
)
from app.features.stock_lookup.subject import labels_of
from app.ledger.door import preview_reversal
from app.ui.files import choose_save
from app.ui.formats import counted
from app.ui.jobs import Job, Jobs
from app.ui.parts import ActionButton, Mend
from app.ui.undo_question import UndoQuestion

KINDS = "Excel (*.xlsx);;CSV (*.csv)"


class StockLookupView(BrowsingScreen):
    title = "Stock lookup"
    key = "F3"
    icon = "stock_lookup"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._file = ""
        self._undoing = ""
        self._reversal = ""
        self._question = UndoQuestion(self, preview_reversal)
        self.reverse = ActionButton(self.tr("Reverse"), "Ctrl+Shift+R", "reverse")
        self.export = ActionButton(self.tr("Export"), "Ctrl+Shift+E", "export")
        self.labels = ActionButton(self.tr("Labels"), "Ctrl+L", "labels")
        for button in (self.reverse, self.export, self.labels):
            self.footer.add_button(button)
        self.results.table.export_wanted.connect(self._export_items)
        self.results.others_table.export_wanted.connect(self._export_table)
        self.results.table.current_changed.connect(self._allow)
        self.panel.export_wanted.connect(self._export_table)
        self.panel.history_wanted.connect(self._export_history)
        self.panel.history_changed.connect(self._allow)
        self.export.clicked.connect(self._export)
        self.labels.clicked.connect(self._want_labels)
        self.reverse.clicked.connect(self._ask_to_reverse)
        self.show_all()

    @override
    def show_all(self) -> None:
        super().show_all()
        subject = self.subject if self.is_on_subject else None
        more = self.results.has_more()
        self.footer.say(totals_of(subject, len(self.results.items.rows()), more=more))
        self._allow()

    def _allow(self) -> None:
        """Offer what can be done with what is looked at."""
        subject = self.subject if self.is_on_subject else None
        self.labels.setEnabled(bool(self._labels()))
        self.reverse.setVisible(subject is not None and subject.is_document)
        self.reverse.setEnabled(subject is not None and subject.can_be_reversed)
        can_export = self.panel.can_export() if subject else bool(self.results.items.rows())
        self.export.setEnabled(can_export)

    # Labels

    @override
    def print_by_scan(self) -> bool:
        if self.labels.isEnabled():
            self._want_labels()
            return True
        return False

    def _labels(self) -> list[LabelRequest]:
        if self.is_on_subject and self.subject:
            return labels_of(self.subject, self.panel.stock.selected())
        return [LabelRequest(sku=sku) for sku in self.results.selected_skus()]

    def _want_labels(self) -> None:
        source = self.tr("Stock lookup")
        wanted = [
            each if each.document else replace(each, source=source) for each in self._labels()
        ]
        self.labels_wanted.emit(wanted)

    # Undoing a document

    def _ask_to_reverse(self) -> None:
        if self.subject and self.subject.can_be_reversed:
            self._undoing = self.subject.ref.code
            text = consequence(self.subject)
            self._question.ask(self._undoing, text, self.tr("Reverse"), self._reverse)

    @override
    def leave_behind(self) -> None:
        super().leave_behind()
        self._question.drop()

    def _reverse(self) -> None:
        job = self.change(reverse_document, self._undoing, user=self.user)
        job.succeeded.connect(self._tell_reversed)

    def _tell_reversed(self, posted: Posted) -> None:
        self._reversal = posted.number
        text = self.tr("{document} was undone by {number}.")
        text = text.format(document=self._undoing, number=posted.number)
        open_it = self.tr("Open {number}").format(number=posted.number)
        self.banner.show_good(text, Mend(open_it, self._open_reversal))

    def _open_reversal(self) -> None:
        self.open_document(self._reversal)

    # Files

    def _export(self) -> None:
        """Everything of what is looked at: all that was found, a whole history, all lines."""
        if not self.is_on_subject:
            self._export_items()
        elif lines := self.panel.lines_to_export():
            self._export_table(*lines.tabulated())
        else:
            self._export_history()

    def _export_items(self) -> None:
        text = self.results.text.strip()
        title = self.tr("Items {text}").format(text=text).strip()
        if path := self._ask_where(title):
            self._follow(self.gather(save_items, path, title, item_headings(), text))

    def _export_history(self) -> None:
        scope = self.panel.history.scope
        if scope is None:
            return
        title = self.tr("History {what}").format(what=told(scope))
        if path := self._ask_where(title):
            self._follow(self.gather(save_history, path, title, history_headings(), scope))

    def _export_table(self, headings: list[str], rows: list[list[Any]]) -> None:
        title = self.subject.ref.code if self.is_on_subject and self.subject else self.results.text
        if path := self._ask_where(title):
            self._follow(self.perform(save_table, path, title, headings, rows))

    def _ask_where(self, title: str) -> Path | None:
        name = "".join("-" if mark in '\\/:*?"<>|' else mark for mark in title)
        path = choose_save(self, self.tr("Export"), f"{name}.xlsx", KINDS)
        if path is None:
            return None
        path = path if path.suffix else path.with_suffix(".xlsx")
        self._file = path.name
        return path

    def _follow(self, job: Job) -> None:
        job.what = self.tr("Writing {file}").format(file=self._file)
        job.succeeded.connect(self._tell_written)

    def _tell_written(self, count: int) -> None:
        one = self.tr("1 row was written to {file}.")
        many = self.tr("{count} rows were written to {file}.")
        self.banner.show_good(counted(count, one, many, file=self._file))
