"""Keeps the value of stock, step by step, for what comes last in its items' history."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.core.catalogue import Costing
from app.core.clock import EPOCH
from app.core.costing import Cost, Layer, Pool
from app.core.decimals import EXACT, check_room
from app.db.prepared import Prepared, one_of
from app.db.tables import (
    CountResultRow,
    ItemRow,
    LayerRow,
    MovementRow,
    MovementValueRow,
    PoolRow,
    table_of,
)
from app.ledger.facts import ItemFacts, on_line
from app.ledger.moves import Move
from app.ledger.upserts import delete_where, upsert

PoolKey = tuple[int, int]

_POOL = table_of(PoolRow)
_LAYER = table_of(LayerRow)
_VALUE = table_of(MovementValueRow)
_MOVEMENT = table_of(MovementRow).c
_ITEM = table_of(ItemRow).c

_ANY = table_of(MovementRow).alias("latest").c
_LAST_AT = (
    select(_ANY.effective_at)
    .where(_ANY.item_id == _ITEM.id)
    .order_by(_ANY.effective_at.desc(), _ANY.sequence.desc(), _ANY.id.desc())
    .limit(1)
    .scalar_subquery()
)
_COUNT = table_of(CountResultRow).c
_LAST_COUNT_AT = (
    select(_COUNT.effective_at)
    .where(_COUNT.item_id == _ITEM.id)
    .order_by(_COUNT.effective_at.desc())
    .limit(1)
    .scalar_subquery()
)
_STATES = Prepared(
    select(
        _ITEM.id,
        _LAST_AT.label("last_at"),
        _LAST_COUNT_AT.label("last_count_at"),
        _POOL.c.lot_id,
        _POOL.c.quantity,
        _POOL.c.value,
        _POOL.c.last_costed_id,
        _MOVEMENT.unit_cost,
        _MOVEMENT.unit_quantity,
        _MOVEMENT.quantity.label("cost_quantity"),
    )
    .select_from(table_of(ItemRow))
    .outerjoin(_POOL, _POOL.c.item_id == _ITEM.id)
    .outerjoin(table_of(MovementRow), _MOVEMENT.id == _POOL.c.last_costed_id)
    .where(one_of(_ITEM.id, "wanted"))
)
_LAYERS = select(
    _LAYER.c.source_id,
    _LAYER.c.effective_at,
    _LAYER.c.sequence,
    _LAYER.c.quantity,
    _LAYER.c.value,
).where(_LAYER.c.item_id == bindparam("item"), _LAYER.c.lot_id == bindparam("lot"))
_OLDEST_FIRST = _LAYERS.order_by(_LAYER.c.effective_at, _LAYER.c.sequence)
_NEWEST_FIRST = _LAYERS.order_by(_LAYER.c.effective_at.desc(), _LAYER.c.sequence.desc())
_ADD_VALUE = (
    update(_VALUE)
    .where(_VALUE.c.movement_id == bindparam("movement"))
    .values(value=_VALUE.c.value + bindparam("more", type_=_VALUE.c.value.type))
)
LAYERS_AT_ONCE = 50


class States:
    """Where history stands for some items: their pools, and when something last happened.

    A count that found what was expected moved nothing, and is an anchor all the same.
    """

    def __init__(self, connection: Connection, items: Collection[int]) -> None:
        self.last_at: dict[int, datetime] = {}
        self._pools: dict[PoolKey, Any] = {}
        for row in _STATES.all(connection, wanted=items):
            moments = [at for at in (row.last_at, row.last_count_at) if at is not None]
            if moments:
                self.last_at[row.id] = max(moments)
            if row.lot_id is not None:
                self._pools[row.id, row.lot_id] = row

    def is_late(self, item: int, moment: datetime) -> bool:
        """Tell whether something of the item moved or was counted after that moment."""
        return self.last_at.get(item, moment) > moment

    def pool(self, connection: Connection, item: ItemFacts, key: PoolKey, places: int) -> Pool:
        """Return the pool as it stands, ready for the next arrival or departure."""
        row = self._pools.get(key)
        if row is None:
            return Pool(item.costing, places, item.standard_cost)
        pool = Pool(item.costing, places, item.standard_cost, _last_cost(row))
        pool.resume(row.quantity, row.value, _stored_layers(connection, pool, key, row))
        return pool


def value_moves(connection: Connection, moves: Iterable[Move], states: States, places: int) -> None:
    """Value movements that come last in their items' history, and write what follows."""
    pools: dict[PoolKey, Pool] = {}
    try:
        values = [
            {"movement_id": move.id, "value": _value_move(connection, move, pools, states, places)}
            for move in moves
            if move.owned_change
        ]
        upsert(connection, _VALUE, values)
        store_pools(connection, pools)
    finally:
        for pool in pools.values():
            pool.close()


def _value_move(
    connection: Connection,
    move: Move,
    pools: dict[PoolKey, Pool],
    states: States,
    places: int,
) -> Decimal:
    pool = pools.get(move.pool)
    if pool is None:
        pool = pools[move.pool] = states.pool(connection, move.item, move.pool, places)
    moment = (move.at, move.sequence)
    with on_line(move.line):
        if move.owned_change > 0:
            worth = pool.arrive(move.id, moment, move.quantity, move.cost())
        else:
            worth = pool.leave(move.id, moment, move.quantity)
        check_room(pool.quantity)
        check_room(pool.value)
    return worth


def store_pools(connection: Connection, pools: dict[PoolKey, Pool]) -> None:
    """Write where the pools stand now, and what their shortages came to cost."""
    upsert(connection, _POOL, [_pool_row(key, pool) for key, pool in pools.items()])
    layers: list[dict[str, Any]] = []
    gone: list[int] = []
    changed: list[dict[str, Any]] = []
    for key, pool in pools.items():
        for layer in pool.touched.values():
            if layer.quantity == 0 and layer.movement:
                gone.append(layer.movement)
            elif not pool.is_averaged or layer.quantity < 0:
                layers.append(_layer_row(key, layer))
        changed += [{"movement": number, "more": more} for number, more in pool.changed.items()]
    delete_where(connection, _LAYER, "source_id", gone)
    upsert(connection, _LAYER, layers)
    if changed:
        connection.execute(_ADD_VALUE, changed)


def _pool_row(key: PoolKey, pool: Pool) -> dict[str, Any]:
    return {
        "item_id": key[0],
        "lot_id": key[1],
        "quantity": pool.quantity,
        "value": pool.value,
        "last_costed_id": pool.last_cost.movement if pool.last_cost else None,
    }


def _layer_row(key: PoolKey, layer: Layer) -> dict[str, Any]:
    return {
        "source_id": layer.movement,
        "item_id": key[0],
        "lot_id": key[1],
        "effective_at": layer.moment[0],
        "sequence": layer.moment[1],
        "quantity": layer.quantity,
        "value": layer.value,
    }


def _last_cost(row: Any) -> Cost | None:
    if row.last_costed_id is None:
        return None
    count = row.cost_quantity if row.unit_quantity is None else row.unit_quantity
    return Cost(row.last_costed_id, EXACT.multiply(row.unit_cost, count), row.cost_quantity)


def _stored_layers(connection: Connection, pool: Pool, key: PoolKey, row: Any) -> Iterator[Layer]:
    """Give the stored layers in the order they are taken, some at a time.

    What an averaged pool holds is one layer, which the pool's own row stands for.
    """
    if pool.is_averaged and row.quantity > 0:
        yield Layer(0, (EPOCH, 0), row.quantity, row.value)
        return
    newest_first = pool.method is Costing.LIFO and row.quantity > 0
    query = _NEWEST_FIRST if newest_first else _OLDEST_FIRST
    if row.quantity == 0:
        return
    place = {"item": key[0], "lot": key[1]}
    with connection.execute(query, place).yield_per(LAYERS_AT_ONCE) as found:
        for number, at, sequence, quantity, value in found:
            yield Layer(number, (at, sequence), quantity, value)
