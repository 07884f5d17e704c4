"""Undoing a posted document: its movements the other way round, at its own moment."""

from typing import Any

from sqlalchemy import Connection, bindparam, select, union

from app.core.documents import DocumentType
from app.core.errors import marked
from app.core.refusals import (
    AlreadyReversed,
    ClosedDocument,
    DocumentInUse,
    NotReversible,
    PeriodClosed,
    UnknownDocument,
)
from app.db.prepared import Prepared, one_of
from app.db.tables import (
    CountResultRow,
    DocumentRow,
    LocationRow,
    LotRow,
    MovementRow,
    OrderLineRow,
    ValueEntryRow,
    table_of,
)
from app.ledger.facts import LotFacts, Place, find_items
from app.ledger.moves import Move, Plan
from app.ledger.naming import used_by
from app.ledger.orders import lock_items_of
from app.ledger.periods import check_open
from app.ledger.places import PlaceBook

_D = table_of(DocumentRow).c
_M = table_of(MovementRow).c
_BY_NUMBER = select(_D.id, _D.type, _D.effective_at, _D.order_id, _D.partner_id).where(
    _D.number == bindparam("wanted")
)
_REVERSAL_OF = select(_D.number).where(_D.reverses_id == bindparam("document"))
_MOVES = (
    select(table_of(MovementRow)).where(_M.document_id == bindparam("document")).order_by(_M.id)
)
_C = table_of(CountResultRow).c
_V = table_of(ValueEntryRow).c
_ITEMS = union(
    select(_M.item_id).where(_M.document_id == bindparam("document")),
    select(_C.item_id).where(_C.document_id == bindparam("document")),
    select(_V.item_id).where(_V.document_id == bindparam("document")),
)
"""A count may yet get a correction of a line that had no movement: its items count too."""
_ENTRIES = select(_V.item_id, _V.effective_at).where(_V.document_id == bindparam("document"))
_PATHS = Prepared(
    select(table_of(LocationRow).c.id, table_of(LocationRow).c.path).where(
        one_of(table_of(LocationRow).c.id, "wanted")
    )
)
_LOTS = Prepared(
    select(table_of(LotRow).c.id, table_of(LotRow).c.code, table_of(LotRow).c.expiry).where(
        one_of(table_of(LotRow).c.id, "wanted")
    )
)
_DONE = select(table_of(OrderLineRow).c.id).where(
    table_of(OrderLineRow).c.order_id == bindparam("document"), table_of(OrderLineRow).c.done != 0
)

ORDERS = (DocumentType.PURCHASE_ORDER, DocumentType.SALES_ORDER)
NOT_REVERSIBLE = {
    DocumentType.REVERSAL: marked("it is a reversal itself; post the document anew instead."),
    DocumentType.ALLOCATE: marked("release the order's allocation instead."),
    DocumentType.RELEASE: marked("allocate the order anew instead."),
    DocumentType.CLOSE_PERIOD: marked("reopen the period instead."),
    DocumentType.REOPEN_PERIOD: marked("close the period again instead."),
}
INSTEAD = {
    DocumentType.RECEIPT: marked("return the goods to the supplier"),
    DocumentType.ISSUE: marked("take the goods back as a return from the customer"),
    DocumentType.TRANSFER: marked("move the goods back"),
    DocumentType.COUNT: marked("count the place again"),
}
"""What can be posted today for a document in a closed period."""


def plan_reversal(connection: Connection, number: str) -> Plan:
    """Return the plan that undoes the document of that number, at that document's own moment."""
    document = connection.execute(_BY_NUMBER, {"wanted": number}).first()
    if document is None:
        raise UnknownDocument(document=number)
    if document.type in NOT_REVERSIBLE:
        raise NotReversible(document=number, reason=NOT_REVERSIBLE[document.type])
    touched = set(connection.scalars(_ITEMS, {"document": document.id}))
    items = find_items(connection, sorted(touched))
    if document.type in ORDERS:
        lock_items_of(connection, document.order_id)
    rows = connection.execute(_MOVES, {"document": document.id}).all()  # as the lock finds them
    reversal = connection.scalar(_REVERSAL_OF, {"document": document.id})
    if reversal is not None:
        raise AlreadyReversed(document=number, reversal=reversal)
    _check_free(connection, document, number)
    plan = Plan(
        at=document.effective_at,
        reverses_id=document.id,
        order_id=document.order_id,
        partner_id=document.partner_id,
    )
    if document.type in ORDERS:
        plan.cancels_order = _untouched_order(connection, document, number)
    places = _places(connection, rows)
    lots = _lots(connection, rows)
    for row in rows:
        plan.moves.append(
            Move(
                line=row.line,
                item=items[row.item_id],
                lot=lots[row.lot_id] if row.lot_id else None,
                source=places[row.to_id],
                target=places[row.from_id],
                quantity=row.quantity,
                at=row.effective_at,
                unit=row.unit,
                unit_quantity=row.unit_quantity,
                unit_cost=row.unit_cost,
                given_value=row.given_value,
                order_line_id=row.order_line_id,
                reason=row.reason,
                sequence=row.sequence,
            )
        )
    for item, at in connection.execute(_ENTRIES, {"document": document.id}):
        plan.revalued[item] = min(at, plan.revalued.get(item, at))
    return plan


def _check_free(connection: Connection, document: Any, number: str) -> None:
    """Refuse what other live documents belong to, and what lies in a closed period."""
    if document.type in ORDERS:
        return
    other = used_by(connection, document.id)
    if other is not None:
        raise DocumentInUse(document=number, other=other)
    try:
        check_open(connection, [document.effective_at])
    except PeriodClosed as refusal:
        instead = INSTEAD.get(document.type, marked("post what puts it right"))
        raise ClosedDocument(document=number, **refusal.fields, instead=instead) from None


def _untouched_order(connection: Connection, document: Any, number: str) -> int:
    if connection.execute(_DONE, {"document": document.order_id}).first() is not None:
        reason = marked("goods have moved for it. Reverse those documents first.")
        raise NotReversible(document=number, reason=reason)
    return int(document.order_id)


def _places(connection: Connection, rows: Any) -> dict[int, Place]:
    ids = {place for row in rows for place in (row.from_id, row.to_id)}
    paths = dict(tuple(row) for row in _PATHS.all(connection, wanted=ids))
    book = PlaceBook(connection, paths.values())
    return {number: book.at(path) for number, path in paths.items()}


def _lots(connection: Connection, rows: Any) -> dict[int, LotFacts]:
    ids = {row.lot_id for row in rows if row.lot_id}
    return {
        lot_id: LotFacts(lot_id, code, expiry)
        for lot_id, code, expiry in _LOTS.all(connection, wanted=ids)
    }
