"""What screens share on which scans build up one document that is then posted."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.core.errors import AppError
from app.core.scans import Command, CommandScan, Effect, Meaning, Tone
from app.ui.jobs import Job, Jobs
from app.ui.messages import message
from app.ui.posted import PostedStrip
from app.ui.screen import Screen


class ScannedWork(Screen):
    """Takes one scan after the other; each is answered once it is saved.

    While the document is being posted the next scan waits, so that it goes to the next document.
    What was typed is looked up before anything else is scanned or posted.
    """

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.is_ready = False
        self._later: Meaning | None = None
        self._effect = Effect("")
        self._forget: Callable[[], object] | None = None
        self._looking = 0
        self._left_from: QWidget | None = None
        self._was_refused = False
        self._post_wanted = False
        self._is_posting = False
        self._is_asking = False
        self.posted = PostedStrip()
        self.posted.opened.connect(self.document_wanted)
        self.confirm.declined.connect(self._forget_question)

    # What a screen says of its own work

    def has_work(self) -> bool:
        """Tell whether there is anything to post."""
        raise NotImplementedError

    def can_discard(self) -> bool:
        """Tell whether there is anything that could be forgotten."""
        return self.has_work()

    def commit_fields(self) -> None:
        """Take over what was typed and not confirmed."""
        raise NotImplementedError

    def post_or_ask(self) -> None:
        """Start posting (`follow_posting`), or say what must be told or confirmed first."""
        raise NotImplementedError

    def show_work(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Ask for what comes next."""

    def lock(self, locked: bool) -> None:
        """Let nothing be typed into the work while it is posted; then put the cursor back."""
        raise NotImplementedError

    def point_at(self, error: AppError) -> None:
        """Show at its line why it could not be posted."""
        raise NotImplementedError

    def ask_to_discard(self) -> None:
        """Ask whether the work in hand shall be forgotten."""
        raise NotImplementedError

    # Scans

    def is_busy(self) -> bool:
        """Tell whether scans must wait."""
        is_posting = self._post_wanted or self._is_posting
        return not self.is_ready or is_posting or bool(self._looking)

    def hold(self, meaning: Meaning) -> bool:
        """Put a scan aside if it must wait; `release_scan` works on it later."""
        if self.is_busy():
            self._later = meaning
            return True
        return False

    def release_scan(self) -> None:
        """Work on the scan that had to wait, if there is one."""
        later, self._later = self._later, None
        if later is not None:
            self.handle_scan(later)

    def take_command(self, scan: CommandScan) -> bool:
        """Do what a command label says to the whole of the work, if it says that."""
        if scan.command is Command.POST and self._is_asking:
            self.confirm.yes.click()
        elif scan.command is Command.POST and self.has_work():
            self.start_to_post()
        elif scan.command is Command.CANCEL and self.can_discard():
            self.ask_to_discard()
            self.answer_by_question()
        else:
            return False
        return True

    def finish_scan(self, saving: Job, effect: Effect, forget: Callable[[], object]) -> None:
        """Answer the scan once its change is saved. `forget` takes the change off the screen
        should that fail: the clerk is told to scan it again."""
        self._effect, self._forget = effect, forget
        self.for_scan(saving)
        saving.succeeded.connect(self._answer)
        saving.refused.connect(self._forget_scan)

    def _answer(self) -> None:
        self.after_scan()
        self.scan_done(self._effect)

    def after_scan(self) -> None:
        """Put the cursor where the scanned goods must be told more of."""

    def _forget_scan(self) -> None:
        if self._forget:
            self._forget()

    @override
    def scan_done(self, effect: Effect) -> None:
        super().scan_done(effect)
        if self._post_wanted and not self._looking:
            self.start_to_post()

    def answer_by_question(self) -> None:
        """A scan that cannot be done without asking is answered by the question."""
        if self.waiting() and self._later is None:
            strip = self.banner if self.confirm.isHidden() else self.confirm
            self.scan_done(Effect(strip.text.text(), Tone.ASK))

    # What was typed

    def look(self, job: Job) -> Job:
        """Note that something typed is being looked up: posting waits for it."""
        self._looking += 1
        job.refused.connect(self.refuse_look)
        job.finished.connect(self._end_look)
        return job

    def lead_on(self) -> None:
        """Enter asks for what comes next, at once or when what was typed has been looked up."""
        if self._looking:
            self._left_from = QApplication.focusWidget()
        else:
            self.go_on()

    def refuse_look(self) -> None:
        """What was typed cannot be used: show again what holds, and do not post yet."""
        self._was_refused = True
        self.show_work()

    @override
    def finish_typing(self) -> None:
        if self.is_ready and not self._is_posting:
            self.commit_fields()

    @override
    def is_settled(self) -> bool:
        return not self._looking

    def _end_look(self) -> None:
        self._looking -= 1
        if self._looking:
            return
        refused, self._was_refused = self._was_refused, False
        left, self._left_from = self._left_from, None
        if left is not None and left.hasFocus() and not refused:
            self.go_on()
        if self._post_wanted and refused:
            self._post_wanted = False
            self.answer_by_question()
            self.release_scan()
        elif self._post_wanted:
            self.start_to_post()
        else:
            self.release_scan()

    # Posting

    def post_soon(self) -> None:
        """Post once the scan at hand is in; the next ones wait until it is posted."""
        self._post_wanted = True
        if not self.waiting():
            self.start_to_post()

    def start_to_post(self) -> None:
        """Take what is still typed, wait until it is looked up, ask what must be asked, post."""
        self._post_wanted = True
        self.commit_fields()
        if self._looking:
            return
        self._post_wanted = False
        self.post_or_ask()
        if not self._is_posting:
            self.answer_by_question()
            self.release_scan()

    def ask_before_posting(
        self, text: str, verb: str, act: Callable[[], object], details: QWidget | None = None
    ) -> None:
        """Ask to be sure. One more scan withdraws the question; a scanned POST is the yes."""
        self.confirm.ask(text, verb, act, details=details)
        self._is_asking = True

    def withdraw_question(self) -> None:
        """What was asked no longer fits what is there."""
        if self._is_asking:
            self.confirm.decline()

    def follow_posting(self, job: Job) -> None:
        """Let everything wait for the posting. Connect what shows its success before."""
        self._is_asking = False
        self._is_posting = True
        self.lock(True)
        job.succeeded.connect(self._end_well)
        job.refused.connect(self._end_badly)
        job.finished.connect(self._end_posting)

    def _end_well(self) -> None:
        self._is_posting = False
        if self.waiting() and self._later is None:
            text = self.tr("{number} posted").format(number=self.posted.document())
            self.scan_done(Effect(text))

    def _end_badly(self, error: AppError) -> None:
        self._is_posting = False
        self.point_at(error)
        if self.waiting() and self._later is None:
            self.scan_done(Effect(message(error), Tone.BAD))

    def _end_posting(self) -> None:
        self._is_posting = False
        self.lock(False)
        self.release_scan()

    def _forget_question(self) -> None:
        self._is_asking = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc never leads out of work in hand
