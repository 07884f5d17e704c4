"""What was ordered, how much of it came or went, and what is promised to whom."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.core.documents import Line
from tests.ledger.model.company import Company
from tests.ledger.model.events import Documents, Entry
from tests.ledger.model.replay import Place, Replay
from tests.ledger.model.telling import base_quantity, order_line_of

ZERO = Decimal(0)
OrderLine = tuple[str, int]
"""Number of the order, number of its line."""


@dataclass
class Promise:
    """Part of what lies at a place is for this line of an order."""

    order_line: OrderLine
    where: Place
    quantity: Decimal


class Orders:
    """Promises are kept in the order they were made: the latest is the first to be taken back."""

    def __init__(self, company: Company, documents: Documents) -> None:
        self.company = company
        self.documents = documents
        self.promises: list[Promise] = []

    def named_by(self, entry: Entry) -> Iterator[tuple[Line, OrderLine]]:
        """Return which lines of a document are for which line of an order."""
        for line in entry.document.lines:
            name = line.order or entry.document.order
            order = self.documents.find(name) if name else None
            if order is not None:
                number, _ = order_line_of(self.company, order, line)
                yield line, (order.number, number)

    def ordered(self, order_line: OrderLine) -> Decimal:
        order = self.documents.find(order_line[0])
        assert order is not None
        line = order.document.lines[order_line[1] - 1]
        return base_quantity(self.company, line, line.quantity)

    def done(self, order_line: OrderLine) -> Decimal:
        """Return what came or went for it: what was rejected came too."""
        total = ZERO
        for entry in self.documents.live:
            if entry.type in ("receipt", "issue"):
                for line, wanted in self.named_by(entry):
                    if wanted == order_line:
                        moved = line.quantity + line.rejected
                        total += base_quantity(self.company, line, moved)
        return total

    def needed(self, order_line: OrderLine) -> Decimal:
        return self.ordered(order_line) - self.done(order_line)

    def promised(self) -> dict[Place, Decimal]:
        found: defaultdict[Place, Decimal] = defaultdict(Decimal)
        for promise in self.promises:
            found[promise.where] += promise.quantity
        return dict(found)

    def broken(self, held: dict[Place, Decimal]) -> list[Place]:
        """Return the places where more is promised than there is."""
        return [w for w, quantity in self.promised().items() if quantity > held.get(w, ZERO)]

    def serve(self, entry: Entry) -> None:
        """An order that got goods is promised less: first where they were taken from."""
        for line, order_line in self.named_by(entry):
            sku = self.company.named(line.item)[0].sku
            where = (sku, line.lot, line.source)
            theirs = [p for p in self.promises if p.order_line == order_line]
            moved = base_quantity(self.company, line, line.quantity)
            self._take_back([p for p in theirs if p.where == where], moved)
        for _, order_line in self.named_by(entry):
            theirs = [p for p in self.promises if p.order_line == order_line]
            too_many = sum((p.quantity for p in theirs), ZERO) - self.needed(order_line)
            self._take_back(theirs, too_many)

    def give_way(self, held: dict[Place, Decimal]) -> None:
        """What is lost can be promised to nobody."""
        for where in self.broken(held):
            here = [p for p in self.promises if p.where == where]
            there = max(held.get(where, ZERO), ZERO)
            self._take_back(here, sum((p.quantity for p in here), ZERO) - there)

    def release(self, order: str) -> None:
        self.promises = [p for p in self.promises if p.order_line[0] != order]

    def allocate(self, order: str, now: Replay, today: date) -> None:
        """Promise what is free, the best goods first."""
        entry = self.documents.find(order)
        assert entry is not None
        for number, line in enumerate(entry.document.lines, start=1):
            order_line = (order, number)
            theirs = [p.quantity for p in self.promises if p.order_line == order_line]
            wanted = self.needed(order_line) - sum(theirs, ZERO)
            sku = self.company.named(line.item)[0].sku
            for where in self._best_first(sku, now, today):
                taken = min(wanted, now.held[where] - self.promised().get(where, ZERO))
                if taken > 0:
                    self.promises.append(Promise(order_line, where, taken))
                    wanted -= taken

    def _best_first(self, sku: str, now: Replay, today: date) -> list[Place]:
        """Order the places: the earliest expiry, then where goods first came, by path, by lot."""
        came: dict[Place, datetime] = {}
        for move in now.moved:
            came.setdefault((move.item, move.lot, move.target), move.at)

        def rank(where: Place) -> tuple[date, datetime, str, str]:
            return self.company.lots.get(where[:2]) or date.max, came[where], where[2], where[1]

        usable = [
            where
            for where in now.held
            if where in came
            and where[0] == sku
            and where[2] in self.company.storage
            and (self.company.lots.get(where[:2]) or date.max) >= today
        ]
        return sorted(usable, key=rank)

    def _take_back(self, promises: list[Promise], quantity: Decimal) -> None:
        """Take back so much of these, the latest first."""
        for promise in reversed(promises):
            taken = max(min(quantity, promise.quantity), ZERO)
            promise.quantity -= taken
            quantity -= taken
        self.promises = [p for p in self.promises if p.quantity]
