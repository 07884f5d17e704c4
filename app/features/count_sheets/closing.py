"""The end of a count: review, post; reverse or cancel it, told what that means."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.documents import Posted
from app.features.count_sheets.rules import Variance
from app.features.count_sheets.scans import ScannedCount
from app.features.count_sheets.service import (
    cancel_sheet,
    post_sheet,
    reverse_sheet,
    review_sheet,
)
from app.ledger.door import preview_reversal
from app.ui.formats import counted
from app.ui.jobs import Jobs
from app.ui.messages import translated
from app.ui.parts import Mend
from app.ui.undo_question import UndoQuestion


class ClosingCount(ScannedCount):
    """The count desk with what ends a count."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._question = UndoQuestion(self, preview_reversal)

    @override
    def turn_to(self, page: QWidget) -> None:
        self._question.drop()
        super().turn_to(page)

    def review_sheet(self) -> None:
        """Show the variances, once the last count is saved."""
        self.once_saved(self._ask_for_review)

    def _ask_for_review(self) -> None:
        job = self.ask_latest("review", review_sheet, self.number)
        job.succeeded.connect(self._show_review)

    def _show_review(self, variances: list[Variance]) -> None:
        if not variances:
            text = self.tr("Nothing is counted yet. Scan, type or import the counts first.")
            self.banner.show_ask(text)
            return
        self.put_aside()
        self.review_page.show_variances(variances)
        self.turn_to(self.review_page)

    def post_sheet(self) -> None:
        """Post what was reviewed."""
        job = self.change(post_sheet, self.number, self.review_page.variances, user=self.user)
        job.what = self.tr("Posting the count")
        job.succeeded.connect(self._show_posted)
        job.refused.connect(self._look_again)

    def _look_again(self, _: object) -> None:
        """What was reviewed is no longer so: show how it is now, below what the banner says."""
        job = self.ask_latest("review", review_sheet, self.number)
        job.succeeded.connect(self.review_page.show_variances)

    def _show_posted(self, posted: Posted) -> None:
        self.open_number(self.number)
        text = self.tr("{number} posted: stock agrees with the count. {totals}")
        self.banner.show_good(
            text.format(number=posted.number, totals=self.review_page.totals()),
            Mend(self.tr("Open {number}").format(number=posted.number), self._open_document),
        )
        for warning in posted.warnings:
            self.said.emit(translated(warning))
        self.undo_expired.emit()

    def _open_document(self) -> None:
        if self.head:
            self.document_wanted.emit(self.head.document)

    def ask_to_reverse(self) -> None:
        """Say what reversing does, and do it if that is wanted."""
        document = self.head.document if self.head else ""
        one = self.tr(
            "{document} with 1 counted line is taken back: stock and value become as if it had not"
            " been counted."
        )
        many = self.tr(
            "{document} with {count} counted lines is taken back: stock and value become as if it"
            " had not been counted."
        )
        text = counted(self.page.tally().counted, one, many, document=document)
        self._question.ask(document, text, self.tr("Reverse"), self._reverse)

    def _reverse(self) -> None:
        job = self.change(reverse_sheet, self.number, user=self.user)
        job.succeeded.connect(self._say_reversed)

    def _say_reversed(self, posted: Posted) -> None:
        self.open_number(self.number)
        text = self.tr("{number} took the count back.").format(number=posted.number)
        self.banner.show_good(text)

    def ask_to_cancel(self) -> None:
        """Say what cancelling gives up, and do it if that is wanted."""
        tally = self.page.tally()
        text = self.tr("Given up: {counts} of {lines}. Nothing is booked.").format(
            counts=counted(tally.counted, self.tr("1 count"), self.tr("{count} counts")),
            lines=counted(tally.lines, self.tr("1 line"), self.tr("{count} lines")),
        )
        self.confirm.ask(text, self.tr("Cancel the sheet"), self._cancel)

    def _cancel(self) -> None:
        job = self.change(cancel_sheet, self.number)
        job.succeeded.connect(self._say_cancelled)

    def _say_cancelled(self, _: object) -> None:
        self.turn_to(self.sheets)
        self.reload()
        self.banner.show_good(self.tr("The sheet is cancelled; its places can be counted anew."))
