"""From scans and keys to a transfer: what each does to the draft, and what is refused at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.core.catalogue import Item, Location, Pack, Tracking
from app.core.decimals import (
    EXACT,
    ZERO,
    InvalidQuantity,
    check_figure,
    check_quantity,
    fits,
    plain,
)
from app.core.errors import Refused, marked
from app.core.refusals import LotNotTracked
from app.features.transfer.draft import Draft, Facts, Held, MoveLine, Side
from app.features.transfer.rooms import Part, SerialsOneByOne, check_room, share
from app.features.transfer.steps import Added, Named, Step

ONE = Decimal(1)


class NoSource(Refused):
    template = marked("Scan the bin that {item} comes from first.")


class SameBin(Refused):
    template = marked("The goods come from {location}. Scan the bin they go to.")


class LotNotHere(Refused):
    template = marked("{location} holds no lot {lot} of {item}.")


class SerialTwice(Refused):
    template = marked("Serial {lot} of {item} is on this transfer already.")


class DoesNotComeOut(Refused):
    template = marked("{quantity} {unit} of {item} does not come out in {base}.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Goods of an item as a scan states them. `is_counted`: somebody said how many."""

    item: Item
    quantity: Decimal = ONE
    is_counted: bool = False
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Something that lies in a bin, with what must be known of it."""

    item: Item
    packs: tuple[Pack, ...]
    held: tuple[Held, ...]


def add(draft: Draft, new: Incoming, current: int | None = None) -> tuple[Draft, Step]:
    """Add what was scanned to its line or to a new one, if so much of it lies in the source.

    Without a lot it is of the one worked on (`current`), of the only one there, else of the one
    that expires first. A serial is never guessed.
    """
    item = new.item
    _check(draft, new)
    if not new.is_counted and (item.decimals or not new.quantity):
        quantity = ZERO  # nobody counted or weighed it yet
    else:
        quantity = check_quantity(new.quantity, item.decimals)
    parts: list[Added] = []
    is_said = item.tracking is Tracking.NONE or new.lot
    shared = [Part(new.lot, quantity)] if is_said else share(draft, item, quantity, current)
    for part in shared:
        line = _line_of(draft, item, part.lot)
        is_new = line is None
        line = line or _new_line(draft, item, part)
        line = replace(line, quantity=line.quantity + part.quantity)
        check_room(draft, line)
        draft = draft.with_line(line)
        parts.append(Added(line.id, part.quantity, line.typed, is_new))
    return draft, Step(draft.key, tuple(parts), parts[-1].line)


def line_by_hand(draft: Draft, item: Item) -> tuple[Draft, MoveLine]:
    """Return the line to type a quantity into: the one there is, or a new one."""
    same = [line for line in draft.lines if line.item.id == item.id]
    if same and item.tracking is not Tracking.SERIAL:
        return draft, same[0]
    counted = item.tracking is Tracking.SERIAL
    draft, step = add(draft, Incoming(item), None)
    line = next(line for line in draft.lines if line.id == step.line)
    line = line if counted else replace(line, quantity=ZERO)
    return draft.with_line(line), line


def take_all(draft: Draft, contents: Sequence[Content]) -> Draft:
    """Move all that is free to move, item by item and lot by lot."""
    draft = draft.knowing({one.item.id: Facts(one.packs, one.held) for one in contents})
    lines = {(line.item.id, line.lot): line for line in draft.lines if line.lot or _is_plain(line)}
    number = draft.last_id
    for one in contents:
        for held in one.held:
            if held.available <= 0:
                continue
            line = lines.get((one.item.id, held.lot))
            if line is None:
                number += 1
                line = MoveLine(number, one.item, lot=held.lot, expiry=held.expiry)
            typed = line.typed + 1
            taken = replace(line, quantity=held.available, is_guess=False, typed=typed)
            lines[one.item.id, held.lot] = taken
    return replace(draft, lines=tuple(lines.values()), last_id=number)


def type_quantity(draft: Draft, line: MoveLine, count: Decimal) -> Draft:
    """So many shall go, in the line's unit: zero is a quantity."""
    quantity = in_base_units(draft, line, count)
    changed = replace(line, quantity=quantity, typed=line.typed + 1)
    check_room(draft, changed)
    return draft.with_line(changed)


def add_quantity(draft: Draft, line: MoveLine, count: Decimal) -> Draft:
    """So many more, or fewer if below zero, in the line's unit."""
    quantity = line.quantity + in_base_units(draft, line, count)
    if quantity < 0:
        reason = marked("there would be less than nothing.")
        raise InvalidQuantity(found=plain(quantity), reason=reason)
    changed = replace(line, quantity=check_figure(quantity, line.item.decimals))
    check_room(draft, changed)
    return draft.with_line(changed)


def set_unit(draft: Draft, line: MoveLine, unit: str) -> Draft:
    """Say what typed numbers count from now on. What was counted stays."""
    return draft.with_line(replace(line, unit="" if unit == line.item.unit else unit))


def set_lot(draft: Draft, line: MoveLine, lot: str) -> tuple[Draft, Step]:
    """Say which lot or serial goes. It must lie in the source and have no line of its own."""
    held = draft.held(line.item, lot)
    if not held.on_hand and draft.is_limited:
        where = draft.source.path if draft.source else ""
        raise LotNotHere(location=where, lot=lot, item=line.item.sku)
    step = Step(draft.key, (Named(line, lot),), line.id)
    same = _line_of(draft, line.item, lot)
    named = replace(line, lot=lot, expiry=held.expiry, is_guess=False)
    if same is None or same.id == line.id:
        check_room(draft, named)
        return draft.with_line(named), step
    if line.item.tracking is Tracking.SERIAL:
        raise SerialTwice(item=line.item.sku, lot=lot)
    together = replace(same, quantity=same.quantity + line.quantity, typed=same.typed + 1)
    check_room(draft, together)
    return draft.without_line(line.id).with_line(together), replace(step, line=same.id)


def confirm_lot(draft: Draft, line: MoveLine) -> Draft:
    """The lot that was guessed is the right one."""
    return draft.with_line(replace(line, is_guess=False))


def set_place(draft: Draft, side: Side, place: Location, *, may_fall_short: bool = False) -> Draft:
    """Say where the goods come from, or where they go."""
    other = draft.place(Side.TARGET if side is Side.SOURCE else Side.SOURCE)
    if other is not None and other.id == place.id:
        raise SameBin(location=place.path)
    if side is Side.SOURCE:
        draft = replace(draft, may_fall_short=may_fall_short)
    return draft.with_place(side, place)


def pack_of(draft: Draft, line: MoveLine) -> Pack:
    """Return what a typed number counts on this line."""
    packs = draft.facts_of(line.item).packs
    return next((pack for pack in packs if pack.unit == line.unit), Pack(line.item.unit, 1))


def in_base_units(draft: Draft, line: MoveLine, count: Decimal) -> Decimal:
    """Return a typed number in base units; a fraction that does not come out is refused."""
    pack = pack_of(draft, line)
    exact = EXACT.divide(EXACT.multiply(count, pack.numerator), Decimal(pack.denominator))
    if not fits(exact, line.item.decimals) and pack.unit != line.item.unit:
        raise DoesNotComeOut(
            quantity=plain(count), unit=pack.unit, item=line.item.sku, base=line.item.unit
        )
    return check_figure(exact, line.item.decimals, plain(count))


def _check(draft: Draft, new: Incoming) -> None:
    item = new.item
    if draft.source is None:
        raise NoSource(item=item.sku)
    if item.tracking is Tracking.NONE and new.lot:
        raise LotNotTracked(item=item.sku, lot=new.lot)
    if item.tracking is Tracking.SERIAL:
        if new.quantity != 1:
            raise SerialsOneByOne(item=item.sku)
        if new.lot and _line_of(draft, item, new.lot):
            raise SerialTwice(item=item.sku, lot=new.lot)


def _line_of(draft: Draft, item: Item, lot: str) -> MoveLine | None:
    """Return the line of an item and lot; pieces whose serial is not said are never one."""
    if item.tracking is Tracking.SERIAL and not lot:
        return None
    same = (line for line in draft.lines if line.item.id == item.id and line.lot == lot)
    return next(same, None)


def _new_line(draft: Draft, item: Item, part: Part) -> MoveLine:
    expiry = draft.held(item, part.lot).expiry
    number = draft.last_id + 1
    return MoveLine(number, item, lot=part.lot, expiry=expiry, is_guess=part.is_guess)


def _is_plain(line: MoveLine) -> bool:
    return line.item.tracking is Tracking.NONE
