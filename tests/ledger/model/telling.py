"""Tells what a posted document did, event by event, from what it and its companions state."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from app.core.documents import Build, Line, SpreadBy
from tests.ledger.model.company import Company, quarantine_of, transit_to
from tests.ledger.model.events import (
    Counted,
    Documents,
    Entry,
    Event,
    Made,
    MethodChanged,
    Move,
    Revalued,
    TakenApart,
)
from tests.ledger.model.money import apportion

ZERO = Decimal(0)


def base_quantity(company: Company, line: Line, stated: Decimal) -> Decimal:
    """Return base units: a barcode stands for so many, a unit for so many more."""
    item, each = company.named(line.item)
    exact = Fraction(stated) * Fraction(each) * item.units.get(line.unit, Fraction(1))
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def order_line_of(company: Company, order: Entry, line: Line) -> tuple[int, Line]:
    """Return the line of the order that a line is for: the one stated, else that of its item."""
    sku = company.named(line.item)[0].sku
    for number, ordered in enumerate(order.document.lines, start=1):
        if line.order_line == number or (
            line.order_line is None and company.named(ordered.item)[0].sku == sku
        ):
            return number, ordered
    raise KeyError(order.number)


class Telling:
    def __init__(self, company: Company, documents: Documents) -> None:
        self.company = company
        self.documents = documents

    def all_events(self) -> list[Event]:
        found = [event for entry in self.documents.live for event in self.events_of(entry)]
        return sorted(found, key=lambda event: event.order)

    def events_of(self, entry: Entry) -> list[Event]:
        tell = getattr(self, f"_{entry.type}", None)
        return list(tell(entry)) if tell else []

    def moves_of(self, entry: Entry) -> list[Move]:
        return [event for event in self.events_of(entry) if isinstance(event, Move)]

    def _opening(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            given = self._money(line, line.quantity)
            yield self._move(entry, number, line, ("opening", line.target), given=given)

    def _receipt(self, entry: Entry) -> Iterator[Event]:
        landed = self._landed_on(entry)
        for number, line in enumerate(entry.document.lines, start=1):
            parts = [
                (line.quantity, line.target),
                (line.rejected, quarantine_of(line.target)),
            ]
            parts = [(quantity, place) for quantity, place in parts if quantity]
            weights = [Fraction(quantity) for quantity, _ in parts]
            shares = [apportion(amount, weights) for amount in landed.get(number, [])]
            for index, (quantity, place) in enumerate(parts):
                yield self._move(
                    entry,
                    number,
                    line,
                    ("supplier", place),
                    stated=quantity,
                    given=self._receipt_money(entry, line, quantity),
                    landed=sum((share[index] for share in shares), ZERO),
                )

    def _issue(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            yield self._move(entry, number, line, (line.source, "customer"))

    def _transfer(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            yield self._move(entry, number, line, (line.source, line.target))

    def _transfer_ship(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            yield self._move(entry, number, line, (line.source, transit_to(line.target)))

    _transfer_receive = _transfer
    """What was received is looked up in the shipment when it is posted: see `history`."""

    def _adjustment(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            if line.quantity > 0:
                given = self._money(line, line.quantity)
                yield self._move(entry, number, line, ("loss", line.source), given=given)
            else:
                lost = -line.quantity
                yield self._move(entry, number, line, (line.source, "loss"), stated=lost)

    def _count(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            if line.counted is not None:
                item = self.company.named(line.item)[0].sku
                at = line.at or entry.at
                yield Counted(
                    *(entry.number, at, entry.sequence, number),
                    *(item, line.lot, line.source, line.counted),
                )

    def _supplier_return(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            names = entry.document.names
            yield self._move(entry, number, line, (line.source, "supplier"), returns=names)

    def _customer_return(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            names = entry.document.names
            yield self._move(entry, number, line, ("customer", line.target), returns=names)

    def _build(self, entry: Entry) -> Iterator[Event]:
        build = entry.document.build
        assert build is not None
        made = self._product(build)
        product = self._move(entry, 0, made, ("production", build.location))
        components = [
            self._move(entry, number, line, (line.source or build.location, "production"))
            for number, line in enumerate(entry.document.lines, start=1)
        ]
        by_products = [
            (
                self._move(entry, number, line, ("production", line.target or build.location)),
                line.share,
            )
            for number, line in enumerate(build.outputs, start=len(components) + 1)
        ]
        head = (entry.number, entry.at, entry.sequence, 0)
        yield Made(*head, components, product, by_products, build.cost)

    def _unbuild(self, entry: Entry) -> Iterator[Event]:
        build = entry.document.build
        assert build is not None
        product = self._move(entry, 0, self._product(build), (build.location, "production"))
        components = [
            self._move(entry, number, line, ("production", line.target or build.location))
            for number, line in enumerate(entry.document.lines, start=1)
        ]
        head = (entry.number, entry.at, entry.sequence, 0)
        yield TakenApart(*head, product, components, build.cost)

    def _product(self, build: Build) -> Line:
        return Line(item=build.product, quantity=build.quantity, lot=build.lot)

    def _revaluation(self, entry: Entry) -> Iterator[Event]:
        for number, line in enumerate(entry.document.lines, start=1):
            item = self.company.named(line.item)[0].sku
            head = (entry.number, entry.at, entry.sequence, number)
            yield Revalued(*head, item, line.lot, line.unit_cost)

    def _costing_change(self, entry: Entry) -> Iterator[Event]:
        costing = entry.document.costing
        assert costing is not None
        item = self.company.named(entry.document.item)[0].sku
        yield MethodChanged(entry.number, entry.at, entry.sequence, 0, item, costing.value)

    def _landed_on(self, receipt: Entry) -> dict[int, list[Decimal]]:
        """Return what each landed cost that names the receipt added to each of its lines."""
        added: dict[int, list[Decimal]] = {}
        for landed in self.documents.naming(receipt.number, "landed_cost"):
            for number, part in self.spread(landed, receipt).items():
                added.setdefault(number, []).append(part)
        return added

    def spread(self, landed: Entry, receipt: Entry) -> dict[int, Decimal]:
        """Return which line of the receipt carries how much of the landed cost."""
        named = [
            number
            for number, line in enumerate(receipt.document.lines, start=1)
            if self._is_named(number, line, landed.document.lines)
        ]
        weights = [self._weight(landed, receipt, number) for number in named]
        amount = landed.document.amount
        assert amount is not None
        return dict(zip(named, apportion(amount, weights), strict=True))

    def _is_named(self, number: int, line: Line, named: tuple[Line, ...]) -> bool:
        item = self.company.named(line.item)[0]
        return not named or any(
            one.names_line == number
            if one.names_line is not None
            else self.company.named(one.item)[0] == item
            for one in named
        )

    def _weight(self, landed: Entry, receipt: Entry, number: int) -> Fraction:
        line = receipt.document.lines[number - 1]
        came = line.quantity + line.rejected
        pieces = Fraction(base_quantity(self.company, line, came))
        match landed.document.by:
            case SpreadBy.VALUE:
                return self._receipt_money(receipt, line, came) or Fraction(0)
            case SpreadBy.QUANTITY:
                return pieces
            case SpreadBy.WEIGHT:
                return Fraction(self.company.named(line.item)[0].weight) * pieces
            case _:
                return Fraction(1)

    def _receipt_money(self, receipt: Entry, line: Line, quantity: Decimal) -> Fraction | None:
        """Return what the supplier asks: the price stated, else the price of the order."""
        if line.unit_cost is not None:
            return self._money(line, quantity)
        name = line.order or receipt.document.order
        order = self.documents.find(name) if name else None
        if order is None:
            return None
        _, ordered = order_line_of(self.company, order, line)
        if ordered.price is None:
            return None
        each = Fraction(ordered.price) / Fraction(base_quantity(self.company, ordered, Decimal(1)))
        return each * Fraction(base_quantity(self.company, line, quantity))

    def _money(self, line: Line, quantity: Decimal) -> Fraction | None:
        if line.unit_cost is None:
            return None
        return Fraction(line.unit_cost) * Fraction(quantity)

    def _move(
        self,
        entry: Entry,
        number: int,
        line: Line,
        way: tuple[str, str],
        stated: Decimal | None = None,
        **more: object,
    ) -> Move:
        item = self.company.named(line.item)[0].sku
        quantity = base_quantity(self.company, line, line.quantity if stated is None else stated)
        head = (entry.number, entry.at, entry.sequence, number)
        return Move(*head, item, line.lot, quantity, *way, **more)
