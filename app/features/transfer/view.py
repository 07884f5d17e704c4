"""The Transfer screen: from one bin to another by scanning both and what lies between."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from typing_extensions import override

from app.core.documents import Posted, new_key
from app.core.errors import AppError
from app.core.scans import Command, CommandScan, Effect, Tone
from app.features.transfer.draft import Draft
from app.features.transfer.scans import ScannedTransfer
from app.features.transfer.service import (
    post_transfer,
    refresh,
    rehearse_transfer,
    start_draft,
    undo_transfer,
)
from app.features.transfer.totals import (
    Warnings,
    first_unnamed,
    lines_to_post,
    total_of,
    warnings_of,
)
from app.ledger.door import preview_reversal
from app.ui.formats import day, quantity
from app.ui.jobs import Job, Jobs
from app.ui.messages import message, translated
from app.ui.parts import ActionButton, Mend
from app.ui.preferences import preferences
from app.ui.undo_question import UndoQuestion

SITE = "transfer/site"


class TransferView(ScannedTransfer):
    title = "Transfer"
    key = "F4"
    icon = "transfer"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._last: Draft | None = None
        self._undoing = UndoQuestion(self, preview_reversal)
        self.whole = ActionButton(self.tr("Whole bin"), "Ctrl+W", "whole_bin")
        self.post = ActionButton(self.tr("Post"), "Ctrl+Return", "post", main=True)
        self.drop = ActionButton(self.tr("Discard"), "Ctrl+Shift+Del", "discard")
        self.footer.add_button(self.whole)
        self.footer.add_button(self.post)
        self.heading.add_tool(self.drop)
        self.hold_while_busy(self.drop)
        self.remove = QAction(self.tr("Remove the line"), self)
        self.remove.setObjectName("remove")
        self.remove.setShortcut("Del")
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.sheet.table.grid.addAction(self.remove)
        self.body.addWidget(self.posted)
        self.body.addWidget(self.sheet, 1)
        self.sheet.setEnabled(False)
        self._wire()
        self.show_draft()

    def _wire(self) -> None:
        self.whole.clicked.connect(self.take_whole_bin)
        self.post.clicked.connect(self.post_soon)
        self.drop.clicked.connect(self.ask_to_discard)
        self.remove.triggered.connect(self._remove_current)
        self.sheet.table.activated.connect(self._enter)
        self.posted.undo_wanted.connect(self._ask_to_undo)

    @override
    def reload(self) -> None:
        if not self.is_ready:
            site = preferences().get(SITE, "")
            self.ask(start_draft, self.user, site).succeeded.connect(self._begin)
        elif not self._is_posting and self._draft.source:
            self.ask_latest("draft", refresh, self._draft).succeeded.connect(self._refresh)

    @override
    def mend(self, error: AppError) -> Mend | None:
        return None if self.is_ready else Mend(self.tr("Try again"), self.reload)

    def _begin(self, draft: Draft) -> None:
        """Go on with what was left, or wait for what comes."""
        self._draft, self.is_ready = draft, True
        if not draft.is_empty:
            self.said.emit(self.tr("The transfer you left is here again."))
        self.show_draft()
        self.lock(False)
        self.release_scan()

    def _refresh(self, fresh: Draft) -> None:
        """Take what the books say now; the lines stay as they are."""
        if fresh.key == self._draft.key and fresh.source == self._draft.source:
            self._draft = self._draft.knowing(fresh.facts)
            self.show_draft()

    def _enter(self) -> None:
        """Enter in the table: post what is complete, else go on with the line."""
        row = self.sheet.current()
        if self.has_work() and row is not None and row.line.needs is None:
            self.post_soon()
        else:
            self.sheet.editor.quantity.setFocus()

    @override
    def take_command(self, scan: CommandScan) -> bool:
        if scan.command is Command.POST and self._draft.lines and self._draft.target is None:
            text = self.tr("Scan or type the bin they go to first.")
            self.banner.show_ask(text)
            self.scan_done(Effect(text, Tone.ASK))
            return True
        return super().take_command(scan)

    # Posting

    @override
    def post_or_ask(self) -> None:
        unnamed = first_unnamed(self._draft)
        warnings = warnings_of(self._draft, self.sheet.table.today)
        if unnamed is not None:
            self.show_draft(unnamed.id)
            self.sheet.ask()
            text = self.tr("{item} is tracked by {tracking}: say which goes, then post.")
            tracking = translated(unnamed.item.tracking.value)
            self.banner.show_ask(text.format(item=unnamed.item.sku, tracking=tracking))
        elif warnings:
            text = self._in_question(warnings)
            self.ask_before_posting(text, self.tr("Move it all"), self.book_once_seen)
        elif self.has_work():
            self.book_once_seen()

    @override
    def rehearse_posting(self) -> Job:
        return self.rehearse(rehearse_transfer, self._draft, self.user)

    @override
    def book(self) -> None:
        job = self.change(post_transfer, self._draft, self.user)
        job.succeeded.connect(self._tell_posted)
        self.follow_posting(job)

    def _tell_posted(self, posted: Posted) -> None:
        self._last = self._draft
        text = self._what_went(self._draft)
        if posted.again:
            text = self.tr("was posted before, so nothing was booked again.")
        self.posted.show_posted(posted.number, text)
        preferences().put(SITE, self._draft.site)
        self._start_over()
        if posted.warnings:
            self.banner.show_ask("\n".join(map(translated, posted.warnings)))

    @override
    def point_at(self, error: AppError) -> None:
        lines = lines_to_post(self._draft)
        line = lines[error.line - 1].id if error.line and error.line <= len(lines) else None
        self._trouble = {} if line is None else {line: message(error)}
        self.show_draft(line)

    @override
    def lock(self, locked: bool) -> None:
        self.sheet.setEnabled(not locked)
        if not locked and self.isVisible():
            self.sheet.setFocus()

    # Going back

    def _start_over(self) -> None:
        self.undo_expired.emit()
        self.take(Draft(key=new_key(), site=self._draft.site))

    @override
    def ask_to_discard(self) -> None:
        if not self._draft.lines:
            self._start_over()
            return
        text = self.tr("{what} is forgotten. Nothing of it was moved.")
        text = text.format(what=self._what_went(self._draft))
        self.confirm.ask(text, self.tr("Discard it"), self._start_over)

    def _ask_to_undo(self, number: str) -> None:
        text = self.tr("{number} is taken back: {what} goes back where it came from.")
        what = self._what_went(self._last) if self._last else number
        text = text.format(number=number, what=what)
        self._undoing.ask(number, text, self.tr("Take it back"), self._undo)

    def _undo(self) -> None:
        job = self.change(undo_transfer, self.posted.document(), self.user)
        job.succeeded.connect(self._tell_undone)

    def _tell_undone(self, posted: Posted) -> None:
        """It is as if never posted; its lines are here again if the screen is free."""
        self.posted.show_undone(self.tr("was taken back by {by}.").format(by=posted.number))
        if self._draft.is_empty and self._last:
            self.take(replace(self._last, key=new_key()))

    def _remove_current(self) -> None:
        line = self.sheet.current_line()
        if line is not None:
            self._remove(line)

    # What is seen

    @override
    def show_draft(self, line: int | None = None) -> None:
        self.sheet.show_draft(self._draft, self._trouble, line)
        draft = self._draft  # what was typed for the line before is in it by now
        self.drop.setVisible(not draft.is_empty)
        self.whole.setEnabled(draft.source is not None)
        self.post.setEnabled(draft.is_complete)
        self.footer.say(self._what_went(draft) if draft.lines else "")
        places = [place.path if place else "…" for place in (draft.source, draft.target)]
        way = "" if draft.is_empty else " → ".join(places)
        self.show_when(draft.at)
        self.heading.show_line(self.tr("Transfer"), way, draft.site)

    def _what_went(self, draft: Draft) -> str:
        lines = len(lines_to_post(draft))
        text = self.tr("{count} in {lines} lines") if lines != 1 else self.tr("{count} in 1 line")
        return text.format(count=quantity(total_of(draft)), lines=lines)

    def _in_question(self, warnings: Warnings) -> str:
        """Say what to be sure of, with its numbers."""
        parts: list[str] = []
        if warnings.from_quarantine:
            text = self.tr("{what} leaves quarantine and can be sold again.")
            parts.append(text.format(what=self._what_went(self._draft)))
        for line in warnings.expired[:1]:
            text = self.tr("Lot {lot} of {item} expired on {day}.")
            parts.append(text.format(lot=line.lot, item=line.item.sku, day=day(line.expiry)))
        if len(warnings.expired) > 1:
            text = self.tr("So did {count} more.")
            parts.append(text.format(count=len(warnings.expired) - 1))
        return " ".join(parts)
