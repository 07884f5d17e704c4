"""What an entry does to history: no impossible past, and counts that keep their result.

An entry that comes last only has to leave enough now. One that comes late is laid into the
history of each place it touches. There it reaches as far as the next count of the place: the
count said what was there, so its adjustment takes up the difference (ledger.md rules 5 and 6).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.core.decimals import ZERO, check_room, plain
from app.core.refusals import ImpossiblePast, NotEnoughStock
from app.db.prepared import Prepared, one_of
from app.db.tables import BalanceRow, CountResultRow, DocumentRow, MovementRow, table_of
from app.ledger.facts import on_line
from app.ledger.moves import CountedPlace, Move, StockKey

_BALANCE = table_of(BalanceRow).c
_OF_ITEMS = select(
    _BALANCE.item_id, _BALANCE.location_id, _BALANCE.lot_id, _BALANCE.on_hand, _BALANCE.allocated
).where(one_of(_BALANCE.item_id, "items"))
_BALANCES = Prepared(_OF_ITEMS)
_BALANCES_AT = Prepared(_OF_ITEMS.where(one_of(_BALANCE.location_id, "places")))
FEW_PLACES = 8
"""So many places are looked up item by item; with more it is quicker to read all of an item."""
_M = table_of(MovementRow).c
_HERE = and_(
    _M.item_id == bindparam("item"),
    func.coalesce(_M.lot_id, 0) == bindparam("lot"),
    or_(_M.from_id == bindparam("place"), _M.to_id == bindparam("place")),
)
_CHANGE = case((_M.to_id == bindparam("place"), _M.quantity), else_=-_M.quantity)
_AFTER = or_(
    _M.effective_at > bindparam("at", type_=_M.effective_at.type),
    and_(
        _M.effective_at == bindparam("at", type_=_M.effective_at.type),
        _M.sequence > bindparam("sequence"),
    ),
)
_LATER = (
    select(_M.effective_at, _M.sequence, _CHANGE.label("change"), table_of(DocumentRow).c.number)
    .join(table_of(DocumentRow), table_of(DocumentRow).c.id == _M.document_id)
    .where(_HERE, _M.effective_at >= bindparam("at", type_=_M.effective_at.type), _AFTER)
    .order_by(_M.effective_at, _M.sequence, _M.id)
)
_REVERSAL = aliased(DocumentRow)
_NEXT_COUNT = (
    select(
        CountResultRow.document_id,
        CountResultRow.line,
        CountResultRow.effective_at,
        CountResultRow.sequence,
        CountResultRow.counted,
    )
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == CountResultRow.document_id)
    .where(
        CountResultRow.item_id == bindparam("item"),
        CountResultRow.location_id == bindparam("place"),
        func.coalesce(CountResultRow.lot_id, 0) == bindparam("lot"),
        CountResultRow.document_id != bindparam("but_not"),
        _REVERSAL.id.is_(None),
        or_(
            CountResultRow.effective_at > bindparam("at", type_=_M.effective_at.type),
            and_(
                CountResultRow.effective_at == bindparam("at", type_=_M.effective_at.type),
                CountResultRow.sequence > bindparam("sequence"),
            ),
        ),
    )
    .order_by(CountResultRow.effective_at, CountResultRow.sequence)
    .limit(1)
)


@dataclass(slots=True)
class Held:
    """On hand and allocated at one place, kept up to date while a document is worked through."""

    on_hand: Decimal = ZERO
    allocated: Decimal = ZERO


class Balances:
    """The balances that a document touches."""

    def __init__(
        self, connection: Connection, moves: Iterable[Move], counts: Iterable[CountedPlace]
    ) -> None:
        keys = {key for move in moves for key in (move.out_of, move.into)}
        keys |= {count.key for count in counts}
        self.held: defaultdict[StockKey, Held] = defaultdict(Held)
        places = sorted({place for _, place, _ in keys})
        items = {item for item, _, _ in keys}
        rows = (
            _BALANCES_AT.all(connection, items=items, places=places)
            if len(places) <= FEW_PLACES
            else _BALANCES.all(connection, items=items)
        )
        for item, place, lot, on_hand, allocated in rows:
            self.held[item, place, lot] = Held(on_hand, allocated)

    def apply(self, move: Move) -> None:
        self.held[move.out_of].on_hand -= move.quantity
        self.held[move.into].on_hand += move.quantity

    def check_room(self, moves: Iterable[Move]) -> None:
        """Refuse movements after which a place holds more than the database can."""
        for move in moves:
            with on_line(move.line):
                check_room(self.held[move.out_of].on_hand)
                check_room(self.held[move.into].on_hand)


def check_prompt(moves: Iterable[Move], balances: Balances, late: Collection[int]) -> None:
    """Apply what comes last in its items' history, one after the other, if stock allows it."""
    for move in moves:
        if move.item.id not in late:
            if not move.may_go_below(move.source):
                check_now(move, balances)
            balances.apply(move)


def check_late(connection: Connection, moves: Iterable[Move], balances: Balances) -> None:
    """Lay late movements and their corrections into the history of each place they touch.

    Afterwards the balances stand as these movements leave them.
    """
    moves = list(moves)
    touched: defaultdict[StockKey, list[Move]] = defaultdict(list)
    for move in moves:
        for key, place in ((move.out_of, move.source), (move.into, move.target)):
            if not move.may_go_below(place):
                touched[key].append(move)
    for key, theirs in touched.items():
        check_history(connection, key, theirs, balances.held[key].on_hand)
    for move in moves:
        balances.apply(move)


def check_now(move: Move, balances: Balances) -> None:
    """Refuse a movement that takes more than is there."""
    held = balances.held[move.out_of]
    left = held.on_hand - move.quantity
    if left < 0:
        raise NotEnoughStock(
            location=move.source.path,
            on_hand=plain(held.on_hand),
            unit=move.item.unit,
            item=move.name,
            quantity=plain(move.quantity),
            line=move.line,
        )


def on_hand_at(
    connection: Connection, key: StockKey, at: datetime, sequence: int, now: Decimal
) -> Decimal:
    """Return what the ledger says for a past moment, worked back from what it says now."""
    later = connection.execute(_LATER, {**_place(key), "at": at, "sequence": sequence})
    return now - sum((row.change for row in later), ZERO)


def next_count(connection: Connection, key: StockKey, move: Move, but_not: int) -> Any | None:
    """Return the first live count of the place after the movement, if there is one."""
    where = {**_place(key), "at": move.at, "sequence": move.sequence, "but_not": but_not}
    return connection.execute(_NEXT_COUNT, where).first()


def check_history(
    connection: Connection, key: StockKey, moves: Collection[Move], now: Decimal
) -> None:
    """Refuse movements that would make a past or present moment of one place impossible.

    `moves` are all that touch the place, corrections of counts among them; `now` is what is on
    hand before any of them.
    """
    added = sorted(_changes(key, moves), key=lambda change: (change[0].at, change[0].sequence))
    first, _ = added[0]
    where = {**_place(key), "at": first.at, "sequence": first.sequence}
    later = connection.execute(_LATER, where).all()
    on_hand = now - sum((row.change for row in later), ZERO)
    ours = ZERO
    events: list[tuple[datetime, int, Decimal, Any]] = [
        (row.effective_at, row.sequence, row.change, row.number) for row in later
    ]
    events += [(move.at, move.sequence, change, move) for move, change in added]
    for (at, _), together in groupby(sorted(events, key=_place_in_history), _place_in_history):
        for _, _, change, what in together:
            on_hand += change
            if isinstance(what, Move):
                ours += change
        if on_hand < 0 and ours < 0:
            _refuse(first, at, on_hand, what)


def _refuse(first: Move, at: datetime, on_hand: Decimal, what: Any) -> None:
    if isinstance(what, Move):
        raise NotEnoughStock(
            location=what.source.path,
            on_hand=plain(on_hand + what.quantity),
            unit=what.item.unit,
            item=what.name,
            quantity=plain(what.quantity),
            line=what.line,
        )
    place = first.source if first.source.is_owned else first.target
    raise ImpossiblePast(
        location=place.path,
        on_hand=plain(on_hand),
        unit=first.item.unit,
        item=first.name,
        moment=at,
        document=what,
        line=first.line,
    )


def _place_in_history(event: tuple[datetime, int, Decimal, Any]) -> tuple[datetime, int]:
    """A count and its corrections, or a movement and its reversal, stand at one place."""
    return event[:2]


def _changes(key: StockKey, moves: Iterable[Move]) -> list[tuple[Move, Decimal]]:
    return [
        (move, move.quantity if move.into == key else -move.quantity)
        for move in moves
        if key in (move.into, move.out_of)
    ]


def _place(key: StockKey) -> dict[str, int]:
    return {"item": key[0], "place": key[1], "lot": key[2]}
