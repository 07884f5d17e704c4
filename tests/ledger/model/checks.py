"""What speaks against a document before anything moves."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.ledger.model.company import transit_to
from tests.ledger.model.events import Entry
from tests.ledger.model.periods import end_of
from tests.ledger.model.telling import Telling, base_quantity

if TYPE_CHECKING:
    from tests.ledger.model.history import History

ZERO = Decimal(0)

NAMES = {
    "landed_cost": "receipt",
    "supplier_return": "receipt",
    "customer_return": "issue",
    "transfer_receive": "transfer_ship",
}
"""Which type of document each type names."""

NEVER_REVERSED = ("reversal", "allocate", "release", "close_period", "reopen_period")
WITHOUT_OWN_TIME = ("reversal", "close_period", "reopen_period")
MOVE_NOTHING = ("revaluation", "landed_cost", "purchase_order", "sales_order")


class Checks:
    def __init__(self, history: "History", entry: Entry, now: datetime) -> None:
        self.history = history
        self.company = history.company
        self.documents = history.documents
        self.entry = entry
        self.document = entry.document
        self.now = now

    def refusals(self) -> set[str]:
        return {code for check in self._checks() for code in check}

    def _checks(self) -> Iterator[Iterator[str]]:
        own = getattr(self, f"_{self.entry.type}", None)
        if own is not None:
            yield own()
        yield self._period()
        yield self._names()
        yield self._orders()
        yield self._serials()

    def _period(self) -> Iterator[str]:
        if self.entry.type in WITHOUT_OWN_TIME:
            return
        if any(self.history.periods.closing_of(moment) for moment in _moments(self.entry)):
            yield "period_closed"

    def _names(self) -> Iterator[str]:
        wanted = NAMES.get(self.entry.type)
        if wanted is None or not self.document.names:
            return
        named = self.documents.find(self.document.names)
        if named is None or named.type != wanted:
            yield "unknown_document"
        elif self.entry.type != "landed_cost" and self.entry.at < named.at:
            yield "malformed"

    def _orders(self) -> Iterator[str]:
        name = self.document.order
        if not name:
            return
        if self.documents.find(name) is None:
            yield "unknown_order"
            return
        orders = self.history.orders
        wanted: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for line, order_line in orders.named_by(self.entry):
            wanted[order_line] += base_quantity(self.company, line, line.quantity + line.rejected)
        for order_line, quantity in wanted.items():
            if quantity > orders.needed(order_line) and not self.document.accept_over:
                yield "over_receipt" if self.entry.type == "receipt" else "over_ship"

    def _serials(self) -> Iterator[str]:
        for line in self.document.lines:
            if line.item and self.company.named(line.item)[0].tracking == "serial":
                stated = line.counted if self.entry.type == "count" else abs(line.quantity)
                allowed = (None, 0, 1) if self.entry.type == "count" else (1,)
                if stated not in allowed and self.entry.type not in MOVE_NOTHING:
                    yield "serial_conflict"

    def _issue(self) -> Iterator[str]:
        day = self.entry.at.astimezone().date()
        for line in self.document.lines:
            expiry = self.company.lots.get((self.company.named(line.item)[0].sku, line.lot))
            if expiry is not None and expiry < day:
                yield "expired_lot"

    def _reversal(self) -> Iterator[str]:
        number = self.document.reverses
        undone = self.history.posted.get(number)
        if undone is None:
            yield "unknown_document"
        elif number in self.history.reversed:
            yield "already_reversed"
        elif undone.type in NEVER_REVERSED:
            yield "not_reversible"
        else:
            if self._has_moved(number):
                yield "not_reversible"
            if self.documents.naming(number):
                yield "document_in_use"
            if any(self.history.periods.closing_of(moment) for moment in _moments(undone)):
                yield "period_closed"

    def _has_moved(self, order: str) -> bool:
        """Tell whether goods came or went for it, if it is an order."""
        return any(
            named[0] == order
            for entry in self.documents.live
            if entry.type in ("receipt", "issue")
            for _, named in self.history.orders.named_by(entry)
        )

    def _landed_cost(self) -> Iterator[str]:
        amount = self.document.amount
        if amount is None or amount <= 0 or amount != round(amount, 2):
            yield "malformed"
            return
        receipt = self.documents.find(self.document.names)
        if receipt is not None and receipt.type == "receipt":
            Telling(self.company, self.documents).spread(self.entry, receipt)

    def _supplier_return(self) -> Iterator[str]:
        return self._returned(Telling(self.company, self.documents))

    _customer_return = _supplier_return

    def _returned(self, telling: Telling) -> Iterator[str]:
        """No more can go back than came, of an item and lot, with the document named."""
        named = self.documents.find(self.document.names)
        if not self.document.names or named is None:
            return
        left: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for move in telling.moves_of(named):
            left[move.item, move.lot] += move.quantity
        for entry in (*self.documents.naming(named.number, self.entry.type), self.entry):
            for move in telling.moves_of(entry):
                left[move.item, move.lot] -= move.quantity
        if any(quantity < 0 for quantity in left.values()):
            yield "over_return"

    def _transfer_receive(self) -> Iterator[str]:
        shipment = self.documents.find(self.document.names)
        if shipment is None or shipment.type != "transfer_ship":
            return
        if not self.document.lines:
            yield "over_receipt"
        if any(not line.names_line for line in self.document.lines):
            yield "over_receipt"

    def _transfer_ship(self) -> Iterator[str]:
        if any(line.source == transit_to(line.target) for line in self.document.lines):
            yield "same_place"

    def _build(self) -> Iterator[str]:
        assert self.document.build is not None
        if sum((line.share for line in self.document.build.outputs), ZERO) > 1:
            yield "malformed"
        if self.document.build.product in [line.item for line in self.document.lines]:
            yield "malformed"

    _unbuild = _build

    def _close_period(self) -> Iterator[str]:
        assert self.document.until is not None
        if end_of(self.document.until) > self.now:
            yield "period_not_over"

    def _costing_change(self) -> Iterator[str]:
        item = self.company.named(self.document.item)[0]
        costing = self.document.costing
        if costing == self.history.method_at(item.sku, self.entry.at):
            yield "malformed"
        if costing == "standard" and item.standard_cost is None:
            yield "malformed"


def _moments(entry: Entry) -> list[datetime]:
    """Return when it happened: lines may have been counted at times of their own."""
    counted = [line for line in entry.document.lines if line.at and line.counted is not None]
    return [entry.at, *(line.at for line in counted)]
