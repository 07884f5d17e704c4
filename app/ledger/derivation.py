"""All that follows from the facts about the value of some items, closed periods included.

Within a closed era values are what was known when it was closed. The differences that came to
light later stand at its end. Verify compares this with the books, rebuild writes it anew.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from app.core.catalogue import Costing
from app.core.clock import EARLIEST
from app.core.costing import Pool
from app.core.decimals import ZERO
from app.ledger.assemblies import behind, beside
from app.ledger.facts import ItemFacts, known_items
from app.ledger.happenings import Happening, Scope
from app.ledger.periods import Era, eras
from app.ledger.replay import WorkedOut, work_out, worth_of
from app.ledger.valuing import PoolKey


@dataclass(slots=True)
class Derived:
    """What the books must say: values by movement, changes of value by entry and lot, what was
    booked at the ends of closed eras, and the pools, methods and standard costs as they stand.

    `apart` are the items of which a closed era says something else than is known now.
    """

    history: Sequence[Happening] = ()
    values: dict[int, Decimal] = field(default_factory=dict)
    entries: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    differences: dict[tuple[PoolKey, datetime], Decimal] = field(default_factory=dict)
    pools: dict[PoolKey, Pool] = field(default_factory=dict)
    methods: dict[int, Costing] = field(default_factory=dict)
    standards: dict[int, Decimal] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)


def derive(
    connection: Connection, items: Collection[ItemFacts], places: int, known_eras: Sequence[Era]
) -> Derived:
    """Work these items out era by era; with no era closed, that is once."""
    wanted = {item.id for item in items}
    if len(known_eras) > 1:
        items = known_items(connection, behind(connection, wanted)).values()
    else:
        items = known_items(connection, beside(connection, wanted)).values()
    facts = {item.id: item for item in items}
    derived = Derived()
    began = EARLIEST
    for era in known_eras:
        found = work_out(connection, items, places, Scope(known_before=era.known_before))
        _book(derived, found, facts, began)
        _keep(derived, found, began, era.boundary)
        if era.boundary is not None:
            began = era.boundary
        else:
            derived.history, derived.pools = found.history, found.pools
            derived.methods, derived.standards = found.methods, found.standards
            derived.apart = _apart(derived, found) if len(known_eras) > 1 else set()
    _narrow(derived, wanted)
    return derived


def worth_at(
    connection: Connection, items: Collection[int], places: int, at: datetime
) -> dict[int, tuple[Decimal, Decimal]]:
    """Return quantity and value of items at the end of a moment, those that are not zero.

    For a moment in a closed era that is what was known when it was closed.
    """
    closed = (era for era in eras(connection) if era.boundary is None or at < era.boundary)
    scope = Scope(at, next(closed).known_before)
    facts = known_items(connection, behind(connection, items))
    pools = work_out(connection, facts.values(), places, scope).pools
    worth: dict[int, tuple[Decimal, Decimal]] = {}
    for (item, _), pool in pools.items():
        quantity, value = worth.get(item, (ZERO, ZERO))
        worth[item] = quantity + pool.quantity, value + pool.value
    return {item: worth[item] for item in worth if item in items and any(worth[item])}


def _book(
    derived: Derived, found: WorkedOut, items: Mapping[int, ItemFacts], boundary: datetime
) -> None:
    """Book what is known in an era about the history before it, and was not reported then."""
    closed = [one for one in found.history if one.at < boundary]
    real = worth_of(closed, items, found.values, found.entries)
    reported = worth_of(closed, items, derived.values, derived.entries)
    for (key, _), value in derived.differences.items():
        reported[key] = reported.get(key, ZERO) + value
    for key in real.keys() | reported.keys():
        difference = real.get(key, ZERO) - reported.get(key, ZERO)
        if difference:
            derived.differences[key, boundary] = difference


def _keep(derived: Derived, found: WorkedOut, began: datetime, ended: datetime | None) -> None:
    """Keep the values of what happened in one era."""
    for one in found.history:
        if began <= one.at and (ended is None or one.at < ended):
            if one.quantity:
                derived.values[one.number] = found.values[one.number]
            else:
                theirs = {key: v for key, v in found.entries.items() if key[0] == one.number}
                derived.entries.update(theirs)


def _apart(derived: Derived, found: WorkedOut) -> set[int]:
    now: dict[int, Any] = {**found.values, **_by_number(found.entries)}
    then: dict[int, Any] = {**derived.values, **_by_number(derived.entries)}
    return {one.item for one in found.history if now.get(one.number) != then.get(one.number)}


def _by_number(entries: Mapping[tuple[int, int], Decimal]) -> dict[int, dict[int, Decimal]]:
    found: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    for (number, lot), value in entries.items():
        found[number][lot] = value
    return found


def _narrow(derived: Derived, wanted: Collection[int]) -> None:
    """Leave out the items that were worked out only because others depend on them."""
    others = {one.number for one in derived.history if one.item not in wanted}
    derived.history = [one for one in derived.history if one.item in wanted]
    derived.values = {n: value for n, value in derived.values.items() if n not in others}
    derived.entries = {key: v for key, v in derived.entries.items() if key[0] not in others}
    derived.pools = {key: pool for key, pool in derived.pools.items() if key[0] in wanted}
    derived.differences = {
        key: value for key, value in derived.differences.items() if key[0][0] in wanted
    }
