"""Counting on the screen: typed or scanned, one line at a time, saved at once."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import Item, Tracking
from app.core.clock import now
from app.core.decimals import LARGEST, ZERO
from app.core.documents import sheet_title
from app.core.refusals import LotNotTracked, UnknownLocation, UnknownLot
from app.db.tables import BalanceRow, CountLineRow, LocationRow, LotRow
from app.features.count_sheets.refusals import (
    AlreadyOnSheet,
    CountedSince,
    LotNeeded,
    SerialTwice,
    UnknownSheet,
)
from app.features.count_sheets.row_keys import row_key
from app.features.count_sheets.rules import (
    COUNTABLE,
    Counted,
    can_be_serial,
    checked_count,
)
from app.features.count_sheets.store import find_line, one_at_a_time, open_places, open_sheet


def enter_count(
    session: Session, number: int, line: int, counted: Decimal | None, *, user: str = ""
) -> Counted:
    """Set what was counted on a line; None makes it "not counted" again, 0 is zero."""
    open_sheet(session, number)
    row = session.get(CountLineRow, line)
    if row is None or row.sheet_id != number:
        raise UnknownSheet(number=sheet_title(number))
    known = find_line(session, line)
    if counted is not None:
        counted = checked_count(counted, known.item.decimals, LARGEST)
        if not can_be_serial(known.item, counted):
            raise SerialTwice(item=known.item.sku, lot=known.lot)
    row.counted = counted
    row.counted_at = None if counted is None else now()
    row.counter = "" if counted is None else user
    session.flush()
    return Counted(number, find_line(session, line), known)


def take_back(session: Session, scanned: Counted) -> Counted:
    """Set a line to what it said before a scan; raises CountedSince if it says something else
    by now than the scan left there."""
    number, was, before = scanned.sheet, scanned.line, scanned.before
    open_sheet(session, number)
    row = session.get_one(CountLineRow, was.id)
    known = find_line(session, was.id)
    if (known.counted, known.counted_at) != (was.counted, was.counted_at):
        raise CountedSince(item=was.item.sku, location=was.location)
    row.counted, row.counted_at, row.counter = before.counted, before.counted_at, before.counter
    session.flush()
    return Counted(number, find_line(session, was.id), known)


def note_on_line(session: Session, number: int, line: int, note: str) -> Counted:
    """Write a remark on a line; the count stays as it is."""
    open_sheet(session, number)
    known = find_line(session, line)
    row = session.get_one(CountLineRow, line)
    row.note = note.strip()
    session.flush()
    return Counted(number, find_line(session, line), known)


def count_scan(
    session: Session,
    number: int,
    place: tuple[Item, str, str],
    quantity: Decimal = Decimal(1),
    *,
    user: str = "",
) -> Counted:
    """Add what a scan stands for to its line: `place` is the item, the bin's path and the lot.

    Without a lot it is the only line of the item in the bin. What the sheet does not list becomes
    a line that was found there. Raises LotNeeded, UnknownLot, SerialTwice, AlreadyOnSheet.
    """
    open_sheet(session, number)
    row = _line_for(session, number, *place)
    total = (row.counted or ZERO) + quantity
    return enter_count(session, number, row.id, total, user=user)


def _line_for(session: Session, number: int, item: Item, path: str, lot: str) -> CountLineRow:
    place = session.scalar(
        select(LocationRow.id).where(LocationRow.path == path, LocationRow.kind.in_(COUNTABLE))
    )
    if place is None:
        raise UnknownLocation(location=path)
    query = select(CountLineRow).where(
        CountLineRow.sheet_id == number,
        CountLineRow.item_id == item.id,
        CountLineRow.location_id == place,
    )
    lines = session.scalars(query).all()
    if not lot and len(lines) == 1:
        return lines[0]
    lot_id = _lot_id(session, item, lot)
    for line in lines:
        if line.lot_id == lot_id:
            return line
    return _found_line(session, number, item, path, (place, lot_id))


def _lot_id(session: Session, item: Item, lot: str) -> int | None:
    if item.tracking is Tracking.NONE:
        if lot:
            raise LotNotTracked(item=item.sku, lot=lot)
        return None
    if not lot:
        raise LotNeeded(item=item.sku, tracking=item.tracking.value)
    found = session.scalar(select(LotRow.id).where(LotRow.item_id == item.id, LotRow.code == lot))
    if found is None:
        raise UnknownLot(item=item.sku, lot=lot)
    return found


def _found_line(
    session: Session, number: int, item: Item, path: str, where: tuple[int, int | None]
) -> CountLineRow:
    place, lot = where
    one_at_a_time(session)
    other = open_places(session, [item.id], but_not=number).get((item.id, place))
    if other is not None:
        raise AlreadyOnSheet(item=item.sku, location=path, sheet=sheet_title(other))
    sheet = open_sheet(session, number)
    count = session.query(CountLineRow).filter_by(sheet_id=number).count()
    expected = session.scalar(
        select(BalanceRow.on_hand).where(
            BalanceRow.item_id == item.id,
            BalanceRow.location_id == place,
            BalanceRow.lot_id == (lot or 0),
        )
    )
    line = CountLineRow(
        sheet_id=number,
        row_key=row_key(sheet.code, count + 1),
        item_id=item.id,
        location_id=place,
        lot_id=lot,
        expected=ZERO if expected is None else expected,
        was_found=True,
    )
    session.add(line)
    session.flush()
    return line
