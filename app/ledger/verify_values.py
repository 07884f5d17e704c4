"""Proves values, pools and layers by working them out again from the movements."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.core.catalogue import OWNED
from app.core.costing import Pool
from app.core.decimals import ZERO, plain
from app.db.prepared import one_of
from app.db.tables import LocationRow, MovementRow
from app.db.tables.values import LayerRow, MovementValueRow, PeriodDifferenceRow, PoolRow
from app.ledger.checks import Check
from app.ledger.costs import open_layers_of
from app.ledger.derivation import Derived, derive
from app.ledger.facts import ItemFacts, known_items, money_places
from app.ledger.happenings import stored_entries
from app.ledger.history import document_of
from app.ledger.periods import Era, eras
from app.ledger.revaluing import costing_of, differing
from app.ledger.valuing import PoolKey

_SOURCE = aliased(LocationRow)
_TARGET = aliased(LocationRow)
_WORTHLESS = (
    select(MovementRow.id, MovementValueRow.value)
    .join(MovementValueRow, MovementValueRow.movement_id == MovementRow.id)
    .join(_SOURCE, _SOURCE.id == MovementRow.from_id)
    .join(_TARGET, _TARGET.id == MovementRow.to_id)
    .where(
        one_of(MovementRow.item_id, "items"),
        _SOURCE.kind.in_(OWNED) == _TARGET.kind.in_(OWNED),
    )
    .order_by(MovementRow.id)
)
_LAYERS = select(
    LayerRow.item_id,
    LayerRow.lot_id,
    LayerRow.source_id,
    LayerRow.effective_at,
    LayerRow.sequence,
    LayerRow.quantity,
    LayerRow.value,
).where(one_of(LayerRow.item_id, "items"))


def check_values(session: Session, items: set[int], checks: Mapping[str, Check]) -> None:
    """Replay some items and compare their movements' values, pools, layers and methods.

    Only items of which a closed period says something else than is known now are worked out
    period by period; that the others do not belong to them shows in their values.
    """
    connection = session.connection()
    places = money_places(connection)
    apart = differing(connection, items)
    for theirs, known_eras in (
        (items - apart, [Era()]),
        (apart, eras(connection) if apart else []),
    ):
        if theirs:
            facts = known_items(connection, theirs)
            derived = derive(connection, facts.values(), places, known_eras)
            _compare_values(session, facts, derived, checks["values"])
            _compare_booked(session, facts, derived, checks["values"])
            _compare_pools(session, facts, derived.pools, checks["layers"])
            _compare_layers(session, facts, derived.pools, checks["layers"])
            _compare_costing(facts, derived, checks["costing"])
    _find_worthless(session, items, checks["values"])


def _compare_values(
    session: Session, facts: Mapping[int, ItemFacts], derived: Derived, check: Check
) -> None:
    for one in derived.history:
        if one.quantity and derived.values[one.number] != one.stored:
            number, sku = _named(session, one.number), facts[one.item].sku
            real, have = _text(derived.values[one.number]), _text(one.stored)
            check.add(f"{number} {sku}: worth {real}, stored as {have}")
    kept = stored_entries(session.connection(), facts)
    for entry, lot in _differing_keys(kept, derived.entries):
        number = _named(session, entry)
        check.add(
            f"{number}: changed the value by {_text(derived.entries.get((entry, lot)))},"
            f" stored as {_text(kept.get((entry, lot)))}"
        )


def _find_worthless(session: Session, items: Collection[int], check: Check) -> None:
    """A move between our own places, or between outside ones, has no value."""
    for number, value in session.execute(_WORTHLESS, {"items": sorted(items)}):
        check.add(f"{_named(session, number)}: a move without value, stored as {plain(value)}")


def _compare_costing(facts: Mapping[int, ItemFacts], derived: Derived, check: Check) -> None:
    """An item is valued the way that its documents say."""
    for item in facts.values():
        wanted = costing_of(item, derived.methods, derived.standards)
        if wanted != (item.costing, item.standard_cost):
            have = f"{item.costing} {_text(item.standard_cost)}"
            check.add(f"{item.sku}: valued by {have}, documents say {wanted[0]} {_text(wanted[1])}")


def _compare_booked(
    session: Session, facts: Mapping[int, ItemFacts], derived: Derived, check: Check
) -> None:
    """What was booked at the end of a closed period is what came to light of it."""
    row = PeriodDifferenceRow
    query = select(row.item_id, row.lot_id, row.boundary, row.value).where(
        one_of(row.item_id, "items"), row.value != ZERO
    )
    rows = session.execute(query, {"items": list(facts)})
    kept = {((item, lot), at): value for item, lot, at, value in rows}
    for key in _differing_keys(kept, derived.differences):
        (item, _), boundary = key
        check.add(
            f"{facts[item].sku}: {_text(derived.differences.get(key))} came to light of the period"
            f" before {boundary.isoformat()}, stored as {_text(kept.get(key))}"
        )


def _compare_pools(
    session: Session, facts: Mapping[int, ItemFacts], pools: Mapping[PoolKey, Pool], check: Check
) -> None:
    row = PoolRow
    query = select(row.item_id, row.lot_id, row.quantity, row.value, row.last_costed_id)
    rows = session.execute(query.where(one_of(row.item_id, "items")), {"items": list(facts)})
    stored = {(item, lot): (held, worth, last) for item, lot, held, worth, last in rows}
    real = {
        key: (pool.quantity, pool.value, pool.last_cost.movement if pool.last_cost else None)
        for key, pool in pools.items()
    }
    nothing = ZERO, ZERO, None
    for key in _differing_keys(stored, real):
        have, want = stored.get(key, nothing), real.get(key, nothing)
        sku = facts[key[0]].sku
        if have[:2] == want[:2]:
            check.add(f"{sku}: the pool's last known cost is not that of the latest arrival")
        else:
            check.add(
                f"{sku}: the pool holds {plain(have[0])} worth {plain(have[1])},"
                f" history says {plain(want[0])} worth {plain(want[1])}"
            )


def _compare_layers(
    session: Session, facts: Mapping[int, ItemFacts], pools: Mapping[PoolKey, Pool], check: Check
) -> None:
    rows = session.execute(_LAYERS, {"items": list(facts)})
    stored: dict[tuple[int, int, int], Any] = {
        (item, lot, source): tuple(rest) for item, lot, source, *rest in rows
    }
    wanted: dict[tuple[int, int, int], Any] = {
        (*key, layer.source): (*layer.moment, layer.quantity, layer.value)
        for key, pool in pools.items()
        for layer in open_layers_of(pool)
    }
    for item, _, source in _differing_keys(stored, wanted):
        number = _named(session, source)
        check.add(f"{facts[item].sku}: the layer of {number} differs from history")


def _differing_keys(stored: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> Collection[Any]:
    keys = stored.keys() | wanted.keys()
    return sorted(key for key in keys if stored.get(key) != wanted.get(key))


def _named(session: Session, number: int) -> str:
    return document_of(session, number) or f"movement {number}"


def _text(value: Decimal | None) -> str:
    return "nothing" if value is None else plain(value)
