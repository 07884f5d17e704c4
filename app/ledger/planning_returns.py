"""Goods that go back or go on: returns to suppliers, from customers, transfers through transit."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select
from typing_extensions import override

from app.core.catalogue import LocationKind
from app.core.decimals import ZERO, plain
from app.core.documents import Document, DocumentType, Line
from app.core.refusals import NothingOnTheWay, OverReturn, OverShipped, SamePlace
from app.db.tables import LocationRow, LotRow
from app.ledger.facts import Place
from app.ledger.moves import Move, Plan
from app.ledger.naming import NamedDocument, NamedPart
from app.ledger.places import OUTSIDE
from app.ledger.planning import Planner

NAMED = {
    DocumentType.SUPPLIER_RETURN: (DocumentType.RECEIPT,),
    DocumentType.CUSTOMER_RETURN: (DocumentType.ISSUE,),
    DocumentType.TRANSFER_RECEIVE: (DocumentType.TRANSFER_SHIP,),
}
TRANSIT = "TRANSIT"

_PATH = select(LocationRow.path).where(LocationRow.id == bindparam("place"))
_LOT_CODE = select(LotRow.code).where(LotRow.id == bindparam("lot"))


class ReturnPlanner(Planner):
    """Works through a document that may name the receipt or shipment its goods belong to."""

    def __init__(self, connection: Connection, document: Document, places: int) -> None:
        self.named = self._find_named(connection, document)
        super().__init__(connection, document, places)
        self._parts = self.named.parts() if self.named else []

    @override
    def item_names(self) -> Iterable[str]:
        theirs = self.named.skus() if self.named else []
        return [*(line.item for line in self.lines), *theirs]

    @override
    def plan_lines(self, plan: Plan) -> None:
        if self.named:
            plan.names_id = self.named.id
            plan.partner_id = plan.partner_id or self.named.partner_id
            self.named.check_order(self.at)
        if self.document.type is DocumentType.TRANSFER_RECEIVE and not self.lines:
            self.lines = [self._line_of(part) for part in self._parts if part.left > 0]
            if not self.lines:
                raise NothingOnTheWay(document=self.document.names)
            self.lots = self.lots_of(self.lines)
        super().plan_lines(plan)

    @override
    def line_planner(self) -> Callable[[Plan, int, Line], None]:
        return {
            DocumentType.SUPPLIER_RETURN: self.supplier_return,
            DocumentType.CUSTOMER_RETURN: self.customer_return,
            DocumentType.TRANSFER_SHIP: self.transfer_ship,
            DocumentType.TRANSFER_RECEIVE: self.transfer_receive,
        }[self.document.type]

    def supplier_return(self, plan: Plan, number: int, line: Line) -> None:
        """Bin → supplier."""
        source = self.places.ours(line.source, number)
        supplier = self.places.outside(OUTSIDE[LocationKind.SUPPLIER])
        self._go_on(plan, self.move(number, line, source, supplier))

    def customer_return(self, plan: Plan, number: int, line: Line) -> None:
        """Customer → bin."""
        target = self.places.ours(line.target, number)
        customer = self.places.outside(OUTSIDE[LocationKind.CUSTOMER])
        self._go_on(plan, self.move(number, line, customer, target, arriving=True))

    def transfer_ship(self, plan: Plan, number: int, line: Line) -> None:
        """Bin → on the way to another site."""
        source = self.places.ours(line.source, number)
        target = self.places.ours(line.target, number)
        if source.id == target.id or target.kind is LocationKind.TRANSIT:
            raise SamePlace(location=target.path, item=line.item)
        way = self.places.ours(f"{target.path.split('/', 1)[0]}/{TRANSIT}", number)
        move = self.move(number, line, source, way)
        move.bound_for = target.id
        plan.moves.append(move)

    def transfer_receive(self, plan: Plan, number: int, line: Line) -> None:
        """On the way → where it was bound for, or where it is said to be."""
        for part, move in self._taken(self.move(number, line, *self._way(line, number))):
            stated = line.target or self.document.target
            path = stated or self._path(part.bound_for)
            move.source = self.places.ours(part.path, number)
            move.target = self.places.ours(path, number)
            if move.target.id == move.source.id:
                raise SamePlace(location=path, item=move.item.sku)
            plan.moves.append(move)

    def _find_named(self, connection: Connection, document: Document) -> NamedDocument | None:
        must = document.type is DocumentType.TRANSFER_RECEIVE
        if not document.names and not must:
            return None
        return NamedDocument(connection, document.names, NAMED[document.type])

    def _way(self, line: Line, number: int) -> tuple[Place, Place]:
        """Return two places to begin with; each part of the goods has its own."""
        place = self.places.outside(OUTSIDE[LocationKind.SUPPLIER])
        return place, place

    def _path(self, place: int | None) -> str:
        return self.connection.scalar(_PATH, {"place": place}) or ""

    def _line_of(self, part: NamedPart) -> Line:
        code = self.connection.scalar(_LOT_CODE, {"lot": part.lot}) or ""
        return Line(item=part.sku, quantity=part.left, lot=code)

    def _go_on(self, plan: Plan, move: Move) -> None:
        if self.named is None:
            plan.moves.append(move)
        else:
            plan.moves += [part for _, part in self._taken(move)]

    def _taken(self, move: Move) -> list[tuple[NamedPart, Move]]:
        """Return the movement in parts, each with what it takes up of the document named."""
        parts = [part for part in self._parts if self._is_for(part, move)]
        left = sum((part.left for part in parts), ZERO)
        if move.quantity > left:
            self._refuse(move, left)
        taken: list[tuple[NamedPart, Move]] = []
        wanted = move.quantity
        for part in parts:
            quantity = min(wanted, part.left)
            if quantity > 0:
                part.left -= quantity
                wanted -= quantity
                taken.append((part, _part_of(move, quantity, part.movement)))
        return taken

    @staticmethod
    def _is_for(part: NamedPart, move: Move) -> bool:
        return part.item == move.item.id and part.lot == move.lot_id

    def _refuse(self, move: Move, left: Decimal) -> None:
        on_the_way = self.document.type is DocumentType.TRANSFER_RECEIVE
        refusal = OverShipped if on_the_way else OverReturn
        raise refusal(
            item=move.name,
            left=plain(max(left, ZERO)),
            unit=move.item.unit,
            document=self.document.names,
            quantity=plain(move.quantity),
        )


def _part_of(move: Move, quantity: Decimal, origin: int) -> Move:
    """Return the part of a movement that belongs to one movement of the document named."""
    if quantity == move.quantity:
        return replace(move, origin_id=origin)
    return replace(move, quantity=quantity, origin_id=origin, unit="", unit_quantity=None)
