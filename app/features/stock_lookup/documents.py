"""Documents as they are looked at: the head, what they moved or ordered, and undoing them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.core.catalogue import LocationKind
from app.core.documents import Document, DocumentType, Posted
from app.core.history import Entry
from app.core.labels import LabelRequest
from app.core.refusals import UnknownDocument
from app.db.tables import DocumentRow, ItemRow, OrderLineRow, OrderRow, PartnerRow
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import Fact, FactKind, OrderLine, Subject
from app.ledger.facts import money_places
from app.ledger.history import movements_for_order, movements_of
from app.ledger.posting import post
from app.ledger.reversal import NOT_REVERSIBLE

_REVERSAL = aliased(DocumentRow)
_REVERSED = aliased(DocumentRow)
_ORDERS = (DocumentType.PURCHASE_ORDER, DocumentType.SALES_ORDER)
_LABELLED = (LocationKind.STORAGE, LocationKind.DOCK)

_HEAD = (
    select(
        DocumentRow.id,
        DocumentRow.number,
        DocumentRow.type,
        DocumentRow.effective_at,
        DocumentRow.entered_at,
        DocumentRow.user,
        DocumentRow.reference,
        DocumentRow.note,
        DocumentRow.order_id,
        PartnerRow.name.label("partner"),
        OrderRow.number.label("order"),
        _REVERSAL.number.label("reversal"),
        _REVERSED.number.label("reverses"),
    )
    .outerjoin(OrderRow, OrderRow.id == DocumentRow.order_id)
    .outerjoin(
        PartnerRow,
        PartnerRow.id == func.coalesce(DocumentRow.partner_id, OrderRow.partner_id),
    )
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .outerjoin(_REVERSED, _REVERSED.id == DocumentRow.reverses_id)
)


def open_document(session: Session, ref: Ref) -> Subject:
    """Return a document or order with its lines; raises UnknownDocument.

    It is found by its number, else by the reference that others know it by: the latest of those.
    """
    head = session.execute(_HEAD.where(DocumentRow.number == ref.code)).first()
    if head is None:
        query = _HEAD.where(DocumentRow.reference == ref.code)
        head = session.execute(query.order_by(DocumentRow.id.desc()).limit(1)).first()
    if head is None:
        raise UnknownDocument(document=ref.code)
    is_order = head.type in _ORDERS
    moved = movements_for_order(session, head.order_id) if is_order else None
    entries = tuple(movements_of(session, head.number) if moved is None else moved)
    return Subject(
        Ref(FoundKind.DOCUMENT, head.number),
        about=head.partner or head.reference,
        facts=tuple(_facts(head)),
        type=head.type,
        orders=_order_lines(session, head.order_id) if is_order else (),
        entries=entries,
        can_be_reversed=head.reversal is None and head.type not in NOT_REVERSIBLE,
        labels=_labels(head, entries),
        money_places=money_places(session.connection()),
    )


def reverse_document(session: Session, number: str, *, user: str = "") -> Posted:
    """Undo a posted document by a reversal; the key makes sure it is done once."""
    document = Document(key=f"reverse-{number}", type=DocumentType.REVERSAL, reverses=number)
    return post(session, document, user=user)


def _facts(head: Any) -> Iterator[Fact]:
    yield Fact(FactKind.AT, head.effective_at)
    yield Fact(FactKind.ENTERED_AT, head.entered_at)
    yield Fact(FactKind.USER, head.user or None)
    for kind, text in (
        (FactKind.PARTNER, head.partner),
        (FactKind.REFERENCE, head.reference),
        (FactKind.NOTE, head.note),
    ):
        if text:
            yield Fact(kind, text)
    for kind, number in (
        (FactKind.ORDER, head.order),
        (FactKind.REVERSES, head.reverses),
        (FactKind.REVERSED_BY, head.reversal),
    ):
        if number and number != head.number:
            yield Fact(kind, number, leads_to=Ref(FoundKind.DOCUMENT, number))


def _order_lines(session: Session, order_id: int) -> tuple[OrderLine, ...]:
    query = (
        select(
            OrderLineRow.line,
            ItemRow.sku,
            ItemRow.name,
            ItemRow.unit,
            OrderLineRow.quantity,
            OrderLineRow.done,
            OrderLineRow.due,
        )
        .join(ItemRow, ItemRow.id == OrderLineRow.item_id)
        .where(OrderLineRow.order_id == order_id)
        .order_by(OrderLineRow.line)
    )
    return tuple(OrderLine(*row) for row in session.execute(query))


def _labels(head: Any, entries: tuple[Entry, ...]) -> tuple[LabelRequest, ...]:
    """What came in with a document can be labelled; an order or a reversal brought nothing."""
    if head.type in (*_ORDERS, DocumentType.REVERSAL):
        return ()
    came = any(entry.target_kind in _LABELLED for entry in entries)
    return (LabelRequest(document=head.number),) if came else ()
