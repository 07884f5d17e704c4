"""Where history stands for some items: what lasts are, and their pools ready to go on."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from app.core.catalogue import Costing
from app.core.clock import EPOCH
from app.core.costing import Cost, Layer, Pool
from app.core.decimals import ZERO
from app.db.prepared import Prepared, one_of
from app.db.tables import CountResultRow, DocumentRow, ItemRow, MovementRow, ValueEntryRow, table_of
from app.db.tables.values import LayerRow, MovementValueRow, PoolRow
from app.db.types import Money
from app.ledger.facts import ItemFacts
from app.ledger.happenings import stated_cost
from app.ledger.valuing import PoolKey

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
_ENTRY = table_of(ValueEntryRow).c
_LAST_ENTRY_AT = (
    select(_ENTRY.effective_at)
    .where(_ENTRY.item_id == _ITEM.id)
    .order_by(_ENTRY.effective_at.desc())
    .limit(1)
    .scalar_subquery()
)
_REVERSAL = table_of(DocumentRow).alias("reversal").c
_LANDED = (
    select(func.sum(_ENTRY.amount, type_=Money))
    .where(
        _ENTRY.movement_id == _POOL.c.last_costed_id,
        ~select(_REVERSAL.id).where(_REVERSAL.reverses_id == _ENTRY.document_id).exists(),
    )
    .scalar_subquery()
)
_STATES = Prepared(
    select(
        _ITEM.id,
        _LAST_AT.label("last_at"),
        _LAST_COUNT_AT.label("last_count_at"),
        _LAST_ENTRY_AT.label("last_entry_at"),
        _POOL.c.lot_id,
        _POOL.c.quantity,
        _POOL.c.value,
        _POOL.c.last_costed_id,
        _MOVEMENT.unit_cost,
        _MOVEMENT.unit_quantity,
        _MOVEMENT.quantity.label("cost_quantity"),
        _VALUE.c.value.label("worth"),
        _LANDED.label("landed"),
    )
    .select_from(table_of(ItemRow))
    .outerjoin(_POOL, _POOL.c.item_id == _ITEM.id)
    .outerjoin(table_of(MovementRow), _MOVEMENT.id == _POOL.c.last_costed_id)
    .outerjoin(_VALUE, _VALUE.c.movement_id == _POOL.c.last_costed_id)
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
LAYERS_AT_ONCE = 50


class States:
    """Where history stands for some items: their pools, and when something last happened.

    A count that found what was expected moved nothing, and is an anchor all the same.
    """

    def __init__(self, connection: Connection, items: Collection[int]) -> None:
        self.last_at: dict[int, datetime] = {}
        self._pools: dict[PoolKey, Any] = {}
        for row in _STATES.all(connection, wanted=items):
            lasts = (row.last_at, row.last_count_at, row.last_entry_at)
            moments = [at for at in lasts if at is not None]
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
            return Pool(item.costing, places)
        pool = Pool(item.costing, places, _last_cost(row))
        pool.resume(row.quantity, row.value, _stored_layers(connection, pool, key, row))
        return pool


def _last_cost(row: Any) -> Cost | None:
    if row.last_costed_id is None:
        return None
    stated = stated_cost(row.last_costed_id, row.unit_cost, row.unit_quantity, row.cost_quantity)
    if stated is None:
        return Cost(row.last_costed_id, row.worth or ZERO, row.cost_quantity)
    return stated.plus(row.landed or ZERO)


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
