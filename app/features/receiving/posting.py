"""Posting a receipt once it is seen to be right, and taking it back."""

from collections.abc import Sequence
from dataclasses import replace

from typing_extensions import override

from app.core.documents import Posted, new_key
from app.core.errors import AppError
from app.core.labels import LabelRequest
from app.core.scans import Command, CommandScan, Effect, Meaning, Tone
from app.features.receiving.draft import Draft, DraftLine
from app.features.receiving.scans import ScannedReceipt
from app.features.receiving.service import post_receipt, undo_receipt
from app.features.receiving.totals import (
    Over,
    Totals,
    count_labels,
    first_unnamed,
    lines_to_post,
    totals_of,
)
from app.ui.formats import quantity
from app.ui.jobs import Job, Jobs
from app.ui.messages import message
from app.ui.posted import PostedStrip
from app.ui.preferences import preferences

SITE = "receiving/site"


class PostedReceipt(ScannedReceipt):
    """Nothing is scanned or typed into a receipt while it is being posted."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._post_wanted = False
        self._is_asking = False
        self._posting: Draft | None = None
        self._last: Draft | None = None
        self.posted = PostedStrip()
        self.posted.opened.connect(self.document_wanted)
        self.posted.labels_wanted.connect(self._print_labels)
        self.posted.undo_wanted.connect(self._ask_to_undo)

    def start_over(self) -> None:
        """Begin a new receipt, with a key of its own."""
        self.undo_expired.emit()
        self.take(Draft(key=new_key(), site=self._draft.site))

    def settle_focus(self) -> None:
        """Put the cursor where work goes on."""
        raise NotImplementedError

    @override
    def is_busy(self) -> bool:
        return self._post_wanted or self._posting is not None

    @override
    def take(self, draft: Draft, line: int | None = None) -> Job:
        self._withdraw_question()
        return super().take(draft, line)

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        match meaning:
            case CommandScan() if self.is_busy():
                super().handle_scan(meaning)
            case CommandScan(command=Command.POST) if self._is_asking:
                self.confirm.yes.click()
            case CommandScan(command=Command.POST) if lines_to_post(self._draft):
                self._start_to_post()
            case CommandScan(command=Command.CANCEL) if not self._draft.is_empty:
                self._ask_to_drop()
                self._answer_by_question()
            case CommandScan(command=Command.PRINT) if not self.posted.labels.isHidden():
                self.scan_done(Effect(self.posted.labels.text()))
                self._print_labels(self.posted.document())
            case CommandScan():
                super().handle_scan(meaning)
            case _:
                self._withdraw_question()
                super().handle_scan(meaning)

    @override
    def scan_done(self, effect: Effect) -> None:
        super().scan_done(effect)
        if self._post_wanted and not self._looking:
            self._start_to_post()

    def _answer_by_question(self) -> None:
        """A scan that cannot be done without asking is answered by the question."""
        if self.waiting() and self._later is None:
            strip = self.banner if self.confirm.isHidden() else self.confirm
            self.scan_done(Effect(strip.text.text(), Tone.ASK))

    # Posting

    def _post(self) -> None:
        """Post once the scan at hand is in; the next ones wait until it is posted."""
        self._post_wanted = True
        if not self.waiting():
            self._start_to_post()

    def _start_to_post(self) -> None:
        """Say what is still typed, wait until it is looked up, ask what must be asked, post."""
        self._post_wanted = True
        self.sheet.commit()
        if self._looking:
            return
        self._post_wanted = False
        if not self._may_post():
            self._answer_by_question()
            self.release_scan()

    @override
    def looked_up(self, *, refused: bool) -> None:
        if self._post_wanted and refused:
            self._post_wanted = False
            self._answer_by_question()
            self.release_scan()
        elif self._post_wanted:
            self._start_to_post()

    def _may_post(self) -> bool:
        """Begin to post unless the clerk must be asked something first."""
        unnamed, over = first_unnamed(self._draft), totals_of(self._draft).over
        if unnamed is not None:
            self.show_draft(unnamed.id)
            self.sheet.ask()
            self.banner.show_ask(self._which(unnamed))
        elif over:
            self.confirm.ask(self._too_much(over), self.tr("Post it all"), self._post_over)
            self._is_asking = True
        else:
            self._post_now(accept_over=False)
            return True
        return False

    def _post_over(self) -> None:
        self._is_asking = False
        self._post_now(accept_over=True)

    def _post_now(self, *, accept_over: bool) -> None:
        self._posting = self._draft
        self.sheet.setEnabled(False)
        job = self.change(post_receipt, self._draft, self.user, accept_over=accept_over)
        job.succeeded.connect(self._tell_posted)
        job.refused.connect(self._point_at)
        job.finished.connect(self._end_posting)

    def _tell_posted(self, posted: Posted) -> None:
        draft, self._last = self._draft, self._draft
        self._posting = None
        text = self._what_came(totals_of(draft))
        if posted.again:
            text = self.tr("was posted before, so nothing was booked again.")
        self.posted.show_posted(posted.number, text, count_labels(draft))
        preferences().put(SITE, draft.site)
        self.start_over()
        if posted.warnings:
            self.banner.show_ask("\n".join(posted.warnings))
        if self.waiting() and self._later is None:
            self.scan_done(Effect(self.tr("{number} posted").format(number=posted.number)))

    def _point_at(self, error: AppError) -> None:
        """Show a refusal at its line; the receipt stays as it is."""
        self._posting = None
        lines = lines_to_post(self._draft)
        line = lines[error.line - 1].id if error.line and error.line <= len(lines) else None
        self._trouble = {} if line is None else {line: message(error)}
        self.show_draft(line)
        if self.waiting() and self._later is None:
            self.scan_done(Effect(message(error), Tone.BAD))

    def _end_posting(self) -> None:
        self._posting = None
        self.sheet.setEnabled(True)
        self.settle_focus()
        self.release_scan()

    def _print_labels(self, number: str) -> None:
        self.labels_wanted.emit([LabelRequest(document=number, source=number)])

    # Going back

    def _ask_to_drop(self) -> None:
        self._is_asking = False
        if not self._draft.lines:
            self._drop()
            return
        text = self.tr("{lines} lines with {count} in all are forgotten. Nothing of it was booked.")
        text = text.format(
            lines=len(self._draft.lines), count=quantity(totals_of(self._draft).arrived)
        )
        self.confirm.ask(text, self.tr("Discard it"), self._drop)

    def _drop(self) -> None:
        self.start_over()

    def _ask_to_undo(self, number: str) -> None:
        self._is_asking = False
        text = self.tr("{number} is taken back: {what} leaves stock again.")
        what = self._what_came(totals_of(self._last)) if self._last else number
        text = text.format(number=number, what=what)
        self.confirm.ask(text, self.tr("Take it back"), self._undo)

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

    def _withdraw_question(self) -> None:
        """What was asked no longer fits what is there."""
        if self._is_asking:
            self._is_asking = False
            self.confirm.decline()

    def _which(self, line: DraftLine) -> str:
        text = self.tr("{item} is tracked by {tracking}: say which it is, then post.")
        return text.format(item=line.item.sku, tracking=line.item.tracking.value)

    def _too_much(self, over: Sequence[Over]) -> str:
        first = over[0]
        text = self.tr("{item}: {arrived} came where {expected} were to come.")
        text = text.format(
            item=first.item.sku,
            arrived=quantity(first.arrived),
            expected=quantity(first.expected),
        )
        if len(over) > 1:
            more = self.tr("{count} lines more are over.").format(count=len(over) - 1)
            text = f"{text} {more}"
        return text

    def _what_came(self, totals: Totals) -> str:
        text = self.tr("{count} in {lines} lines") if totals.begun > 1 else self.tr("{count}")
        lines = totals.begun + (totals.extra if totals.expected else 0)
        return text.format(count=quantity(totals.arrived), lines=lines)
