"""The queue of labels on the screen: filled by scans, by typing and by other screens."""

from functools import partial

from typing_extensions import override

from app.core.labels import LabelRequest, QueuedLabel
from app.core.scans import Command, CommandScan, Effect, Meaning, QuantityScan, Tone
from app.db.company import has_items
from app.features.labels.names import suggest_names
from app.features.labels.queue_panel import QueuePanel
from app.features.labels.rules import request_of, whole_copies
from app.features.labels.service import (
    Queued,
    Share,
    clear,
    drop,
    find_queue,
    queue_by_name,
    queue_labels,
    take_back,
    type_copies,
)
from app.ui.first_steps import FirstSteps
from app.ui.formats import counted
from app.ui.jobs import Job, Jobs
from app.ui.parts import ActionButton
from app.ui.screen import Screen


class QueueScreen(Screen):
    """What the Labels screen does with its queue; how it is printed is added by the view."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.waiting_labels: tuple[QueuedLabel, ...] = ()
        self._copies: int | None = None
        self._new: int | None = None
        self.queue = QueuePanel(self._suggest)
        self.remove = ActionButton(self.tr("Remove"), "Del", "remove")
        self.empty = ActionButton(self.tr("Clear"), "Ctrl+Shift+Del", "clear")
        for button in (self.remove, self.empty):
            self.footer.add_button(button)
        self.queue.add_wanted.connect(self._add)
        self.queue.copies_typed.connect(self._type_copies)
        self.remove.clicked.connect(self._remove)
        self.empty.clicked.connect(self._ask_to_clear)
        FirstSteps(self, jobs, has_items, self.queue.table)

    def show_all(self) -> None:
        """Show everything that follows from the queue."""
        raise NotImplementedError

    def print_by_scan(self) -> bool:
        """Print the queue; False if that cannot be done now."""
        raise NotImplementedError

    # What comes from outside

    def queue_labels(self, requests: list[LabelRequest]) -> None:
        """Put labels into the queue that another screen wants."""
        self.change(queue_labels, requests).succeeded.connect(self._tell_queued)

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        if request := request_of(meaning, self._copies):
            self._copies = None
            job = self.for_scan(self.change(queue_labels, [request]))
            job.succeeded.connect(self._answer_scan)
            return
        match meaning:
            case QuantityScan():
                self._hold_copies(meaning)
            case CommandScan(command=Command.PRINT) if self.print_by_scan():
                self.scan_done(Effect(self.tr("Printing")))
            case _:
                super().handle_scan(meaning)

    @override
    def reload(self) -> None:
        self.ask(find_queue).succeeded.connect(self._show_queue)

    def _suggest(self, text: str) -> Job:
        return self.ask_latest("suggest", suggest_names, text)

    def _add(self, name: str) -> None:
        self.change(queue_by_name, name).succeeded.connect(self._tell_queued)

    def _tell_queued(self, queued: Queued) -> None:
        self._flash(queued)
        text = self.tr("{count} labels were put into the queue.")
        if queued.copies == 1:
            text = self.tr("1 label was put into the queue.")
        self.banner.show_good(text.format(count=queued.copies))

    def _answer_scan(self, queued: Queued) -> None:
        self._flash(queued)
        undo = partial(self._take_back, queued.shares)
        self.scan_done(Effect(f"{queued.title} +{queued.copies}", undo=undo))

    def _flash(self, queued: Queued) -> None:
        self._new = queued.shares[0].line if queued.shares else None

    def _take_back(self, scanned: tuple[Share, ...]) -> Job:
        return self.change(take_back, scanned)

    def _hold_copies(self, meaning: QuantityScan) -> None:
        self._copies = whole_copies(meaning.quantity)
        if self._copies is None:
            text = self.tr("{code} is not a number of copies.").format(code=meaning.code)
            self.scan_done(Effect(text, Tone.BAD))
            return
        text = self.tr("{count} copies of what is scanned next").format(count=self._copies)
        self.scan_done(Effect(text, Tone.ASK))

    def _type_copies(self, row: QueuedLabel, text: str) -> None:
        self.change(type_copies, row.id, text)

    def _remove(self) -> None:
        self.change(drop, self.queue.selected()).succeeded.connect(self.undo_expired)

    def _ask_to_clear(self) -> None:
        labels = sum(row.copies for row in self.waiting_labels)
        text = self.tr("Leaving the queue unprinted: {labels} in {lines}.").format(
            labels=counted(labels, self.tr("1 label"), self.tr("{count} labels")),
            lines=counted(len(self.waiting_labels), self.tr("1 line"), self.tr("{count} lines")),
        )
        self.confirm.ask(text, self.tr("Clear"), self._clear)

    def _clear(self) -> None:
        self.change(clear).succeeded.connect(self.undo_expired)

    def _show_queue(self, queue: tuple[QueuedLabel, ...]) -> None:
        self.waiting_labels = queue
        self.queue.show_queue(queue, self._new)
        self._new = None
        for button in (self.remove, self.empty):
            button.setEnabled(bool(queue))
        self.show_all()
