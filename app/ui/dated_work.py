"""Scanned work that may be entered late: what that changes is seen before it is posted."""

from datetime import datetime

from typing_extensions import override

from app.core.clock import now
from app.core.effects import Effects
from app.ui.effects_view import EffectsView, in_short
from app.ui.formats import moment
from app.ui.jobs import Job, Jobs
from app.ui.scanned_work import ScannedWork
from app.ui.when_field import WhenField


class DatedWork(ScannedWork):
    """Lets the clerk say when it happened; a question tells what a late entry changes, if it
    changes anything."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._effects: Effects | None = None
        self.when = WhenField(self.ask_open_from)
        self.heading.add_tool(self.when.button)
        self.body.addWidget(self.when)
        self.hold_while_busy(self.when.button)
        self.when.said.connect(self.say_when)

    # What a screen says of its own work

    def ask_open_from(self) -> Job:
        """Ask for the first moment that is not closed."""
        raise NotImplementedError

    def happened_at(self) -> datetime | None:
        """Return when it happened; None is when it is posted."""
        raise NotImplementedError

    def say_when(self, at: datetime | None) -> None:
        """It happened then."""
        raise NotImplementedError

    def rehearse_posting(self) -> Job:
        """Post it as `book` would, only to see what changes."""
        raise NotImplementedError

    def book(self) -> None:
        """Start posting (`follow_posting`): everything was asked."""
        raise NotImplementedError

    def show_when(self, at: datetime | None) -> None:
        """Show when it happened; nothing can be said of work that is not here yet."""
        self.when.show_moment(at)
        self.when.button.setEnabled(self.is_ready)

    # Posting

    def book_once_seen(self) -> None:
        """Post what happens now; what is late only once it is seen what changes by it."""
        at = self.happened_at()
        if at is None or at >= now():
            self.book()
            return
        self._is_asking = False
        self._is_posting = True
        self.lock(True)
        job = self.rehearse_posting()
        job.succeeded.connect(self._take_effects)
        job.refused.connect(self._end_badly)
        job.finished.connect(self._end_rehearsal)

    @override
    def start_to_post(self) -> None:
        if self.when.commit():
            super().start_to_post()
            return
        self._post_wanted = False
        self.banner.show_ask(self.when.field.problem())
        self.answer_by_question()
        self.release_scan()

    @override
    def finish_typing(self) -> None:
        if self.is_ready and not self._is_posting:
            self.when.commit()
        super().finish_typing()

    def _take_effects(self, effects: Effects) -> None:
        self._effects = effects

    def _end_rehearsal(self) -> None:
        effects, self._effects = self._effects, None
        self._is_posting = False
        if effects is not None and effects.is_nothing:
            self.book()
            return
        self.lock(False)
        if effects is not None:
            self._ask_about(effects)
            self.answer_by_question()
        self.release_scan()

    def _ask_about(self, effects: Effects) -> None:
        text = self.tr("It happened: {moment}. {changes}")
        text = text.format(moment=moment(effects.at), changes=in_short(effects))
        self.ask_before_posting(text, self.tr("Post it"), self.book, EffectsView(effects))
