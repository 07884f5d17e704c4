"""Values what happened, one thing after the other, in the order of history.

The same for what comes last and goes on from stored pools, and for a replay from the beginning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.catalogue import Costing
from app.core.costing import Change, Cost, Pool
from app.core.decimals import ZERO, apportion, share
from app.core.documents import DocumentType
from app.ledger.assemblies import Assembly
from app.ledger.facts import ItemFacts
from app.ledger.happenings import Happening

PoolKey = tuple[int, int]
"""Item, and lot where its cost is kept by lot (0: for all of it)."""


@dataclass(slots=True)
class Origin:
    """What is left of an issue whose goods may come back: base units and value."""

    quantity: Decimal
    value: Decimal

    def take(self, quantity: Decimal, places: int) -> Decimal:
        """Take back what so many of the pieces left with."""
        worth = share(self.value, quantity, self.quantity, places)
        self.quantity -= quantity
        self.value -= worth
        return worth


class Books:
    """What was valued before, for a valuing that goes on from there."""

    def value_of(self, movement: int) -> Decimal:
        """Return what a movement is worth by the books."""
        raise NotImplementedError

    def origin(self, movement: int, value: Decimal | None) -> Origin:
        """Return what is left of an issue; `value` is what it is worth, if that is known anew."""
        raise NotImplementedError

    def pool(self, item: ItemFacts, lot: int) -> Pool | None:
        """Return a pool as it stands in the books, if the valuing goes on from it."""
        raise NotImplementedError


class Valuer:
    """Keeps what has been valued so far: `values` by movement, `entries` by entry and lot.

    `finals` are values that a later arrival is known to give to what was short at first; `used`
    collects what was taken to be the value of goods that went into a build or come back.
    `methods` and `standards` are each item's costing and standard cost in the end, the latter if a
    document set it. `is_resumed`: it goes on from today's pools, not from the beginning.
    """

    def __init__(
        self,
        items: Mapping[int, ItemFacts],
        assemblies: Mapping[int, Assembly],
        books: Books,
        places: int,
        finals: Mapping[int, Decimal],
        *,
        is_resumed: bool = False,
    ) -> None:
        self.values: dict[int, Decimal] = {}
        self.entries: dict[tuple[int, int], Decimal] = {}
        self.pools: dict[PoolKey, Pool] = {}
        self.used: dict[int, Decimal] = {}
        self.places = places
        self._items = items
        self._assemblies = assemblies
        self._books = books
        self._finals = finals
        self.methods = {
            item.id: item.costing if is_resumed else item.first_costing or item.costing
            for item in items.values()
        }
        self.standards: dict[int, Decimal] = {}
        self._origins: dict[int, Origin] = {}
        self._parts: dict[int, Decimal] = {}

    def pool(self, item: int, lot: int) -> Pool:
        """Return the pool that a lot of an item belongs to."""
        key = item, self._items[item].pool_lot(lot)
        found = self.pools.get(key)
        if found is None:
            found = self._books.pool(self._items[item], key[1]) or Pool(
                self.methods[item], self.places, standard=self.standards.get(item)
            )
            self.pools[key] = found
        return found

    def take(self, group: Sequence[Happening]) -> None:
        """Value what happened at one place of history: a movement, or a count's adjustment with
        its corrections, or a change of value."""
        first = group[0]
        if first.is_void:
            self.values.update((one.number, one.given) for one in group)
        elif first.type is DocumentType.REVALUATION:
            self._revalue(first)
        elif first.type is DocumentType.COSTING_CHANGE:
            self._change_method(first)
        else:
            self._move(group)

    def unsettled(self) -> dict[int, Decimal]:
        """Return what builds and returns should have used, where that is known better now."""
        return {
            number: self.values[number]
            for number, used in self.used.items()
            if self.values.get(number, used) != used
        }

    def _move(self, group: Sequence[Happening]) -> None:
        """Value one movement, or all of a count's line as the one that has the sign of their sum:
        what a later arrival changes about that is added to it."""
        net = group[0].change if len(group) == 1 else sum((one.change for one in group), ZERO)
        if net == 0:
            self.values.update((one.number, ZERO) for one in group)
            return
        lead = next(one for one in group if (one.change > 0) == (net > 0))
        pool = self.pool(lead.item, lead.lot)
        worth = self._arrive(pool, lead, net) if net > 0 else self._leave(pool, lead, -net)
        self.values[lead.number] = worth
        if len(group) > 1:
            self._spread(worth, net, lead, group)
        if pool.changed:
            self._take_up_changes(pool)

    def _revalue(self, entry: Happening) -> None:
        cost = entry.unit_cost or ZERO
        if self.methods[entry.item] is Costing.STANDARD and not entry.lot:
            self.standards[entry.item] = cost
        for (item, lot), pool in self.pools.items():
            if item == entry.item and (not entry.lot or entry.lot == lot):
                self.entries[entry.number, lot] = pool.revalue(cost)

    def _change_method(self, entry: Happening) -> None:
        method = entry.costing or self.methods[entry.item]
        self.methods[entry.item] = method
        if entry.unit_cost is None:
            self.standards.pop(entry.item, None)
        else:
            self.standards[entry.item] = entry.unit_cost
        for (item, _), pool in self.pools.items():
            if item == entry.item:
                pool.change_method(method, entry.number, entry.moment, entry.unit_cost)

    def _arrive(self, pool: Pool, what: Happening, quantity: Decimal) -> Decimal:
        return pool.arrive(
            Change(
                what.number,
                what.moment,
                quantity,
                self._cost_of(what),
                what.landed,
                what.standard,
            )
        )

    def _leave(self, pool: Pool, what: Happening, quantity: Decimal) -> Decimal:
        return pool.leave(
            Change(what.number, what.moment, quantity, standard=what.standard, origin=what.origin)
        )

    def _cost_of(self, what: Happening) -> Cost | None:
        """Return the cost an arrival brings: stated, or of what it was made of or went out as."""
        if what.document in self._assemblies:
            worth = self._part_of(what)
        elif what.type is DocumentType.CUSTOMER_RETURN and what.origin is not None:
            worth = self._origin(what.origin).take(what.quantity, self.places)
        else:
            return what.cost
        return Cost(what.number, worth, what.quantity, is_stated=False)

    def _origin(self, movement: int) -> Origin:
        if movement not in self._origins:
            valued = self._known(movement)
            origin = self._books.origin(movement, valued)
            self._origins[movement] = origin
            if valued is not None:
                self.used[movement] = valued
        return self._origins[movement]

    def _known(self, movement: int) -> Decimal | None:
        return self._finals.get(movement, self.values.get(movement))

    def _worth(self, movement: int) -> Decimal:
        known = self._known(movement)
        if known is None:
            return self._books.value_of(movement)
        self.used[movement] = known
        return known

    def _part_of(self, what: Happening) -> Decimal:
        """Return an output's part of what a build cost; the first to ask has all worked out."""
        if what.number not in self._parts:
            assembly = self._assemblies[what.document]
            total = sum((self._worth(part.number) for part in assembly.inputs), assembly.cost)
            parts = apportion(total, self._weights(assembly), self.places)
            for part, worth in zip(assembly.outputs, parts, strict=True):
                self._parts[part.number] = worth
        return self._parts.pop(what.number)

    def _weights(self, assembly: Assembly) -> list[Decimal]:
        if assembly.type is DocumentType.BUILD:
            return assembly.shares()
        worths = [
            self.pool(part.item, part.lot).cost_of(part.quantity, part.standard)
            for part in assembly.outputs
        ]
        return worths if any(worths) else [part.quantity for part in assembly.outputs]

    def _spread(
        self, worth: Decimal, net: Decimal, lead: Happening, group: Sequence[Happening]
    ) -> None:
        """Give each movement of one count line its part, so that the signed parts add up."""
        sign = 1 if net > 0 else -1
        left = worth
        for one in group:
            if one is not lead:
                part = share(worth, one.quantity, abs(net), self.places)
                self.values[one.number] = part
                left -= part if one.change * sign > 0 else -part
        self.values[lead.number] = left

    def _take_up_changes(self, pool: Pool) -> None:
        """What an arrival changed about departures valued here is in their value at once."""
        for movement in [number for number in pool.changed if number in self.values]:
            self.values[movement] += pool.changed.pop(movement)
