"""The transfer in hand on the screen: kept with every change, and what keys do to it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from typing_extensions import override

from app.db.company import has_items
from app.db.names import suggest_places
from app.features.transfer.draft import Draft, MoveLine, Side
from app.features.transfer.finders import suggest_contents
from app.features.transfer.rules import (
    add_quantity,
    confirm_lot,
    line_by_hand,
    set_lot,
    set_place,
    set_unit,
    take_all,
    type_quantity,
)
from app.features.transfer.service import (
    Arrival,
    Chosen,
    Opened,
    keep_draft,
    look_into_place,
    look_into_typed,
    open_bin,
)
from app.features.transfer.worksheet import Worksheet
from app.ledger.periods import open_from
from app.ui.dated_work import DatedWork
from app.ui.first_steps import FirstSteps
from app.ui.jobs import Job, Jobs
from app.ui.parts import Mend


class TransferDesk(DatedWork):
    """Holds the draft. Every change is shown at once and saved in the order it was made."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._draft = Draft(key="")
        self._trouble: Mapping[int, str] = {}
        self._removed: MoveLine | None = None
        self._asks_how_many = False
        """The scan at hand is of goods that somebody must count or weigh."""
        self.sheet = Worksheet(self._suggest_places, self._suggest_items)
        FirstSteps(self, jobs, has_items, self.sheet.table)
        self.sheet.source_said.connect(self._say_source)
        self.sheet.item_wanted.connect(self._want_item)
        self.sheet.target_said.connect(self._say_target)
        editor = self.sheet.editor
        editor.counted.connect(self._count)
        editor.added.connect(self._count_more)
        editor.unit_said.connect(self._say_unit)
        editor.lot_said.connect(self._say_lot)
        editor.removed.connect(self._remove)
        editor.confirmed.connect(self._confirm_line)

    def show_draft(self, line: int | None = None) -> None:
        """Show the draft as it is now."""
        raise NotImplementedError

    def take(self, draft: Draft, line: int | None = None) -> Job:
        """Go on with this draft: show it and save it."""
        self.withdraw_question()
        self._draft = draft
        self._trouble = {}
        self.show_draft(line)
        return self.keep(keep_draft, self._draft, self.user)  # what was typed last is in it

    @override
    def has_work(self) -> bool:
        return self._draft.is_complete

    @override
    def can_discard(self) -> bool:
        return not self._draft.is_empty

    @property
    @override
    def site(self) -> str:
        return self._draft.site

    @override
    def ask_open_from(self) -> Job:
        return self.ask_latest("open_from", open_from)

    @override
    def happened_at(self) -> datetime | None:
        return self._draft.at

    @override
    def say_when(self, at: datetime | None) -> None:
        self.take(replace(self._draft, at=at))

    @override
    def show_work(self) -> None:
        self.show_draft()

    @override
    def commit_fields(self) -> None:
        self.sheet.commit()

    @override
    def after_scan(self) -> None:
        asks, self._asks_how_many = self._asks_how_many, False
        row = self.sheet.current()
        if asks:
            self.sheet.ask_how_many()
        elif row is not None and row.line.is_guess:
            self.sheet.editor.ask_for_lot()
        else:
            self.sheet.ask()

    # Questions to the books

    def _suggest_places(self, text: str) -> Job:
        return self.ask_latest("places", suggest_places, text, self._draft.site)

    def _suggest_items(self, text: str) -> Job:
        return self.ask_latest("items", suggest_contents, text, self._draft.source)

    # From where, to where

    def _say_source(self, text: str) -> None:
        job = self.ask(look_into_place, Side.SOURCE, text, self._draft)
        self.look(job).succeeded.connect(self._take_chosen)

    def _say_target(self, text: str) -> None:
        job = self.ask(look_into_place, Side.TARGET, text, self._draft)
        self.look(job).succeeded.connect(self._take_chosen)

    def _take_chosen(self, chosen: Chosen) -> None:
        draft = self.decide(placed, self._draft, chosen)
        if draft is None:
            self.refuse_look()
            return
        self.take(draft)
        if self.sheet.source.hasFocus():
            self.sheet.item.setFocus()
        elif self.sheet.target.hasFocus():
            self.sheet.setFocus()

    # What

    def _want_item(self, code: str) -> None:
        job = self.ask(look_into_typed, code, self._draft.source)
        self.look(job).succeeded.connect(self._begin_line)

    def _begin_line(self, arrival: Arrival) -> None:
        draft = self._draft.knowing(arrival.facts)
        if begun := self.decide(line_by_hand, draft, arrival.new.item):
            draft, line = begun
            self.take(draft, line.id)
            if not self.sheet.editor.ask(line.needs):
                self.sheet.editor.quantity.setFocus()

    def take_whole_bin(self) -> None:
        """Take all that lies in the source and is free to go."""
        if self._draft.source is None:
            self.banner.show_ask(self.tr("Scan or type the bin it comes from first."))
            self.sheet.source.setFocus()
            return
        self.look(self.ask(open_bin, self._draft.source)).succeeded.connect(self._take_contents)

    def _take_contents(self, opened: Opened) -> None:
        contents = opened.contents
        if self._draft.source != opened.source:
            return  # another bin was chosen meanwhile
        self.take(take_all(self._draft, contents))
        self.sheet.setFocus()
        stays = [
            one.item.sku
            for one in contents
            if any(held.available < held.on_hand for held in one.held)
        ]
        if not contents:
            self.banner.show_ask(self.tr("There is nothing in that bin."))
        elif stays:
            text = self.tr("What is promised to orders stays: some {items}.")
            self.banner.show_ask(text.format(items=", ".join(stays)))

    def _count(self, line: int, count: Decimal) -> None:
        self._edit(line, type_quantity, count)

    def _count_more(self, line: int, count: Decimal) -> None:
        self._edit(line, add_quantity, count)

    def _say_unit(self, line: int, unit: str) -> None:
        self._edit(line, set_unit, unit)

    def _say_lot(self, number: int, lot: str) -> None:
        line = self._draft.line(number)
        done = self.decide(set_lot, self._draft, line, lot) if line else None
        if done is None:
            self.show_draft()
        else:
            draft, step = done
            self.take(draft, step.line)

    def _edit(self, number: int, rule: Callable[..., Draft], *said: Any) -> None:
        line = self._draft.line(number)
        changed = self.decide(rule, self._draft, line, *said) if line else None
        if changed is None:
            self.show_draft()
        else:
            self.take(changed)

    def _confirm_line(self) -> None:
        """Enter: the lot that stands there is right, and work goes on."""
        row = self.sheet.current()
        if row is not None and row.line.is_guess:
            self.take(confirm_lot(self._draft, row.line))
        self.sheet.ask()

    def _remove(self, number: int) -> None:
        """Take a line off, with a way back."""
        self._removed = self._draft.line(number)
        if self._removed is not None:
            self.take(self._draft.without_line(number))
            text = self.tr("The line of {item} is off the transfer.")
            text = text.format(item=self._removed.item.sku)
            self.banner.show_ask(text, Mend(self.tr("Put it back"), self._put_back))

    def _put_back(self) -> None:
        line, self._removed = self._removed, None
        if line is not None and self._draft.line(line.id) is None:
            self.take(self._draft.with_line(line), line.id)


def placed(draft: Draft, chosen: Chosen) -> Draft:
    """Return the draft with the bin that was chosen, and what lies there."""
    draft = set_place(draft, chosen.side, chosen.place, may_fall_short=chosen.may_fall_short)
    if chosen.side is Side.SOURCE:
        draft = replace(draft, site=chosen.place.site or draft.site)
    return draft.knowing(chosen.facts)
