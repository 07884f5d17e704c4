"""Proves at full speed what history is plain: receipts, issues, moves and counts that went well.

It never says what is wrong. An item whose books are not exactly what plain history makes of them,
or that is not plain (landed costs, returns, builds, revaluations, corrected counts, shortages,
closed periods with differences), is left to the checks that know everything. Figures are whole
millionths here, as they are stored: `tests/ledger/test_quick_proof.py` holds them against costing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, case, func, select, type_coerce

from app.core.catalogue import OWNED, Costing, LocationKind
from app.db.tables import BalanceRow, DocumentRow, ItemRow, LocationRow, MovementRow, ValueEntryRow
from app.db.tables.values import LayerRow, MovementValueRow, PeriodDifferenceRow, PoolRow
from app.ledger.quick_pools import QuickPool, make_pool
from app.ledger.spans import Span, within

ROWS_AT_ONCE = 5_000


def _raw(column: Any, name: str = "") -> Any:
    """Read a figure or a moment as the whole number it is stored as."""
    return type_coerce(column, BigInteger).label(name or None)


_IS_KNOWN = and_(MovementRow.cause_id.is_(None), MovementRow.origin_id.is_(None))
_MOVEMENTS = (
    select(
        MovementRow.item_id,
        MovementRow.id,
        MovementRow.document_id,
        MovementRow.line,
        MovementRow.from_id,
        MovementRow.to_id,
        func.coalesce(MovementRow.lot_id, 0),
        _raw(MovementRow.quantity),
        _raw(MovementRow.unit_cost),
        _raw(MovementRow.unit_quantity),
        _raw(MovementRow.given_value),
        case((_IS_KNOWN, 1), else_=0),
        _raw(MovementValueRow.value),
    )
    .outerjoin(MovementValueRow, MovementValueRow.movement_id == MovementRow.id)
    .where(within(MovementRow.item_id))
    .order_by(MovementRow.item_id, MovementRow.effective_at, MovementRow.sequence, MovementRow.id)
)
_PLAIN_ITEMS = select(ItemRow.id, ItemRow.costing, ItemRow.cost_per_lot).where(
    within(ItemRow.id), ItemRow.first_costing.is_(None), ItemRow.costing != Costing.STANDARD
)
_ENTRIES = select(ValueEntryRow.item_id).where(within(ValueEntryRow.item_id)).distinct()
_DIFFERENCES = (
    select(PeriodDifferenceRow.item_id).where(within(PeriodDifferenceRow.item_id)).distinct()
)
_IS_OWNED = case(
    (LocationRow.kind == LocationKind.PRODUCTION, None), (LocationRow.kind.in_(OWNED), 1), else_=0
)
"""None for production, where goods become others."""
_BALANCES = (
    select(
        BalanceRow.item_id,
        BalanceRow.location_id,
        BalanceRow.lot_id,
        _raw(BalanceRow.on_hand),
        _IS_OWNED,
    )
    .join(LocationRow, LocationRow.id == BalanceRow.location_id)
    .where(within(BalanceRow.item_id))
)
_POOLS = select(
    PoolRow.item_id,
    PoolRow.lot_id,
    _raw(PoolRow.quantity),
    _raw(PoolRow.value),
    PoolRow.last_costed_id,
).where(within(PoolRow.item_id))
_IN_PLACE = and_(
    LayerRow.effective_at == MovementRow.effective_at, LayerRow.sequence == MovementRow.sequence
)
_LAYERS = (
    select(
        LayerRow.item_id,
        LayerRow.source_id,
        LayerRow.lot_id,
        _raw(LayerRow.quantity),
        _raw(LayerRow.value),
        case((_IN_PLACE, 1), else_=0),
    )
    .outerjoin(MovementRow, MovementRow.id == LayerRow.source_id)
    .where(within(LayerRow.item_id))
)
_REVERSALS = select(DocumentRow.id, DocumentRow.reverses_id).where(DocumentRow.reverses_id > 0)

Row = Sequence[Any]
Keep = tuple[Costing, bool]
"""How an item is valued, and whether by lot."""


class QuickProof:
    """Proves ranges of items; what holds for all of them is read once."""

    def __init__(self, connection: Connection, money_places: int) -> None:
        self._connection = connection
        self._money_places = money_places
        self._void = {number for pair in connection.execute(_REVERSALS) for number in pair}

    def prove(self, items: Span) -> set[int]:
        """Return those of the items whose books are what plain history makes of them."""
        span = items.values()
        plain = self._plain_items(span)
        books = _Books(self._connection, span)
        proven = plain.keys() - books.items()
        with self._connection.execute(_MOVEMENTS, span).yield_per(ROWS_AT_ONCE) as rows:
            each = chain.from_iterable(rows.partitions())
            for item, theirs in groupby(each, itemgetter(0)):
                proven.discard(item)
                if item in plain and self._is_proven(item, plain[item], theirs, books):
                    proven.add(item)
        return proven

    def _plain_items(self, span: dict[str, int]) -> dict[int, Keep]:
        plain = {
            item: (costing, by_lot)
            for item, costing, by_lot in self._connection.execute(_PLAIN_ITEMS, span)
        }
        for query in (_ENTRIES, _DIFFERENCES):
            for item in self._connection.scalars(query, span):
                plain.pop(item, None)
        return plain

    def _is_proven(self, item: int, keep: Keep, rows: Iterable[Row], books: "_Books") -> bool:
        story = _Story(keep, self._money_places, books.owned, self._void)
        try:
            return story.runs_plain(rows) and books.say(item, story)
        except KeyError:  # a place without a balance
            return False


class _Story:
    """What the movements of one item come to."""

    def __init__(
        self, keep: Keep, money_places: int, owned: Mapping[int, bool | None], void: Set[int]
    ) -> None:
        self.held: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.pools: dict[int, QuickPool] = {}
        self._costing, self._by_lot = keep
        self._money_places = money_places
        self._owned = owned
        self._void = void
        self._line = 0, 0

    def runs_plain(self, rows: Iterable[Row]) -> bool:
        """Take all movements; tell whether they are plain, and worth what the books say."""
        held, owned, worth = self.held, self._owned, self._worth
        for row in rows:
            _, _, _, _, source, target, lot, quantity, _, _, _, _, value = row
            held[source, lot] -= quantity
            held[target, lot] += quantity
            arrives = owned[target]
            if arrives is owned[source]:
                if value is not None:
                    return False
            elif value is None or worth(row, arrives) != value:
                return False
        return True

    def _worth(self, row: Row, arrives: bool | None) -> int | None:
        _, number, document, line, source, _, lot, quantity, cost, count, given, is_known, _ = row
        if document in self._void:
            return given or 0
        if not is_known or arrives is None or self._owned[source] is None:
            return None
        if cost is None and self._line == (document, line):
            return None
        self._line = document, line
        pool = self.pools.get(lot if self._by_lot else 0) or self._new_pool(lot)
        if not arrives:
            return pool.leave(quantity)
        stated = None if cost is None else cost * (quantity if count is None else count)
        return pool.arrive(number, quantity, stated)

    def _new_pool(self, lot: int) -> QuickPool:
        pool = make_pool(self._costing, self._money_places)
        self.pools[lot if self._by_lot else 0] = pool
        return pool


class _Books:
    """What is stored about some items: balances, pools, layers.

    `owned` has the places where they lay, and whether that is the company's.
    """

    def __init__(self, connection: Connection, span: dict[str, int]) -> None:
        self._held: defaultdict[int, dict[Any, int]] = defaultdict(dict)
        self._pools: defaultdict[int, dict[int, Row]] = defaultdict(dict)
        self._layers: defaultdict[int, dict[int, Row]] = defaultdict(dict)
        self.owned: dict[int, bool | None] = {}
        for item, place, lot, on_hand, is_owned in connection.execute(_BALANCES, span).all():
            self.owned[place] = None if is_owned is None else is_owned == 1
            self._held[item][place, lot] = on_hand
        for item, lot, *figures in connection.execute(_POOLS, span).all():
            self._pools[item][lot] = tuple(figures)
        for item, source, *figures in connection.execute(_LAYERS, span).all():
            self._layers[item][source] = tuple(figures)

    def items(self) -> set[int]:
        """Return those of which anything is stored."""
        return {*self._held, *self._pools, *self._layers}

    def say(self, item: int, story: _Story) -> bool:
        """Tell whether they are exactly what the item's history comes to."""
        pools = {lot: (pool.quantity, pool.value, pool.latest) for lot, pool in story.pools.items()}
        layers = {
            number: (lot, *figures, 1)
            for lot, pool in story.pools.items()
            for number, figures in pool.layers().items()
        }
        return (
            story.held == self._held.get(item, {})
            and pools == self._pools.get(item, {})
            and layers == self._layers.get(item, {})
        )
