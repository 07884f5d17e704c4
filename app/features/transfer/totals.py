"""How a transfer stands: its rows, what to ask before it is posted, and what is posted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.catalogue import LocationKind
from app.core.decimals import ZERO
from app.core.documents import Document, DocumentType, Line
from app.features.transfer.draft import Draft, MoveLine, Need
from app.features.transfer.rules import pack_of

NO_TROUBLE: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A line on the screen: `there` is what lies in the source, `left` what will be left of it.

    Both are None while the lot or the source is not known, and where it went at another time.
    `trouble` is what posting had against it.
    """

    line: MoveLine
    there: Decimal | None = None
    left: Decimal | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Warnings:
    """What to be sure of before posting: lots that expired, and goods that leave quarantine."""

    expired: tuple[MoveLine, ...] = ()
    from_quarantine: tuple[MoveLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.expired or self.from_quarantine)


def rows_of(draft: Draft, trouble: Mapping[int, str] = NO_TROUBLE) -> list[Row]:
    """Return the lines as they are shown; `trouble` is what posting had against them."""
    return [_row(draft, line, trouble.get(line.id, "")) for line in draft.lines]


def lines_to_post(draft: Draft) -> list[MoveLine]:
    """Return the lines with something on them, in the order they are posted."""
    return [line for line in draft.lines if line.quantity]


def total_of(draft: Draft) -> Decimal:
    return sum((line.quantity for line in draft.lines), ZERO)


def first_unnamed(draft: Draft) -> MoveLine | None:
    """Return the first line to post whose lot or serial is still to be said."""
    return next((line for line in lines_to_post(draft) if line.needs is Need.LOT), None)


def warnings_of(draft: Draft, today: date) -> Warnings:
    """Return what a person should confirm: nothing of it is forbidden."""
    lines = tuple(lines_to_post(draft))
    into_quarantine = draft.target is not None and draft.target.kind is LocationKind.QUARANTINE
    expired = tuple(line for line in lines if line.is_expired(today))
    return Warnings(
        expired=() if into_quarantine else expired,
        from_quarantine=lines if draft.leaves_quarantine() else (),
    )


def as_document(draft: Draft) -> Document:
    """Return the transfer as posting takes it."""
    lines = tuple(_as_stated(draft, line) for line in lines_to_post(draft))
    return Document(key=draft.key, type=DocumentType.TRANSFER, lines=lines, at=draft.at)


def _row(draft: Draft, line: MoveLine, trouble: str) -> Row:
    if draft.source is None or draft.at is not None or line.needs is Need.LOT:
        return Row(line, trouble=trouble)
    there = draft.held(line.item, line.lot).on_hand
    return Row(line, there, there - line.quantity, trouble)


def _as_stated(draft: Draft, line: MoveLine) -> Line:
    """Return the line in the clerk's unit where it comes out whole, else in base units."""
    quantity, unit = line.quantity, ""
    pack = pack_of(draft, line)
    if line.unit and pack.denominator == 1 and quantity % pack.numerator == 0:
        quantity, unit = quantity / pack.numerator, pack.unit
    return Line(
        item=line.item.sku,
        quantity=quantity,
        unit=unit,
        lot=line.lot,
        source=draft.source.path if draft.source else "",
        target=draft.target.path if draft.target else "",
    )
