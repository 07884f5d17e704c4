"""What counting found: each counted line, what was expected, the difference and its value."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from app.core.decimals import ZERO
from app.db.tables import CountResultRow, DocumentRow, ItemRow, LocationRow, LotRow, MovementRow
from app.db.tables.values import MovementValueRow
from app.db.types import Money, Quantity
from app.features.count_sheets.service import find_sheet, review_sheet

VARIANCE = (
    "document",
    "at",
    "item",
    "name",
    "location",
    "lot",
    "expected",
    "counted",
    "difference",
    "value",
    "unit",
    "user",
)


def variance_rows(session: Session, sheet: int | None) -> Iterator[Sequence[Any]]:
    """Give the variances of all counts that stand, or of one sheet, posted or not."""
    if sheet is None:
        yield from _posted(session, "")
        return
    head = find_sheet(session, sheet).head
    if head.document:
        yield from _posted(session, head.document)
        return
    for line in review_sheet(session, sheet):
        yield (
            "",
            None,
            line.item,
            line.name,
            line.location,
            line.lot,
            line.counted - line.difference,
            line.counted,
            line.difference,
            line.value,
            line.unit,
            head.created_by,
        )


def _posted(session: Session, document: str) -> Iterator[Sequence[Any]]:
    reversal = aliased(DocumentRow)
    sign = case((MovementRow.to_id == CountResultRow.location_id, 1), else_=-1)
    difference = func.sum(sign * MovementRow.quantity, type_=Quantity)
    value = func.sum(sign * func.coalesce(MovementValueRow.value, 0), type_=Money)
    query = (
        select(
            DocumentRow.number,
            CountResultRow.effective_at,
            ItemRow.sku,
            ItemRow.name,
            LocationRow.path,
            func.coalesce(LotRow.code, ""),
            CountResultRow.counted,
            difference,
            value,
            ItemRow.unit,
            DocumentRow.user,
        )
        .select_from(CountResultRow)
        .join(DocumentRow, DocumentRow.id == CountResultRow.document_id)
        .join(ItemRow, ItemRow.id == CountResultRow.item_id)
        .join(LocationRow, LocationRow.id == CountResultRow.location_id)
        .outerjoin(LotRow, LotRow.id == CountResultRow.lot_id)
        .outerjoin(reversal, reversal.reverses_id == DocumentRow.id)
        .outerjoin(
            MovementRow,
            (MovementRow.document_id == CountResultRow.document_id)
            & (MovementRow.line == CountResultRow.line),
        )
        .outerjoin(MovementValueRow, MovementValueRow.movement_id == MovementRow.id)
        .where(reversal.id.is_(None))
        .group_by(
            CountResultRow.id,
            DocumentRow.number,
            CountResultRow.effective_at,
            ItemRow.sku,
            ItemRow.name,
            LocationRow.path,
            LotRow.code,
            CountResultRow.counted,
            ItemRow.unit,
            DocumentRow.user,
        )
        .order_by(CountResultRow.effective_at, CountResultRow.id)
    )
    if document:
        query = query.where(DocumentRow.number == document)
    for *names, counted, found, worth, unit, user in session.execute(query):
        change = found or ZERO
        yield (*names, counted - change, counted, change, worth or ZERO, unit, user)
