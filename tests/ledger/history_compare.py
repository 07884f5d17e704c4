"""What the ledger says next to what the model says, as plain values that can be compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.documents import PREFIXES, DocumentType
from app.core.history import Entry
from app.db.database import Database
from app.db.tables import AllocationRow, BalanceRow, ItemRow
from app.db.tables.values import PoolRow
from app.ledger.history import history_of, open_layers
from app.ledger.stock import find_stock, find_values
from tests.ledger.model.company import OUTSIDE
from tests.ledger.model.events import Key, Move
from tests.ledger.model.history import History
from tests.ledger.model.replay import Replay

ZERO = Decimal(0)
Figures = dict[str, Any]
Movements = dict[tuple[str, str, str, str], list[tuple[Decimal, Decimal]]]
"""Document, item, lot, place of ours: quantity and value of each line, below zero if it left."""


def told_by_ledger(database: Database, skus: Collection[str]) -> Figures:
    """Return what is said of the items; nothing but them may have moved."""
    with database.reading() as session:
        rows = session.execute(select(ItemRow.sku, ItemRow.id).where(ItemRow.sku.in_(skus)))
        numbers = dict(iter(rows))
        stock = find_stock(session)
        return {
            "on hand": {(s.item, s.lot, s.location): s.on_hand for s in stock},
            "allocated": {(s.item, s.lot, s.location): s.allocated for s in stock if s.allocated},
            "owned": {v.item: (v.quantity, v.value) for v in find_values(session)},
            "layers": {sku: _layers(session, number) for sku, number in numbers.items()},
            "movements": _ledger_movements(session, numbers.values()),
        }


def told_by_model(history: History, skus: Collection[str]) -> Figures:
    now = history.replay()
    owned = {sku: now.total(sku) for sku in skus}
    return {
        "on hand": {where: held for where, held in now.held.items() if held},
        "allocated": history.orders.promised(),
        "owned": {sku: total for sku, total in owned.items() if any(total)},
        "layers": {sku: _model_layers(now, sku) for sku in skus},
        "movements": _model_movements(now, history.movement_values()),
    }


def told_of(database: Database, moment: datetime) -> Figures:
    with database.reading() as session:
        stock = find_stock(session, at=moment)
        values = find_values(session, at=moment)
    return {
        "on hand": {(s.item, s.lot, s.location): s.on_hand for s in stock},
        "owned": {v.item: (v.quantity, v.value) for v in values if v.quantity or v.value},
    }


def model_of(history: History, moment: datetime) -> Figures:
    owned = history.values(moment)
    return {
        "on hand": history.on_hand(moment),
        "owned": {sku: total for sku, total in owned.items() if any(total)},
    }


def proofs(database: Database) -> None:
    """What must hold in the ledger by itself, whatever happened."""
    with database.reading() as session:
        over_all = select(BalanceRow.item_id, func.sum(BalanceRow.on_hand))
        sums = session.execute(over_all.group_by(BalanceRow.item_id, BalanceRow.lot_id))
        assert [item for item, total in sums if total] == []
        where = (BalanceRow.item_id, BalanceRow.location_id, BalanceRow.lot_id)
        stated = session.execute(
            select(*where, BalanceRow.allocated).where(BalanceRow.allocated != 0)
        )
        assert _sums(stated) == _sums(
            session.execute(
                select(
                    AllocationRow.item_id,
                    AllocationRow.location_id,
                    AllocationRow.lot_id,
                    AllocationRow.quantity,
                )
            )
        )
        empty = select(PoolRow.item_id).where(PoolRow.quantity == 0, PoolRow.value != 0)
        assert session.scalars(empty).all() == []


def check_layers(told: Figures) -> None:
    """What is owned is what lies in the layers, item by item."""
    for sku, layers in told["layers"].items():
        quantity = sum((quantity for quantity, _ in layers), ZERO)
        value = sum((value for _, value in layers), ZERO)
        assert (quantity, value) == told["owned"].get(sku, (ZERO, ZERO)), sku


def _sums(rows: Iterable[Any]) -> dict[tuple[Any, ...], Decimal]:
    found: defaultdict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for *where, figure in rows:
        found[tuple(where)] += figure
    return {where: total for where, total in found.items() if total}


def _layers(session: Session, number: int) -> list[tuple[Decimal, Decimal]]:
    return sorted((layer.quantity, layer.value) for layer in open_layers(session, number))


def _model_layers(now: Replay, sku: str) -> list[tuple[Decimal, Decimal]]:
    pools = [pool for (item, _), pool in now.pools.items() if item == sku]
    return sorted(layer for pool in pools for layer in pool.open_layers())


def _ledger_movements(session: Session, items: Iterable[int]) -> Movements:
    """A count and its corrections are one movement: their sum."""
    found: defaultdict[Key, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for number in items:
        for entry in history_of(session, number):
            if entry.change and not entry.reversed_by and entry.type != "reversal":
                sums = found[_key_of(entry)]
                sums[0] += entry.change
                sums[1] += entry.value if entry.change > 0 else -entry.value
    return _in_lines({key: (quantity, value) for key, (quantity, value) in found.items()})


def _key_of(entry: Entry) -> Key:
    place = entry.target if entry.target_kind.is_owned else entry.source
    return (entry.number, _line_of(entry.number, entry.line), entry.item, entry.lot, place)


def _model_movements(now: Replay, values: dict[Key, Decimal]) -> Movements:
    found: defaultdict[Key, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for move in now.moved:
        if move.key in values:
            line = _line_of(move.number, move.line)
            sums = found[move.number, line, move.item, move.lot, move.place]
            sums[0] += _change(move)
            sums[1] += values[move.key]
    return _in_lines({key: (quantity, value) for key, (quantity, value) in found.items()})


def _line_of(number: str, line: int) -> int:
    """Return what a movement is told apart by: of a build, lines have no numbers to go by."""
    is_build = number.startswith((PREFIXES[DocumentType.BUILD], PREFIXES[DocumentType.UNBUILD]))
    return 0 if is_build else line


def _change(move: Move) -> Decimal:
    return -move.quantity if move.target in OUTSIDE else move.quantity


def _in_lines(found: dict[Key, tuple[Decimal, Decimal]]) -> Movements:
    lines: defaultdict[tuple[str, str, str, str], list[tuple[Decimal, Decimal]]]
    lines = defaultdict(list)
    for (document, _, item, lot, place), figures in sorted(found.items()):
        if any(figures):
            lines[document, item, lot, place].append(figures)
    return dict(lines)
