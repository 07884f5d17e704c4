"""Counting by scanner: the bin, then its goods, one by one or as many as the code says."""

from decimal import Decimal
from functools import partial

from typing_extensions import override

from app.core.catalogue import Item, Location
from app.core.documents import sheet_number
from app.core.scans import (
    DocumentScan,
    Effect,
    ItemScan,
    LocationScan,
    LotScan,
    Meaning,
    Tone,
)
from app.features.count_sheets.desk import CountDesk
from app.features.count_sheets.rules import COUNTABLE, Counted, CountSheet
from app.features.count_sheets.service import count_scan, take_back
from app.ui.formats import quantity, signed
from app.ui.jobs import Job


class ScannedCount(CountDesk):
    """The count desk with a scanner."""

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        match meaning:
            case DocumentScan(number=number) if sheet := sheet_number(number):
                self._scan_sheet(sheet)
            case LocationScan(location=place) if self.on(self.form):
                self.form.set_place(place.path)
                self.scan_done(Effect(place.path))
            case ItemScan(item=item) if self.on(self.form):
                self.form.add_item(item.sku)
                self.scan_done(Effect(item.sku))
            case LocationScan(location=place) if self.on(self.page):
                self._scan_place(place)
            case ItemScan() if self.on(self.page):
                self._scan_item(meaning)
            case LotScan(item=item, lot=lot) if self.on(self.page):
                self._count(item, lot, Decimal(1))
            case _:
                self._refuse(meaning)

    def _refuse(self, meaning: Meaning) -> None:
        """Say what would have to be done first, where there is such a thing."""
        if isinstance(meaning, ItemScan | LotScan | LocationScan):
            text = self.tr("Open the count sheet first, then scan the bin and its goods.")
            if self.on(self.review_page):
                text = self.tr("This is the review. Go back to the sheet (Ctrl+O) to count.")
            self.scan_done(Effect(text, Tone.BAD))
        else:
            super().handle_scan(meaning)

    def _scan_sheet(self, number: int) -> None:
        job = self.for_scan(self.open_number(number))
        job.succeeded.connect(self._say_opened)

    def _say_opened(self, sheet: CountSheet) -> None:
        self.scan_done(Effect(sheet.head.title))

    def _scan_place(self, place: Location) -> None:
        if place.kind not in COUNTABLE:
            text = self.tr("{place} is not a bin. Scan the bin that you count.")
            self.scan_done(Effect(text.format(place=place.path), Tone.BAD))
            return
        self._place = place.path
        listed = self.page.go_to_place(place.path)
        self.show_state()
        if listed:
            self.scan_done(Effect(place.code))
        else:
            text = self.tr("{place}: not on the sheet. What you scan now was found there.")
            self.scan_done(Effect(text.format(place=place.code), Tone.ASK))

    def _scan_item(self, scan: ItemScan) -> None:
        if scan.problem:
            self.scan_done(Effect(scan.problem, Tone.BAD))
        else:
            self._count(scan.item, scan.lot, scan.quantity)

    def _count(self, item: Item, lot: str, count: Decimal) -> None:
        """Count it in the bin scanned last; without one, where the sheet lists it only once."""
        place = self._place or self._only_place(item)
        if not self.page.is_open:
            text = self.tr("This sheet is closed. Open or make another one.")
            self.scan_done(Effect(text, Tone.BAD))
        elif not place:
            text = self.tr("{item} may lie in several bins: scan the bin first.")
            self.scan_done(Effect(text.format(item=item.sku), Tone.BAD))
        else:
            where = (item, place, lot)
            job = self.keep(count_scan, self.number, where, count, user=self.user)
            self.for_scan(self.save(job)).succeeded.connect(self._show_counted)

    def _only_place(self, item: Item) -> str:
        places = {line.location for line in self.page.all_lines() if line.item.id == item.id}
        return places.pop() if len(places) == 1 else ""

    def _show_counted(self, counted: Counted) -> None:
        line = counted.line
        self._show(counted)
        text = f"{line.item.sku} {signed(counted.more)} = {quantity(line.counted)}"
        self.scan_done(Effect(text, undo=partial(self._take_back, counted)))

    def _take_back(self, counted: Counted) -> Job:
        """Set the line to what it said before the scan."""
        job = self.save(self.keep(take_back, counted))
        job.succeeded.connect(self._show)
        job.refused.connect(self.show_saved)
        return job

    def _show(self, counted: Counted) -> None:
        """Show a line as it was saved, if its sheet is still the one in hand."""
        if counted.sheet == self.number:
            self.page.put_line(counted.line, flash=True)
            self.show_state()
