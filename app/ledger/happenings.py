"""What happened to the value of some items, as history has it: movements and changes of value."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from heapq import merge
from typing import Any

from sqlalchemy import Connection, Select, and_, case, or_, select
from sqlalchemy.orm import aliased

from app.core.catalogue import OWNED, Costing
from app.core.costing import Cost
from app.core.decimals import EXACT, ZERO
from app.core.documents import DocumentType, ValueKind
from app.db.prepared import one_of
from app.db.tables import DocumentRow, LocationRow, MovementRow, ValueEntryRow
from app.db.tables.values import EntryValueRow, MovementValueRow

_SOURCE = aliased(LocationRow)
_TARGET = aliased(LocationRow)
_REVERSAL = aliased(DocumentRow)
_MOVEMENTS = (
    select(
        MovementRow.id,
        MovementRow.document_id,
        MovementRow.line,
        DocumentRow.type,
        MovementRow.item_id,
        MovementRow.lot_id,
        MovementRow.quantity,
        MovementRow.effective_at,
        MovementRow.sequence,
        MovementRow.unit_cost,
        MovementRow.unit_quantity,
        MovementRow.given_value,
        MovementRow.standard_cost,
        MovementRow.origin_id,
        DocumentRow.reverses_id,
        _REVERSAL.id.label("reversal"),
        case((_TARGET.kind.in_(OWNED), True), else_=False).label("is_arrival"),
        MovementValueRow.value,
    )
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .join(_SOURCE, _SOURCE.id == MovementRow.from_id)
    .join(_TARGET, _TARGET.id == MovementRow.to_id)
    .outerjoin(MovementValueRow, MovementValueRow.movement_id == MovementRow.id)
    .where(
        one_of(MovementRow.item_id, "items"),
        or_(
            and_(_SOURCE.kind.in_(OWNED), _TARGET.kind.not_in(OWNED)),
            and_(_SOURCE.kind.not_in(OWNED), _TARGET.kind.in_(OWNED)),
        ),
    )
    .order_by(MovementRow.effective_at, MovementRow.sequence, MovementRow.id)
)
_ENTRIES = (
    select(
        ValueEntryRow.id,
        ValueEntryRow.document_id,
        ValueEntryRow.kind,
        ValueEntryRow.item_id,
        ValueEntryRow.lot_id,
        ValueEntryRow.movement_id,
        ValueEntryRow.effective_at,
        ValueEntryRow.sequence,
        ValueEntryRow.amount,
        ValueEntryRow.unit_cost,
        ValueEntryRow.costing,
        _REVERSAL.id.label("reversal"),
    )
    .join(DocumentRow, DocumentRow.id == ValueEntryRow.document_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .where(one_of(ValueEntryRow.item_id, "items"))
    .order_by(ValueEntryRow.effective_at, ValueEntryRow.sequence, ValueEntryRow.id)
)
_KNOWN_VALUES = (
    select(
        EntryValueRow.entry_id,
        EntryValueRow.lot_id,
        EntryValueRow.value,
        ValueEntryRow.item_id,
        ValueEntryRow.effective_at,
    )
    .join(ValueEntryRow, ValueEntryRow.id == EntryValueRow.entry_id)
    .where(one_of(ValueEntryRow.item_id, "items"))
)


@dataclass(frozen=True, slots=True)
class Scope:
    """How far history goes: to the end of a moment; as it was known before a document was posted.

    `known_before` is that document's row number.
    """

    until: datetime | None = None
    known_before: int | None = None

    def knows(self, document: int) -> bool:
        return self.known_before is None or document < self.known_before

    def is_undone(self, reversal: int | None) -> bool:
        """Tell whether a document counts as reversed, by the number of what reverses it."""
        return reversal is not None and self.knows(reversal)


WHOLE = Scope()
FROM_THE_BEGINNING: Mapping[int, datetime] = {}


@dataclass(slots=True)
class Happening:
    """A movement into or out of what the company owns (`is_arrival`), or a change of value.

    `cost` is what an arrival was stated to cost and `landed` what was added to that later; `given`
    is the money stated for a line. `lot` is 0 where there is none. `stored` is what the books say
    a movement is worth. `is_void`: it was reversed, or is what reverses.
    """

    number: int
    document: int
    line: int
    type: DocumentType
    item: int
    lot: int
    at: datetime
    sequence: int
    quantity: Decimal = ZERO
    is_arrival: bool = False
    cost: Cost | None = None
    landed: Decimal = ZERO
    given: Decimal = ZERO
    standard: Decimal | None = None
    origin: int | None = None
    stored: Decimal | None = None
    is_void: bool = False
    unit_cost: Decimal | None = None
    costing: Costing | None = None

    @property
    def moment(self) -> tuple[datetime, int]:
        return self.at, self.sequence

    @property
    def place(self) -> tuple[datetime, int, int]:
        """Where in history it stands."""
        return self.at, self.sequence, self.number

    @property
    def change(self) -> Decimal:
        return self.quantity if self.is_arrival else -self.quantity


def happenings(
    connection: Connection,
    items: Collection[int],
    scope: Scope = WHOLE,
    since: Mapping[int, datetime] = FROM_THE_BEGINNING,
) -> Iterator[Happening]:
    """Give all that touches the value of these items, in the order of history.

    `since` has the items of which only what comes after a moment is wanted.
    """
    some = {"items": list(items)}
    entries = [row for row in connection.execute(_ENTRIES, some) if _counts(row, scope)]
    landed: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in entries:
        if row.kind is ValueKind.LANDED:
            landed[row.movement_id] += row.amount
    changes = [_of_entry(row) for row in entries if row.kind is not ValueKind.LANDED]
    query = _scoped(_MOVEMENTS, MovementRow.effective_at, scope)
    if since and since.keys() >= set(items):
        query = query.where(MovementRow.effective_at > min(since.values()))
    with connection.execute(query, some).yield_per(5_000) as rows:
        moves = _movements(rows, landed, scope)
        found = merge(moves, changes, key=_place) if changes else moves
        yield from (one for one in found if _is_after(one, since)) if since else found


def stored_entries(
    connection: Connection,
    items: Collection[int],
    since: Mapping[int, datetime] = FROM_THE_BEGINNING,
) -> dict[tuple[int, int], Decimal]:
    """Return what the books say changes of value were worth, by entry and lot.

    `since` has the items of which only what comes after a moment is wanted.
    """
    return {
        (row.entry_id, row.lot_id): row.value
        for row in connection.execute(_KNOWN_VALUES, {"items": list(items)})
        if row.item_id not in since or row.effective_at > since[row.item_id]
    }


def _scoped(query: Select[*tuple[Any, ...]], at: Any, scope: Scope) -> Select[*tuple[Any, ...]]:
    return query if scope.until is None else query.where(at <= scope.until)


def _counts(row: Any, scope: Scope) -> bool:
    """Tell whether a change of value is live and within the scope."""
    if scope.until is not None and row.effective_at > scope.until:
        return False
    return scope.knows(row.document_id) and not scope.is_undone(row.reversal)


def _movements(
    rows: Iterable[Any], landed: Mapping[int, Decimal], scope: Scope
) -> Iterator[Happening]:
    """Give the movements of the rows; unpacked by place, which is the quick way for many."""
    for (
        number,
        document,
        line,
        kind,
        item,
        lot,
        quantity,
        at,
        sequence,
        unit_cost,
        unit_quantity,
        given,
        standard,
        origin,
        reverses,
        reversal,
        is_arrival,
        stored,
    ) in rows:
        if scope.knows(document):
            yield Happening(
                number,
                document,
                line,
                kind,
                item,
                lot or 0,
                at,
                sequence,
                quantity,
                bool(is_arrival),
                None
                if unit_cost is None
                else stated_cost(number, unit_cost, unit_quantity, quantity),
                landed.get(number, ZERO),
                given or ZERO,
                standard,
                origin,
                stored,
                reverses is not None or scope.is_undone(reversal),
            )


def stated_cost(
    number: int, unit_cost: Decimal | None, unit_quantity: Decimal | None, quantity: Decimal
) -> Cost | None:
    """Return what a movement was stated to cost, exact: so much for each unit it was stated in."""
    if unit_cost is None:
        return None
    count = quantity if unit_quantity is None else unit_quantity
    return Cost(number, EXACT.multiply(unit_cost, count), quantity)


def _of_entry(row: Any) -> Happening:
    revalued = row.kind is ValueKind.REVALUATION
    return Happening(
        row.id,
        row.document_id,
        1,
        DocumentType.REVALUATION if revalued else DocumentType.COSTING_CHANGE,
        row.item_id,
        row.lot_id or 0,
        row.effective_at,
        row.sequence,
        unit_cost=row.unit_cost,
        costing=row.costing,
    )


def _is_after(happening: Happening, since: Mapping[int, datetime]) -> bool:
    begun = since.get(happening.item)
    return begun is None or happening.at > begun


def _place(happening: Happening) -> tuple[datetime, int, int]:
    return happening.place
