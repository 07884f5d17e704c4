"""Keeps where long histories stood, so that a late entry is not replayed from their beginning.

Only moments count at which an item was short nowhere: what comes later cannot change what its
goods were worth before.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, tuple_

from app.core.catalogue import Costing
from app.core.clock import EARLIEST, LATEST, from_microseconds, to_microseconds
from app.core.costing import Cost, Layer, Pool
from app.core.decimals import plain
from app.db.prepared import one_of
from app.db.tables import table_of
from app.db.tables.values import CheckpointRow
from app.ledger.happenings import Happening
from app.ledger.upserts import delete_rows, upsert
from app.ledger.valuing import Valuer

EVERY = 5_000
"""So much must have happened to an item since the last checkpoint."""

MOST_LAYERS = 200
"""An item with more open layers is not written down."""

_CHECKPOINT = table_of(CheckpointRow)
_C = _CHECKPOINT.c
_MOMENTS = select(_C.item_id, _C.effective_at).where(one_of(_C.item_id, "items"))
_STATES = select(_C.item_id, _C.effective_at, _C.state).where(one_of(_C.item_id, "items"))
_FORGET = delete(_CHECKPOINT).where(
    _C.item_id == bindparam("item"),
    _C.effective_at > bindparam("after", type_=_C.effective_at.type),
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How an item and its pools stood when all had happened up to the end of a moment.

    `state` is that as JSON: figures are exact, as text.
    """

    item: int
    at: datetime
    state: str

    def restore(self, valuer: Valuer) -> None:
        """Let a valuer go on from here."""
        found = json.loads(self.state)
        valuer.methods[self.item] = Costing(found["method"])
        if found["standard"] is not None:
            valuer.standards[self.item] = Decimal(found["standard"])
        for one in found["pools"]:
            valuer.pools[self.item, one["lot"]] = _pool_of(one, valuer.places)


class Keeper:
    """Looks on while history is valued, and takes down where long histories stand.

    It does so only when the next thing happens to the item: what is posted after that cannot come
    before it unless it is late. `wanted` are the moments to take down for each item; without it,
    one every so often.
    """

    def __init__(
        self, valuer: Valuer, wanted: Mapping[int, Collection[datetime]] | None = None
    ) -> None:
        self.found: list[Checkpoint] = []
        self._valuer = valuer
        self._wanted = wanted
        self._last_at: dict[int, datetime] = {}
        self._happened: Counter[int] = Counter()

    def watch(self, group: Sequence[Happening]) -> None:
        """This comes next for its item, and has not been valued yet."""
        item, at = group[0].item, group[0].at
        last = self._last_at.get(item)
        if last is not None and last < at:
            if self._wanted is not None:
                self._take_wanted(item, last, at)
            elif self._happened[item] >= EVERY and self._is_settled(item):
                self._happened[item] = 0
                self.found.append(self._checkpoint(item, last))
        self._happened[item] += len(group)
        self._last_at[item] = at

    def finish(self) -> None:
        """Nothing happens any more: what came after a moment may have been undone since."""
        for item, last in self._last_at.items():
            self._take_wanted(item, last, LATEST)

    def _take_wanted(self, item: int, last: datetime, until: datetime) -> None:
        wanted = (self._wanted or {}).get(item, ())
        self.found += (self._checkpoint(item, at) for at in wanted if last <= at < until)

    def _is_settled(self, item: int) -> bool:
        layers = [layer for pool in self._pools(item).values() for layer in pool.layers]
        return len(layers) <= MOST_LAYERS and all(layer.quantity > 0 for layer in layers)

    def _pools(self, item: int) -> dict[int, Pool]:
        return {lot: pool for (owner, lot), pool in self._valuer.pools.items() if owner == item}

    def _checkpoint(self, item: int, at: datetime) -> Checkpoint:
        standard = self._valuer.standards.get(item)
        state = {
            "method": self._valuer.methods[item],
            "standard": _text(standard),
            "pools": [_state_of(lot, pool) for lot, pool in sorted(self._pools(item).items())],
        }
        return Checkpoint(item, at, json.dumps(state))


def find_checkpoints(
    connection: Connection,
    items: Collection[int],
    changed: Mapping[int, datetime],
    made_of: Collection[tuple[int, int]] = (),
) -> dict[int, Checkpoint]:
    """Return where the replay of each item may begin; at its beginning if it is left out.

    What changes about an item reaches back to the last moment before it at which the item was
    settled, and not further. `made_of` has each product with what went into it: nothing of a
    product is settled that was made of what is not.
    """
    moments: defaultdict[int, list[datetime]] = defaultdict(list)
    for item, at in connection.execute(_MOMENTS, {"items": list(items)}):
        moments[item].append(at)
    begins = {
        item: _last(
            moments[item], changed[item] - timedelta.resolution if item in changed else LATEST
        )
        for item in items
    }
    while later := [pair for pair in made_of if begins[pair[0]] > begins.get(pair[1], LATEST)]:
        for product, part in later:
            begins[product] = _last(moments[product], min(begins[product], begins[part]))
    chosen = {(item, at) for item, at in begins.items() if at > EARLIEST}
    return {one.item: one for one in _stored(connection, chosen)} if chosen else {}


def _last(moments: Iterable[datetime], until: datetime) -> datetime:
    return max((at for at in moments if at <= until), default=EARLIEST)


def keep_checkpoints(
    connection: Connection,
    items: Collection[int],
    begun: Mapping[int, datetime],
    checkpoints: Iterable[Checkpoint],
) -> None:
    """Keep what a replay has found, in the place of what was known of the time after its begin.

    `begun` has the items that were not replayed from their beginning.
    """
    if replayed := [{"item": item, "after": begun.get(item, EARLIEST)} for item in items]:
        connection.execute(_FORGET, replayed)
    upsert(connection, _CHECKPOINT, _rows(checkpoints))


def stored_checkpoints(connection: Connection, items: Collection[int]) -> list[Checkpoint]:
    """Return all that is kept about some items."""
    return [Checkpoint(*row) for row in connection.execute(_STATES, {"items": list(items)})]


def mend_checkpoints(connection: Connection, wrong: Mapping[Checkpoint, Checkpoint | None]) -> None:
    """Put the right ones in the places of wrong ones; None is no checkpoint."""
    keys = [{"key_item_id": one.item, "key_effective_at": one.at} for one in wrong]
    delete_rows(connection, _CHECKPOINT, keys)
    upsert(connection, _CHECKPOINT, _rows(right for right in wrong.values() if right))


def _stored(
    connection: Connection, chosen: Collection[tuple[int, datetime]]
) -> Iterable[Checkpoint]:
    query = select(_C.item_id, _C.effective_at, _C.state).where(
        tuple_(_C.item_id, _C.effective_at).in_(chosen)
    )
    return [Checkpoint(*row) for row in connection.execute(query)]


def _rows(checkpoints: Iterable[Checkpoint]) -> list[dict[str, Any]]:
    return [
        {"item_id": one.item, "effective_at": one.at, "state": one.state} for one in checkpoints
    ]


def _state_of(lot: int, pool: Pool) -> dict[str, Any]:
    cost = pool.last_cost
    return {
        "lot": lot,
        "method": pool.method,
        "standard": _text(pool.standard),
        "quantity": plain(pool.quantity),
        "value": plain(pool.value),
        "last_cost": cost
        and [cost.movement, plain(cost.amount), plain(cost.quantity), cost.is_stated],
        "layers": [
            [
                layer.source,
                to_microseconds(layer.moment[0]),
                layer.moment[1],
                plain(layer.quantity),
                plain(layer.value),
            ]
            for layer in pool.layers
        ],
    }


def _pool_of(state: Mapping[str, Any], places: int) -> Pool:
    method = Costing(state["method"])
    last = state["last_cost"]
    cost = last and Cost(last[0], Decimal(last[1]), Decimal(last[2]), is_stated=last[3])
    pool = Pool(method, places, cost, _decimal(state["standard"]))
    layers = [
        Layer(source, (from_microseconds(at), sequence), Decimal(quantity), Decimal(value))
        for source, at, sequence, quantity, value in state["layers"]
    ]
    pool.touched.update((layer.source, layer) for layer in layers)
    if method is Costing.LIFO:
        layers.reverse()
    pool.resume(Decimal(state["quantity"]), Decimal(state["value"]), iter(layers))
    return pool


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else plain(figure)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
