"""Purchase and sales orders: taking them in, and keeping track of what has come or gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, bindparam, insert, select, update

from app.core.catalogue import PartnerKind
from app.core.decimals import (
    EXACT,
    LARGEST,
    PLACES,
    ZERO,
    check_quantity,
    check_room,
    fits,
    plain,
    rounded,
)
from app.core.documents import Document, DocumentType, Line
from app.core.errors import Said, marked
from app.core.refusals import (
    Malformed,
    NothingToPost,
    OrderTakenBack,
    OverReceipt,
    OverShip,
    UnknownOrder,
    UnknownOrderLine,
)
from app.db.prepared import Prepared, one_of
from app.db.tables import DocumentRow, OrderLineRow, OrderRow, table_of
from app.ledger.facts import ItemBook, ItemFacts, find_items, find_partner
from app.ledger.places import PlaceBook

_ORDER = table_of(OrderRow)
_LINE = table_of(OrderLineRow)
_OPEN_LINES = select(
    _LINE.c.id, _LINE.c.line, _LINE.c.item_id, _LINE.c.quantity, _LINE.c.done, _LINE.c.price
).where(_LINE.c.order_id == bindparam("order_number"))
_ADD_DONE = (
    update(_LINE)
    .where(_LINE.c.id == bindparam("line_id"))
    .values(done=_LINE.c.done + bindparam("more", type_=_LINE.c.done.type))
)
_LINES_BY_ID = Prepared(select(_LINE.c.id, _LINE.c.order_id).where(one_of(_LINE.c.id, "wanted")))
_UNFINISHED = (
    select(_LINE.c.id)
    .where(_LINE.c.order_id == _ORDER.c.id, _LINE.c.done < _LINE.c.quantity)
    .exists()
)
_SET_OPEN = (update(_ORDER).where(one_of(_ORDER.c.id, "wanted"))).values(is_open=_UNFINISHED)

_LOCK = Prepared(
    select(_ORDER.c.id)
    .where(one_of(_ORDER.c.id, "wanted"))
    .order_by(_ORDER.c.id)
    .with_for_update(key_share=True)
)
_ITEMS = select(_LINE.c.item_id).where(_LINE.c.order_id == bindparam("order_number")).distinct()
_STATED = table_of(DocumentRow)
_TAKEN_BACK = _STATED.alias("taken_back")
_ORDERS = (
    select(_ORDER.c.id, _TAKEN_BACK.c.number.label("reversal"))
    .join(_STATED, _STATED.c.number == _ORDER.c.number)
    .outerjoin(_TAKEN_BACK, _TAKEN_BACK.c.reverses_id == _STATED.c.id)
    .where(_ORDER.c.type == bindparam("wanted_type", type_=_ORDER.c.type.type))
)
_BY_NUMBER = _ORDERS.where(_ORDER.c.number == bindparam("wanted"))
_BY_REFERENCE = _ORDERS.where(
    _ORDER.c.reference == bindparam("wanted"), _TAKEN_BACK.c.id.is_(None)
).limit(2)

WRONG_PRICE = marked(
    "A price of {price} is below zero, finer than six decimals or larger than 999,999,999."
)


@dataclass(slots=True)
class OpenLine:
    """A line of an order while a document is being worked through, quantities in base units."""

    id: int
    line: int
    item_id: int
    quantity: Decimal
    done: Decimal
    price: Decimal | None

    @property
    def expected(self) -> Decimal:
        return max(self.quantity - self.done, ZERO)


class OrderBook:
    """The orders that a document's lines name."""

    def __init__(self, connection: Connection, document: Document) -> None:
        self._connection = connection
        self._document = document
        self._lines: dict[str, dict[int, OpenLine]] = {}
        self.order_id: int | None = None

    def find(self, line: Line, item: ItemFacts, number: int) -> OpenLine | None:
        """Return the order line that a document line is for; None if it is for none.

        Without a line number it is the order's only line of that item, else the first that
        still expects some.
        """
        order = line.order or self._document.order
        if not order:
            return None
        lines = self._of(order, number)
        if line.order_line is not None:
            found = lines.get(line.order_line)
            if found is None or found.item_id != item.id:
                raise UnknownOrderLine(
                    order=order, order_line=line.order_line, item=item.sku, line=number
                )
            return found
        same = [candidate for candidate in lines.values() if candidate.item_id == item.id]
        if not same:
            return None
        return next((candidate for candidate in same if candidate.expected), same[-1])

    def take(
        self, found: OpenLine | None, quantity: Decimal, line: Line, item: ItemFacts, number: int
    ) -> None:
        """Count the quantity towards the order line; refuse what goes beyond it."""
        if found is None:
            return
        if found.done + quantity > found.quantity and not self._document.accept_over:
            receiving = self._document.type is DocumentType.RECEIPT
            refusal = OverReceipt if receiving else OverShip
            raise refusal(
                order=line.order or self._document.order,
                order_line=found.line,
                expected=plain(found.expected),
                quantity=plain(quantity),
                unit=item.unit,
                item=item.sku,
                line=number,
            )
        found.done += quantity

    def _of(self, order: str, number: int) -> dict[int, OpenLine]:
        if order not in self._lines:
            order_id = find_order(self._connection, order, self._wanted_type(), number)
            self.order_id = self.order_id or order_id
            rows = self._connection.execute(_OPEN_LINES, {"order_number": order_id})
            self._lines[order] = {row.line: OpenLine(*row) for row in rows}
        return self._lines[order]

    def _wanted_type(self) -> DocumentType:
        receiving = self._document.type is DocumentType.RECEIPT
        return DocumentType.PURCHASE_ORDER if receiving else DocumentType.SALES_ORDER


def find_order(
    connection: Connection, order: str, kind: DocumentType, line: int | None = None
) -> int:
    """Return the row number of an order by its number, else by the other party's reference.

    An order that was taken back is refused by its number, and its reference is free again.
    """
    own = connection.execute(_BY_NUMBER, {"wanted": order, "wanted_type": kind}).first()
    if own is not None:
        if own.reversal is not None:
            raise OrderTakenBack(order=order, reversal=own.reversal, line=line)
        return int(own.id)
    found = connection.scalars(_BY_REFERENCE, {"wanted": order, "wanted_type": kind}).all()
    if len(found) != 1:
        raise UnknownOrder(order=order, line=line)
    return int(found[0])


def lock_items_of(connection: Connection, order_id: int) -> None:
    """Let nobody else move or promise what the order is about until we are done."""
    find_items(connection, sorted(connection.scalars(_ITEMS, {"order_number": order_id})))


def record_order(connection: Connection, document: Document, number: str) -> int:
    """Write an order's head and lines and return its row number."""
    if not document.lines:
        raise NothingToPost
    items = ItemBook(connection, (line.item for line in document.lines))
    purchase = document.type is DocumentType.PURCHASE_ORDER
    kind = PartnerKind.SUPPLIER if purchase else PartnerKind.CUSTOMER
    partner = find_partner(connection, kind, document.supplier if purchase else document.customer)
    site = None
    if document.site:
        site = PlaceBook(connection, [document.site]).known(document.site)
    lines = [
        _order_line(items, line, position) for position, line in enumerate(document.lines, start=1)
    ]
    head = {
        "number": number,
        "type": document.type,
        "partner_id": partner,
        "site_id": site,
        "reference": document.reference,
        "is_open": True,
    }
    order_id = connection.scalar(insert(_ORDER).returning(_ORDER.c.id), head)
    if order_id is None:
        raise LookupError(number)
    connection.execute(insert(_LINE), [{**line, "order_id": order_id} for line in lines])
    return int(order_id)


def count_towards_orders(connection: Connection, done: dict[int, Decimal]) -> None:
    """Add what came or went to its order lines, and close or reopen their orders."""
    if not done:
        return
    connection.execute(_ADD_DONE, [{"line_id": key, "more": more} for key, more in done.items()])
    orders = _orders_of(connection, done)
    _LOCK.all(connection, wanted=orders)  # so that the last of two at once sees what both did
    connection.execute(_SET_OPEN, {"wanted": orders})


def close_order(connection: Connection, order_id: int) -> None:
    """Close an order that was taken back."""
    connection.execute(update(_ORDER).where(_ORDER.c.id == order_id).values(is_open=False))


def _orders_of(connection: Connection, line_ids: Iterable[int]) -> list[int]:
    rows = _LINES_BY_ID.all(connection, wanted=list(line_ids))
    return sorted({row.order_id for row in rows})


def _order_line(items: ItemBook, line: Line, number: int) -> dict[str, object]:
    item = items.find(line.item, number)
    packing = items.packing(line, number)
    check_quantity(line.quantity, PLACES)
    exact = EXACT.divide(EXACT.multiply(line.quantity, packing.numerator), packing.denominator)
    return {
        "line": number,
        "item_id": item.id,
        "quantity": check_quantity(rounded(exact, PLACES), item.decimals, plain(exact)),
        "price": _price_per_base_unit(line, exact, number),
        "due": line.due,
        "unit": packing.unit,
        "done": ZERO,
    }


def _price_per_base_unit(line: Line, base_units: Decimal, number: int) -> Decimal | None:
    if line.price is None:
        return None
    if line.price < 0 or line.price > LARGEST or not fits(line.price, PLACES):
        raise Malformed(
            Said(WRONG_PRICE, price=plain(line.price)),
            line=number,
        )
    return check_room(
        rounded(EXACT.divide(EXACT.multiply(line.price, line.quantity), base_units), PLACES)
    )
