"""Does everything twice, in the ledger and in the model, and compares after every step."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app.core.catalogue import Costing
from app.core.clock import now
from app.core.documents import Build, Document, DocumentType, Line, SpreadBy, new_key
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
    DAYS,
    FIRST_DAY,
    ITEMS,
    MOMENTS,
    PLACES,
    Goods,
    allow_shortages,
    company,
)
from tests.ledger.model.company import transit_to
from tests.ledger.model.history import History
from tests.ledger.model.periods import start_of

EVERY = 10
"""Steps from one look at the past, and one `verify`, to the next."""

quantities = st.integers(1, 9)
moments = st.sampled_from((*MOMENTS, None))
places = st.sampled_from(PLACES)
choices = st.integers(0, 99)
costs = st.none() | st.integers(0, 9999).map(lambda cents: Decimal(cents) / 1000)


@dataclass(frozen=True)
class Scene:
    """Which kinds of documents there are, about which goods; `made` are what builds change."""

    kinds: frozenset[str]
    goods: tuple[Goods, ...]
    made: tuple[str, ...] = ()
    may_be_short: bool = False


@dataclass
class Setup:
    """Where each run gets its database from, and how many steps were made in all."""

    scene: Scene
    open: Callable[[], Database]
    close: Callable[[Database], None]
    steps: int = field(default=0)


def for_kind(kind: str) -> Callable[[Any], Any]:
    return precondition(lambda machine: kind in machine.setup.scene.kinds)


class HistoryMachine(RuleBasedStateMachine):
    """One company and what happens to a few of its goods."""

    setup: Setup

    def __init__(self) -> None:
        super().__init__()
        self.database = self.setup.open()
        self.model = History(company(may_be_short=False))
        self.numbers: dict[str, list[str]] = {}
        self.done = 0
        self.is_sound = True

    @initialize(data=st.data(), may_be_short=st.booleans())
    def begin(self, data: st.DataObject, may_be_short: bool) -> None:
        every = st.sampled_from(self.setup.scene.goods)
        self.goods = data.draw(st.lists(every, min_size=1, max_size=4, unique=True))
        if may_be_short and self.setup.scene.may_be_short:
            allow_shortages(self.database)
            self.model = History(company(may_be_short=True))

    def teardown(self) -> None:
        try:
            if self.is_sound:
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

    @for_kind("landed_cost")
    @rule(
        choice=choices,
        cents=st.integers(1, 5000),
        by=st.sampled_from(SpreadBy),
        line=st.sampled_from((None, None, 1, 2)),
    )
    def add_landed_cost(self, choice: int, cents: int, by: SpreadBy, line: int | None) -> None:
        receipt = self.choose("receipt", choice)
        if receipt:
            known = len(self.model.posted[receipt].document.lines)
            named = [Line(names_line=min(line, known))] if line else []
            if by is SpreadBy.VALUE and not self.knows("landed_cost_by_value"):
                return
            amount = Decimal(cents).scaleb(-2)
            self.post("landed_cost", named, names=receipt, amount=amount, by=by)

    @for_kind("supplier_return")
    @rule(data=st.data(), at=moments, choice=choices, named=st.booleans())
    def send_back(self, data: st.DataObject, at: datetime | None, choice: int, named: bool) -> None:
        receipt = self.choose("receipt", choice) if named else ""
        line = self.of_document(data, receipt) if receipt else self.departing(data)
        if receipt:
            quantity = Decimal(data.draw(quantities))
            line = replace(line, source=line.target, target="", quantity=quantity)
        self.post("supplier_return", [line], at=self.not_before(receipt, at), names=receipt)

    @for_kind("customer_return")
    @rule(data=st.data(), at=moments, choice=choices, named=st.booleans(), to=places)
    def take_back(
        self, data: st.DataObject, at: datetime | None, choice: int, named: bool, to: str
    ) -> None:
        issue = self.choose("issue", choice) if named else ""
        line = self.of_document(data, issue) if issue else self.line(data)
        if issue:
            line = replace(line, source="", quantity=Decimal(data.draw(quantities)))
        line = replace(line, target=to)
        self.post("customer_return", [line], at=self.not_before(issue, at), names=issue)

    @for_kind("transfer_ship")
    @rule(data=st.data(), at=moments, to=places, lines=st.integers(1, 2))
    def ship(self, data: st.DataObject, at: datetime | None, to: str, lines: int) -> None:
        shipped = [replace(self.departing(data), target=to) for _ in range(lines)]
        is_there = any(line.source == transit_to(to) for line in shipped)
        if is_there and not self.knows("ship_within_transit"):
            return
        if all(line.source != to for line in shipped):
            self.post("transfer_ship", shipped, at=at)

    @for_kind("transfer_ship")
    @rule(data=st.data(), at=moments, choice=choices, whole=st.booleans(), to=places)
    def receive_shipped(
        self, data: st.DataObject, at: datetime | None, choice: int, whole: bool, to: str
    ) -> None:
        shipment = self.choose("transfer_ship", choice)
        if not shipment:
            return
        lines = []
        if not whole:
            line = self.of_document(data, shipment)
            lines = [replace(line, source="", target="", quantity=Decimal(data.draw(quantities)))]
        target = to if data.draw(st.booleans()) else ""
        at = self.not_before(shipment, at)
        self.post("transfer_receive", lines, at=at, names=shipment, target=target)

    @for_kind("build")
    @rule(
        data=st.data(),
        at=moments,
        made=st.tuples(quantities, st.integers(0, 2)),
        location=places,
        cost=st.integers(0, 500),
        parts=st.integers(0, 2),
    )
    def build(
        self,
        data: st.DataObject,
        at: datetime | None,
        made: tuple[int, int],
        location: str,
        cost: int,
        parts: int,
    ) -> None:
        outputs = [Line(item="OFFCUT", quantity=Decimal(1), share=Decimal("0.15"))]
        build = Build(
            product="KIT",
            quantity=Decimal(made[0]),
            scrap=Decimal(made[1]),
            location=location,
            cost=Decimal(cost).scaleb(-2),
            outputs=tuple(outputs * data.draw(st.integers(0, 2))),
        )
        self.post("build", [self.departing(data) for _ in range(parts)], at=at, build=build)

    @for_kind("unbuild")
    @rule(
        data=st.data(),
        at=moments,
        quantity=st.integers(1, 3),
        location=places,
        parts=st.integers(0, 2),
    )
    def unbuild(
        self, data: st.DataObject, at: datetime | None, quantity: int, location: str, parts: int
    ) -> None:
        cost = Decimal(data.draw(st.sampled_from((0, 25)))).scaleb(-2)
        build = Build(product="KIT", quantity=Decimal(quantity), location=location, cost=cost)
        lines = [self.line(data, target=data.draw(places)) for _ in range(parts)]
        self.post("unbuild", lines, at=at, build=build)

    @for_kind("revaluation")
    @rule(goods=st.integers(0, 9), at=moments, unit_cost=costs, whole=st.booleans())
    def revalue(self, goods: int, at: datetime | None, unit_cost: Any, whole: bool) -> None:
        chosen = self.goods[goods % len(self.goods)]
        lot = chosen.lot if ITEMS[chosen.sku].cost_per_lot and not whole else ""
        line = Line(item=chosen.sku, lot=lot, unit_cost=unit_cost or Decimal("0.5"))
        self.post("revaluation", [line], at=at)

    @for_kind("costing_change")
    @rule(goods=st.integers(0, 9), at=moments, costing=st.sampled_from(Costing))
    def change_costing(self, goods: int, at: datetime | None, costing: Costing) -> None:
        sku = self.goods[goods % len(self.goods)].sku
        is_late = at and self.model.method_at(sku, at) != self.model.method_at(sku, now())
        if not is_late or self.knows("late_costing_change"):
            self.post("costing_change", at=at, item=sku, costing=costing)

    @for_kind("close_period")
    @rule(day=st.integers(0, DAYS))
    def close(self, day: int) -> None:
        until = FIRST_DAY + timedelta(days=day)
        if not self.model.periods.closing_of(start_of(until)):
            self.post("close_period", until=until)

    @for_kind("close_period")
    @rule(day=st.integers(0, DAYS))
    def reopen(self, day: int) -> None:
        until = FIRST_DAY + timedelta(days=day)
        if self.model.periods.closing_of(start_of(until)):
            self.post("reopen_period", until=until)

    def knows(self, kind: str) -> bool:
        return kind in self.setup.scene.kinds

    def of_document(self, data: st.DataObject, number: str) -> Line:
        """Return one of the lines of a document, as a document that names it would state it."""
        line = data.draw(st.sampled_from(self.model.posted[number].document.lines))
        return Line(item=line.item, lot=line.lot, source=line.source, target=line.target)

    def not_before(self, number: str, at: datetime | None) -> datetime | None:
        """Return the moment, but not one before the document named, which is always refused."""
        if not number or not at or self.model.posted[number].at <= at:
            return at
        known = self.model.posted[number].at
        return known if known in MOMENTS else None

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
        self.is_sound = False
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
        skus = {*(goods.sku for goods in self.goods), *self.setup.scene.made}
        ledger, model = told_by_ledger(self.database, skus), told_by_model(self.model, skus)
        for subject, figures in model.items():
            assert ledger[subject] == figures, (subject, ledger[subject], figures)
        check_layers(ledger)
        proofs(self.database)
        if self.done % EVERY == 0:
            self.look_at_the_past(MOMENTS[self.done // EVERY % len(MOMENTS)])
        self.is_sound = True

    def look_at_the_past(self, moment: datetime) -> None:
        ledger, model = told_of(self.database, moment), model_of(self.model, moment)
        assert ledger == model, (moment, ledger, model)
        checks = self.database.run(verify)
        differences = [difference for check in checks for difference in check.differences]
        assert not differences, differences


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
