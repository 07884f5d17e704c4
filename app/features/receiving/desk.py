"""The receipt in hand on the screen: kept with every change, and what keys do to it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from typing_extensions import override

from app.core.catalogue import Location, LocationKind
from app.core.paging import Key
from app.db.company import has_items
from app.db.names import (
    Known,
    find_supplier,
    suggest_items,
    suggest_places,
    suggest_suppliers,
)
from app.features.receiving.draft import Draft, DraftLine, Facts
from app.features.receiving.finders import find_open_orders
from app.features.receiving.lots import set_expiry, set_lot
from app.features.receiving.order_list import OrderList
from app.features.receiving.rules import (
    add_quantity,
    line_by_hand,
    put_away,
    reject,
    set_cost,
    set_unit,
    start_line,
    type_quantity,
)
from app.features.receiving.service import (
    Arrival,
    Chosen,
    Named,
    find_facts_anew,
    keep_draft,
    look_into_lot,
    look_into_place,
    look_into_typed,
)
from app.features.receiving.totals import Row
from app.features.receiving.worksheet import Worksheet
from app.ledger.periods import open_from
from app.ui.dated_work import DatedWork
from app.ui.first_steps import FirstSteps
from app.ui.jobs import Job, Jobs
from app.ui.parts import Mend


class ReceiptDesk(DatedWork):
    """Holds the draft. Every change is shown at once and saved in the order it was made."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._draft = Draft(key="")
        self._trouble: Mapping[int, str] = {}
        self._removed: DraftLine | None = None
        self._asks_how_many = False
        """The scan at hand is of goods that somebody must count or weigh."""
        self.orders = OrderList(self._fetch_orders)
        self.sheet = Worksheet(self._suggest_items, self._suggest_suppliers, self._suggest_places)
        self._wire_head()
        self._wire_editor()
        FirstSteps(self, jobs, has_items, self.orders.table, self.sheet.table)

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
        if asks:
            self.sheet.ask_how_many()
        else:
            self.sheet.ask()

    def _wire_head(self) -> None:
        head = self.sheet.head
        head.item_wanted.connect(self._want_item)
        head.supplier_said.connect(self._say_supplier)
        head.reference_said.connect(self._say_reference)
        head.place_said.connect(self._say_place_for_all)

    def _wire_editor(self) -> None:
        editor = self.sheet.editor
        editor.counted.connect(self._count)
        editor.added.connect(self._count_more)
        editor.unit_said.connect(self._say_unit)
        editor.lot_said.connect(self._say_lot)
        editor.expiry_said.connect(self._say_expiry)
        editor.place_said.connect(self._say_place)
        editor.rejected_said.connect(self._reject)
        editor.cost_said.connect(self._say_cost)
        editor.removed.connect(self._remove)
        editor.confirmed.connect(self.lead_on)

    # Questions to the books

    def _fetch_orders(self, text: str, after: Key | None) -> Job:
        return self.ask(find_open_orders, text, after)

    def _suggest_items(self, text: str) -> Job:
        return self.ask_latest("items", suggest_items, text)

    def _suggest_suppliers(self, text: str) -> Job:
        return self.ask_latest("suppliers", suggest_suppliers, text)

    def _suggest_places(self, text: str) -> Job:
        return self.ask_latest("places", suggest_places, text, self._draft.site)

    # What holds for all

    def _want_item(self, code: str) -> None:
        job = self.ask(look_into_typed, code, self._draft.site, self._draft.supplier)
        self.look(job).succeeded.connect(self._begin_line)

    def _begin_line(self, arrival: Arrival) -> None:
        draft = self._draft.knowing(arrival.facts)
        if begun := self.decide(line_by_hand, draft, arrival.new.item):
            draft, line = begun
            self.take(draft, line.id)
            if not self.sheet.editor.ask(line.needs):
                self.sheet.editor.quantity.setFocus()

    def _say_supplier(self, code: str) -> None:
        if code:
            self.look(self.ask(find_supplier, code)).succeeded.connect(self._take_supplier)
        else:
            self._take_supplier(Known("", ""))

    def _take_supplier(self, supplier: Known) -> None:
        self._take_anew(replace(self._draft, supplier=supplier.code))

    def _say_reference(self, text: str) -> None:
        self.take(replace(self._draft, reference=text))

    def _say_place_for_all(self, text: str) -> None:
        if text:
            job = self.ask(look_into_place, None, text, self._draft.site)
            self.look(job).succeeded.connect(self._put_chosen)
        else:
            self.take(put_away(self._draft, None, "")[0])

    def take_place(self, place: Location) -> None:
        """Receive all of it at this place; a site means each to its own bin there."""
        if place.kind is LocationKind.SITE:
            self._take_anew(replace(self._draft, place="", site=place.path))
        else:
            draft, _ = put_away(self._draft, None, place.path)
            self._take_anew(replace(draft, site=place.site or draft.site))

    def _take_anew(self, draft: Draft) -> None:
        """Take a draft whose site or supplier may have changed, and what follows from that."""
        is_new = (draft.site, draft.supplier) != (self._draft.site, self._draft.supplier)
        self.take(draft)
        if is_new and draft.facts:
            self.look(self.ask(find_facts_anew, draft)).succeeded.connect(self._learn)

    def _learn(self, facts: Mapping[int, Facts]) -> None:
        self._draft = self._draft.knowing(facts)
        self.show_draft()

    # What holds for one line

    def _count(self, row: Row | None, count: Decimal) -> None:
        self._edit(row, type_quantity, count)

    def _count_more(self, row: Row | None, count: Decimal) -> None:
        self._edit(row, add_quantity, count)

    def _reject(self, row: Row | None, count: Decimal | None) -> None:
        self._edit(row, reject, count)

    def _say_unit(self, row: Row | None, unit: str) -> None:
        self._edit(row, set_unit, unit)

    def _say_cost(self, row: Row | None, cost: Decimal | None) -> None:
        self._edit(row, set_cost, cost)

    def _say_expiry(self, row: Row | None, expiry: Any) -> None:
        self._edit(row, set_expiry, expiry, self.sheet.table.today)

    def _edit(self, row: Row | None, rule: Callable[..., Draft], *said: Any) -> None:
        """Apply a rule to the row's line, which begins with it if there is none yet."""
        if row is None:
            return
        draft, line = self._line_of(row)
        changed = self.decide(rule, draft, line, *said)
        if changed is None:
            self.show_draft()
        else:
            self.take(changed, self._line_to_show(line))

    def _say_lot(self, row: Row | None, lot: str) -> None:
        if row is not None:
            draft, line = self._line_of(row)
            self.take(draft, self._line_to_show(line))
            job = self.ask(look_into_lot, line.id, line.item.id, lot)
            self.look(job).succeeded.connect(self._name_line)

    def _name_line(self, named: Named) -> None:
        line = self._draft.line(named.line)
        was_current = self.sheet.current_line() == named.line
        done = self.decide(set_lot, self._draft, line, named.lot, named.known) if line else None
        if done is None:
            self.refuse_look()
            return
        draft, step = done
        self.take(draft, step.line if was_current else None)
        if self.sheet.editor.lot.hasFocus():
            self.sheet.ask()

    def _say_place(self, row: Row | None, text: str) -> None:
        if row is not None:
            draft, line = self._line_of(row)
            self.take(draft, self._line_to_show(line))
            job = self.ask(look_into_place, line.id, text, draft.site)
            self.look(job).succeeded.connect(self._put_chosen)

    def _put_chosen(self, chosen: Chosen) -> None:
        line = self._draft.line(chosen.line) if chosen.line is not None else None
        if chosen.line is None:
            self.take_place(chosen.place)
        elif line is not None:
            draft, _ = put_away(self._draft, line, chosen.place.path)
            self.take(draft)

    def _remove(self, row: Row | None) -> None:
        """Take a line off, with a way back."""
        if row is None or row.line is None:
            return
        self._removed = self._draft.line(row.line.id)
        self.take(self._draft.without_line(row.line.id))
        text = self.tr("The line of {item} is off the receipt.").format(item=row.item.sku)
        self.banner.show_ask(text, Mend(self.tr("Put it back"), self._put_back))

    def _put_back(self) -> None:
        line, self._removed = self._removed, None
        if line is not None and self._draft.line(line.id) is None:
            self.take(self._draft.with_line(line), line.id)

    @override
    def go_on(self) -> None:
        self.sheet.ask()

    def _line_of(self, row: Row) -> tuple[Draft, DraftLine]:
        """Return the line that a row stands for, begun if nothing came for it yet."""
        order_line = row.ordered.number if row.ordered else None
        wanted = row.line.id if row.line else None
        for line in self._draft.lines:
            if line.id == wanted or (wanted is None and line.order_line == order_line):
                return self._draft, line
        return start_line(self._draft, row.item, order_line)

    def _line_to_show(self, line: DraftLine) -> int | None:
        """Return the line if it is worked on: one left behind does not call the cursor back."""
        current = self.sheet.current()
        if current is None or current.line is None:
            return line.id
        return line.id if current.line.id == line.id else None
