"""The document that another one belongs to: a receipt, an issue, a transfer on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Connection, bindparam, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from app.core.catalogue import OWNED
from app.core.decimals import ZERO
from app.core.documents import DocumentType
from app.core.refusals import TooEarly, UnknownShipment
from app.db.tables import DocumentRow, ItemRow, LocationRow, MovementRow, ValueEntryRow

_REVERSAL = aliased(DocumentRow)
_SOURCE = aliased(LocationRow)
_TARGET = aliased(LocationRow)
_NEXT = aliased(MovementRow)
_NEXT_DOCUMENT = aliased(DocumentRow)
_NEXT_REVERSAL = aliased(DocumentRow)
_DOCUMENT = (
    select(DocumentRow.id, DocumentRow.type, DocumentRow.effective_at, DocumentRow.partner_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .where(DocumentRow.number == bindparam("wanted"), _REVERSAL.id.is_(None))
)
_TAKEN = (
    select(func.coalesce(func.sum(_NEXT.quantity), 0, type_=BigInteger))
    .join(_NEXT_DOCUMENT, _NEXT_DOCUMENT.id == _NEXT.document_id)
    .outerjoin(_NEXT_REVERSAL, _NEXT_REVERSAL.reverses_id == _NEXT_DOCUMENT.id)
    .where(_NEXT.origin_id == MovementRow.id, _NEXT_REVERSAL.id.is_(None))
    .correlate(MovementRow)
    .scalar_subquery()
)
_PARTS = (
    select(
        MovementRow.id,
        MovementRow.line,
        MovementRow.item_id,
        ItemRow.sku,
        func.coalesce(MovementRow.lot_id, 0),
        MovementRow.quantity,
        type_coerce(
            type_coerce(MovementRow.quantity, BigInteger) - _TAKEN, MovementRow.quantity.type
        ).label("left"),
        func.coalesce(MovementRow.given_value, ZERO, type_=MovementRow.given_value.type),
        MovementRow.effective_at,
        MovementRow.sequence,
        _TARGET.path,
        MovementRow.bound_for_id,
    )
    .join(ItemRow, ItemRow.id == MovementRow.item_id)
    .join(_SOURCE, _SOURCE.id == MovementRow.from_id)
    .join(_TARGET, _TARGET.id == MovementRow.to_id)
    .where(
        MovementRow.document_id == bindparam("document"),
        or_(_SOURCE.kind.in_(OWNED), _TARGET.kind.in_(OWNED)),
    )
    .order_by(MovementRow.line, MovementRow.id)
)
_SKUS = (
    select(ItemRow.sku)
    .where(
        ItemRow.id.in_(
            select(MovementRow.item_id).where(MovementRow.document_id == bindparam("document"))
        )
    )
    .order_by(ItemRow.sku)
)
_USED_BY = (
    select(_NEXT_DOCUMENT.number)
    .outerjoin(_NEXT_REVERSAL, _NEXT_REVERSAL.reverses_id == _NEXT_DOCUMENT.id)
    .where(
        or_(
            _NEXT_DOCUMENT.names_id == bindparam("document"),
            _NEXT_DOCUMENT.id.in_(
                select(ValueEntryRow.document_id)
                .join(MovementRow, MovementRow.id == ValueEntryRow.movement_id)
                .where(MovementRow.document_id == bindparam("document"))
            ),
        ),
        _NEXT_REVERSAL.id.is_(None),
    )
    .order_by(_NEXT_DOCUMENT.id)
    .limit(1)
)


@dataclass(slots=True)
class NamedPart:
    """A movement of the document named: base units in all, and `left` of it to come back or go on.

    `given_value` is the money stated for it, `path` where it went, `bound_for` where goods on
    their way are to arrive.
    """

    movement: int
    line: int
    item: int
    sku: str
    lot: int
    quantity: Decimal
    left: Decimal
    given_value: Decimal
    at: datetime
    sequence: int
    path: str
    bound_for: int | None


class NamedDocument:
    """A posted document of one of some types that was not reversed; `wanted_by` names it."""

    def __init__(
        self,
        connection: Connection,
        number: str,
        kinds: Sequence[DocumentType],
        wanted_by: DocumentType,
    ) -> None:
        self._connection = connection
        self._number = number
        self._kinds = kinds
        self._wanted_by = wanted_by
        self.id, self.at, self.partner_id = self._find()

    def skus(self) -> list[str]:
        """Return the items it is about, to lock them before anything is asked of it."""
        return list(self._connection.scalars(_SKUS, {"document": self.id}))

    def parts(self) -> list[NamedPart]:
        """Return its movements in the order of its lines; refuse if it was reversed meanwhile."""
        self._find()
        rows = self._connection.execute(_PARTS, {"document": self.id})
        return [NamedPart(*tuple(row)) for row in rows]

    def check_order(self, at: datetime) -> None:
        """Refuse what would come back before it went."""
        if at < self.at:
            raise TooEarly(document=self._number, moment=self.at)

    def _find(self) -> tuple[int, datetime, int | None]:
        row = self._connection.execute(_DOCUMENT, {"wanted": self._number}).first()
        if row is None or row.type not in self._kinds:
            raise UnknownShipment(document=self._number or "—", wanted=self._wanted_by.value)
        return int(row.id), row.effective_at, row.partner_id


def used_by(connection: Connection, document: int) -> str | None:
    """Return the number of a live document that belongs to this one, if there is any."""
    return connection.scalar(_USED_BY, {"document": document})
