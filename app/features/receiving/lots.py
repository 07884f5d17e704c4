"""Which lot or serial goods are of, and when it expires: said by codes, by books, by the clerk."""

from dataclasses import replace
from datetime import date

from app.core.catalogue import Item, Tracking, keeps_until
from app.core.errors import Refused, marked
from app.core.refusals import ExpiryDiffers, SerialConflict
from app.features.receiving.draft import Draft, DraftLine, KnownLot
from app.features.receiving.steps import Named, Step

LONGEST_LOT = 100
ITEM_CODE_LENGTHS = (8, 12, 13, 14)


class SerialTwice(Refused):
    template = marked("Serial {lot} of {item} is on this receipt already.")


class SerialsOneByOne(Refused):
    template = marked("{item} is tracked by serial: scan its pieces one by one.")


class SerialFirst(Refused):
    template = marked("Say the serial of the {item} before this one first: scan or type it.")


class LotUnreadable(Refused):
    template = marked(
        "“{lot}” cannot be a lot: it is too long, or has characters that do not print."
    )


def set_lot(
    draft: Draft, line: DraftLine, lot: str, known: KnownLot | None = None
) -> tuple[Draft, Step]:
    """Say which lot or serial a line is; two lines of one lot become one."""
    lot = checked_lot(lot)
    if lot and line.item.tracking is Tracking.SERIAL:
        check_serial(draft, line.item, lot, known, other_than=line.id)
    expiry = known.expiry if known and known.expiry else line.expiry
    named = replace(line, lot=lot, expiry=expiry)
    step = Step(draft.key, (Named(line, lot),), line.id)
    same = _same_lot(draft, named) if lot else None
    if same is None:
        return draft.with_line(named), step
    together = replace(
        same,
        quantity=same.quantity + line.quantity,
        rejected=same.rejected + line.rejected,
        typed=same.typed + 1,
    )
    return draft.without_line(line.id).with_line(together), replace(step, line=same.id)


def set_expiry(draft: Draft, line: DraftLine, expiry: date | None, today: date) -> Draft:
    """Say when a lot expires, on all its lines; None is its usual time from today on."""
    if expiry is None:
        expiry = usual_expiry(line.item, today)
    for same in draft.lines:
        if same.id == line.id or _is_same_lot(same, line):
            draft = draft.with_line(replace(same, expiry=expiry))
    return draft


def usual_expiry(item: Item, today: date) -> date | None:
    """Return the last good day of goods that come today, by the item's shelf life."""
    days = item.shelf_life_days
    return None if days is None else keeps_until(today, days)


def could_be_lot(code: str) -> bool:
    """Whether an unknown code may be taken as the lot that is asked for.

    Digits as many as an item's barcode has are rather an item nobody knows.
    """
    looks_like_item = code.isdecimal() and len(code) in ITEM_CODE_LENGTHS
    return code.isprintable() and 0 < len(code) <= LONGEST_LOT and not looks_like_item


def checked_lot(lot: str) -> str:
    """Return the lot without blanks around it, or refuse what no label could show."""
    lot = lot.strip()
    if len(lot) > LONGEST_LOT or not lot.isprintable():
        raise LotUnreadable(lot=lot[:LONGEST_LOT])
    return lot


def check_serial(
    draft: Draft, item: Item, lot: str, known: KnownLot | None, other_than: int = 0
) -> None:
    """Refuse a serial that is on the draft, or in one of our places, already."""
    for line in draft.lines:
        if line.item.id == item.id and line.lot == lot and line.id != other_than:
            raise SerialTwice(item=item.sku, lot=lot)
    if known and known.is_here:
        reason = marked("it is here already. Check the label.")
        raise SerialConflict(item=item.sku, lot=lot, reason=reason)


def agreed_expiry(item: Item, lot: str, stated: date | None, known: KnownLot | None) -> date | None:
    """Return the expiry by code or by books; two that differ are refused."""
    if item.tracking is Tracking.NONE:
        return None
    by_books = known.expiry if known else None
    if by_books and stated and by_books != stated:
        raise ExpiryDiffers(item=item.sku, lot=lot, known=by_books, stated=stated)
    return stated or by_books


def dated(line: DraftLine, expiry: date | None) -> DraftLine:
    """Return the line with that expiry, if it has none that differs."""
    if expiry is None:
        return line
    if line.expiry and line.expiry != expiry:
        raise ExpiryDiffers(item=line.item.sku, lot=line.lot, known=line.expiry, stated=expiry)
    return replace(line, expiry=expiry)


def _is_same_lot(one: DraftLine, other: DraftLine) -> bool:
    return one.item.id == other.item.id and one.lot == other.lot != ""


def _same_lot(draft: Draft, named: DraftLine) -> DraftLine | None:
    for line in draft.lines:
        if line.id != named.id and _is_same_lot(line, named):
            if named.expiry and line.expiry and named.expiry != line.expiry:
                raise ExpiryDiffers(
                    item=line.item.sku, lot=line.lot, known=line.expiry, stated=named.expiry
                )
            if line.order_line == named.order_line:
                return line
    return None
