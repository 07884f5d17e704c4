"""Works the value of stock out again from the facts alone, in the order of history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, bindparam, select
from typing_extensions import override

from app.core.catalogue import Costing
from app.core.costing import Pool
from app.core.decimals import ZERO
from app.core.documents import DocumentType
from app.db.tables import MovementRow, MovementValueRow
from app.ledger.assemblies import find_assemblies
from app.ledger.facts import ItemFacts
from app.ledger.happenings import WHOLE, Happening, Scope, happenings
from app.ledger.valuing import Books, Origin, PoolKey, Valuer

_QUANTITY = select(MovementRow.quantity).where(MovementRow.id == bindparam("movement"))
_VALUE = select(MovementValueRow.value).where(MovementValueRow.movement_id == bindparam("movement"))

PASSES = 12
"""So often values are worked out anew until builds and returns agree with what went before them;
more than the longest chain of builds from stock that was not there yet."""


@dataclass(slots=True)
class WorkedOut:
    """What the facts say: pools, the value of each movement, what changes of value came to.

    With a boundary: the movements and changes of value `before` it, and what the pools were worth
    there (`pools_then`). `methods` and `standards` hold at the end.
    """

    history: Sequence[Happening]
    pools: dict[PoolKey, Pool]
    values: dict[int, Decimal]
    entries: dict[tuple[int, int], Decimal]
    before: set[int]
    pools_then: dict[PoolKey, Decimal]
    methods: dict[int, Costing]
    standards: dict[int, Decimal]


def work_out(
    connection: Connection,
    items: Iterable[ItemFacts],
    places: int,
    scope: Scope = WHOLE,
    boundary: datetime | None = None,
) -> WorkedOut:
    """Work out these items together, from their first movement on.

    Reversed documents and their reversals take no part: they keep the value they were stated
    with. All movements of one line of a count are one adjustment. `boundary` is a moment at which
    the pools are looked at on the way.
    """
    facts = {item.id: item for item in items}
    assemblies = find_assemblies(connection, facts, scope)
    history = list(happenings(connection, facts, scope))
    books = _Facts(connection)
    finals: dict[int, Decimal] = {}
    for _ in range(PASSES):
        valuer = Valuer(facts, assemblies, books, places, finals)
        before, then = _go_through(valuer, history, boundary)
        unsettled = valuer.unsettled()
        if not unsettled:
            break
        finals = {**finals, **unsettled}
    return WorkedOut(
        history,
        valuer.pools,
        valuer.values,
        valuer.entries,
        before,
        then,
        valuer.methods,
        valuer.standards,
    )


class _Facts(Books):
    """Begins from nothing: asks only for what goods of other items were worth."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @override
    def value_of(self, movement: int) -> Decimal:
        return self._connection.scalar(_VALUE, {"movement": movement}) or ZERO

    @override
    def origin(self, movement: int, value: Decimal | None) -> Origin:
        quantity = self._connection.scalar(_QUANTITY, {"movement": movement}) or ZERO
        return Origin(quantity, self.value_of(movement) if value is None else value)

    @override
    def pool(self, item: ItemFacts, lot: int) -> Pool | None:
        return None


def _go_through(
    valuer: Valuer, history: Sequence[Happening], boundary: datetime | None
) -> tuple[set[int], dict[PoolKey, Decimal]]:
    """Value all of it; return what came before the boundary, and what the pools were worth then."""
    then: dict[PoolKey, Decimal] | None = None
    before: set[int] = set()
    for _, together in groupby(history, key=_event):
        group = list(together)
        if boundary is not None and then is None:
            if group[0].at < boundary:
                before.update(one.number for one in group)
            else:
                then = _worth(valuer.pools)
        valuer.take(group)
    return before, _worth(valuer.pools) if then is None else then


def _worth(pools: Mapping[PoolKey, Pool]) -> dict[PoolKey, Decimal]:
    return {key: pool.value for key, pool in pools.items()}


def _event(happening: Happening) -> tuple[int, ...]:
    """What counts as one event: a movement, or all of one line of a count."""
    if happening.type is DocumentType.COUNT:
        return happening.document, happening.line
    return (happening.number,)
