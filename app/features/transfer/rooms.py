"""How much of an item is free to leave a bin, and of which lot it is when nobody says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.catalogue import Item, Tracking
from app.core.decimals import ZERO, plain
from app.core.errors import Refused, marked
from app.core.refusals import NotEnoughStock
from app.features.transfer.draft import Draft, Held, MoveLine


class PromisedHere(Refused):
    template = marked(
        "{location} holds {on_hand} {unit} of {item}, of which {promised} are promised to orders:"
        " {available} can be moved, not {quantity}."
    )


class SerialsOneByOne(Refused):
    template = marked("{item} is tracked by serial: scan its pieces one by one.")


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a quantity is of this lot; `is_guess`: only because it expires first."""

    lot: str
    quantity: Decimal
    is_guess: bool = False


def check_room(draft: Draft, line: MoveLine) -> None:
    """Refuse a line that takes more than lies in the source, or than is free to take."""
    item = line.item
    if item.tracking is Tracking.SERIAL and line.quantity > 1:
        raise SerialsOneByOne(item=item.sku)
    is_unnamed = item.tracking is not Tracking.NONE and not line.lot
    if not draft.is_limited or is_unnamed or draft.source is None:
        return
    if line.quantity <= draft.room(item, line.lot, but_not=line.id):
        return
    _refuse(draft, item, line.quantity, [draft.held(item, line.lot)], line.lot)


def share(draft: Draft, item: Item, quantity: Decimal, current: int | None) -> list[Part]:
    """Share a quantity among the lots that lie in the source: the one worked on (`current`), the
    only one there, else the first to expire. A serial is never guessed.
    """
    held = draft.facts_of(item).held
    rooms = [(one.lot, room) for one in held if (room := draft.room(item, one.lot)) > 0]
    unnamed = sum((line.quantity for line in draft.lines if _is_unnamed(line, item)), ZERO)
    free = sum((room for _, room in rooms), ZERO) - unnamed
    is_too_much = quantity > free or (free <= 0 and not quantity)
    if is_too_much and draft.is_limited:
        on_draft = sum((line.quantity for line in draft.lines if line.item.id == item.id), ZERO)
        _refuse(draft, item, max(quantity, item_step(item)) + on_draft, held)
    if len(rooms) == 1:
        return [Part(rooms[0][0], quantity)]
    if item.tracking is Tracking.SERIAL or not rooms:
        return [Part("", quantity)]
    worked_on = draft.line(current) if current is not None else None
    if worked_on and worked_on.item.id == item.id and (worked_on.lot in dict(rooms)):
        rooms.sort(key=lambda room: room[0] != worked_on.lot)
        if rooms[0][1] >= quantity:
            return [Part(worked_on.lot, quantity, worked_on.is_guess)]
    return list(_first_to_expire(rooms, quantity))


def item_step(item: Item) -> Decimal:
    """Return the least that can be moved of an item."""
    return Decimal(1).scaleb(-item.decimals)


def _first_to_expire(rooms: Sequence[tuple[str, Decimal]], quantity: Decimal) -> Iterator[Part]:
    """One lot if any has enough, else as many as it takes; what none has is of the last."""
    whole = next((lot for lot, room in rooms if room >= quantity), None)
    if whole is not None:
        yield Part(whole, quantity, is_guess=True)
        return
    for lot, room in rooms:
        part = quantity if lot == rooms[-1][0] else min(room, quantity)
        yield Part(lot, part, is_guess=True)
        quantity -= part
        if not quantity:
            return


def _is_unnamed(line: MoveLine, item: Item) -> bool:
    return line.item.id == item.id and item.tracking is not Tracking.NONE and not line.lot


def _refuse(
    draft: Draft, item: Item, quantity: Decimal, held: Sequence[Held], lot: str = ""
) -> None:
    """Say how much of it is there, and how much of that is promised."""
    on_hand = sum((one.on_hand for one in held), ZERO)
    available = sum((one.available for one in held), ZERO)
    name = f"{item.sku} ({lot})" if lot else item.sku
    where = draft.source.path if draft.source else ""
    if quantity <= on_hand:
        raise PromisedHere(
            location=where,
            on_hand=plain(on_hand),
            unit=item.unit,
            item=name,
            promised=plain(on_hand - available),
            available=plain(available),
            quantity=plain(quantity),
        )
    raise NotEnoughStock(
        location=where,
        on_hand=plain(on_hand),
        unit=item.unit,
        item=name,
        quantity=plain(quantity),
    )
