"""Works the value of stock out again from the facts alone, in the order of history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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

PASSES = 50
"""So often values are worked out anew until builds and returns agree with what went before them;
few take more than two."""


@dataclass(slots=True)
class WorkedOut:
    """What the facts say: pools, the value of each movement, what changes of value came to.

    `methods` and `standards` hold at the end.
    """

    history: Sequence[Happening]
    pools: dict[PoolKey, Pool]
    values: dict[int, Decimal]
    entries: dict[tuple[int, int], Decimal]
    methods: dict[int, Costing]
    standards: dict[int, Decimal]


def work_out(
    connection: Connection,
    items: Iterable[ItemFacts],
    places: int,
    scope: Scope = WHOLE,
) -> WorkedOut:
    """Work out these items together, from their first movement on.

    Reversed documents and their reversals take no part: they keep the value they were stated
    with. All movements of one line of a count are one adjustment. Where goods came to cover their
    own shortage no value agrees with itself: then each thing is worth what was known at its moment.
    """
    facts = {item.id: item for item in items}
    assemblies = find_assemblies(connection, facts, scope)
    history = list(happenings(connection, facts, scope))
    books = _Facts(connection)
    finals: dict[int, Decimal] = {}
    for _ in range(PASSES):
        valuer = _value(Valuer(facts, assemblies, books, places, finals), history)
        unsettled = valuer.unsettled()
        if not unsettled:
            break
        finals = {**finals, **unsettled}
    else:
        valuer = _value(Valuer(facts, assemblies, books, places, {}), history)
    return WorkedOut(
        history,
        valuer.pools,
        valuer.values,
        valuer.entries,
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


def _value(valuer: Valuer, history: Iterable[Happening]) -> Valuer:
    for _, together in groupby(history, key=_event):
        valuer.take(list(together))
    return valuer


def worth_of(
    history: Iterable[Happening],
    items: Mapping[int, ItemFacts],
    values: Mapping[int, Decimal],
    entries: Mapping[tuple[int, int], Decimal],
) -> dict[PoolKey, Decimal]:
    """Return what a stretch of history adds to the worth of each pool, by the values given."""
    worth: defaultdict[PoolKey, Decimal] = defaultdict(lambda: ZERO)
    revalued: dict[int, int] = {}
    for one in history:
        if one.quantity:
            value = values.get(one.number, ZERO)
            key = one.item, items[one.item].pool_lot(one.lot)
            worth[key] += value if one.is_arrival else -value
        else:
            revalued[one.number] = one.item
    for (number, lot), value in entries.items():
        if number in revalued:
            worth[revalued[number], lot] += value
    return worth


def _event(happening: Happening) -> tuple[int, ...]:
    """What counts as one event: a movement, or all of one line of a count."""
    if happening.type is DocumentType.COUNT:
        return happening.document, happening.line
    return (happening.number,)
