"""What a transfer asks the books: what lies in a bin, and what must be known of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.catalogue import Item, Location, LocationKind, Pack
from app.core.clock import now
from app.core.decimals import ZERO
from app.core.refusals import UnknownLocation
from app.db.catalogue import as_item, find_location, select_items
from app.db.names import MOST, Known, check_place
from app.db.tables import BalanceRow, ItemRow, ItemUnitRow, LocationRow, LotRow
from app.features.transfer.draft import Facts, Held
from app.features.transfer.rules import Content

BATCH = 500
"""Items in one question."""

LAST = 1_000_000_000
"""Behind every place that has an order of walking."""


def find_bin(session: Session, text: str, site: str) -> Location:
    """Return a place of ours by path, code or barcode; a site alone means its dock.

    Raises UnknownLocation, LocationNotStocked, AmbiguousLocation.
    """
    place = find_location(session, text.strip().removeprefix("LOC:"), site)
    if place is None:
        raise UnknownLocation(location=text)
    check_place(place)
    return _dock_of(session, place) if place.kind is LocationKind.SITE else place


def may_fall_short(session: Session, place: Location) -> bool:
    """Tell whether stock there may go below zero, by its own policy or that of a place above."""
    parts = place.path.split("/")
    paths = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    query = select(LocationRow.path, LocationRow.allow_negative).where(LocationRow.path.in_(paths))
    policies = dict(session.execute(query).all())
    stated = [policies[path] for path in paths if policies.get(path) is not None]
    return bool(stated[-1]) if stated else False


def find_facts(
    session: Session, items: Collection[int], source: Location | None
) -> dict[int, Facts]:
    """Return packs of items and what of them lies in a bin, in a few questions for all."""
    packs = find_packs(session, items)
    held: defaultdict[int, list[Held]] = defaultdict(list)
    for some in _batches(items) if source else ():
        for row in session.execute(_lying(source).where(BalanceRow.item_id.in_(some))):
            held[row.item_id].append(_held(row))
    return {item: Facts(packs[item], _in_order(held[item])) for item in packs}


def find_contents(session: Session, source: Location) -> tuple[Content, ...]:
    """Return all that lies in a bin, by SKU, and within an item the first to expire first."""
    held: defaultdict[int, list[Held]] = defaultdict(list)
    for row in session.execute(_lying(source)):
        held[row.item_id].append(_held(row))
    packs = find_packs(session, held)
    items = sorted(find_items(session, held), key=lambda item: item.sku)
    return tuple(Content(item, packs[item.id], _in_order(held[item.id])) for item in items)


def find_items(session: Session, numbers: Collection[int]) -> list[Item]:
    """Return items by their numbers."""
    found: list[Item] = []
    for some in _batches(numbers):
        found += map(as_item, session.execute(select_items().where(ItemRow.id.in_(some))))
    return found


def find_packs(session: Session, items: Collection[int]) -> dict[int, tuple[Pack, ...]]:
    """Return the units each item can be counted in: its base unit, then packs by size."""
    packs: dict[int, list[Pack]] = {}
    for some in _batches(items):
        units = session.execute(select(ItemRow.id, ItemRow.unit).where(ItemRow.id.in_(some)))
        packs |= {number: [Pack(unit, 1)] for number, unit in units}
        rows = session.scalars(select(ItemUnitRow).where(ItemUnitRow.item_id.in_(some))).all()
        for row in sorted(rows, key=lambda row: Decimal(row.numerator) / row.denominator):
            packs[row.item_id].append(Pack(row.unit, row.numerator, row.denominator))
    return {item: tuple(found) for item, found in packs.items()}


def suggest_contents(session: Session, text: str, source: Location | None) -> tuple[Known, ...]:
    """Return items that lie in the bin and whose SKU or name begins with the text."""
    columns = (ItemRow.sku, ItemRow.name)
    begins = or_(*(column.istartswith(text.strip(), autoescape=True) for column in columns))
    query = select(*columns).where(begins, ItemRow.is_active).order_by(ItemRow.sku).limit(MOST)
    if source is not None:
        lying = select(BalanceRow.item_id).where(
            BalanceRow.location_id == source.id, BalanceRow.on_hand > ZERO
        )
        query = query.where(ItemRow.id.in_(lying))
    return tuple(Known(*row) for row in session.execute(query))


def _dock_of(session: Session, site: Location) -> Location:
    query = (
        select(LocationRow.path)
        .where(
            func.substr(LocationRow.path, 1, len(site.path) + 1) == f"{site.path}/",
            LocationRow.kind == LocationKind.DOCK,
        )
        .order_by(func.coalesce(LocationRow.walk_order, LAST), LocationRow.path)
        .limit(1)
    )
    path = session.scalar(query)
    dock = find_location(session, path) if path else None
    if dock is None:
        raise UnknownLocation(location=f"{site.path}/DOCK")
    return dock


def _lying(source: Location | None) -> Any:
    return (
        select(
            BalanceRow.item_id,
            func.coalesce(LotRow.code, "").label("lot"),
            LotRow.expiry,
            BalanceRow.on_hand,
            BalanceRow.allocated,
        )
        .outerjoin(LotRow, LotRow.id == BalanceRow.lot_id)
        .where(BalanceRow.location_id == (source.id if source else 0), BalanceRow.on_hand > ZERO)
    )


def _held(row: Any) -> Held:
    return Held(row.lot, row.expiry, row.on_hand, row.on_hand - row.allocated)


def _in_order(held: Sequence[Held]) -> tuple[Held, ...]:
    """The first to expire first; then what never expires, and last what expired already."""
    today = now().astimezone().date()

    def turn(one: Held) -> tuple[bool, date, str]:
        expiry = one.expiry or date.max
        return (expiry < today, expiry, one.lot)

    return tuple(sorted(held, key=turn))


def _batches(items: Collection[int]) -> Iterator[list[int]]:
    rest = iter(sorted(items))
    while some := list(islice(rest, BATCH)):
        yield some
