"""What is on hand and what of it is promised: follows from the facts, dropped and rebuilt at will.

A lot number of 0 stands for "no lot", so that it can be part of a key.
"""

from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.tables.base import Base, Id, Ref


class BalanceRow(Base):
    """On hand and allocated of one item (and lot) at one place, outside places too."""

    __tablename__ = "balance"
    __table_args__ = (Index("balance_location_ix", "location_id", "item_id", "lot_id"),)

    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), primary_key=True)
    location_id: Mapped[Ref] = mapped_column(ForeignKey("location.id"), primary_key=True)
    lot_id: Mapped[Ref] = mapped_column(primary_key=True)
    on_hand: Mapped[Decimal]
    allocated: Mapped[Decimal] = mapped_column(default=Decimal(0))


class AllocationRow(Base):
    """Part of what is on hand, promised to a line of an order."""

    __tablename__ = "allocation"
    __table_args__ = (Index("allocation_place_ix", "item_id", "location_id", "lot_id"),)

    id: Mapped[Id]
    order_line_id: Mapped[Ref] = mapped_column(ForeignKey("stock_order_line.id"), index=True)
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    location_id: Mapped[Ref] = mapped_column(ForeignKey("location.id"))
    lot_id: Mapped[Ref]
    quantity: Mapped[Decimal]
