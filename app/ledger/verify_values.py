"""Proves values, pools and layers by working them out again from the movements."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.costing import Pool
from app.core.decimals import ZERO, plain
from app.db.tables import DocumentRow, LayerRow, MovementRow, MovementValueRow, PoolRow
from app.ledger.checks import Check
from app.ledger.costs import PoolKey
from app.ledger.facts import known_items, money_places
from app.ledger.replay import work_out_many


def check_values(session: Session, items: list[int], values: Check, layers: Check) -> None:
    """Replay some items and compare their movements' values, pools and layers."""
    connection = session.connection()
    places = money_places(connection)
    stored = _Stored(session, items)
    facts = known_items(connection, items).values()
    for item, (pools, worked_out) in work_out_many(connection, facts, places):
        kept = stored.values.get(item.id, {})
        if kept != worked_out:
            for movement in sorted(worked_out.keys() | kept.keys()):
                real, have = worked_out.get(movement), kept.get(movement)
                if real != have:
                    number = _document_of(session, movement)
                    values.differences.append(
                        f"{number} {item.sku}: worth {_text(real)}, stored as {_text(have)}"
                    )
        _check_pools(stored.pools.get(item.id, {}), pools, item.sku, layers)
        _check_layers(session, stored.layers.get(item.id, {}), pools, item.sku, layers)


class _Stored:
    """The derived rows of some items, by item and then by their own key."""

    def __init__(self, session: Session, items: list[int]) -> None:
        self.values: dict[int, dict[int, Decimal]] = {}
        self.pools: dict[int, dict[int, tuple[Decimal, Decimal]]] = {}
        self.layers: dict[int, dict[int, tuple[Decimal, Decimal]]] = {}
        worth = (
            select(MovementRow.item_id, MovementValueRow.movement_id, MovementValueRow.value)
            .join(MovementRow, MovementRow.id == MovementValueRow.movement_id)
            .where(MovementRow.item_id.in_(items))
        )
        for item, movement, value in session.execute(worth):
            self.values.setdefault(item, {})[movement] = value
        pools = select(PoolRow.item_id, PoolRow.lot_id, PoolRow.quantity, PoolRow.value)
        for item, lot, quantity, value in session.execute(pools.where(PoolRow.item_id.in_(items))):
            self.pools.setdefault(item, {})[lot] = (quantity, value)
        open_ = select(LayerRow.item_id, LayerRow.source_id, LayerRow.quantity, LayerRow.value)
        for item, number, quantity, value in session.execute(
            open_.where(LayerRow.item_id.in_(items))
        ):
            self.layers.setdefault(item, {})[number] = (quantity, value)


def _check_pools(
    stored: dict[int, tuple[Decimal, Decimal]], pools: dict[PoolKey, Pool], sku: str, check: Check
) -> None:
    real = {lot: (pool.quantity, pool.value) for (_, lot), pool in pools.items()}
    for lot in sorted(stored.keys() | real.keys()):
        have, want = stored.get(lot, (ZERO, ZERO)), real.get(lot, (ZERO, ZERO))
        if have != want:
            check.differences.append(
                f"{sku}: the pool holds {plain(have[0])} worth {plain(have[1])}, history says"
                f" {plain(want[0])} worth {plain(want[1])}"
            )


def _check_layers(
    session: Session,
    stored: dict[int, tuple[Decimal, Decimal]],
    pools: dict[PoolKey, Pool],
    sku: str,
    check: Check,
) -> None:
    wanted = {
        layer.movement: (layer.quantity, layer.value)
        for pool in pools.values()
        for layer in pool.layers
        if layer.quantity < 0 or not pool.is_averaged
    }
    for movement in sorted(stored.keys() | wanted.keys()):
        if stored.get(movement) != wanted.get(movement):
            number = _document_of(session, movement)
            check.differences.append(f"{sku}: the layer of {number} differs from history")


def _document_of(session: Session, movement: int) -> str:
    query = (
        select(DocumentRow.number)
        .join(MovementRow, MovementRow.document_id == DocumentRow.id)
        .where(MovementRow.id == movement)
    )
    return session.scalar(query) or f"movement {movement}"


def _text(value: Decimal | None) -> str:
    return "nothing" if value is None else plain(value)
