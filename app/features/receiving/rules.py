"""From scans and keys to a receipt: what each does to the draft, and what is refused at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.catalogue import Item, Pack, Tracking
from app.core.decimals import (
    EXACT,
    PLACES,
    ZERO,
    InvalidQuantity,
    check_figure,
    check_quantity,
    fits,
    plain,
)
from app.core.errors import Refused, marked
from app.core.refusals import LotNotTracked
from app.features.receiving.draft import Draft, DraftLine, Facts, KnownLot, Order
from app.features.receiving.lots import (
    SerialFirst,
    SerialsOneByOne,
    agreed_expiry,
    check_serial,
    checked_lot,
    dated,
)
from app.features.receiving.steps import Added, Placed, Step

ONE = Decimal(1)


class DoesNotComeOut(Refused):
    template = marked("{quantity} {unit} of {item} does not come out in {base}.")


class CostBelowZero(Refused):
    template = marked("A cost of {cost} is below zero. Leave it empty if it is not known.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Goods of an item as a scan states them, with what the books know of the lot.

    `is_counted`: a code or the clerk said how many, so it is not just "one piece".
    """

    item: Item
    quantity: Decimal = ONE
    is_counted: bool = False
    lot: str = ""
    expiry: date | None = None
    known: KnownLot | None = None


def add(draft: Draft, new: Incoming, current: int | None = None) -> tuple[Draft, Step]:
    """Add what was scanned: to its line, or to a new one; what an order line lacks goes first.

    `current` is the line worked on: goods scanned without a lot are of its lot.
    """
    item = new.item
    _check(draft, new)
    expiry = agreed_expiry(item, new.lot, new.expiry, new.known)
    if not new.is_counted and (item.decimals or not new.quantity):
        quantity = ZERO  # nobody counted or weighed it yet
    else:
        quantity = check_quantity(new.quantity, item.decimals)
    parts: list[Added] = []
    for order_line, part in _portions(draft, item, quantity):
        line = _line_for(draft, new, order_line, current)
        is_new = line is None
        line = line or _new_line(draft, item, order_line, new.lot)
        line = dated(line, expiry)
        draft = draft.with_line(replace(line, quantity=line.quantity + part))
        parts.append(Added(line.id, part, line.typed, is_new))
    return draft, Step(draft.key, tuple(parts), parts[-1].line)


def start_line(draft: Draft, item: Item, order_line: int | None) -> tuple[Draft, DraftLine]:
    """Begin a line by hand, with nothing counted yet."""
    line = _new_line(draft, item, order_line, "")
    return draft.with_line(line), line


def line_by_hand(draft: Draft, item: Item) -> tuple[Draft, DraftLine]:
    """Return the line to type a quantity into for an item: the one there is, or a new one.

    A serial gets a line of its own, with its one piece.
    """
    if item.tracking is Tracking.SERIAL:
        draft, step = add(draft, Incoming(item))
        return draft, next(line for line in draft.lines if line.id == step.line)
    order_line, _ = next(_portions(draft, item, ZERO))
    for line in draft.lines:
        if line.item.id == item.id and line.order_line == order_line:
            return draft, line
    return start_line(draft, item, order_line)


def type_quantity(draft: Draft, line: DraftLine, count: Decimal) -> Draft:
    """So many are there, in the line's unit: zero is a quantity."""
    quantity = in_base_units(draft, line, count)
    _check_pieces(line, quantity)
    return draft.with_line(replace(line, quantity=quantity, typed=line.typed + 1))


def add_quantity(draft: Draft, line: DraftLine, count: Decimal) -> Draft:
    """So many more, or fewer if below zero, in the line's unit."""
    quantity = line.quantity + in_base_units(draft, line, count)
    if quantity < 0:
        reason = marked("there would be less than nothing.")
        raise InvalidQuantity(found=plain(quantity), reason=reason)
    _check_pieces(line, quantity)
    return draft.with_line(replace(line, quantity=check_figure(quantity, line.item.decimals)))


def reject(draft: Draft, line: DraftLine, count: Decimal | None) -> Draft:
    """So many came on top and are not taken: they go to quarantine."""
    rejected = in_base_units(draft, line, count or ZERO)
    _check_pieces(line, line.quantity + rejected)
    return draft.with_line(replace(line, rejected=rejected))


def set_unit(draft: Draft, line: DraftLine, unit: str) -> Draft:
    """Say what typed numbers count from now on. What was counted stays."""
    return draft.with_line(replace(line, unit="" if unit == line.item.unit else unit))


def set_cost(draft: Draft, line: DraftLine, cost: Decimal | None) -> Draft:
    """Say what one base unit costs; None is the order's or the list's price."""
    if cost is not None and check_figure(cost, PLACES) < 0:
        raise CostBelowZero(cost=plain(cost))
    return draft.with_line(replace(line, cost=cost))


def put_away(draft: Draft, line: DraftLine | None, path: str) -> tuple[Draft, Step]:
    """Choose the place of one line, or without one the place of all."""
    if line is None:
        step = Step(draft.key, (Placed(None, draft.place, path),))
        return replace(draft, place=path), step
    step = Step(draft.key, (Placed(line.id, line.target, path),), line.id)
    return draft.with_line(replace(line, target=path)), step


def take_order(draft: Draft, order: Order | None, facts: Mapping[int, Facts]) -> Draft:
    """Receive for this order from now on, or for none. Lines there are keep all they say; what is
    more than one line of the order lacks is shared with the next."""
    supplier = order.supplier if order and order.supplier else draft.supplier
    site = order.site if order and order.site else draft.site
    taken = replace(draft, order=order, supplier=supplier, site=site, lines=()).knowing(facts)
    for line in draft.lines:
        for part in _shared(taken, line):
            taken = taken.with_line(part)
    return taken


def _shared(draft: Draft, line: DraftLine) -> Iterator[DraftLine]:
    """Share a line among the order's lines of its item: first what is taken, then what is not."""
    portions = list(_portions(draft, line.item, line.arrived))
    if len(portions) > 1:
        line = replace(line, typed=line.typed + 1)  # no scan can be taken back from it now
    taken = line.quantity
    for place, (order_line, part) in enumerate(portions):
        number = draft.last_id + place if place else line.id
        quantity = min(part, taken)
        taken -= quantity
        rejected = part - quantity
        yield replace(line, id=number, order_line=order_line, quantity=quantity, rejected=rejected)


def pack_of(draft: Draft, line: DraftLine) -> Pack:
    """Return what a typed number counts on this line."""
    packs = draft.facts_of(line.item).packs
    return next((pack for pack in packs if pack.unit == line.unit), Pack(line.item.unit, 1))


def in_base_units(draft: Draft, line: DraftLine, count: Decimal) -> Decimal:
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
    checked_lot(new.lot)
    if item.tracking is Tracking.NONE and new.lot:
        raise LotNotTracked(item=item.sku, lot=new.lot)
    if item.tracking is not Tracking.SERIAL:
        return
    if new.quantity != 1:
        raise SerialsOneByOne(item=item.sku)
    if new.lot:
        check_serial(draft, item, new.lot, new.known)
    elif any(line.item.id == item.id and not line.lot for line in draft.lines):
        raise SerialFirst(item=item.sku)


def _portions(draft: Draft, item: Item, quantity: Decimal) -> Iterator[tuple[int | None, Decimal]]:
    """Share a quantity among the order's lines of the item: what is over goes to the last."""
    ordered = [line for line in draft.order.lines if line.item.id == item.id] if draft.order else []
    if not ordered:
        yield None, quantity
        return
    here = {line.number: ZERO for line in ordered}
    for line in draft.lines:
        if line.order_line in here:
            here[line.order_line] += line.arrived
    rooms = [(line.number, line.expected - here[line.number]) for line in ordered]
    open_rooms = [(number, room) for number, room in rooms if room > 0] or rooms[-1:]
    for number, room in open_rooms[:-1]:
        part = min(quantity, room)
        yield number, part
        quantity -= part
        if not quantity:
            return
    yield open_rooms[-1][0], quantity


def _line_for(
    draft: Draft, new: Incoming, order_line: int | None, current: int | None
) -> DraftLine | None:
    if new.item.tracking is Tracking.SERIAL:
        return None
    same = [
        line
        for line in draft.lines
        if line.item.id == new.item.id and line.order_line == order_line
    ]
    if new.item.tracking is Tracking.NONE:
        return same[0] if same else None
    if new.lot:
        return next((line for line in same if line.lot == new.lot), None)
    worked_on = next((line for line in same if line.id == current), None)
    return worked_on or (same[0] if len(same) == 1 else None)


def _new_line(draft: Draft, item: Item, order_line: int | None, lot: str) -> DraftLine:
    return DraftLine(draft.last_id + 1, item, lot=lot, order_line=order_line)


def _check_pieces(line: DraftLine, quantity: Decimal) -> None:
    if line.item.tracking is Tracking.SERIAL and quantity > 1:
        raise SerialsOneByOne(item=line.item.sku)
