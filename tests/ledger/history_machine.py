"""Rules of what changes values: landed costs, returns, builds, revaluation and periods."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.core.catalogue import Costing
from app.core.clock import now
from app.core.documents import Build, Line, SpreadBy
from tests.ledger.history_base import choices, costs, for_kind, moments, places, quantities
from tests.ledger.history_goods import GoodsMachine
from tests.ledger.history_scene import (
    DAYS,
    FIRST_DAY,
    ITEMS,
    MOMENTS,
)
from tests.ledger.model.company import transit_to
from tests.ledger.model.periods import start_of


class HistoryMachine(GoodsMachine):
    """All that can happen."""

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
        if receipt and self.came_in_several_parts(receipt, line):
            return
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
        if issue and self.came_in_several_parts(issue, line):
            return
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

    def of_document(self, data: st.DataObject, number: str) -> Line:
        """Return one of the lines of a document, as a document that names it would state it."""
        line = data.draw(st.sampled_from(self.model.posted[number].document.lines))
        return Line(item=line.item, lot=line.lot, source=line.source, target=line.target)

    def came_in_several_parts(self, number: str, line: Line) -> bool:
        """Tell whether goods stand on more than one line of a document, or were rejected in part:
        what goes back of them is one movement in the model, and several in the ledger, each
        rounded."""
        lines = self.model.posted[number].document.lines
        sku = self.model.company.named(line.item)[0].sku
        theirs = [one for one in lines if one.lot == line.lot]
        theirs = [one for one in theirs if self.model.company.named(one.item)[0].sku == sku]
        return len(theirs) > 1 or any(one.rejected for one in theirs)

    def not_before(self, number: str, at: datetime | None) -> datetime | None:
        """Return the moment, but not one before the document named, which is always refused."""
        if not number or not at or self.model.posted[number].at <= at:
            return at
        known = self.model.posted[number].at
        return known if known in MOMENTS else None
