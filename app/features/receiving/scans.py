"""What each scan does to the receipt in hand: one scan, one change, one commit, one answer."""

from functools import partial

from typing_extensions import override

from app.core.catalogue import Item
from app.core.documents import DocumentType
from app.core.scans import (
    CommandScan,
    DocumentScan,
    Effect,
    ItemScan,
    LocationScan,
    LotScan,
    Meaning,
    Tone,
    UnknownScan,
)
from app.db.names import check_place
from app.features.receiving.desk import ReceiptDesk
from app.features.receiving.draft import Draft
from app.features.receiving.lots import could_be_lot, set_lot
from app.features.receiving.rules import add, put_away, take_order
from app.features.receiving.service import (
    Arrival,
    Named,
    Opened,
    keep_draft,
    look_into,
    look_into_lot,
    open_order,
)
from app.features.receiving.steps import Step, take_back
from app.ui.formats import day, quantity, signed
from app.ui.messages import translated


class ScannedReceipt(ReceiptDesk):
    """Takes scans of orders, goods, lots and places."""

    def open_sheet(self) -> None:
        """Bring the lines of the receipt to the front."""
        raise NotImplementedError

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        if self.hold(meaning):
            return
        if isinstance(meaning, CommandScan) and self.take_command(meaning):
            return
        self.withdraw_question()
        match meaning:
            case ItemScan():
                self._look_into(meaning)
            case LotScan():
                self._take_lot(meaning)
            case LocationScan():
                self._put_by_scan(meaning)
            case DocumentScan(number=number, kind=DocumentType.PURCHASE_ORDER):
                job = self.for_scan(self.ask(open_order, number, self._draft.site))
                job.succeeded.connect(self._take_order_by_scan)
            case UnknownScan():
                self._take_unknown(meaning)
            case _:
                super().handle_scan(meaning)

    def _look_into(self, scan: ItemScan) -> None:
        draft = self._draft
        job = self.for_scan(self.ask(look_into, scan, draft.site, draft.supplier))
        job.succeeded.connect(self._add_arrival)

    def _take_lot(self, scan: LotScan) -> None:
        """A lot's own label says which lot the line is, if that is asked; else one piece of it."""
        if self._is_asked_of(scan.item):
            self._name_by_scan(scan.lot)
        else:
            self._look_into(ItemScan(scan.code, scan.item, lot=scan.lot, expiry=scan.expiry))

    def _take_unknown(self, scan: UnknownScan) -> None:
        """A code nobody knows may be the lot that is asked for; nothing is booked otherwise."""
        if self._is_asked_of() and could_be_lot(scan.code):
            self._name_by_scan(scan.code)
        else:
            self.scan_done(Effect(translated(scan.reason), Tone.BAD))

    def _add_arrival(self, arrival: Arrival) -> None:
        new, draft = arrival.new, self._draft.knowing(arrival.facts)
        done = self.decide_for_scan(add, draft, new, self.sheet.current_line())
        if done is None:
            return
        draft, step = done
        line = draft.line(step.line) if step.line is not None else None
        text = f"{new.item.sku} {signed(step.added)}"
        warning = arrival.problem
        if line and line.is_expired(self.sheet.table.today):
            warning = self.tr("Lot {lot} of {item} expired on {day}. It is received all the same.")
            warning = warning.format(lot=line.lot, item=line.item.sku, day=day(line.expiry))
        asks = not step.added
        if asks:
            text = self.tr("{item}: how many {unit}?").format(item=new.item.sku, unit=new.item.unit)
        elif draft.order and line and line.order_line is None:
            text = self.tr("{text}, not ordered").format(text=text)
        self._asks_how_many = asks
        self._finish_scan(draft, step, text, warning)

    def _put_by_scan(self, scan: LocationScan) -> None:
        """Before any line a place is for all; then it is for the line worked on."""
        place = self.decide_for_scan(check_place, scan.location)
        if place is None:
            return
        current = self.sheet.current_line()
        line = self._draft.line(current) if current is not None else None
        if self._draft.lines and line is not None:
            draft, step = put_away(self._draft, line, place.path)
            self._finish_scan(draft, step, f"{line.item.sku} → {place.path}")
            return
        _, step = put_away(self._draft, None, place.path)
        self.take_place(place)
        self._finish_scan(self._draft, step, self.tr("All to {place}").format(place=place.path))

    def _is_asked_of(self, item: Item | None = None) -> bool:
        """Tell whether the lot of the current line is asked for, and it is one of this item."""
        row = self.sheet.current()
        is_it = row is not None and (item is None or row.item.id == item.id)
        return is_it and self.sheet.editor.asks_for_lot()

    def _name_by_scan(self, lot: str) -> None:
        row = self.sheet.current()
        if row is not None and row.line is not None:
            job = self.for_scan(self.ask(look_into_lot, row.line.id, row.item.id, lot))
            job.succeeded.connect(self._name_line_by_scan)

    def _name_line_by_scan(self, named: Named) -> None:
        line = self._draft.line(named.line)
        if line is None:
            return
        done = self.decide_for_scan(set_lot, self._draft, line, named.lot, named.known)
        if done is not None:
            draft, step = done
            self._finish_scan(draft, step, f"{line.item.sku} · {named.lot}")

    def _take_order_by_scan(self, opened: Opened) -> None:
        self.take_order(opened)
        order = opened.order
        text = f"{order.number} {order.supplier_name}"
        self.scan_done(Effect(text, Tone.GOOD if order.is_open else Tone.ASK))

    def take_order(self, opened: Opened) -> None:
        """Receive for an order; lines that are there already are matched with its lines."""
        self.open_sheet()
        self.take(take_order(self._draft, opened.order, opened.facts))
        self.sheet.setFocus()
        if not opened.order.is_open:
            text = self.tr("{order} was received in full before. What comes now is too much.")
            self.banner.show_ask(text.format(order=opened.order.number))

    # The end of a scan

    def _finish_scan(self, draft: Draft, step: Step, text: str, warning: str = "") -> None:
        """Show the change, save it, and only then say that it is done."""
        self.open_sheet()
        self._draft, self._trouble = draft, {}
        self.show_draft(step.line)
        self.sheet.flash(step.line)
        if warning:
            self.banner.show_ask(warning)
        tone = Tone.ASK if warning else Tone.GOOD
        effect = Effect(text, tone, partial(self._take_back, step))
        saving = self.keep(keep_draft, self._draft, self.user)
        self.finish_scan(saving, effect, partial(self._forget_step, step))

    def _forget_step(self, step: Step) -> None:
        self._asks_how_many = False
        self._draft = take_back(self._draft, step)
        self.show_draft()

    def _take_back(self, step: Step) -> None:
        self.take(take_back(self._draft, step), step.line)
        line = self._draft.line(step.line) if step.line is not None else None
        if line is not None:
            self.said.emit(f"{line.item.sku} = {quantity(line.quantity)}")
