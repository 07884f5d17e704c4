"""Does everything twice, in the ledger and in the model, and compares after every step."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app.core.clock import now
from app.core.documents import Document, DocumentType, Line, new_key
from app.core.errors import Refused
from app.db.database import Database
from app.ledger.posting import post
from app.ledger.verify import verify
from tests.ledger.history_compare import (
    check_layers,
    model_of,
    proofs,
    told_by_ledger,
    told_by_model,
    told_of,
)
from tests.ledger.history_scene import (
    BARCODES,
    ITEMS,
    MOMENTS,
    PLACES,
    Goods,
    allow_shortages,
    company,
)
from tests.ledger.model.history import History

EVERY = 10
"""Steps from one look at the past, and one `verify`, to the next."""

quantities = st.integers(1, 9)
moments = st.sampled_from((*MOMENTS, None))
places = st.sampled_from(PLACES)
choices = st.integers(0, 99)
costs = st.none() | st.integers(0, 9999).map(lambda cents: Decimal(cents) / 1000)


@dataclass
class Setup:
    """Which kinds of documents there are, and where databases with the company come from."""

    kinds: frozenset[str]
    goods: tuple[Goods, ...]
    open: Callable[[], Database]
    close: Callable[[Database], None]
    steps: int = field(default=0)


def for_kind(kind: str) -> Callable[[Any], Any]:
    return precondition(lambda machine: kind in machine.setup.kinds)


class HistoryMachine(RuleBasedStateMachine):
    """One company and what happens to a few of its goods."""

    setup: Setup

    def __init__(self) -> None:
        super().__init__()
        self.database = self.setup.open()
        self.model = History(company(may_be_short=False))
        self.numbers: dict[str, list[str]] = {}
        self.done = 0

    @initialize(data=st.data(), may_be_short=st.booleans())
    def begin(self, data: st.DataObject, may_be_short: bool) -> None:
        every = st.sampled_from(self.setup.goods)
        self.goods = data.draw(st.lists(every, min_size=1, max_size=4, unique=True))
        if may_be_short:
            allow_shortages(self.database)
            self.model = History(company(may_be_short=True))

    def teardown(self) -> None:
        try:
            self.look_at_the_past(MOMENTS[self.done % len(MOMENTS)])
        finally:
            self.setup.close(self.database)

    @for_kind("receipt")
    @rule(data=st.data(), at=moments)
    def receive(self, data: st.DataObject, at: datetime | None) -> None:
        lines = [
            self.line(data, target=data.draw(places), unit_cost=data.draw(costs), rejects=True)
            for _ in range(data.draw(st.integers(1, 2)))
        ]
        self.post("receipt", lines, at=at)

    @for_kind("opening")
    @rule(data=st.data(), at=moments, to=places, unit_cost=costs)
    def open_with(self, data: st.DataObject, at: datetime | None, to: str, unit_cost: Any) -> None:
        self.post("opening", [self.line(data, target=to, unit_cost=unit_cost)], at=at)

    @for_kind("issue")
    @rule(data=st.data(), at=moments)
    def issue(self, data: st.DataObject, at: datetime | None) -> None:
        lines = [self.departing(data) for _ in range(data.draw(st.integers(1, 2)))]
        self.post("issue", lines, at=at)

    @for_kind("transfer")
    @rule(data=st.data(), at=moments)
    def transfer(self, data: st.DataObject, at: datetime | None) -> None:
        line = self.departing(data)
        target = data.draw(st.sampled_from([place for place in PLACES if place != line.source]))
        self.post("transfer", [replace(line, target=target)], at=at)

    @for_kind("count")
    @rule(data=st.data(), at=moments, way=st.permutations(PLACES), lines=st.integers(1, 2))
    def count(self, data: st.DataObject, at: datetime | None, way: list[str], lines: int) -> None:
        counted = [self.counted(data, place) for place in way[:lines]]
        self.post("count", counted, at=at)

    @for_kind("adjustment")
    @rule(data=st.data(), at=moments, place=places, unit_cost=costs, gain=st.booleans())
    def adjust(
        self, data: st.DataObject, at: datetime | None, place: str, unit_cost: Any, gain: bool
    ) -> None:
        if gain:
            line = self.line(data, source=place, unit_cost=unit_cost, reason="found")
        else:
            line = self.departing(data)
            line = replace(line, quantity=-line.quantity, reason="damaged")
        self.post("adjustment", [line], at=at)

    @for_kind("reversal")
    @rule(choice=choices)
    def reverse(self, choice: int) -> None:
        known = [number for numbers in self.numbers.values() for number in numbers]
        if known:
            self.post("reversal", reverses=known[-1 - choice % len(known)])

    @for_kind("purchase_order")
    @rule(data=st.data(), price=costs)
    def order_in(self, data: st.DataObject, price: Any) -> None:
        self.post("purchase_order", [self.line(data, price=price, lotless=True)])

    @for_kind("purchase_order")
    @rule(data=st.data(), at=moments, choice=choices, to=places, unit_cost=costs)
    def receive_ordered(
        self, data: st.DataObject, at: datetime | None, choice: int, to: str, unit_cost: Any
    ) -> None:
        self.serve("purchase_order", data, choice, at, {"target": to, "unit_cost": unit_cost})

    @for_kind("sales_order")
    @rule(data=st.data())
    def order_out(self, data: st.DataObject) -> None:
        self.post("sales_order", [self.line(data, lotless=True)])

    @for_kind("sales_order")
    @rule(data=st.data(), at=moments, choice=choices, source=places)
    def issue_ordered(
        self, data: st.DataObject, at: datetime | None, choice: int, source: str
    ) -> None:
        self.serve("sales_order", data, choice, at, {"source": source})

    @for_kind("allocate")
    @rule(choice=choices)
    def allocate(self, choice: int) -> None:
        order = self.choose("sales_order", choice)
        if order:
            self.post("allocate", order=order)

    @for_kind("release")
    @rule(choice=choices)
    def release(self, choice: int) -> None:
        order = self.choose("sales_order", choice)
        if order:
            self.post("release", order=order)

    def serve(
        self,
        kind: str,
        data: st.DataObject,
        choice: int,
        at: datetime | None,
        way: dict[str, Any],
    ) -> None:
        """Receive or issue goods that were ordered."""
        order = self.choose(kind, choice)
        if not order:
            return
        sku = self.model.posted[order].document.lines[0].item
        lots = [goods for goods in self.goods if goods.sku == sku]
        goods = data.draw(st.sampled_from(lots))
        line = Line(item=sku, lot=goods.lot, quantity=Decimal(data.draw(quantities)), **way)
        self.post("receipt" if kind == "purchase_order" else "issue", [line], at=at, order=order)

    def choose(self, kind: str, choice: int) -> str:
        """Return one of the documents of that kind, a late one rather than an early one."""
        known = self.numbers.get(kind, [])
        return known[-1 - choice % len(known)] if known else ""

    def departing(self, data: st.DataObject) -> Line:
        """State some of the goods, and a place that they may lie in."""
        line = self.line(data)
        sku = BARCODES.get(line.item, (line.item, 0))[0]
        there = [where[2] for where in self.model.on_hand() if where[:2] == (sku, line.lot)]
        return replace(line, source=data.draw(st.sampled_from((*sorted(there), PLACES[0]))))

    def line(
        self,
        data: st.DataObject,
        *,
        rejects: bool = False,
        lotless: bool = False,
        **more: Any,
    ) -> Line:
        """State some of the goods, in one of their units."""
        goods = data.draw(st.sampled_from(self.goods))
        item = ITEMS[goods.sku]
        unit = data.draw(st.sampled_from(("", *item.units)))
        quantity = Decimal(data.draw(quantities))
        if item.decimals and not unit:
            quantity += Decimal(data.draw(st.integers(0, 999))) / 1000
        if item.tracking == "serial":
            quantity = Decimal(1)
        rejected = Decimal(data.draw(st.sampled_from((0, 0, 0, 2))) if rejects else 0)
        return Line(
            item=goods.name if not unit else goods.sku,
            lot="" if lotless else goods.lot,
            quantity=quantity,
            rejected=rejected if item.tracking != "serial" else Decimal(0),
            unit=unit,
            **more,
        )

    def counted(self, data: st.DataObject, place: str) -> Line:
        goods = data.draw(st.sampled_from(self.goods))
        most = 1 if ITEMS[goods.sku].tracking == "serial" else 9
        counted = data.draw(st.none() | st.integers(0, most))
        return Line(
            item=goods.sku,
            lot=goods.lot,
            source=place,
            counted=None if counted is None else Decimal(counted),
            at=data.draw(st.none() | st.none() | moments),
        )

    def post(self, kind: str, lines: list[Line] | None = None, **head: Any) -> None:
        """Post it in both: both refuse it for the same reason, or both say the same after it."""
        document = Document(
            key=new_key(), type=DocumentType(kind), lines=tuple(lines or ()), **head
        )
        moment = now()
        expected = self.model.try_out(document, moment)
        number, refusal = self.posted(document)
        note(f"{number or refusal}: {_shown(document)}")
        if number:
            assert not expected, f"posted as {number}, expected: {expected}"
            self.model.post(document, number, moment)
            self.numbers.setdefault(kind, []).append(number)
        else:
            assert refusal.code in expected, f"{refusal!r}, expected: {expected or 'none'}"
        self.compare()

    def posted(self, document: Document) -> tuple[str, Refused | None]:
        try:
            return self.database.run(lambda session: post(session, document)).number, None
        except Refused as refusal:
            return "", refusal

    def compare(self) -> None:
        self.done += 1
        self.setup.steps += 1
        skus = {goods.sku for goods in self.goods}
        ledger, model = told_by_ledger(self.database, skus), told_by_model(self.model, skus)
        for subject, figures in model.items():
            assert ledger[subject] == figures, (subject, ledger[subject], figures)
        check_layers(ledger)
        proofs(self.database)
        if self.done % EVERY == 0:
            self.look_at_the_past(MOMENTS[self.done // EVERY % len(MOMENTS)])

    def look_at_the_past(self, moment: datetime) -> None:
        assert told_of(self.database, moment) == model_of(self.model, moment)
        checks = self.database.run(verify)
        assert [difference for check in checks for difference in check.differences] == []


def _shown(document: Document | Line) -> str:
    """Return what it states, without what it leaves unsaid."""
    said = {
        each.name: getattr(document, each.name)
        for each in fields(document)
        if getattr(document, each.name) != each.default and each.name != "key"
    }
    lines = said.pop("lines", ())
    told = ", ".join(f"{name}={value}" for name, value in said.items())
    return "; ".join((told, *map(_shown, lines)))
