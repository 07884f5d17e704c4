"""Proves values, pools and layers by working them out again from the movements."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.costing import Pool
from app.core.decimals import ZERO, plain
from app.db.tables import LayerRow, PeriodDifferenceRow, PoolRow
from app.ledger.checks import Check
from app.ledger.derivation import Derived, derive
from app.ledger.facts import ItemFacts, known_items, money_places
from app.ledger.happenings import stored_entries
from app.ledger.history import document_of
from app.ledger.periods import Era, eras
from app.ledger.revaluing import differing
from app.ledger.valuing import PoolKey

Figures = tuple[Decimal, Decimal]
"""Quantity and value."""


def check_values(session: Session, items: list[int], values: Check, layers: Check) -> None:
    """Replay some items and compare their movements' values, pools and layers.

    Only items of which a closed period says something else than is known now are worked out
    period by period; that the others do not belong to them shows in their values.
    """
    connection = session.connection()
    places = money_places(connection)
    apart = differing(connection, items)
    for theirs, known_eras in (
        (set(items) - apart, [Era()]),
        (apart, eras(connection) if apart else []),
    ):
        if theirs:
            facts = known_items(connection, theirs)
            derived = derive(connection, facts.values(), places, known_eras)
            _compare(session, facts, derived, values, layers)


def _compare(
    session: Session,
    facts: Mapping[int, ItemFacts],
    derived: Derived,
    values: Check,
    layers: Check,
) -> None:
    for one in derived.history:
        if one.quantity and derived.values[one.number] != one.stored:
            number, sku = _named(session, one.number), facts[one.item].sku
            real, have = _text(derived.values[one.number]), _text(one.stored)
            values.differences.append(f"{number} {sku}: worth {real}, stored as {have}")
    kept = stored_entries(session.connection(), facts)
    for entry, lot in _differing_keys(kept, derived.entries):
        number = _named(session, entry)
        values.differences.append(
            f"{number}: changed the value by {_text(derived.entries.get((entry, lot)))},"
            f" stored as {_text(kept.get((entry, lot)))}"
        )
    _compare_booked(session, facts, derived, values)
    _compare_pools(session, facts, derived.pools, layers)
    _compare_layers(session, facts, derived.pools, layers)


def _compare_booked(
    session: Session, facts: Mapping[int, ItemFacts], derived: Derived, check: Check
) -> None:
    """What was booked at the end of a closed period is what came to light of it."""
    row = PeriodDifferenceRow
    query = select(row.item_id, row.lot_id, row.boundary, row.value).where(
        row.item_id.in_(facts), row.value != ZERO
    )
    kept = {((item, lot), at): value for item, lot, at, value in session.execute(query)}
    for key in _differing_keys(kept, derived.differences):
        (item, _), boundary = key
        check.differences.append(
            f"{facts[item].sku}: {_text(derived.differences.get(key))} came to light of the period"
            f" before {boundary.isoformat()}, stored as {_text(kept.get(key))}"
        )


def _compare_pools(
    session: Session, facts: Mapping[int, ItemFacts], pools: Mapping[PoolKey, Pool], check: Check
) -> None:
    query = select(PoolRow.item_id, PoolRow.lot_id, PoolRow.quantity, PoolRow.value)
    rows = session.execute(query.where(PoolRow.item_id.in_(facts)))
    stored: dict[PoolKey, Figures] = {(row[0], row[1]): (row[2], row[3]) for row in rows}
    real: dict[PoolKey, Figures] = {key: (pool.quantity, pool.value) for key, pool in pools.items()}
    for key in sorted(stored.keys() | real.keys()):
        have, want = stored.get(key, (ZERO, ZERO)), real.get(key, (ZERO, ZERO))
        if have != want:
            check.differences.append(
                f"{facts[key[0]].sku}: the pool holds {plain(have[0])} worth {plain(have[1])},"
                f" history says {plain(want[0])} worth {plain(want[1])}"
            )


def _compare_layers(
    session: Session, facts: Mapping[int, ItemFacts], pools: Mapping[PoolKey, Pool], check: Check
) -> None:
    row = LayerRow
    query = select(row.item_id, row.lot_id, row.source_id, row.quantity, row.value)
    rows = session.execute(query.where(row.item_id.in_(facts)))
    stored: dict[tuple[int, int, int], Figures] = {
        (item, lot, source): (quantity, value) for item, lot, source, quantity, value in rows
    }
    wanted: dict[tuple[int, int, int], Figures] = {
        (*key, layer.source): (layer.quantity, layer.value)
        for key, pool in pools.items()
        for layer in pool.layers
        if layer.quantity < 0 or not pool.is_averaged
    }
    for found in _differing_keys(stored, wanted):
        number = _named(session, found[2])
        sku = facts[found[0]].sku
        check.differences.append(f"{sku}: the layer of {number} differs from history")


def _differing_keys(stored: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> Collection[Any]:
    keys = stored.keys() | wanted.keys()
    return sorted(key for key in keys if stored.get(key) != wanted.get(key))


def _named(session: Session, number: int) -> str:
    return document_of(session, number) or f"movement {number}"


def _text(value: Decimal | None) -> str:
    return "nothing" if value is None else plain(value)
