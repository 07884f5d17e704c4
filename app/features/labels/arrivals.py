"""What came in with a document, and how many labels that takes."""

from collections import Counter
from dataclasses import replace
from decimal import ROUND_CEILING
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import LocationKind
from app.core.labels import LabelKind, LabelRequest
from app.core.refusals import UnknownDocument
from app.db.tables import DocumentRow, ItemRow, LocationRow, LotRow, MovementRow

_LABELLED = (LocationKind.STORAGE, LocationKind.DOCK)


def labels_of_document(session: Session, number: str, source: str = "") -> list[LabelRequest]:
    """Ask for as many labels of each item, pack or lot as the document brought in.

    Goods sent to quarantine get none. What is weighed or measured gets one for each line.
    """
    if session.scalar(select(DocumentRow.id).where(DocumentRow.number == number)) is None:
        raise UnknownDocument(document=number)
    copies: Counter[LabelRequest] = Counter()
    for row in session.execute(_moved_in(number)):
        copies[replace(_request(row), document=number, source=source or number)] += _pieces(row)
    return [replace(request, copies=count) for request, count in copies.items()]


def _moved_in(number: str) -> Any:
    columns = (
        ItemRow.sku,
        ItemRow.unit.label("base_unit"),
        ItemRow.decimals,
        LotRow.code.label("lot"),
        MovementRow.quantity,
        MovementRow.unit,
        MovementRow.unit_quantity,
    )
    return (
        select(*columns)
        .select_from(MovementRow)
        .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
        .join(ItemRow, ItemRow.id == MovementRow.item_id)
        .join(LocationRow, LocationRow.id == MovementRow.to_id)
        .outerjoin(LotRow, LotRow.id == MovementRow.lot_id)
        .where(DocumentRow.number == number, LocationRow.kind.in_(_LABELLED))
        .order_by(MovementRow.line, MovementRow.id)
    )


def _request(row: Any) -> LabelRequest:
    if row.lot:
        return LabelRequest(kind=LabelKind.LOT, sku=row.sku, lot=row.lot)
    if _in_packs(row):
        return LabelRequest(kind=LabelKind.PACK, sku=row.sku, unit=row.unit)
    return LabelRequest(sku=row.sku)


def _pieces(row: Any) -> int:
    if _in_packs(row):
        return int(row.unit_quantity.to_integral_value(ROUND_CEILING))
    return 1 if row.decimals else int(row.quantity)


def _in_packs(row: Any) -> bool:
    return row.unit not in ("", row.base_unit)
