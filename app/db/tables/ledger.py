"""The facts. The database itself refuses to change or delete a row of these tables."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.catalogue import Costing
from app.core.documents import DocumentType, ValueKind
from app.db.tables.base import Base, Id, Ref
from app.db.types import Money


class DocumentRow(Base):
    """Why a set of movements happened. Posted whole, under a key that works once.

    `names_id` is the receipt or shipment that a landed cost, a return or the far end of a
    transfer belongs to.
    """

    __tablename__ = "document"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    type: Mapped[DocumentType]
    effective_at: Mapped[datetime] = mapped_column(index=True)
    entered_at: Mapped[datetime]
    user: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="", index=True)
    note: Mapped[str] = mapped_column(default="")
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("stock_order.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)
    names_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)


class MovementRow(Base):
    """Quantity of one item (and lot) leaving one place and arriving at another at one moment.

    The order of history is (effective_at, sequence, id). The sequence is the row's own number,
    but for what stands in another's place: a reversal takes the sequence of what it undoes, a
    count's correction that of the count. `quantity` is in base units and above zero; `unit` and
    `unit_quantity` say how the clerk stated it. `given_value` is the money stated for the whole
    line (receipt price, opening, labour of a build); everything else is derived. `cause_id` names
    the late document because of which a count's adjustment was corrected. `origin_id` is the
    movement whose goods come back or go on: of a receipt, an issue, a transfer on its way. `share`
    is a by-product's part of a build's cost. `standard_cost` is the item's as it was at entry.
    `bound_for_id` is where goods that were sent on their way are to arrive.
    """

    __tablename__ = "movement"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("from_id <> to_id", name="places"),
        Index("movement_history_ix", "item_id", "effective_at", "sequence", "id"),
        Index("movement_document_ix", "document_id", "line"),
    )

    id: Mapped[Id]
    document_id: Mapped[Ref] = mapped_column(ForeignKey("document.id"))
    line: Mapped[int]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    from_id: Mapped[Ref] = mapped_column(ForeignKey("location.id"))
    to_id: Mapped[Ref] = mapped_column(ForeignKey("location.id"))
    quantity: Mapped[Decimal]
    effective_at: Mapped[datetime]
    sequence: Mapped[Ref]
    entered_at: Mapped[datetime]
    unit: Mapped[str] = mapped_column(default="")
    unit_quantity: Mapped[Decimal | None]
    unit_cost: Mapped[Decimal | None] = mapped_column(Money)
    given_value: Mapped[Decimal | None] = mapped_column(Money)
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("stock_order_line.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"), index=True)
    share: Mapped[Decimal | None] = mapped_column(Money)
    standard_cost: Mapped[Decimal | None] = mapped_column(Money)
    bound_for_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))


class ValueEntryRow(Base):
    """A change of value without a movement, in the order of history like one.

    Landed: `amount` on top of what the receipt's movement cost. Revaluation: `unit_cost` is what
    one base unit is worth from then on. Costing: the method from then on. Its number is of the
    same series as the movements'.
    """

    __tablename__ = "value_entry"
    __table_args__ = (Index("value_entry_history_ix", "item_id", "effective_at", "sequence"),)

    id: Mapped[Id]
    document_id: Mapped[Ref] = mapped_column(ForeignKey("document.id"), index=True)
    line: Mapped[int]
    kind: Mapped[ValueKind]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"), index=True)
    effective_at: Mapped[datetime]
    sequence: Mapped[Ref]
    amount: Mapped[Decimal | None] = mapped_column(Money)
    unit_cost: Mapped[Decimal | None] = mapped_column(Money)
    costing: Mapped[Costing | None]


class PeriodRow(Base):
    """A period closed or opened again: all before `boundary` is closed from this document on."""

    __tablename__ = "period"

    document_id: Mapped[Ref] = mapped_column(ForeignKey("document.id"), primary_key=True)
    until: Mapped[date]
    boundary: Mapped[datetime]


class CountResultRow(Base):
    """An anchor: at this moment there were `counted` here, after all that comes before
    (effective_at, sequence). Its adjustment is what the movements of the document's line add up
    to; a line equal to the ledger has none, and takes a sequence all the same."""

    __tablename__ = "count_result"
    __table_args__ = (
        Index("count_result_place_ix", "item_id", "location_id", "effective_at", "sequence"),
        Index("count_result_document_ix", "document_id", "line"),
        Index("count_result_item_ix", "item_id", "effective_at"),
    )

    id: Mapped[Id]
    document_id: Mapped[Ref] = mapped_column(ForeignKey("document.id"))
    line: Mapped[int]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    location_id: Mapped[Ref] = mapped_column(ForeignKey("location.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    effective_at: Mapped[datetime]
    sequence: Mapped[Ref] = mapped_column(index=True)
    counted: Mapped[Decimal]
