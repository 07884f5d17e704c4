"""From what a document states to what it does: every name looked up, every line checked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from app.core.catalogue import LocationKind, PartnerKind, Tracking, keeps_until
from app.core.clock import now
from app.core.decimals import (
    EXACT,
    LARGEST,
    PLACES,
    ZERO,
    InvalidQuantity,
    check_figure,
    check_quantity,
    check_room,
    fits,
    plain,
    rounded,
)
from app.core.documents import Document, DocumentType, Line
from app.core.errors import Said, marked
from app.core.refusals import (
    CountConflict,
    ExpiredLot,
    Malformed,
    NothingToPost,
    SamePlace,
    SerialConflict,
)
from app.ledger.facts import ItemBook, ItemFacts, LotFacts, Packing, Place, find_partner, on_line
from app.ledger.lots import LotBook
from app.ledger.moves import CountedPlace, Move, Plan, StockKey
from app.ledger.orders import OrderBook
from app.ledger.places import COUNT_LOSS, OUTSIDE, PlaceBook, loss_path
from app.ledger.serials import check_one_piece

WRONG_COST = marked(
    "A unit cost of {cost} is below zero, finer than six decimals or larger than 999,999,999."
)
NOT_WHOLE = marked("{quantity} {unit} of {item} does not come out in {base}.")


class Planner:
    """Works through one document's lines."""

    def __init__(self, connection: Connection, document: Document, places: int) -> None:
        self.document = document
        self.at = document.at or now()
        self.money_places = places
        self.connection = connection
        self.lines = self.find_lines()
        self.items = ItemBook(connection, self.item_names())
        self.places = PlaceBook(connection, _paths(self.lines))
        self.lots = LotBook(connection, self.items, self.lines)
        self.orders = OrderBook(connection, document)
        self._counted: set[tuple[StockKey, datetime]] = set()

    def find_lines(self) -> Sequence[Line]:
        """Return the lines to work through, with what the document leaves to be looked up."""
        return self.document.lines

    def item_names(self) -> Iterable[str]:
        """Return what the document calls the items that it is about."""
        return [line.item for line in self.lines]

    def plan(self) -> Plan:
        """Return all that the document does, or raise the refusal of its first bad line."""
        plan = Plan(self.at, partner_id=self._partner())
        self.plan_lines(plan)
        plan.order_id = self.orders.order_id
        if plan.counts:
            plan.count_loss = self.places.outside(COUNT_LOSS)
        return plan

    def plan_lines(self, plan: Plan) -> None:
        """Plan line by line."""
        if not self.lines:
            raise NothingToPost
        plan_line = self.line_planner()
        for number, line in enumerate(self.lines, start=1):
            with on_line(number):
                plan_line(plan, number, line)

    def line_planner(self) -> Callable[[Plan, int, Line], None]:
        """Return what to do with each line of a document of this type."""
        return {
            DocumentType.OPENING: self.opening,
            DocumentType.RECEIPT: self.receipt,
            DocumentType.TRANSFER: self.transfer,
            DocumentType.ISSUE: self.issue,
            DocumentType.COUNT: self.count,
            DocumentType.ADJUSTMENT: self.adjustment,
        }[self.document.type]

    def receipt(self, plan: Plan, number: int, line: Line) -> None:
        """Supplier → dock or bin; what is rejected goes to quarantine, at the same cost."""
        item, packing = self.item_of(line, number)
        target = self.places.ours(line.target, number)
        order_line = self.orders.find(line, item, number)
        if line.unit_cost is None and order_line and order_line.price is not None:
            line = replace(line, unit_cost=_per_unit(order_line.price, packing))
        arrived = ZERO
        parts = [(line.quantity, target)]
        if line.rejected:
            parts.append((line.rejected, self.places.quarantine_near(target, number)))
        for quantity, place in parts:
            if quantity == 0 and line.rejected:
                continue
            part = line if quantity == line.quantity else replace(line, quantity=quantity)
            move = self.arrival(number, part, place, LocationKind.SUPPLIER)
            move.order_line_id = order_line.id if order_line else None
            move.reason = "" if place is target else "rejected"
            arrived += move.quantity
            plan.moves.append(move)
        self.orders.take(order_line, arrived, line, item, number)

    def opening(self, plan: Plan, number: int, line: Line) -> None:
        """Stock that was there when the company began with us."""
        target = self.places.ours(line.target, number)
        plan.moves.append(self.arrival(number, line, target, LocationKind.OPENING))

    def transfer(self, plan: Plan, number: int, line: Line) -> None:
        """From one place of ours to another, at once."""
        source = self.places.ours(line.source, number)
        target = self.places.ours(line.target, number)
        item, _ = self.item_of(line, number)
        if source.id == target.id:
            raise SamePlace(location=source.path, item=item.sku)
        plan.moves.append(self.move(number, line, source, target))

    def issue(self, plan: Plan, number: int, line: Line) -> None:
        """Bin → customer. An expired lot must not go out; today it is still good."""
        source = self.places.ours(line.source, number)
        move = self.move(number, line, source, self.places.outside(OUTSIDE[LocationKind.CUSTOMER]))
        today = self.at.astimezone().date()
        if move.lot and move.lot.expiry and move.lot.expiry < today:
            raise ExpiredLot(lot=move.lot.code, item=move.item.sku, expiry=move.lot.expiry)
        order_line = self.orders.find(line, move.item, number)
        move.order_line_id = order_line.id if order_line else None
        self.orders.take(order_line, move.quantity, line, move.item, number)
        plan.moves.append(move)

    def adjustment(self, plan: Plan, number: int, line: Line) -> None:
        """A gain or a loss with a reason; the sign of the quantity says which."""
        loss = self.places.outside(loss_path(line.reason))
        ours = self.places.ours(line.source or line.target, number)
        if line.quantity < 0:
            move = self.move(number, replace(line, quantity=-line.quantity), ours, loss)
        else:
            move = self.arrival(number, line, ours, LocationKind.LOSS, loss)
        move.reason = line.reason
        plan.moves.append(move)

    def count(self, plan: Plan, number: int, line: Line) -> None:
        """There were so many here, at the document's moment or the line's own."""
        if line.counted is None:
            return
        item, packing = self.item_of(line, number)
        place = self.places.ours(line.source or line.target, number)
        lot = self.lot_of(item, line, arriving=True)
        if line.counted < 0:
            reason = marked("a count is 0 or more.")
            raise InvalidQuantity(found=plain(line.counted), reason=reason)
        counted = self.in_base_units(item, packing, line.counted)
        found = CountedPlace(
            line=number,
            item=item,
            lot=lot,
            place=place,
            counted=check_figure(counted, item.decimals, plain(line.counted)),
            at=line.at or self.at,
            reason=line.reason,
        )
        if item.tracking is Tracking.SERIAL and counted > 1:
            raise SerialConflict(item=item.sku, lot=line.lot, reason="it stands for one piece.")
        if (found.key, found.at) in self._counted:
            raise CountConflict(item=item.sku, location=place.path)
        self._counted.add((found.key, found.at))
        plan.counts.append(found)

    def lots_of(self, lines: Iterable[Line]) -> LotBook:
        """Return the book of the lots that some lines name."""
        return LotBook(self.connection, self.items, lines)

    def _partner(self) -> int | None:
        for kind, code in (
            (PartnerKind.SUPPLIER, self.document.supplier),
            (PartnerKind.CUSTOMER, self.document.customer),
        ):
            if code:
                return find_partner(self.connection, kind, code)
        return None

    def item_of(self, line: Line, number: int) -> tuple[ItemFacts, Packing]:
        return self.items.find(line.item, number), self.items.packing(line, number)

    def lot_of(self, item: ItemFacts, line: Line, *, arriving: bool) -> LotFacts | None:
        expiry = line.expiry
        if arriving and expiry is None and item.shelf_life_days is not None:
            expiry = keeps_until(self.at.astimezone().date(), item.shelf_life_days)
        return self.lots.find(item, line.lot, stated=line.expiry, expiry=expiry, arriving=arriving)

    def arrival(
        self,
        number: int,
        line: Line,
        target: Place,
        origin: LocationKind,
        source: Place | None = None,
    ) -> Move:
        source = source or self.places.outside(OUTSIDE[origin])
        move = self.move(number, line, source, target, arriving=True)
        if line.unit_cost is not None:
            if not is_cost(line.unit_cost):
                raise Malformed(Said(WRONG_COST, cost=plain(line.unit_cost)))
            move.unit_cost = line.unit_cost
            exact = EXACT.multiply(line.unit_cost, line.quantity)
            move.given_value = check_room(rounded(exact, self.money_places))
        return move

    def move(
        self, number: int, line: Line, source: Place, target: Place, *, arriving: bool = False
    ) -> Move:
        item, packing = self.item_of(line, number)
        if source.id == target.id and source.is_owned:
            raise SamePlace(location=source.path, item=item.sku)
        lot = self.lot_of(item, line, arriving=arriving)
        check_quantity(line.quantity, PLACES, plain(line.quantity))
        quantity = self.in_base_units(item, packing, line.quantity)
        stated = packing.unit or quantity != line.quantity
        move = Move(
            line=number,
            item=item,
            lot=lot,
            source=source,
            target=target,
            quantity=check_quantity(quantity, item.decimals, plain(quantity)),
            at=self.at,
            unit=packing.unit,
            unit_quantity=line.quantity if stated else None,
        )
        if item.tracking is Tracking.SERIAL:
            check_one_piece(move)
        return move

    @staticmethod
    def in_base_units(item: ItemFacts, packing: Packing, quantity: Decimal) -> Decimal:
        """Return the quantity in base units; a fraction that does not come out is refused."""
        exact = EXACT.divide(EXACT.multiply(quantity, packing.numerator), packing.denominator)
        if not fits(exact, item.decimals):
            check_figure(rounded(exact, PLACES), item.decimals, f"{plain(quantity)} {packing.unit}")
            stated = {"quantity": plain(quantity), "unit": packing.unit, "item": item.sku}
            raise Malformed(Said(NOT_WHOLE, base=item.unit, **stated))
        return exact


def _paths(lines: Sequence[Line]) -> Sequence[str]:
    stated = {path for line in lines for path in (line.source, line.target) if path}
    reasons = {loss_path(line.reason) for line in lines}
    return [*stated, *reasons, *OUTSIDE.values(), COUNT_LOSS]


def _per_unit(price: Decimal, packing: Packing) -> Decimal:
    """Return what one of the line's unit costs where the price is per base unit."""
    exact = EXACT.divide(EXACT.multiply(price, packing.numerator), packing.denominator)
    return rounded(exact, PLACES)


def is_cost(figure: Decimal) -> bool:
    """Tell whether a figure can be what a unit costs."""
    return 0 <= figure <= LARGEST and fits(figure, PLACES)


def per_base_unit(cost: Decimal, packing: Packing) -> Decimal:
    """Return what a base unit costs where the cost is of the line's unit."""
    exact = EXACT.divide(EXACT.multiply(cost, packing.denominator), packing.numerator)
    return rounded(exact, PLACES)
