"""What an entry would do, seen before it is posted: it is posted, looked at, and undone."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.core.decimals import ZERO
from app.core.documents import Document, DocumentType, Posted, new_key
from app.core.effects import CostChange, CountChange, Effects, ValueChange
from app.db.prepared import one_of
from app.db.tables import CountResultRow, DocumentRow, ItemRow, MovementRow
from app.db.tables.values import PeriodDifferenceRow, PoolRow
from app.db.types import Money
from app.ledger.moves import Move
from app.ledger.posting import Posting, begin
from app.ledger.revaluing import Revalued

_NAMES = (
    select(MovementRow.id, DocumentRow.number, ItemRow.sku)
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .join(ItemRow, ItemRow.id == MovementRow.item_id)
    .where(one_of(MovementRow.id, "wanted"))
)
_COUNTS = select(CountResultRow.document_id, CountResultRow.line, CountResultRow.counted).where(
    one_of(CountResultRow.document_id, "wanted")
)
_NUMBERS = select(DocumentRow.id, DocumentRow.number).where(one_of(DocumentRow.id, "wanted"))
_POOLS = (
    select(PoolRow.item_id, func.sum(PoolRow.value, type_=Money))
    .where(one_of(PoolRow.item_id, "wanted"))
    .group_by(PoolRow.item_id)
)
_BOOKED = (
    select(PeriodDifferenceRow.item_id, func.sum(PeriodDifferenceRow.value, type_=Money))
    .where(one_of(PeriodDifferenceRow.item_id, "wanted"))
    .group_by(PeriodDifferenceRow.item_id)
)
_SKUS = select(ItemRow.id, ItemRow.sku).where(one_of(ItemRow.id, "wanted"))


def preview(session: Session, document: Document, *, user: str = "") -> Effects:
    """Return what posting the document would change; raises the `Refused` that posting would.

    Nothing of it stays. A key that was posted before has no effects any more.
    """
    trial = session.begin_nested()
    try:
        posting = begin(session, document, user=user)
        if isinstance(posting, Posted):
            return Effects(at=document.at or posting_time(session, posting), is_late=False)
        posted = posting.run()
        effects = _effects(session.connection(), posting, posted)
    finally:
        trial.rollback()
    return _with_values_before(session.connection(), effects, posting)


def preview_reversal(session: Session, number: str, user: str = "") -> Effects:
    """Return what undoing a document would change beside its own movements; raises as posting."""
    document = Document(key=new_key(), type=DocumentType.REVERSAL, reverses=number)
    effects = preview(session, document, user=user)
    costs = (cost for cost in effects.costs if cost.document not in (number, effects.number))
    return replace(effects, costs=tuple(costs))


def posting_time(session: Session, posted: Posted) -> Any:
    """Return when a posted document happened."""
    query = select(DocumentRow.effective_at).where(DocumentRow.number == posted.number)
    return session.scalar(query)


def _effects(connection: Connection, posting: Posting, posted: Posted) -> Effects:
    items = {one.item for one in posting.revalued}
    after, booked, skus = (_by_item(connection, query, items) for query in (_POOLS, _BOOKED, _SKUS))
    return Effects(
        at=posting.at,
        is_late=posting.is_late,
        number=posted.number,
        costs=_costs(connection, posting.revalued),
        counts=_counts(connection, posting.corrections),
        values=tuple(
            ValueChange(skus[item], ZERO, after.get(item, ZERO), booked.get(item, ZERO))
            for item in sorted(items, key=lambda item: str(skus[item]))
        ),
        warnings=posted.warnings,
        money_places=posting.money_places,
    )


def _costs(connection: Connection, revalued: Collection[Revalued]) -> tuple[CostChange, ...]:
    rows = connection.execute(_NAMES, {"wanted": [one.number for one in revalued]})
    names = {row.id: (row.number, row.sku) for row in rows}
    return tuple(CostChange(*names[one.number], one.at, one.before, one.after) for one in revalued)


def _counts(connection: Connection, corrections: Collection[Move]) -> tuple[CountChange, ...]:
    documents = {"wanted": sorted({move.document_id for move in corrections})}
    numbers = {row.id: row.number for row in connection.execute(_NUMBERS, documents)}
    counted = {
        (row.document_id, row.line): row.counted for row in connection.execute(_COUNTS, documents)
    }
    return tuple(
        CountChange(
            document=numbers[move.document_id],
            item=move.item.sku,
            lot=move.lot.code if move.lot else "",
            location=(move.target if move.target.is_owned else move.source).path,
            at=move.at,
            counted=counted[move.document_id, move.line],
            change=move.owned_change,
        )
        for move in sorted(corrections, key=lambda move: (move.at, move.sequence))
    )


def _with_values_before(connection: Connection, effects: Effects, posting: Posting) -> Effects:
    items = {one.item for one in posting.revalued}
    before, booked, skus = (
        _by_item(connection, query, items) for query in (_POOLS, _BOOKED, _SKUS)
    )
    numbers = {sku: item for item, sku in skus.items()}
    values = tuple(
        ValueChange(
            one.item,
            before.get(numbers[one.item], ZERO),
            one.after,
            one.booked - booked.get(numbers[one.item], ZERO),
        )
        for one in effects.values
    )
    return replace(effects, values=values)


def _by_item(connection: Connection, query: Any, items: Collection[int]) -> dict[int, Any]:
    rows = connection.execute(query, {"wanted": list(items)})
    return {row[0]: row[1] for row in rows}
