"""Works scans off one by one, in order: looks each up and hands it to the screen in front."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import AppError
from app.core.scans import (
    Command,
    CommandScan,
    Effect,
    ItemScan,
    Meaning,
    QuantityScan,
    Tone,
)
from app.scanning.cleaning import shown
from app.shell.tape import ScanTape
from app.ui.formats import quantity
from app.ui.jobs import Jobs
from app.ui.messages import message
from app.ui.screen import Screen

PATIENCE = 60_000
"""Milliseconds that a screen may take to answer; longer is a fault of ours."""

HOLDS = 30_000
"""Milliseconds that a quantity waits for its item."""


class Stage(Protocol):
    """Where scans are shown and used: the main window."""

    @property
    def tape(self) -> ScanTape: ...

    def current_screen(self) -> Screen | None: ...


@dataclass(frozen=True)
class _Waiting:
    number: int
    text: str
    typed: bool


class ScanRouter(QObject):
    """One queue for all scans. None is dropped: each ends in exactly one effect on the tape."""

    settled = Signal(object)
    """The Effect of each scan, once it has one."""

    pending_changed = Signal(object)
    """The quantity that holds for the next item, or None."""

    waiting_changed = Signal(int)
    """How many scans are not worked off yet."""

    def __init__(
        self,
        stage: Stage,
        jobs: Jobs,
        resolve: Callable[..., Meaning],
        parent: QObject | None = None,
        *,
        patience: int = PATIENCE,
        holds: int = HOLDS,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._jobs = jobs
        self._resolve = resolve
        self._queue: deque[_Waiting] = deque()
        self._current: _Waiting | None = None
        self._meaning: Meaning | None = None
        self._refusal: AppError | None = None
        self._screen: Screen | None = None
        self._is_early = False
        self._undoing: int | None = None
        self._pending: Decimal | None = None
        self._holding = self._timer(holds, self.cancel_pending)
        self._patience = self._timer(patience, self._give_up)
        stage.tape.undo_ended.connect(self._end_undo)

    def _timer(self, interval: int, method: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(method)
        return timer

    # What comes in

    def take(self, text: str) -> None:
        """Queue a scanned code."""
        self._enqueue(text, typed=False)

    def type_in(self, text: str) -> None:
        """Queue a code typed by hand; `12*` in front of one, or alone, is a quantity."""
        self._enqueue(text, typed=True)

    def refuse(self, text: str) -> None:
        """Say that a code scanned while a question was open was not used."""
        self._note(text, self.tr("A question is open. Answer it, then scan again."), Tone.BAD)

    def admit_lost(self, text: str) -> None:
        """Say that a scan began and never ended."""
        self._note(text, self.tr("The scan broke off. Scan it again."), Tone.BAD)

    def note_repeat(self, text: str) -> None:
        """Say that one pull of the trigger read a code twice."""
        self._note(text, self.tr("read twice, counted once"), Tone.ASK)

    def is_idle(self) -> bool:
        return self._current is None and not self._queue

    @property
    def pending(self) -> Decimal | None:
        """The quantity that holds for the next item."""
        return self._pending

    def cancel_pending(self) -> None:
        """Forget the quantity that waits for an item."""
        self._hold(None)

    # One after the other

    def _enqueue(self, text: str, typed: bool) -> None:
        number = self._stage.tape.begin(shown(text))
        self._queue.append(_Waiting(number, text, typed))
        self._tell_waiting()
        self._next()

    def _next(self) -> None:
        if self._current or not self._queue:
            return
        scan = self._current = self._queue.popleft()
        self._meaning = self._refusal = None
        screen = self._stage.current_screen()
        site = screen.site if screen else ""
        job = self._jobs.read(
            self._resolve, scan.text, typed=scan.typed, pending=self._pending, site=site
        )
        job.succeeded.connect(self._note_meaning)
        job.refused.connect(self._note_refusal)
        job.finished.connect(self._use)

    def _note_meaning(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def _note_refusal(self, error: AppError) -> None:
        self._refusal = error

    def _use(self) -> None:
        """The look-up is over. If it said nothing that is a fault, which was told by itself."""
        if self._current is None:
            return
        if self._refusal:
            self._settle(Effect(message(self._refusal), Tone.BAD))
        elif self._meaning is None:
            self._settle(Effect(self.tr("It could not be looked up. Scan it again."), Tone.BAD))
        else:
            self._stage.tape.understood(self._current.number, self._meaning)
            self._obey(self._meaning)

    def _obey(self, meaning: Meaning) -> None:
        match meaning:
            case QuantityScan(quantity=count):
                self._hold(count)
                text = self.tr("×{count} for the next item").format(count=quantity(count))
                self._settle(Effect(text))
            case CommandScan(command=Command.UNDO):
                self._undo()
            case CommandScan(command=Command.CANCEL) if self._pending is not None:
                self.cancel_pending()
                self._settle(Effect(self.tr("the quantity is forgotten")))
            case _:
                self._hand_over(meaning)

    def _hand_over(self, meaning: Meaning) -> None:
        screen = self._stage.current_screen()
        if screen is None:
            self._is_early = True
            return
        if isinstance(meaning, ItemScan):
            self.cancel_pending()
        self._screen = screen
        screen.scanned.connect(self._take_answer)
        self._patience.start()
        try:
            screen.take_scan(meaning)
        except Exception:
            if self._screen is screen:
                self._settle(Effect(self._fault(screen), Tone.BAD))
            raise

    def go_on(self) -> None:
        """A screen has come to the front: a scan that came before the first one can be used."""
        if self._is_early and self._meaning:
            self._is_early = False
            self._hand_over(self._meaning)

    def _take_answer(self, effect: Effect) -> None:
        self._settle(effect)

    def _give_up(self) -> None:
        if self._screen:
            self._settle(Effect(self._fault(self._screen), Tone.BAD))

    def _fault(self, screen: Screen) -> str:
        text = self.tr("{screen} gave no answer. Look whether it was done before you go on.")
        return text.format(screen=screen.title)

    def _settle(self, effect: Effect) -> None:
        """Say what the current scan did, and go on to the next."""
        scan, self._current = self._current, None
        screen = self._screen
        if self._screen:
            self._patience.stop()
            self._screen.scanned.disconnect(self._take_answer)
            self._screen = None
        if scan:
            self._stage.tape.done(scan.number, effect, screen)
            self.settled.emit(effect)
            self._tell_waiting()
        self._next()

    # Beside the queue

    def _note(self, text: str, told: str, tone: Tone) -> None:
        effect = Effect(told, tone)
        self._stage.tape.done(self._stage.tape.begin(shown(text)), effect)
        self.settled.emit(effect)

    def _undo(self) -> None:
        """Take back the scan before; the next ones wait until that is saved, or refused."""
        last = self._stage.tape.undoable()
        if last is None:
            self._settle(Effect(self.tr("nothing to undo"), Tone.ASK))
            return
        self._undoing = last.number
        try:
            self._stage.tape.undo_last()
        except Exception:
            self._end_undo(last.number, Effect(self.tr("It could not be undone."), Tone.BAD))
            raise

    def _end_undo(self, number: int, effect: Effect) -> None:
        if number == self._undoing:
            self._undoing = None
            self._settle(effect)

    def _hold(self, count: Decimal | None) -> None:
        if count is None:
            self._holding.stop()
        else:
            self._holding.start()
        if count != self._pending:
            self._pending = count
            self.pending_changed.emit(count)

    def _tell_waiting(self) -> None:
        self.waiting_changed.emit(len(self._queue) + (self._current is not None))
