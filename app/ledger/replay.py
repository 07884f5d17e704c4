"""Works the value of stock out again from the facts alone, in the order of history."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, case, or_, select
from sqlalchemy.orm import aliased

from app.core.catalogue import OWNED
from app.core.costing import Cost, Pool
from app.core.decimals import EXACT, ZERO, check_room, share
from app.core.documents import DocumentType
from app.db.prepared import one_of
from app.db.tables import (
    DocumentRow,
    LayerRow,
    LocationRow,
    MovementRow,
    MovementValueRow,
    PoolRow,
    table_of,
)
from app.ledger.costs import PoolKey, store_pools
from app.ledger.facts import ItemFacts
from app.ledger.upserts import delete_where, upsert

_SOURCE = aliased(LocationRow)
_TARGET = aliased(LocationRow)
_REVERSAL = aliased(DocumentRow)
_HISTORY = (
    select(
        MovementRow.item_id,
        MovementRow.id,
        MovementRow.document_id,
        MovementRow.line,
        MovementRow.lot_id,
        MovementRow.quantity,
        MovementRow.effective_at,
        MovementRow.sequence,
        MovementRow.unit_cost,
        MovementRow.unit_quantity,
        MovementRow.given_value,
        (DocumentRow.type == DocumentType.COUNT).label("is_count"),
        or_(DocumentRow.reverses_id.is_not(None), _REVERSAL.id.is_not(None)).label("is_void"),
        case((_TARGET.kind.in_(OWNED), MovementRow.quantity), else_=-MovementRow.quantity).label(
            "change"
        ),
    )
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .join(_SOURCE, _SOURCE.id == MovementRow.from_id)
    .join(_TARGET, _TARGET.id == MovementRow.to_id)
    .where(
        one_of(MovementRow.item_id, "items"),
        or_(
            and_(_SOURCE.kind.in_(OWNED), _TARGET.kind.not_in(OWNED)),
            and_(_SOURCE.kind.not_in(OWNED), _TARGET.kind.in_(OWNED)),
        ),
    )
    .order_by(MovementRow.item_id, MovementRow.effective_at, MovementRow.sequence, MovementRow.id)
)
_POOL = table_of(PoolRow)
WorkedOut = tuple[dict[PoolKey, Pool], dict[int, Decimal]]
"""An item's pools, and the value of each of its movements."""

_LAYER = table_of(LayerRow)
_VALUE = table_of(MovementValueRow)


def replay(connection: Connection, items: Collection[ItemFacts], places: int) -> None:
    """Work out the value of everything that ever happened to these items, and store it."""
    for item in items:
        pools, values = work_out(connection, item, places)
        for pool in pools.values():
            check_room(pool.quantity)
            check_room(pool.value)
        for value in values.values():
            check_room(value)
        _forget(connection, item.id)
        stored = [{"movement_id": number, "value": value} for number, value in values.items()]
        upsert(connection, _VALUE, stored)
        store_pools(connection, pools)


def work_out(
    connection: Connection, item: ItemFacts, places: int, until: datetime | None = None
) -> WorkedOut:
    """Return an item's pools and the value of each of its movements, from the facts alone.

    Reversed documents and their reversals take no part: they keep the value they were stated
    with. All movements of one line of a count are one adjustment. `until` stops after a moment.
    """
    query = _HISTORY if until is None else _HISTORY.where(MovementRow.effective_at <= until)
    with connection.execute(query, {"items": [item.id]}).yield_per(1_000) as rows:
        return _work_out(item, rows, places)


def work_out_many(
    connection: Connection, items: Collection[ItemFacts], places: int
) -> Iterator[tuple[ItemFacts, WorkedOut]]:
    """Give what `work_out` says of each item, by one question to the database."""
    facts = {item.id: item for item in items}
    with connection.execute(_HISTORY, {"items": list(facts)}).yield_per(5_000) as rows:
        for item_id, theirs in groupby(rows, key=_item_of):
            item = facts.pop(item_id)
            yield item, _work_out(item, theirs, places)
    for item in facts.values():
        yield item, ({}, {})


def _work_out(item: ItemFacts, history: Iterable[Any], places: int) -> WorkedOut:
    pools: dict[PoolKey, Pool] = {}
    values: dict[int, Decimal] = {}
    for _, group in groupby(history, key=_event):
        rows = list(group)
        if rows[0].is_void:
            values.update((row.id, row.given_value or ZERO) for row in rows)
            continue
        key = (item.id, (rows[0].lot_id or 0) if item.cost_per_lot else 0)
        pool = pools.get(key)
        if pool is None:
            pool = pools[key] = Pool(item.costing, places, item.standard_cost)
        values.update(_value_event(pool, rows))
        if pool.changed:
            for movement, more in pool.changed.items():
                values[movement] += more
            pool.changed.clear()
    return pools, values


def _value_event(pool: Pool, rows: list[Any]) -> dict[int, Decimal]:
    net = sum((row.change for row in rows), ZERO)
    first = rows[0]
    moment = (first.effective_at, first.sequence)
    if net == 0:
        return {row.id: ZERO for row in rows}
    if net < 0:
        worth = pool.leave(first.id, moment, -net)
    else:
        worth = pool.arrive(first.id, moment, net, _stated_cost(first))
    if len(rows) == 1:
        return {first.id: worth}
    return _spread(worth, abs(net), rows, pool.places)


def _spread(worth: Decimal, net: Decimal, rows: list[Any], places: int) -> dict[int, Decimal]:
    """Give each movement of one count line its part, so that the signed parts add up to the net."""
    sign = 1 if sum((row.change for row in rows), ZERO) > 0 else -1
    spread: dict[int, Decimal] = {}
    left = worth
    for row in rows[1:]:
        spread[row.id] = share(worth, row.quantity, net, places)
        left -= spread[row.id] * (1 if row.change * sign > 0 else -1)
    spread[rows[0].id] = left if rows[0].change * sign > 0 else -left
    return spread


def _forget(connection: Connection, item: int) -> None:
    delete_where(connection, _LAYER, "item_id", [item])
    delete_where(connection, _POOL, "item_id", [item])


def _item_of(row: Any) -> int:
    return int(row.item_id)


def _event(row: Any) -> tuple[int, ...]:
    """What counts as one event: a movement, or all of one line of a count."""
    return (row.document_id, row.line) if row.is_count else (row.id,)


def _stated_cost(row: Any) -> Cost | None:
    if row.unit_cost is None:
        return None
    count = row.quantity if row.unit_quantity is None else row.unit_quantity
    return Cost(row.id, EXACT.multiply(row.unit_cost, count), row.quantity)
