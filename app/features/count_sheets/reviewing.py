"""Counts beside the ledger: what posting would book, what it is worth, what stands against it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.core.catalogue import LocationKind, Tracking
from app.core.costing import Change
from app.core.decimals import ZERO, plain
from app.core.errors import Said, marked
from app.core.refusals import LotMissing, LotNotTracked
from app.db.tables import BalanceRow, CountLineRow, LocationRow, MovementRow
from app.features.count_sheets.rules import COUNTABLE, SheetLine, Variance, can_be_serial
from app.features.count_sheets.store import find_counted, find_head, in_batches
from app.ledger.facts import ItemFacts, known_items, money_places
from app.ledger.states import States

PlaceKey = tuple[int, int, int]
"""Item, location and lot (0: none)."""

_WANTED: Any = bindparam("wanted", expanding=True)
_BALANCES: Any = select(
    BalanceRow.item_id, BalanceRow.location_id, BalanceRow.lot_id, BalanceRow.on_hand
).where(BalanceRow.item_id.in_(_WANTED))
_LATER: Any = (
    select(
        MovementRow.item_id,
        func.coalesce(MovementRow.lot_id, 0).label("lot_id"),
        MovementRow.from_id,
        MovementRow.to_id,
        MovementRow.quantity,
        MovementRow.effective_at,
    )
    .where(
        MovementRow.item_id.in_(_WANTED),
        MovementRow.effective_at > bindparam("since", type_=MovementRow.effective_at.type),
    )
    .order_by(MovementRow.effective_at, MovementRow.sequence, MovementRow.id)
)

NO_LONGER_COUNTED = marked("{location} is no longer a place where stock is counted.")
MOVED_AWAY = marked(
    "More was taken from here since the count than was counted ({quantity} too many). Count it"
    " again."
)
TWO_SERIALS = marked("A serial number stands for one piece.")


class _Change(NamedTuple):
    at: datetime
    quantity: Decimal


class _Place(NamedTuple):
    id: int
    kind: LocationKind
    is_active: bool
    allows_negative: bool


def review_sheet(session: Session, number: int) -> list[Variance]:
    """Return every counted line of a sheet beside the ledger; raises UnknownSheet."""
    find_head(session, number)
    return compare(session, number, find_counted(session, number))


def compare(
    session: Session, number: int, lines: Sequence[SheetLine], *, valued: bool = True
) -> list[Variance]:
    """Return counted lines beside the ledger; not `valued`, their values are left at 0."""
    ledger = _Ledger(session, number, lines, valued=valued)
    return [ledger.variance(line) for line in lines]


class _Ledger:
    """What the ledger says of the places that were counted."""

    def __init__(
        self, session: Session, number: int, lines: Sequence[SheetLine], *, valued: bool
    ) -> None:
        items = {line.item.id for line in lines}
        self._keys = _place_keys(session, number)
        self._places = _find_places(session, {key[1] for key in self._keys.values()})
        rows = in_batches(session, _BALANCES, items)
        self._now = {(item, place, lot): on_hand for item, place, lot, on_hand in rows}
        self._later = self._moved_since(session, items, lines)
        self._money_places = money_places(session.connection())
        self._worth = _Worth(session, items, self._money_places) if valued else None

    def variance(self, line: SheetLine) -> Variance:
        """Return one line's difference, value and obstacle; lines are asked for in order."""
        key = self._keys[line.id]
        counted, counted_at = line.counted or ZERO, line.counted_at
        now = self._now.get(key, ZERO)
        later = [
            change for change in self._later[key] if counted_at is None or change.at > counted_at
        ]
        difference = counted - (now - sum((change.quantity for change in later), ZERO))
        return Variance(
            line=line.id,
            item=line.item.sku,
            name=line.item.name,
            unit=line.item.unit,
            location=line.location,
            lot=line.lot,
            expected=line.expected,
            counted=counted,
            now=now,
            difference=difference,
            value=self._worth.of(key, difference) if self._worth else ZERO,
            stop=self._stop(line, self._places[line.location], later),
            money_places=self._money_places,
        )

    def _stop(self, line: SheetLine, place: _Place, later: Sequence[_Change]) -> str:
        """Return why the ledger would refuse the line, "" if it would not."""
        item = line.item
        if place.kind not in COUNTABLE or not place.is_active:
            return Said(NO_LONGER_COUNTED, location=line.location)
        if item.tracking is Tracking.NONE and line.lot:
            return LotNotTracked(item=item.sku, lot=line.lot).said
        if item.tracking is not Tracking.NONE and not line.lot:
            return LotMissing(item=item.sku, tracking=item.tracking.value).said
        if not can_be_serial(item, line.counted):
            return TWO_SERIALS
        lowest = _lowest(line.counted or ZERO, later)
        if lowest < 0 and not place.allows_negative:
            return Said(MOVED_AWAY, quantity=plain(-lowest))
        return ""

    def _moved_since(
        self, session: Session, items: Collection[int], lines: Sequence[SheetLine]
    ) -> defaultdict[PlaceKey, list[_Change]]:
        """Return by place what moved after the first of the counts, in the order of history."""
        later: defaultdict[PlaceKey, list[_Change]] = defaultdict(list)
        since = min((line.counted_at for line in lines if line.counted_at), default=None)
        if since is None:
            return later
        for row in in_batches(session, _LATER, items, since=since):
            change = row.quantity
            later[row.item_id, row.to_id, row.lot_id].append(_Change(row.effective_at, change))
            later[row.item_id, row.from_id, row.lot_id].append(_Change(row.effective_at, -change))
        return later


class _Worth:
    """Values differences as posting does: one after the other, from each item's cost pool."""

    def __init__(self, session: Session, items: Collection[int], places: int) -> None:
        self._connection = session.connection()
        self._items = known_items(self._connection, items)
        self._states = States(self._connection, items)
        self._places = places
        self._pools: dict[tuple[int, int], Any] = {}
        self._order = 0

    def of(self, key: PlaceKey, difference: Decimal) -> Decimal:
        item = self._items[key[0]]
        if difference == 0:
            return ZERO
        pool = self._pool(item, key[2] if item.cost_per_lot else 0)
        self._order += 1
        moment, standard = (datetime.max, self._order), item.standard_now
        if difference > 0:
            return Decimal(pool.arrive(Change(-self._order, moment, difference, standard=standard)))
        return -Decimal(pool.leave(Change(-self._order, moment, -difference, standard=standard)))

    def _pool(self, item: ItemFacts, lot: int) -> Any:
        key = item.id, lot
        if key not in self._pools:
            self._pools[key] = self._states.pool(self._connection, item, key, self._places)
        return self._pools[key]


def _lowest(counted: Decimal, later: Sequence[_Change]) -> Decimal:
    """Return the least that would have been here at any moment since the count."""
    lowest = level = counted
    for change in later:
        level += change.quantity
        lowest = min(lowest, level)
    return lowest


def _place_keys(session: Session, number: int) -> dict[int, PlaceKey]:
    query = select(
        CountLineRow.id, CountLineRow.item_id, CountLineRow.location_id, CountLineRow.lot_id
    ).where(CountLineRow.sheet_id == number)
    return {
        row.id: (row.item_id, row.location_id, row.lot_id or 0) for row in session.execute(query)
    }


def _find_places(session: Session, wanted: Collection[int]) -> dict[str, _Place]:
    """Return by path the places with the negative-stock policy that they follow."""
    columns = (
        *(LocationRow.id, LocationRow.path, LocationRow.kind, LocationRow.is_active),
        *(LocationRow.allow_negative, LocationRow.parent_id),
    )
    query: Any = select(*columns).where(LocationRow.id.in_(_WANTED))
    rows: dict[int, Any] = {}
    missing = set(wanted)
    while missing:
        found = {row.id: row for row in in_batches(session, query, missing)}
        rows.update(found)
        missing = {row.parent_id for row in found.values() if row.parent_id} - rows.keys()
    return {
        rows[place].path: _Place(
            place, rows[place].kind, rows[place].is_active, _allows_negative(rows, place)
        )
        for place in wanted
    }


def _allows_negative(rows: dict[int, Any], place: int | None) -> bool:
    while place is not None:
        if rows[place].allow_negative is not None:
            return bool(rows[place].allow_negative)
        place = rows[place].parent_id
    return False
