"""Makes all derived tables anew from the facts, in one transaction, and tells what was wrong.

What plain history proves stays as it is; all else is worked out again by the engine that posts.
Nobody posts meanwhile: a balance that moved while it was worked out would be wrong again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.orm import Session

from app.core.progress import Progress
from app.db.tables import (
    BalanceRow,
    DocumentRow,
    ItemRow,
    MovementRow,
    OrderLineRow,
    SettingRow,
    table_of,
)
from app.db.tables.values import (
    CheckpointRow,
    EntryValueRow,
    LayerRow,
    MovementValueRow,
    PeriodDifferenceRow,
    PoolRow,
)
from app.ledger.assemblies import ASSEMBLING
from app.ledger.checkpoints import mend_checkpoints
from app.ledger.derivation import derive
from app.ledger.facts import known_items, money_places
from app.ledger.heads import wait_for_turn
from app.ledger.mending import mend_balances, mend_costing, mend_values
from app.ledger.periods import closed_before, documented_boundary, eras, keep_boundary
from app.ledger.quick_proof import QuickProof
from app.ledger.spans import Span, last_item, next_span, within
from app.ledger.verify_checkpoints import wrong_checkpoints
from app.ledger.verify_stock import DONE, differing_promises

TABLES = tuple(
    table_of(row)
    for row in (
        *(BalanceRow, OrderLineRow, MovementValueRow, EntryValueRow, PeriodDifferenceRow),
        *(PoolRow, LayerRow, CheckpointRow, ItemRow, SettingRow),
    )
)
AT_ONCE = 500
"""Items that are worked out together, more only where builds tie them together."""

_ITEMS = select(ItemRow.id).where(within(ItemRow.id))
_LINE = table_of(OrderLineRow)
_MEND_LINES = update(_LINE).where(within(_LINE.c.item_id), _LINE.c.done != DONE).values(done=DONE)
_BUILT = (
    select(MovementRow.document_id, MovementRow.item_id)
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .where(DocumentRow.type.in_(ASSEMBLING))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A derived table: how many rows it has, and how many had to be changed."""

    name: str
    rows: int
    changed: int


def rebuild(session: Session) -> Generator[Progress, None, list[Rebuilt]]:
    """Bring every derived table to what the facts say and return what that changed."""
    connection = session.connection()
    wait_for_turn(connection, alone=True)
    changed: Counter[str] = Counter()
    changed["setting"] += _mend_boundary(connection)
    last = last_item(connection)
    places = money_places(connection)
    quick = QuickProof(connection, places)
    doubtful: set[int] = set()
    for span in _spans(connection):
        changed["stock_order_line"] += connection.execute(_MEND_LINES, span.values()).rowcount
        doubtful |= _doubtful(connection, quick, span)
        yield Progress(span.until, last + len(doubtful))
    done = 0
    for items in _together(connection, doubtful):
        changed.update(_mend(connection, items))
        done += len(items)
        yield Progress(last + min(done, len(doubtful)), last + len(doubtful))
    changed["checkpoint"] += _mend_checkpoints(connection, places)
    return [Rebuilt(table.name, _rows(connection, table), changed[table.name]) for table in TABLES]


def _mend_boundary(connection: Connection) -> int:
    boundary = documented_boundary(connection)
    if closed_before(connection) == boundary:
        return 0
    keep_boundary(connection, boundary)
    return 1


def _mend_checkpoints(connection: Connection, places: int) -> int:
    """Mend them once what they are worked out from is right."""
    found = 0
    for span in _spans(connection):
        wrong = wrong_checkpoints(connection, span, places)
        mend_checkpoints(connection, wrong)
        found += len(wrong)
    return found


def _spans(connection: Connection) -> Iterator[Span]:
    span = next_span(connection, 0)
    while span is not None:
        yield span
        span = next_span(connection, span.until)


def _doubtful(connection: Connection, quick: QuickProof, span: Span) -> set[int]:
    """Return the items of which something is not proven."""
    unproven = set(connection.scalars(_ITEMS, span.values())) - quick.prove(span)
    return unproven | differing_promises(connection, span)


def _mend(connection: Connection, items: Collection[int]) -> Counter[str]:
    facts = known_items(connection, items)
    derived = derive(connection, facts.values(), money_places(connection), eras(connection))
    return (
        mend_balances(connection, items)
        + mend_values(connection, items, derived)
        + mend_costing(connection, facts.values(), derived)
    )


def _together(connection: Connection, items: Collection[int]) -> Iterator[set[int]]:
    """Give the items some at a time; those that are tied by builds never apart."""
    some: set[int] = set()
    for group in groups_of(items, connection.execute(_BUILT).all()):
        some |= group
        if len(some) >= AT_ONCE:
            yield some
            some = set()
    if some:
        yield some


def groups_of(items: Collection[int], parts: Sequence[Sequence[int]]) -> Iterator[set[int]]:
    """Give the items group by group, all that took part in one of their builds with them.

    `parts` are documents, each with an item that took part in it.
    """
    items_of: defaultdict[int, set[int]] = defaultdict(set)
    builds_of: defaultdict[int, set[int]] = defaultdict(set)
    for document, item in parts:
        items_of[document].add(item)
        builds_of[item].add(document)
    left = set(items)
    while left:
        group: set[int] = set()
        to_look_at = {left.pop()}
        while to_look_at:
            item = to_look_at.pop()
            group.add(item)
            for document in builds_of.pop(item, ()):
                to_look_at |= items_of.pop(document, set()) - group
        left -= group
        yield group


def _rows(connection: Connection, table: Table) -> int:
    query = select(func.count()).select_from(table)
    if table.name == "item":
        query = query.where(ItemRow.first_costing.is_not(None))
    elif table.name == "setting":
        query = query.where(SettingRow.name == "closed_before")
    return connection.scalar(query) or 0
