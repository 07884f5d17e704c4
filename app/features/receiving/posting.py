"""Posting a receipt once it is seen to be right, and taking it back."""

from collections.abc import Sequence
from dataclasses import replace

from typing_extensions import override

from app.core.documents import Posted, new_key
from app.core.errors import AppError
from app.core.labels import LabelRequest
from app.core.scans import Command, CommandScan, Effect
from app.features.receiving.draft import Draft, DraftLine, Need
from app.features.receiving.scans import ScannedReceipt
from app.features.receiving.service import post_receipt, rehearse_receipt, undo_receipt
from app.features.receiving.totals import (
    Over,
    Totals,
    count_labels,
    first_unnamed,
    first_unsaid,
    lines_to_post,
    totals_of,
)
from app.ledger.door import preview_reversal
from app.ui.formats import counted, quantity
from app.ui.jobs import Job, Jobs
from app.ui.messages import message, translated
from app.ui.preferences import preferences
from app.ui.undo_question import UndoQuestion

SITE = "receiving/site"


class PostedReceipt(ScannedReceipt):
    """Asks what must be asked before a receipt is posted, and offers what can be done after."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._last: Draft | None = None
        self._accepts_over = False
        self._undoing = UndoQuestion(self, preview_reversal)
        self.posted.labels_wanted.connect(self._print_labels)
        self.posted.undo_wanted.connect(self._ask_to_undo)

    def start_over(self) -> None:
        """Begin a new receipt, with a key of its own."""
        self.undo_expired.emit()
        self.take(Draft(key=new_key(), site=self._draft.site))

    @override
    def has_work(self) -> bool:
        return bool(lines_to_post(self._draft))

    @override
    def can_discard(self) -> bool:
        return not self._draft.is_empty

    @override
    def take_command(self, scan: CommandScan) -> bool:
        if scan.command is Command.PRINT and not self.posted.labels.isHidden():
            self.scan_done(Effect(self.posted.labels.text()))
            self._print_labels(self.posted.document())
            return True
        return super().take_command(scan)

    # Posting

    @override
    def post_or_ask(self) -> None:
        unnamed, unsaid = first_unnamed(self._draft), first_unsaid(self._draft)
        over = totals_of(self._draft).over
        if unnamed is not None:
            self.show_draft(unnamed.id)
            self.sheet.ask()
            self.banner.show_ask(self._which(unnamed))
        elif unsaid is not None:
            self.show_draft(unsaid.id)
            self.sheet.editor.ask(Need.QUANTITY)
            text = self.tr("{item}: say how many came, or remove the line, then post.")
            self.banner.show_ask(text.format(item=unsaid.item.sku))
        elif over:
            self.ask_before_posting(self._too_much(over), self.tr("Post it all"), self._post_over)
        else:
            self._accepts_over = False
            self.book_once_seen()

    def _post_over(self) -> None:
        self._accepts_over = True
        self.book_once_seen()

    @override
    def rehearse_posting(self) -> Job:
        over = self._accepts_over
        return self.rehearse(rehearse_receipt, self._draft, self.user, accept_over=over)

    @override
    def book(self) -> None:
        over = self._accepts_over
        job = self.change(post_receipt, self._draft, self.user, accept_over=over)
        job.succeeded.connect(self._tell_posted)
        self.follow_posting(job)

    def _tell_posted(self, posted: Posted) -> None:
        draft, self._last = self._draft, self._draft
        text = self._what_came(totals_of(draft))
        if posted.again:
            text = self.tr("was posted before, so nothing was booked again.")
        self.posted.show_posted(posted.number, text, count_labels(draft))
        preferences().put(SITE, draft.site)
        self.start_over()
        if posted.warnings:
            self.banner.show_ask("\n".join(map(translated, posted.warnings)))

    @override
    def point_at(self, error: AppError) -> None:
        lines = lines_to_post(self._draft)
        line = lines[error.line - 1].id if error.line and error.line <= len(lines) else None
        self._trouble = {} if line is None else {line: message(error)}
        self.show_draft(line)

    def _print_labels(self, number: str) -> None:
        self.labels_wanted.emit([LabelRequest(document=number, source=number)])

    # Going back

    @override
    def ask_to_discard(self) -> None:
        if not self._draft.lines:
            self.start_over()
            return
        one = self.tr("The line with {arrived} is forgotten. Nothing of it was booked.")
        many = self.tr("{count} lines with {arrived} in all are forgotten. Nothing was booked.")
        arrived = quantity(totals_of(self._draft).arrived)
        text = counted(len(self._draft.lines), one, many, arrived=arrived)
        self.confirm.ask(text, self.tr("Discard it"), self.start_over)

    def _ask_to_undo(self, number: str) -> None:
        text = self.tr("{number} is taken back: {what} leaves stock again.")
        what = self._what_came(totals_of(self._last)) if self._last else number
        text = text.format(number=number, what=what)
        self._undoing.ask(number, text, self.tr("Take it back"), self._undo)

    def _undo(self) -> None:
        job = self.change(undo_receipt, self.posted.document(), self.user)
        job.succeeded.connect(self._tell_undone)

    def _tell_undone(self, posted: Posted) -> None:
        """The receipt is as if never posted; its lines are here again if the sheet is free."""
        self.posted.show_undone(self.tr("was taken back by {by}.").format(by=posted.number))
        if self._draft.is_empty and self._last:
            self.open_sheet()
            self.take(replace(self._last, key=new_key()))

    # In words

    def _which(self, line: DraftLine) -> str:
        text = self.tr("{item} is tracked by {tracking}: say which it is, then post.")
        return text.format(item=line.item.sku, tracking=translated(line.item.tracking.value))

    def _too_much(self, over: Sequence[Over]) -> str:
        first = over[0]
        text = self.tr("{item}: {arrived} came where {expected} were to come.")
        text = text.format(
            item=first.item.sku,
            arrived=quantity(first.arrived),
            expected=quantity(first.expected),
        )
        if len(over) > 1:
            one, many = self.tr("1 line more is over."), self.tr("{count} lines more are over.")
            more = counted(len(over) - 1, one, many)
            text = f"{text} {more}"
        return text

    def _what_came(self, totals: Totals) -> str:
        text = self.tr("{count} in {lines} lines") if totals.begun > 1 else self.tr("{count}")
        lines = totals.begun + (totals.extra if totals.expected else 0)
        return text.format(count=quantity(totals.arrived), lines=lines)
