"""Rules of what moves goods, and of orders and promises."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.core.documents import Line
from tests.ledger.history_base import Both, choices, costs, for_kind, moments, places, quantities
from tests.ledger.history_scene import (
    PLACES,
)


class GoodsMachine(Both):
    """Goods come, go and are counted; orders are served."""

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
