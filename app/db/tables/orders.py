"""Demand and supply: what was ordered from suppliers and by customers. No stock moves here."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.documents import DocumentType
from app.db.tables.base import Base, Id, Ref
from app.db.types import Money


class OrderRow(Base):
    """A purchase or sales order; `reference` is the number the other party knows it by."""

    __tablename__ = "stock_order"

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(unique=True)
    type: Mapped[DocumentType]
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    reference: Mapped[str] = mapped_column(default="", index=True)
    is_open: Mapped[bool] = mapped_column(default=True, index=True)


class OrderLineRow(Base):
    """`quantity` and `done` are in base units; `price` is per base unit. `done` is derived: what
    the movements that name this line, less their reversals, add up to."""

    __tablename__ = "stock_order_line"
    __table_args__ = (UniqueConstraint("order_id", "line"),)

    id: Mapped[Id]
    order_id: Mapped[Ref] = mapped_column(ForeignKey("stock_order.id"))
    line: Mapped[int]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), index=True)
    quantity: Mapped[Decimal]
    price: Mapped[Decimal | None] = mapped_column(Money)
    due: Mapped[date | None]
    unit: Mapped[str] = mapped_column(default="")
    done: Mapped[Decimal] = mapped_column(default=Decimal(0))
