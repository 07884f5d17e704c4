"""Documents as they are looked at: the head, what they moved or ordered, and undoing them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.core.catalogue import LocationKind
from app.core.clock import SKEW
from app.core.documents import Document, DocumentType, Posted
from app.core.history import Entry
from app.core.labels import LabelRequest
from app.core.refusals import UnknownDocument
from app.db.tables import (
    DocumentRow,
    ItemRow,
    OrderLineRow,
    OrderRow,
    PartnerRow,
    PeriodRow,
    ValueEntryRow,
)
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import Fact, FactKind, OrderLine, Subject
from app.ledger.door import post
from app.ledger.facts import money_places
from app.ledger.history import movements_for_order, movements_of
from app.ledger.reversal import NOT_REVERSIBLE

_REVERSAL = aliased(DocumentRow)
_REVERSED = aliased(DocumentRow)
_NAMED = aliased(DocumentRow)
_ORDERS = (DocumentType.PURCHASE_ORDER, DocumentType.SALES_ORDER)
_LATER_BY_NATURE = (DocumentType.COUNT, DocumentType.REVERSAL)
"""A count is posted after it was counted; a reversal acts where the document it undoes stands."""

_LABELLED = (LocationKind.STORAGE, LocationKind.DOCK)
MOST_LINKS = 8

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
        _NAMED.number.label("names"),
        PeriodRow.until,
    )
    .outerjoin(OrderRow, OrderRow.id == DocumentRow.order_id)
    .outerjoin(
        PartnerRow,
        PartnerRow.id == func.coalesce(DocumentRow.partner_id, OrderRow.partner_id),
    )
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .outerjoin(_REVERSED, _REVERSED.id == DocumentRow.reverses_id)
    .outerjoin(_NAMED, _NAMED.id == DocumentRow.names_id)
    .outerjoin(PeriodRow, PeriodRow.document_id == DocumentRow.id)
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
        facts=(
            *_facts(head),
            *_value_changes(session, head),
            *_named_by(session, head),
            *_causes(entries),
        ),
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
    is_late = head.entered_at - head.effective_at > SKEW and head.type not in _LATER_BY_NATURE
    yield Fact(FactKind.ENTERED_LATE if is_late else FactKind.ENTERED_AT, head.entered_at)
    yield Fact(FactKind.USER, head.user or None)
    if head.until is not None:
        closes = head.type is DocumentType.CLOSE_PERIOD
        yield Fact(FactKind.CLOSED_UNTIL if closes else FactKind.OPEN_FROM, head.until)
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
        (FactKind.NAMES, head.names),
    ):
        if number and number != head.number:
            yield _link(kind, number)


def _link(kind: FactKind, number: str) -> Fact:
    return Fact(kind, number, leads_to=Ref(FoundKind.DOCUMENT, number))


def _value_changes(session: Session, head: Any) -> Iterator[Fact]:
    """What a landed cost adds to its receipt."""
    query = select(func.sum(ValueEntryRow.amount, type_=ValueEntryRow.amount.type))
    amount = session.scalar(query.where(ValueEntryRow.document_id == head.id))
    if amount is not None:
        yield Fact(FactKind.AMOUNT, amount)


def _named_by(session: Session, head: Any) -> Iterator[Fact]:
    """The landed costs, returns and arrivals that belong to a document, the latest first."""
    query = select(DocumentRow.number).where(DocumentRow.names_id == head.id)
    for number in session.scalars(query.order_by(DocumentRow.id.desc()).limit(MOST_LINKS)):
        yield _link(FactKind.NAMED_BY, number)


def _causes(entries: tuple[Entry, ...]) -> Iterator[Fact]:
    """The late documents because of which a count was corrected, the latest first."""
    causes = dict.fromkeys(entry.caused_by for entry in reversed(entries) if entry.caused_by)
    for number in list(causes)[:MOST_LINKS]:
        yield _link(FactKind.CORRECTED_FOR, number)


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
