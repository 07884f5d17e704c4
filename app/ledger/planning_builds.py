"""Builds and unbuilds: components through production into products, and back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased
from typing_extensions import override

from app.core.catalogue import LocationKind, Tracking
from app.core.decimals import (
    EXACT,
    PLACES,
    ZERO,
    check_figure,
    check_quantity,
    fits,
    plain,
)
from app.core.documents import Build, DocumentType, Line
from app.core.errors import Said, marked
from app.core.refusals import Malformed, NoBill
from app.db.catalogue import find_item
from app.db.tables import BillLineRow, ItemRow
from app.ledger.facts import ItemFacts, Place, on_line
from app.ledger.moves import Move, Plan
from app.ledger.places import OUTSIDE
from app.ledger.planning import Planner

SCRAP = "LOSS/SCRAP"
NOT_WHOLE = marked("The bill of materials wants {quantity} {unit} of {item}: state the lines.")
HEAD = 0
"""The product and the by-products stand on no line."""

_COMPONENT = aliased(ItemRow)
_BILL = (
    select(_COMPONENT.sku, _COMPONENT.decimals, _COMPONENT.unit, BillLineRow.quantity)
    .join(_COMPONENT, _COMPONENT.id == BillLineRow.component_id)
    .where(BillLineRow.product_id == bindparam("product"))
    .order_by(_COMPONENT.sku)
)


class BuildPlanner(Planner):
    """Works through a build or an unbuild; its lines are the components."""

    @property
    def build(self) -> Build:
        if self.document.build is None:
            raise Malformed(marked("product: it is missing."))
        return self.document.build

    @override
    def find_lines(self) -> Sequence[Line]:
        """Return the components as stated, else as the bill of materials has them."""
        if self.document.lines:
            return self.document.lines
        product = self.build.product
        found = find_item(Session(self.connection), product)
        if found is None:
            return ()
        made = EXACT.multiply(self.build.quantity + self.build.scrap, found.quantity)
        rows = self.connection.execute(_BILL, {"product": found.item.id}).all()
        return [_component(made, row) for row in rows]

    @override
    def item_names(self) -> Iterable[str]:
        return [
            self.build.product,
            *(line.item for line in self.lines),
            *(line.item for line in self.build.outputs),
        ]

    @override
    def plan_lines(self, plan: Plan) -> None:
        product = self.items.find(self.build.product, HEAD)
        if not self.lines:
            raise NoBill(product=product.sku)
        self._check(product)
        self.places.ours(self.build.location, HEAD)
        self.lots = self.lots_of([*self.lines, *self.build.outputs, self._product_line()])
        production = self.places.outside(OUTSIDE[LocationKind.PRODUCTION])
        if self.document.type is DocumentType.UNBUILD:
            plan.moves.append(self._product(production))
            self._components(plan, production)
        else:
            self._components(plan, production)
            plan.moves.append(self._product(production))
            self._scrap(plan, production)
            self._by_products(plan, production)

    def _check(self, product: ItemFacts) -> None:
        build = self.build
        if not fits(build.cost, self.money_places) or build.cost < 0:
            raise Malformed(marked("cost: it is below zero or finer than the currency."))
        if build.scrap and product.tracking is Tracking.SERIAL:
            raise Malformed(marked("scrap: a serial number that is no good was never made."))
        if build.scrap < 0:
            check_quantity(build.scrap, PLACES, plain(build.scrap))
        shares = [line.share for line in build.outputs]
        if any(share < 0 or not fits(share, PLACES) for share in shares) or sum(shares, ZERO) > 1:
            raise Malformed(marked("share: the shares are fractions that add up to 1 at most."))
        if self.document.type is DocumentType.UNBUILD and (build.scrap or build.outputs):
            raise Malformed(marked("An unbuild has neither scrap nor by-products."))
        for number, line in enumerate(self.lines, start=1):
            if self.items.find(line.item, number).id == product.id:
                message = marked("A product cannot be a component of itself.")
                raise Malformed(message, line=number)

    def _product_line(self) -> Line:
        build = self.build
        return Line(item=build.product, quantity=build.quantity, lot=build.lot, expiry=build.expiry)

    def _components(self, plan: Plan, production: Place) -> None:
        unbuilding = self.document.type is DocumentType.UNBUILD
        for number, line in enumerate(self.lines, start=1):
            with on_line(number):
                stated = line.target or line.source if unbuilding else line.source
                place = self.places.ours(stated or self.build.location, number)
                if unbuilding:
                    move = self.move(number, line, production, place, arriving=True)
                else:
                    move = self.move(number, line, place, production)
                plan.moves.append(move)

    def _product(self, production: Place) -> Move:
        place = self.places.ours(self.build.location, HEAD)
        line = self._product_line()
        if self.document.type is DocumentType.UNBUILD:
            move = self.move(HEAD, line, place, production)
        else:
            move = self.move(HEAD, line, production, place, arriving=True)
        move.given_value = check_figure(self.build.cost, PLACES) if self.build.cost else None
        return move

    def _scrap(self, plan: Plan, production: Place) -> None:
        if self.build.scrap:
            line = replace(self._product_line(), quantity=self.build.scrap)
            loss = self.places.outside(SCRAP)
            move = self.move(HEAD, line, production, loss, arriving=True)
            move.reason = "scrap"
            plan.moves.append(move)

    def _by_products(self, plan: Plan, production: Place) -> None:
        for line in self.build.outputs:
            place = self.places.ours(line.target or self.build.location, HEAD)
            move = self.move(HEAD, line, production, place, arriving=True)
            move.share = Decimal(line.share)
            plan.moves.append(move)


def _component(made: Decimal, row: Any) -> Line:
    """Return what a bill of materials takes of a component for so many pieces."""
    wanted = EXACT.multiply(row.quantity, made)
    if not fits(wanted, row.decimals):
        raise Malformed(Said(NOT_WHOLE, quantity=plain(wanted), unit=row.unit, item=row.sku))
    return Line(item=row.sku, quantity=wanted)
