"""Keeps the value of stock, step by step, for what comes last in its items' history."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    bindparam,
    cast,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from typing_extensions import override

from app.core.clock import EPOCH
from app.core.costing import Layer, Pool
from app.core.decimals import ZERO, check_room
from app.core.documents import DocumentType
from app.db.prepared import one_of
from app.db.tables import DocumentRow, MovementRow, SettingRow, table_of
from app.db.tables.values import LayerRow, MovementValueRow, PoolRow
from app.ledger.assemblies import ASSEMBLING, Assembly, Part
from app.ledger.facts import ItemFacts, on_line
from app.ledger.happenings import Happening
from app.ledger.moves import Move
from app.ledger.states import States
from app.ledger.upserts import delete_rows, upsert
from app.ledger.valuing import Books, Origin, PoolKey, Valuer

_POOL = table_of(PoolRow)
_LAYER = table_of(LayerRow)
_VALUE = table_of(MovementValueRow)
_MOVEMENT = table_of(MovementRow).c
_REVERSAL = table_of(DocumentRow).alias("reversal").c
_ADD_VALUE = (
    update(_VALUE)
    .where(_VALUE.c.movement_id == bindparam("movement"))
    .values(value=_VALUE.c.value + bindparam("more", type_=_VALUE.c.value.type))
)
_WORTH = select(_VALUE.c.value).where(_VALUE.c.movement_id == bindparam("movement"))
_ISSUED = select(_MOVEMENT.quantity).where(_MOVEMENT.id == bindparam("movement"))
_BACK = table_of(MovementRow).alias("back")
_RETURN = table_of(DocumentRow).alias("return_document")
_IS_UNDONE = select(_REVERSAL.id).where(_REVERSAL.reverses_id == _RETURN.c.id).exists()
_RETURNED = (
    select(_BACK.c.quantity)
    .join(_RETURN, _RETURN.c.id == _BACK.c.document_id)
    .where(
        _BACK.c.origin_id == bindparam("movement"),
        _BACK.c.document_id != bindparam("but_not"),
        ~_IS_UNDONE,
    )
    .order_by(_BACK.c.effective_at, _BACK.c.sequence)
)
_CLOSED_BEFORE = (
    select(cast(func.nullif(SettingRow.value, ""), BigInteger))
    .where(SettingRow.name == "closed_before")
    .scalar_subquery()
)
_WITH_CONSEQUENCES = (
    select(_MOVEMENT.id)
    .join(_RETURN, _RETURN.c.id == _MOVEMENT.document_id)
    .where(
        one_of(_MOVEMENT.id, "changed"),
        or_(
            _RETURN.c.type.in_(ASSEMBLING),
            type_coerce(_MOVEMENT.effective_at, BigInteger) < _CLOSED_BEFORE,
            select(_BACK.c.id).where(_BACK.c.origin_id == _MOVEMENT.id).exists(),
        ),
    )
)


class _Stored(Books):
    """Goes on from where the books stand."""

    def __init__(self, connection: Connection, states: States, places: int, document: int) -> None:
        self._connection = connection
        self._document = document
        self._states = states
        self._places = places

    @override
    def value_of(self, movement: int) -> Decimal:
        return self._connection.scalar(_WORTH, {"movement": movement}) or ZERO

    @override
    def origin(self, movement: int, value: Decimal | None) -> Origin:
        """Return what is left of an issue after what came back of it before."""
        row = self._connection.execute(_ISSUED, {"movement": movement}).one()
        origin = Origin(row.quantity, self.value_of(movement) if value is None else value)
        others = {"movement": movement, "but_not": self._document}
        for quantity in self._connection.scalars(_RETURNED, others):
            origin.take(quantity, self._places)
        return origin

    @override
    def pool(self, item: ItemFacts, lot: int) -> Pool:
        return self._states.pool(self._connection, item, (item.id, lot), self._places)


def value_moves(
    connection: Connection,
    document: tuple[int, DocumentType],
    moves: Sequence[Move],
    states: States,
    places: int,
) -> set[int]:
    """Value movements that come last in their items' history, and write what follows.

    Return the items that have to be replayed instead: an arrival gave another value to earlier
    goods that went on into a build, came back, or left in a closed period.
    """
    crossing = [move for move in moves if move.owned_change]
    if not crossing:
        return set()
    items = {move.item.id: move.item for move in crossing}
    number, kind = document
    assemblies = {number: assembled(kind, crossing)} if kind in ASSEMBLING else {}
    books = _Stored(connection, states, places, number)
    valuer = Valuer(items, assemblies, books, places, {}, is_resumed=True)
    try:
        for move in crossing:
            with on_line(move.line):
                valuer.take([happening_of(move, number, kind)])
                _check_room(valuer.pool(move.item.id, move.lot_id))
        again = set(items) if valuer.unsettled() else _entangled(connection, valuer.pools)
        store_values(
            connection,
            {m.id: valuer.values[m.id] for m in crossing if m.item.id not in again},
        )
        kept = {key: pool for key, pool in valuer.pools.items() if key[0] not in again}
        store_pools(connection, kept)
    finally:
        for pool in valuer.pools.values():
            pool.close()
    return again


def _check_room(pool: Pool) -> None:
    check_room(pool.quantity)
    check_room(pool.value)


def happening_of(move: Move, document: int, kind: DocumentType) -> Happening:
    """Return a movement that is about to be written as costing sees it."""
    return Happening(
        move.id,
        document,
        move.line,
        kind,
        move.item.id,
        move.lot_id,
        move.at,
        move.sequence,
        move.quantity,
        move.owned_change > 0,
        move.cost(),
        given=move.given_value or ZERO,
        standard=move.item.standard_now,
        origin=move.origin_id,
    )


def assembled(kind: DocumentType, moves: Iterable[Move]) -> Assembly:
    """Return a build or unbuild that is about to be written as costing sees it."""
    assembly = Assembly(kind, EPOCH)
    for move in moves:
        part = Part(
            move.id, move.item.id, move.lot_id, move.quantity, move.share, move.item.standard_now
        )
        (assembly.outputs if move.owned_change > 0 else assembly.inputs).append(part)
        assembly.cost += move.given_value or ZERO
    return assembly


def _entangled(connection: Connection, pools: Mapping[PoolKey, Pool]) -> set[int]:
    """Return the items of which an earlier departure, now worth more or less, had consequences."""
    items = {number: key[0] for key, pool in pools.items() for number in pool.changed}
    if not items:
        return set()
    found = connection.scalars(_WITH_CONSEQUENCES, {"changed": list(items)})
    return {items[number] for number in found}


def store_values(connection: Connection, values: Mapping[int, Decimal]) -> None:
    """Write what movements are worth."""
    rows = [{"movement_id": number, "value": value} for number, value in values.items()]
    upsert(connection, _VALUE, rows)


def store_pools(connection: Connection, pools: Mapping[PoolKey, Pool]) -> None:
    """Write where the pools stand now, and what their shortages came to cost."""
    upsert(connection, _POOL, [pool_row(key, pool) for key, pool in pools.items()])
    layers: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for key, pool in pools.items():
        for layer in pool.touched.values():
            if layer.quantity == 0 and layer.source:
                gone.append(
                    {"key_source_id": layer.source, "key_item_id": key[0], "key_lot_id": key[1]}
                )
            elif not pool.is_averaged or layer.quantity < 0:
                layers.append(layer_row(key, layer))
        changed += [{"movement": number, "more": more} for number, more in pool.changed.items()]
    delete_rows(connection, _LAYER, gone)
    upsert(connection, _LAYER, layers)
    if changed:
        connection.execute(_ADD_VALUE, changed)


def open_layers_of(pool: Pool) -> list[Layer]:
    """Return the layers that are stored; what an averaged pool holds, its own row stands for."""
    return [layer for layer in pool.layers if layer.quantity < 0 or not pool.is_averaged]


def pool_row(key: PoolKey, pool: Pool) -> dict[str, Any]:
    """Return a pool as the table has it."""
    return {
        "item_id": key[0],
        "lot_id": key[1],
        "quantity": pool.quantity,
        "value": pool.value,
        "last_costed_id": pool.last_cost.movement if pool.last_cost else None,
    }


def layer_row(key: PoolKey, layer: Layer) -> dict[str, Any]:
    """Return an open layer as the table has it."""
    return {
        "source_id": layer.source,
        "item_id": key[0],
        "lot_id": key[1],
        "effective_at": layer.moment[0],
        "sequence": layer.moment[1],
        "quantity": layer.quantity,
        "value": layer.value,
    }
