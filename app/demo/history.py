"""The documents of the sample company: opening stock, purchase orders, and what came of these."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from app.core.catalogue import Tracking
from app.core.documents import Document, DocumentType, Line
from app.demo.rules import DOCK, OPENING_DAY, SITE, Rules, reference, shelf_life, tracking
from app.demo.source import Inventory, Order, OrderLine, Source

MORNING, NOON = time(6, tzinfo=UTC), time(12, tzinfo=UTC)


class History:
    """Keys are fixed: to post the history again changes nothing."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._rules = Rules(source)
        self._serials: Counter[int] = Counter()

    def documents(self) -> list[Document]:
        """Return all documents in the order in which they happened."""
        documents = [*self._openings(), *self._orders(), *self._receipts()]
        return sorted(documents, key=_moment)

    def _openings(self) -> Iterator[Document]:
        """One document for each zone that holds anything."""
        self._serials.clear()
        by_zone: defaultdict[int, list[Line]] = defaultdict(list)
        for row in self._source.inventory:
            if row.quantity:
                by_zone[row.zone].extend(self._opening_lines(row))
        for zone, lines in sorted(by_zone.items()):
            yield Document(
                key=f"sample-opening-{zone}",
                type=DocumentType.OPENING,
                at=datetime.combine(OPENING_DAY, MORNING),
                reference=self._rules.zones[zone],
                lines=tuple(lines),
            )

    def _opening_lines(self, row: Inventory) -> Iterator[Line]:
        product = self._rules.products[row.product]
        cost, target = self._rules.cost(product), self._rules.bin_of(row)
        if tracking(product) is Tracking.SERIAL:
            for _ in range(int(row.quantity)):
                self._serials[product.id] += 1
                yield Line(
                    item=product.number,
                    quantity=Decimal(1),
                    lot=f"S{product.id}-{self._serials[product.id]:04}",
                    target=target,
                    unit_cost=cost,
                )
            return
        life = shelf_life(product)
        yield Line(
            item=product.number,
            quantity=row.quantity,
            lot=f"L{row.counted_on:%y%m%d}-{row.zone:02}" if life else "",
            expiry=row.counted_on + timedelta(days=life) if life else None,
            target=target,
            unit_cost=cost,
        )

    def _orders(self) -> Iterator[Document]:
        for order in self._source.orders:
            yield Document(
                key=f"sample-order-{order.id}",
                type=DocumentType.PURCHASE_ORDER,
                at=datetime.combine(order.ordered_on, NOON),
                reference=reference(order),
                supplier=self._rules.vendors[order.vendor],
                site=SITE,
                lines=tuple(map(self._order_line, order.lines)),
            )

    def _order_line(self, line: OrderLine) -> Line:
        unit, _ = self._rules.pack_of(line.product)
        return Line(
            item=self._rules.products[line.product].number,
            quantity=line.quantity,
            unit=unit,
            price=line.price,
            due=line.due,
        )

    def _receipts(self) -> Iterator[Document]:
        """Only what came short or with rejects: the rest is left to be received."""
        for order in self._source.orders:
            if all(line.came_whole for line in order.lines):
                continue
            day = max(OPENING_DAY, *(line.due for line in order.lines))
            yield Document(
                key=f"sample-receipt-{order.id}",
                type=DocumentType.RECEIPT,
                at=datetime.combine(day, NOON),
                reference=reference(order),
                supplier=self._rules.vendors[order.vendor],
                order=reference(order),
                lines=tuple(
                    self._receipt_line(order, number, line)
                    for number, line in enumerate(order.lines, start=1)
                    if line.received
                ),
            )

    def _receipt_line(self, order: Order, number: int, line: OrderLine) -> Line:
        product = self._rules.products[line.product]
        unit, _ = self._rules.pack_of(product.id)
        is_lot = tracking(product) is Tracking.LOT
        return Line(
            item=product.number,
            quantity=line.received - line.rejected,
            rejected=line.rejected,
            unit=unit,
            lot=f"{reference(order)}-{number}" if is_lot else "",
            target=self._rules.usual_bins.get(product.id, DOCK),
            order_line=number,
        )


def _moment(document: Document) -> datetime:
    assert document.at is not None
    return document.at
