"""Lays what came late into the value of stock: replays the items it reaches, writes what changed.

Values in a closed period stay as they were reported. What would change there is booked to the
pool at the period's end; from there on it is what the whole of history says (ledger.md rule 8).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam, delete, func, select, update

from app.core.catalogue import Costing
from app.core.decimals import ZERO, check_room
from app.db.prepared import one_of
from app.db.tables import (
    EntryValueRow,
    ItemRow,
    LayerRow,
    PeriodDifferenceRow,
    PoolRow,
    table_of,
)
from app.db.types import Money
from app.ledger.assemblies import Assembly, beside, find_assemblies, spread_of
from app.ledger.costs import store_pools, store_values
from app.ledger.facts import ItemFacts, find_items
from app.ledger.happenings import stored_entries
from app.ledger.periods import closed_before
from app.ledger.replay import WorkedOut, work_out
from app.ledger.upserts import delete_where, upsert
from app.ledger.valuing import PoolKey

_ITEM = table_of(ItemRow)
_LAYER = table_of(LayerRow)
_POOL = table_of(PoolRow)
_ENTRY_VALUE = table_of(EntryValueRow)
_DIFFERENCE = table_of(PeriodDifferenceRow)
_D = _DIFFERENCE.c
_DIFFERING = select(_D.item_id).where(one_of(_D.item_id, "items")).distinct()
_BOOKED = (
    select(_D.item_id, _D.lot_id, func.sum(_D.value, type_=Money).label("value"))
    .where(one_of(_D.item_id, "items"), _D.boundary < bindparam("at", type_=_D.boundary.type))
    .group_by(_D.item_id, _D.lot_id)
)
_FORGET_DIFFERENCES = delete(_DIFFERENCE).where(
    one_of(_D.item_id, "items"), _D.boundary >= bindparam("at", type_=_D.boundary.type)
)
_OPENED = (
    select(_D.item_id)
    .where(_D.boundary >= bindparam("at", type_=_D.boundary.type))
    .distinct()
    .order_by(_D.item_id)
)


@dataclass(frozen=True, slots=True)
class Revalued:
    """A movement that was worth something else before."""

    number: int
    item: int
    at: datetime
    before: Decimal
    after: Decimal


def revalue(connection: Connection, changed: Mapping[int, datetime], places: int) -> list[Revalued]:
    """Work out anew what these items, and all that was built of them, are worth; store it.

    `changed` has the first moment at which something about each item changed. Return the
    movements that had another value before, those in closed periods too.
    """
    if not changed:
        return []
    boundary = closed_before(connection)
    assemblies: dict[int, Assembly] = {}
    reached = set(spread_of(connection, dict(changed), assemblies))
    reached |= beside(connection, reached)
    if boundary is not None:
        reached |= _what_differs_behind(connection, reached, assemblies)
    facts = find_items(connection, sorted(reached))
    found = work_out(connection, facts.values(), places, boundary=boundary)
    _store(connection, facts, found, boundary)
    return [
        Revalued(one.number, one.item, one.at, one.stored, found.values[one.number])
        for one in found.history
        if one.stored is not None and found.values[one.number] != one.stored
    ]


def reopen(connection: Connection, boundary: datetime, places: int) -> None:
    """Give the items whose closed values differed from what is known the values of today."""
    items = connection.scalars(_OPENED, {"at": boundary}).all()
    revalue(connection, dict.fromkeys(items, boundary), places)


def differing(connection: Connection, items: Collection[int]) -> set[int]:
    """Return those of which closed values differ from what is known now."""
    return set(connection.scalars(_DIFFERING, {"items": list(items)}))


def _what_differs_behind(
    connection: Connection, items: Iterable[int], assemblies: dict[int, Assembly]
) -> set[int]:
    """Return the items that went into these ones, if their closed values differ from the real."""
    known = set(items)
    found: set[int] = set()
    while True:
        behind = {item for assembly in assemblies.values() for item in assembly.items()} - known
        more = differing(connection, behind)
        if not more:
            return found
        known |= behind
        found |= more
        assemblies.update(find_assemblies(connection, more))


def _store(
    connection: Connection,
    items: Mapping[int, ItemFacts],
    found: WorkedOut,
    boundary: datetime | None,
) -> None:
    for pool in found.pools.values():
        check_room(pool.quantity)
        check_room(pool.value)
    changed = {
        one.number: check_room(found.values[one.number])
        for one in found.history
        if one.quantity and found.values[one.number] != one.stored
    }
    stored = stored_entries(connection, items)
    entries = {key: value for key, value in found.entries.items() if stored.get(key) != value}
    if boundary is not None:
        _book_differences(connection, items, found, boundary, {*changed, *_numbers(entries)})
    open_values = {n: value for n, value in changed.items() if n not in found.before}
    store_values(connection, open_values)
    _store_entries(connection, found, entries, stored.keys() - found.entries.keys())
    delete_where(connection, _LAYER, "item_id", list(items))
    delete_where(connection, _POOL, "item_id", list(items))
    store_pools(connection, found.pools)
    _keep_methods(connection, items.values(), found)


def _keep_methods(connection: Connection, items: Iterable[ItemFacts], found: WorkedOut) -> None:
    """Let items say how they are valued now, where documents have changed that."""
    for item in items:
        kept = costing_of(item, found.methods, found.standards)
        if kept != (item.costing, item.standard_cost):
            keep_costing(connection, item.id, *kept)


def costing_of(
    item: ItemFacts, methods: Mapping[int, Costing], standards: Mapping[int, Decimal]
) -> tuple[Costing, Decimal | None]:
    """Return how an item is valued in the end and its standard cost, as its documents say."""
    if item.first_costing is None:
        return item.costing, item.standard_cost
    method = methods[item.id]
    standard = standards.get(item.id)
    if standard is None and method is item.first_costing is Costing.STANDARD:
        standard = item.first_standard_cost
    return method, item.standard_cost if standard is None else standard


def keep_costing(
    connection: Connection, item: int, costing: Costing, standard_cost: Decimal | None
) -> None:
    """Let an item say how it is valued."""
    values = {"costing": costing, "standard_cost": standard_cost}
    connection.execute(update(_ITEM).where(_ITEM.c.id == item).values(values))


def _numbers(entries: Mapping[tuple[int, int], Decimal]) -> set[int]:
    return {number for number, _ in entries}


def _store_entries(
    connection: Connection,
    found: WorkedOut,
    entries: Mapping[tuple[int, int], Decimal],
    gone: Iterable[tuple[int, int]],
) -> None:
    rows = [
        {"entry_id": number, "lot_id": lot, "value": value}
        for (number, lot), value in entries.items()
        if number not in found.before
    ]
    upsert(connection, _ENTRY_VALUE, rows)
    delete_where(
        connection, _ENTRY_VALUE, "entry_id", [n for n, _ in gone if n not in found.before]
    )


def _book_differences(
    connection: Connection,
    items: Mapping[int, ItemFacts],
    found: WorkedOut,
    boundary: datetime,
    changed: Collection[int],
) -> None:
    """Book to each pool, at the boundary, what the closed periods do not say about it."""
    connection.execute(_FORGET_DIFFERENCES, {"items": list(items), "at": boundary})
    differ = {
        (one.item, items[one.item].pool_lot(one.lot))
        for one in found.history
        if one.number in found.before and one.number in changed
    }
    if not differ:
        return
    reported = reported_values(connection, items, found, boundary)
    rows = [
        {
            "item_id": item,
            "lot_id": lot,
            "boundary": boundary,
            "value": found.pools_then.get((item, lot), ZERO) - reported.get((item, lot), ZERO),
        }
        for item, lot in sorted(differ)
    ]
    upsert(connection, _DIFFERENCE, rows)


def reported_values(
    connection: Connection,
    items: Mapping[int, ItemFacts],
    found: WorkedOut,
    boundary: datetime,
) -> dict[PoolKey, Decimal]:
    """Return what the books say the pools were worth at the boundary, before it."""
    worth: dict[PoolKey, Decimal] = {}
    for one in found.history:
        if one.number in found.before and one.quantity:
            key = one.item, items[one.item].pool_lot(one.lot)
            value = one.stored or ZERO
            worth[key] = worth.get(key, ZERO) + (value if one.is_arrival else -value)
    of_entry = {one.number: one.item for one in found.history if not one.quantity}
    for (number, lot), value in stored_entries(connection, items).items():
        if number in found.before:
            key = of_entry[number], lot
            worth[key] = worth.get(key, ZERO) + value
    some = {"items": list(items), "at": boundary}
    for item, lot, value in connection.execute(_BOOKED, some):
        worth[item, lot] = worth.get((item, lot), ZERO) + value
    return worth
