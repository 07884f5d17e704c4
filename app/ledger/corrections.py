"""Counts as anchors: what a count changes, and what a late entry changes about a count."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from app.core.decimals import ZERO
from app.ledger.facts import Place
from app.ledger.moves import CountedPlace, Move, Plan, StockKey
from app.ledger.places import COUNT_LOSS, PlaceBook
from app.ledger.timeline import Balances, next_count, on_hand_at


def count_moves(
    connection: Connection, plan: Plan, balances: Balances, late: set[int]
) -> list[Move]:
    """Return the adjustments that make the ledger agree with the plan's counts.

    A place counted as the ledger has it needs none.
    """
    moves: list[Move] = []
    done: defaultdict[StockKey, Decimal] = defaultdict(lambda: ZERO)
    if plan.count_loss is None:
        return moves
    for count in sorted(plan.counts, key=lambda count: (count.at, count.sequence)):
        ledger = balances.held[count.key].on_hand
        if count.item.id in late:
            ledger = on_hand_at(connection, count.key, count.at, count.sequence, ledger)
        difference = count.counted - ledger - done[count.key]
        if difference:
            done[count.key] += difference
            moves.append(count.adjustment(difference, plan.count_loss))
    return moves


def correct_counts(
    connection: Connection, late: Iterable[Move], plan: Plan, cause: int
) -> list[Move]:
    """Return the movements that keep later counts at their result.

    Each late movement reaches as far as the next count of the places it touches; that count's
    adjustment takes up the difference, in a movement of its own at the count's moment.
    """
    found: dict[tuple[int, int], tuple[Any, Move, Place]] = {}
    sums: defaultdict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
    for move in late:
        for key, place, change in (
            (move.out_of, move.source, -move.quantity),
            (move.into, move.target, move.quantity),
        ):
            if not place.is_owned:
                continue
            count = next_count(connection, key, move, but_not=plan.reverses_id or 0)
            if count is None or _is_counted_before(plan, key, move, count):
                continue
            anchor = (count.document_id, count.line)
            found[anchor] = (count, move, place)
            sums[anchor] -= change
    loss = PlaceBook(connection, [COUNT_LOSS]).outside(COUNT_LOSS)
    return [
        _correction(*found[anchor], change, loss, cause)
        for anchor, change in sums.items()
        if change
    ]


def _is_counted_before(plan: Plan, key: StockKey, move: Move, later: Any) -> bool:
    """Tell whether a count of this very document comes first; it has taken the change in."""
    first: tuple[datetime, int] = (move.at, move.sequence)
    last: tuple[datetime, int] = (later.effective_at, later.sequence)
    return any(
        count.key == key and first < (count.at, count.sequence) < last for count in plan.counts
    )


def _correction(
    count: Any, move: Move, place: Place, change: Decimal, loss: Place, cause: int
) -> Move:
    counted = CountedPlace(
        line=count.line,
        item=move.item,
        lot=move.lot,
        place=place,
        counted=count.counted,
        at=count.effective_at,
        sequence=count.sequence,
    )
    correction = counted.adjustment(change, loss)
    correction.id = 0
    correction.document_id = count.document_id
    correction.cause_id = cause
    return correction
