"""Works the value of stock out again from the facts alone, in the order of history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import aliased
from typing_extensions import override

from app.core.catalogue import Costing
from app.core.costing import Pool
from app.core.decimals import ZERO
from app.core.documents import DocumentType
from app.core.progress import Progress, Report, unheard
from app.db.prepared import one_of
from app.db.tables import DocumentRow, MovementRow
from app.db.tables.values import MovementValueRow
from app.ledger.assemblies import find_assemblies
from app.ledger.checkpoints import Checkpoint, Keeper, find_checkpoints
from app.ledger.facts import ItemFacts
from app.ledger.happenings import WHOLE, Happening, Scope, happenings
from app.ledger.valuing import Books, Origin, PoolKey, Valuer

_ISSUE = select(MovementRow.item_id, MovementRow.quantity).where(
    MovementRow.id == bindparam("movement")
)
_VALUE = select(MovementValueRow.value).where(MovementValueRow.movement_id == bindparam("movement"))
_REVERSAL = aliased(DocumentRow)
_RETURNED = (
    select(MovementRow.quantity)
    .where(
        MovementRow.origin_id == bindparam("movement"),
        MovementRow.effective_at <= bindparam("until", type_=MovementRow.effective_at.type),
        ~select(_REVERSAL.id).where(_REVERSAL.reverses_id == MovementRow.document_id).exists(),
    )
    .order_by(MovementRow.effective_at, MovementRow.sequence, MovementRow.id)
)
_COUNT = select(func.count(MovementRow.id)).where(one_of(MovementRow.item_id, "items"))

PASSES = 50
"""So often values are worked out anew until builds and returns agree with what went before them;
few take more than two."""

REPORT_EVERY = 1_000


@dataclass(slots=True)
class WorkedOut:
    """What the facts say: pools, the value of each movement, what changes of value came to.

    `methods` and `standards` hold at the end. `begun` has the items that were not worked out from
    their beginning, with the moment after which they were; `checkpoints` is where later replays may
    begin.
    """

    history: Sequence[Happening]
    pools: dict[PoolKey, Pool]
    values: dict[int, Decimal]
    entries: dict[tuple[int, int], Decimal]
    methods: dict[int, Costing]
    standards: dict[int, Decimal]
    begun: Mapping[int, datetime]
    checkpoints: Sequence[Checkpoint]


def work_out(
    connection: Connection, items: Iterable[ItemFacts], places: int, scope: Scope = WHOLE
) -> WorkedOut:
    """Work out these items together, from their first movement on."""
    return Replay(connection, items, places, scope).run()


class Replay:
    """Values the history of some items together, from their first movement on.

    Reversed documents and their reversals take no part: they keep the value they were stated
    with. All movements of one line of a count are one adjustment.
    """

    def __init__(
        self,
        connection: Connection,
        items: Iterable[ItemFacts],
        places: int,
        scope: Scope = WHOLE,
        report: Report = unheard,
    ) -> None:
        self.wanted: Mapping[int, Collection[datetime]] | None = None
        """The moments to take checkpoints at, for each item; without it, one every so often."""
        self._connection = connection
        self._items = {item.id: item for item in items}
        self._places = places
        self._scope = scope
        self._report = report
        self._total = 0
        self._assemblies = find_assemblies(connection, self._items, scope)
        self._start: Mapping[int, Checkpoint] = {}

    def begin_before(self, changed: Mapping[int, datetime]) -> None:
        """Go back only as far as changes from these moments on can reach, by the checkpoints.

        The books must be right before. The parts of an unbuild depend on all their pools at once,
        so these items always go from the beginning.
        """
        if all(one.type is not DocumentType.UNBUILD for one in self._assemblies.values()):
            made_of = {
                (product.item, part.item)
                for one in self._assemblies.values()
                for product in one.outputs
                for part in one.inputs
                if product.item in self._items
            }
            self._start = find_checkpoints(self._connection, self._items, changed, made_of)

    def run(self) -> WorkedOut:
        """Work it out. Where goods came to cover their own shortage no value agrees with itself:
        then each thing is worth what was known at its moment, and nothing is settled.

        What takes more than one pass goes from the beginning: where it comes to rest may hang on
        what the passes before found.
        """
        history = self._read()
        finals: dict[int, Decimal] = {}
        for _ in range(PASSES):
            valuer, keeper = self._value(history, finals)
            unsettled = valuer.unsettled()
            if not unsettled:
                break
            if self._start:
                self._start = {}
                return self.run()
            finals = {**finals, **unsettled}
        else:
            valuer, keeper = self._value(history, {})
            keeper.found.clear()
        return WorkedOut(
            history,
            valuer.pools,
            valuer.values,
            valuer.entries,
            valuer.methods,
            valuer.standards,
            self._begun(),
            keeper.found,
        )

    def _begun(self) -> dict[int, datetime]:
        return {item: one.at for item, one in self._start.items()}

    def _read(self) -> list[Happening]:
        """Read what happened, which is half of the way."""
        if self._report is not unheard:
            count = self._connection.scalar(_COUNT, {"items": list(self._items)}) or 0
            self._total = 2 * count
        found = happenings(self._connection, self._items, self._scope, self._begun())
        return list(self._told(found, 0))

    def _value(
        self, history: Sequence[Happening], finals: Mapping[int, Decimal]
    ) -> tuple[Valuer, Keeper]:
        books = _Facts(self._connection, self._begun(), self._places)
        valuer = Valuer(self._items, self._assemblies, books, self._places, finals)
        for checkpoint in self._start.values():
            checkpoint.restore(valuer)
        keeper = Keeper(valuer, self.wanted)
        for _, together in groupby(self._told(history, self._total // 2), key=_event):
            event = list(together)
            keeper.watch(event)
            valuer.take(event)
        keeper.finish()
        return valuer, keeper

    def _told(self, history: Iterable[Happening], before: int) -> Iterator[Happening]:
        """Give what happened, and tell now and then how far that is.

        What is short is done without a word: whoever is told may end it.
        """
        for done, happening in enumerate(history, start=1):
            if done % REPORT_EVERY == 0:
                self._report(Progress(min(before + done, self._total), self._total))
            yield happening


class _Facts(Books):
    """Knows only what goods were worth that are not worked out anew.

    `begun` has the items whose replay does not begin at their beginning.
    """

    def __init__(self, connection: Connection, begun: Mapping[int, datetime], places: int) -> None:
        self._connection = connection
        self._begun = begun
        self._places = places

    @override
    def value_of(self, movement: int) -> Decimal:
        return self._connection.scalar(_VALUE, {"movement": movement}) or ZERO

    @override
    def origin(self, movement: int, value: Decimal | None) -> Origin:
        """Return what is left of an issue, after what came back before the replay begins."""
        issue = self._connection.execute(_ISSUE, {"movement": movement}).one()
        origin = Origin(issue.quantity, self.value_of(movement) if value is None else value)
        begun = self._begun.get(issue.item_id)
        if begun is not None:
            before = {"movement": movement, "until": begun}
            for quantity in self._connection.scalars(_RETURNED, before):
                origin.take(quantity, self._places)
        return origin

    @override
    def pool(self, item: ItemFacts, lot: int) -> Pool | None:
        return None


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
