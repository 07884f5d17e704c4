"""What each scan does to the transfer in hand: a bin, the goods, another bin."""

from functools import partial

from typing_extensions import override

from app.core.scans import (
    CommandScan,
    Effect,
    ItemScan,
    LocationScan,
    LotScan,
    Meaning,
    Tone,
    UnknownScan,
)
from app.features.transfer.desk import TransferDesk, placed
from app.features.transfer.draft import Draft, Need, Side
from app.features.transfer.rules import add, set_lot
from app.features.transfer.service import Arrival, Chosen, keep_draft, look_into, look_into_place
from app.features.transfer.steps import Sited, Step, take_back
from app.ui.formats import day, quantity, signed
from app.ui.messages import translated


class ScannedTransfer(TransferDesk):
    """The first bin is where it comes from, one scanned after goods is where they go; the same
    bin once more posts."""

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        if self.hold(meaning):
            return
        if isinstance(meaning, CommandScan) and self.take_command(meaning):
            return
        match meaning:
            case LocationScan(location=place) if self._asks_to_post(place.path):
                self._post_by_scan()
            case LocationScan(location=place):
                self._look_into_place(place.path)
            case ItemScan():
                self._look_into(meaning)
            case LotScan():
                self._take_lot(meaning)
            case UnknownScan():
                self._take_unknown(meaning)
            case _:
                super().handle_scan(meaning)

    # Bins

    def _asks_to_post(self, path: str) -> bool:
        target = self._draft.target
        return target is not None and target.path == path and self.has_work()

    def _post_by_scan(self) -> None:
        if self._is_asking:
            self.confirm.yes.click()
        else:
            self.start_to_post()

    def _look_into_place(self, path: str) -> None:
        self.withdraw_question()
        is_source = self._draft.source is None or not self._draft.lines
        side = Side.SOURCE if is_source else Side.TARGET
        job = self.for_scan(self.ask(look_into_place, side, path, self._draft))
        job.succeeded.connect(self._place_by_scan)

    def _place_by_scan(self, chosen: Chosen) -> None:
        draft = self.decide_for_scan(placed, self._draft, chosen)
        if draft is None:
            return
        side, place = chosen.side, chosen.place
        part = Sited(side, self._draft.place(side), place)
        text = self.tr("From {place}") if side is Side.SOURCE else self.tr("To {place}: post?")
        self._finish_scan(draft, Step(draft.key, (part,)), text.format(place=place.path))

    # Goods

    def _look_into(self, scan: ItemScan) -> None:
        self.withdraw_question()
        job = self.for_scan(self.ask(look_into, scan, self._draft.source))
        job.succeeded.connect(self._add_arrival)

    def _take_lot(self, scan: LotScan) -> None:
        """A lot's own label says which lot the line is, if that is asked; else one piece of it."""
        if self._is_asked(scan.item.id):
            self._name_by_scan(scan.lot)
        else:
            self._look_into(ItemScan(scan.code, scan.item, lot=scan.lot, expiry=scan.expiry))

    def _take_unknown(self, scan: UnknownScan) -> None:
        """A code nobody knows may be the lot asked for, if such a lot lies there."""
        row = self.sheet.current()
        if row is not None and self._is_asked(row.line.item.id):
            held = self._draft.held(row.line.item, scan.code)
            if held.on_hand:
                self._name_by_scan(scan.code)
                return
        self.scan_done(Effect(translated(scan.reason), Tone.BAD))

    def _is_asked(self, item: int) -> bool:
        row = self.sheet.current()
        return row is not None and row.line.item.id == item and row.line.needs is Need.LOT

    def _name_by_scan(self, lot: str) -> None:
        row = self.sheet.current()
        if row is None:
            return
        self.withdraw_question()
        done = self.decide_for_scan(set_lot, self._draft, row.line, lot)
        if done is not None:
            draft, step = done
            self._finish_scan(draft, step, f"{row.line.item.sku} · {lot}")

    def _add_arrival(self, arrival: Arrival) -> None:
        new, draft = arrival.new, self._draft.knowing(arrival.facts)
        done = self.decide_for_scan(add, draft, new, self.sheet.current_line())
        if done is None:
            return
        draft, step = done
        line = draft.line(step.line) if step.line is not None else None
        text, warning = f"{new.item.sku} {signed(step.added)}", arrival.problem
        if line and line.is_expired(self.sheet.table.today):
            warning = self.tr("Lot {lot} of {item} expired on {day}.")
            warning = warning.format(lot=line.lot, item=line.item.sku, day=day(line.expiry))
        asks = not step.added
        if asks:
            text = self.tr("{item}: how many {unit}?").format(item=new.item.sku, unit=new.item.unit)
        elif line and line.is_guess:
            text = self.tr("{text}, lot {lot}?").format(text=text, lot=line.lot)
        self._asks_how_many = asks
        self._finish_scan(draft, step, text, warning)

    # The end of a scan

    def _finish_scan(self, draft: Draft, step: Step, text: str, warning: str = "") -> None:
        """Show the change, save it, and only then say that it is done."""
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
