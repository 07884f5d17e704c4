"""Brings derived rows of some items to what the facts say, and counts what was wrong."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, select, union_all

from app.core.decimals import ZERO
from app.db.prepared import one_of
from app.db.tables import AllocationRow, BalanceRow, MovementRow, ValueEntryRow, table_of
from app.db.tables.values import (
    EntryValueRow,
    LayerRow,
    MovementValueRow,
    PeriodDifferenceRow,
    PoolRow,
)
from app.db.types import Quantity
from app.ledger.costs import layer_row, open_layers_of, pool_row
from app.ledger.derivation import Derived
from app.ledger.facts import ItemFacts
from app.ledger.periods import documented_boundary
from app.ledger.revaluing import costing_of, keep_costing
from app.ledger.upserts import upsert

Rows = Iterable[Mapping[Any, Any]]

_BALANCE = table_of(BalanceRow)
_MOVEMENT_VALUE = table_of(MovementValueRow)
_ENTRY_VALUE = table_of(EntryValueRow)
_DIFFERENCE = table_of(PeriodDifferenceRow)
_POOL = table_of(PoolRow)
_LAYER = table_of(LayerRow)

_LOT = func.coalesce(MovementRow.lot_id, 0).label("lot_id")
_THEIRS = one_of(MovementRow.item_id, "items")
_M, _A = MovementRow, AllocationRow
_PARTS = union_all(
    select(
        _M.item_id,
        _M.to_id.label("location_id"),
        _LOT,
        _M.quantity.label("on_hand"),
        (_M.quantity * 0).label("allocated"),
    ).where(_THEIRS),
    select(_M.item_id, _M.from_id, _LOT, -_M.quantity, _M.quantity * 0).where(_THEIRS),
    select(_A.item_id, _A.location_id, _A.lot_id, _A.quantity * 0, _A.quantity).where(
        one_of(_A.item_id, "items")
    ),
).subquery()
_PLACE = (_PARTS.c.item_id, _PARTS.c.location_id, _PARTS.c.lot_id)
_BALANCES = select(
    *_PLACE,
    func.sum(_PARTS.c.on_hand, type_=Quantity).label("on_hand"),
    func.sum(_PARTS.c.allocated, type_=Quantity).label("allocated"),
).group_by(*_PLACE)

_STORED: dict[Table, Select[*tuple[Any, ...]]] = {
    table: select(table).where(one_of(table.c.item_id, "items"))
    for table in (_BALANCE, _DIFFERENCE, _POOL, _LAYER)
} | {
    _MOVEMENT_VALUE: select(_MOVEMENT_VALUE)
    .join(MovementRow, MovementRow.id == _MOVEMENT_VALUE.c.movement_id)
    .where(one_of(MovementRow.item_id, "items")),
    _ENTRY_VALUE: select(_ENTRY_VALUE)
    .join(ValueEntryRow, ValueEntryRow.id == _ENTRY_VALUE.c.entry_id)
    .where(one_of(ValueEntryRow.item_id, "items")),
}


def mend_balances(connection: Connection, items: Collection[int]) -> Counter[str]:
    """On hand is what the movements add up to, allocated what the allocations do.

    A place where all is gone keeps its row: the past is asked for by what places there were.
    """
    rows = connection.execute(_BALANCES, {"items": list(items)}).mappings().all()
    return _mend(connection, _BALANCE, items, rows)


def mend_values(connection: Connection, items: Collection[int], derived: Derived) -> Counter[str]:
    """Values, pools and layers are what costing makes of history."""
    rows: dict[Table, Rows] = {
        _MOVEMENT_VALUE: (
            {"movement_id": number, "value": value} for number, value in derived.values.items()
        ),
        _ENTRY_VALUE: (
            {"entry_id": number, "lot_id": lot, "value": value}
            for (number, lot), value in derived.entries.items()
        ),
        _DIFFERENCE: _difference_rows(connection, items, derived),
        _POOL: (pool_row(key, pool) for key, pool in derived.pools.items()),
        _LAYER: (
            layer_row(key, layer)
            for key, pool in derived.pools.items()
            for layer in open_layers_of(pool)
        ),
    }
    changed: Counter[str] = Counter()
    for table, wanted in rows.items():
        changed += _mend(connection, table, items, wanted)
    return changed


def mend_costing(
    connection: Connection, items: Iterable[ItemFacts], derived: Derived
) -> Counter[str]:
    """An item is valued the way that its documents say."""
    changed: Counter[str] = Counter()
    for item in items:
        wanted = costing_of(item, derived.methods, derived.standards)
        if wanted != (item.costing, item.standard_cost):
            keep_costing(connection, item.id, *wanted)
            changed["item"] += 1
    return changed


def _difference_rows(
    connection: Connection, items: Collection[int], derived: Derived
) -> list[dict[str, Any]]:
    """Return what came to light of closed periods.

    Rows of 0 stay; an item whose closed values differ has one at least, or nobody would know.
    """
    stored = connection.execute(_STORED[_DIFFERENCE], {"items": list(items)}).mappings()
    rows = [dict(row) for row in stored if row["value"] == ZERO]
    rows += [
        _difference(*key, boundary, value) for (key, boundary), value in derived.differences.items()
    ]
    last = documented_boundary(connection)
    unmarked = derived.apart - {row["item_id"] for row in rows}
    return rows + [_difference(item, 0, last, ZERO) for item in unmarked]


def _difference(item: int, lot: int, boundary: Any, value: Any) -> dict[str, Any]:
    return {"item_id": item, "lot_id": lot, "boundary": boundary, "value": value}


def _mend(
    connection: Connection, table: Table, items: Collection[int], wanted: Rows
) -> Counter[str]:
    """Let the table's rows of these items be the wanted ones; count those that were not."""
    stored = connection.execute(_STORED[table], {"items": list(items)}).mappings().all()
    before, after = _by_key(table, stored), _by_key(table, wanted)
    wrong = [row for key, row in after.items() if before.get(key) != row]
    gone = before.keys() - after.keys()
    upsert(connection, table, wrong)
    if gone:
        doomed = [{f"old_{place}": part for place, part in enumerate(key)} for key in gone]
        connection.execute(_delete(table), doomed)
    return Counter({table.name: len(wrong) + len(gone)})


def _by_key(table: Table, rows: Rows) -> dict[tuple[Any, ...], dict[str, Any]]:
    names = [column.name for column in table.primary_key]
    return {tuple(row[name] for name in names): dict(row) for row in rows}


def _delete(table: Table) -> Any:
    keys = enumerate(table.primary_key)
    return delete(table).where(*(column == bindparam(f"old_{place}") for place, column in keys))
