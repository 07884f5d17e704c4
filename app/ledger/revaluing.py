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
from app.core.progress import Report, unheard
from app.db.prepared import one_of
from app.db.tables import ItemRow, table_of
from app.db.tables.values import EntryValueRow, LayerRow, PeriodDifferenceRow, PoolRow
from app.db.types import Money
from app.ledger.assemblies import behind, beside, spread_of
from app.ledger.checkpoints import keep_checkpoints
from app.ledger.costs import store_pools, store_values
from app.ledger.facts import ItemFacts, find_items
from app.ledger.happenings import Happening, stored_entries
from app.ledger.periods import closed_before
from app.ledger.replay import Replay, WorkedOut, worth_of
from app.ledger.upserts import delete_rows, delete_where, upsert
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


def revalue(
    connection: Connection,
    changed: Mapping[int, datetime],
    places: int,
    report: Report = unheard,
) -> list[Revalued]:
    """Work out anew what these items, and all that was built of them, are worth; store it.

    `changed` has the first moment at which something about each item changed. Return the
    movements that had another value before, those in closed periods too.
    """
    if not changed:
        return []
    boundary = closed_before(connection)
    facts = _reach(connection, changed, is_closed=boundary is not None)
    replay = Replay(connection, facts.values(), places, report=report)
    if boundary is None or not differing(connection, facts):
        replay.begin_before(changed)
    found = replay.run()
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


def _reach(
    connection: Connection, changed: Collection[int], *, is_closed: bool
) -> dict[int, ItemFacts]:
    """Return (and lock) all items to replay.

    Another clerk may build something of them before they are locked: so it is asked again until
    nothing is added.
    """
    wanted: set[int] = set(changed)
    facts: dict[int, ItemFacts] = {}
    while wanted - facts.keys():
        wanted = beside(connection, spread_of(connection, wanted))
        if is_closed:
            wanted |= differing(connection, behind(connection, wanted))
        facts = find_items(connection, sorted(wanted))
        wanted = beside(connection, spread_of(connection, wanted)) | wanted
    return facts


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
    stored = stored_entries(connection, items, found.begun)
    entries = {key: value for key, value in found.entries.items() if stored.get(key) != value}
    closed = [one for one in found.history if boundary is not None and one.at < boundary]
    before = {one.number for one in closed}
    if boundary is not None:
        differ = before & {*changed, *(number for number, _ in entries)}
        _book_differences(connection, items, found, boundary, differ)
    store_values(connection, {n: value for n, value in changed.items() if n not in before})
    _store_entries(connection, before, entries, stored.keys() - found.entries.keys())
    delete_where(connection, _LAYER, "item_id", list(items))
    delete_where(connection, _POOL, "item_id", list(items))
    store_pools(connection, found.pools)
    keep_checkpoints(connection, items, found.begun, found.checkpoints)
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
    return method, standards.get(item.id, item.first_standard_cost)


def keep_costing(
    connection: Connection, item: int, costing: Costing, standard_cost: Decimal | None
) -> None:
    """Let an item say how it is valued."""
    values = {"costing": costing, "standard_cost": standard_cost}
    connection.execute(update(_ITEM).where(_ITEM.c.id == item).values(values))


def _store_entries(
    connection: Connection,
    before: Collection[int],
    entries: Mapping[tuple[int, int], Decimal],
    gone: Iterable[tuple[int, int]],
) -> None:
    rows = [
        {"entry_id": number, "lot_id": lot, "value": value}
        for (number, lot), value in entries.items()
        if number not in before
    ]
    upsert(connection, _ENTRY_VALUE, rows)
    keys = [{"key_entry_id": n, "key_lot_id": lot} for n, lot in gone if n not in before]
    delete_rows(connection, _ENTRY_VALUE, keys)


def _book_differences(
    connection: Connection,
    items: Mapping[int, ItemFacts],
    found: WorkedOut,
    boundary: datetime,
    differ: Collection[int],
) -> None:
    """Book to each pool, at the boundary, what the closed periods do not say about it."""
    connection.execute(_FORGET_DIFFERENCES, {"items": list(items), "at": boundary})
    if not differ:
        return
    closed = [one for one in found.history if one.at < boundary]
    real = worth_of(closed, items, found.values, found.entries)
    reported = _reported(connection, items, closed, boundary)
    keys = {(one.item, items[one.item].pool_lot(one.lot)) for one in closed if one.number in differ}
    rows = [
        {
            "item_id": key[0],
            "lot_id": key[1],
            "boundary": boundary,
            "value": real.get(key, ZERO) - reported.get(key, ZERO),
        }
        for key in sorted(keys)
    ]
    upsert(connection, _DIFFERENCE, rows)


def _reported(
    connection: Connection,
    items: Mapping[int, ItemFacts],
    closed: Collection[Happening],
    boundary: datetime,
) -> dict[PoolKey, Decimal]:
    """Return what the books say that closed history, and what was booked of it, is worth."""
    stored = {one.number: one.stored or ZERO for one in closed}
    worth = worth_of(closed, items, stored, stored_entries(connection, items))
    some = {"items": list(items), "at": boundary}
    for item, lot, value in connection.execute(_BOOKED, some):
        worth[item, lot] = worth.get((item, lot), ZERO) + value
    return worth
