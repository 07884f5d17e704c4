"""What a posting writes, row by row."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.core.decimals import ZERO
from app.ledger.moves import CountedPlace, Entry, Move, StockKey


def movement_row(move: Move, document: int, entered_at: datetime) -> dict[str, Any]:
    """Return a movement as the table has it; `document` unless it belongs to another one."""
    return {
        "id": move.id,
        "document_id": move.document_id or document,
        "line": move.line,
        "item_id": move.item.id,
        "lot_id": move.lot.id if move.lot else None,
        "from_id": move.source.id,
        "to_id": move.target.id,
        "quantity": move.quantity,
        "effective_at": move.at,
        "sequence": move.sequence,
        "entered_at": entered_at,
        "unit": move.unit,
        "unit_quantity": move.unit_quantity,
        "unit_cost": move.unit_cost,
        "given_value": move.given_value,
        "order_line_id": move.order_line_id,
        "reason": move.reason,
        "cause_id": move.cause_id,
        "origin_id": move.origin_id,
        "share": move.share,
        "standard_cost": move.item.standard_at_entry,
        "bound_for_id": move.bound_for,
    }


def balance_rows(moves: list[Move]) -> list[dict[str, Any]]:
    """Return what the movements add to each balance, in the order of the keys."""
    changes: defaultdict[StockKey, Decimal] = defaultdict(lambda: ZERO)
    for move in moves:
        changes[move.out_of] -= move.quantity
        changes[move.into] += move.quantity
    return [
        {
            "item_id": item,
            "location_id": place,
            "lot_id": lot,
            "on_hand": change,
            "allocated": ZERO,
        }
        for (item, place, lot), change in sorted(changes.items())
    ]


def count_row(count: CountedPlace, document: int) -> dict[str, Any]:
    """Return a counted place as the table has it."""
    return {
        "document_id": document,
        "line": count.line,
        "item_id": count.item.id,
        "location_id": count.place.id,
        "lot_id": count.lot.id if count.lot else None,
        "effective_at": count.at,
        "sequence": count.sequence,
        "counted": count.counted,
    }


def entry_row(entry: Entry, number: int, document: int) -> dict[str, Any]:
    """Return a change of value as the table has it; one of landed cost brings its sequence."""
    return {
        "id": number,
        "document_id": document,
        "line": entry.line,
        "kind": entry.kind,
        "item_id": entry.item.id,
        "lot_id": entry.lot_id,
        "movement_id": entry.movement_id,
        "effective_at": entry.at,
        "sequence": entry.sequence or number,
        "amount": entry.amount,
        "unit_cost": entry.unit_cost,
        "costing": entry.costing,
    }


def done_of_orders(moves: list[Move], *, undone: bool) -> dict[int, Decimal]:
    """Return what the movements add to each order line they are for."""
    done: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for move in moves:
        if move.order_line_id is not None:
            done[move.order_line_id] += -move.quantity if undone else move.quantity
    return done
