"""What stock is worth: follows from the facts, written in the same transaction, rebuilt at will.

A lot number of 0 stands for "no lot", so that it can be part of a key.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.tables.base import Base, Ref
from app.db.types import Money


class PoolRow(Base):
    """What the company owns of an item (of a lot, where cost is kept by lot), and its value.

    `last_costed_id` is the latest arrival that had a cost, for gains and shortages without one.
    """

    __tablename__ = "pool"

    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), primary_key=True)
    lot_id: Mapped[Ref] = mapped_column(primary_key=True)
    quantity: Mapped[Decimal]
    value: Mapped[Decimal] = mapped_column(Money)
    last_costed_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"))


class LayerRow(Base):
    """An open layer of cost: what is left of an arrival. Below zero: issued before it arrived.

    Layers are taken in the order (effective_at, sequence); an averaged pool has one. `source_id` is
    the number of the movement, or of the change of costing, that it began with.
    """

    __tablename__ = "layer"
    __table_args__ = (Index("layer_order_ix", "item_id", "lot_id", "effective_at", "sequence"),)

    source_id: Mapped[Ref] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), primary_key=True)
    lot_id: Mapped[Ref] = mapped_column(primary_key=True)
    effective_at: Mapped[datetime]
    sequence: Mapped[Ref]
    quantity: Mapped[Decimal]
    value: Mapped[Decimal] = mapped_column(Money)


class CheckpointRow(Base):
    """How an item's pools stood at the end of a moment long ago, for replays to begin there."""

    __tablename__ = "checkpoint"

    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), primary_key=True)
    effective_at: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[str]


class MovementValueRow(Base):
    """What a movement into or out of what the company owns is worth now, after re-costing."""

    __tablename__ = "movement_value"

    movement_id: Mapped[Ref] = mapped_column(ForeignKey("movement.id"), primary_key=True)
    value: Mapped[Decimal] = mapped_column(Money)


class EntryValueRow(Base):
    """What a revaluation added to the value of a pool; below zero where it took some away."""

    __tablename__ = "entry_value"

    entry_id: Mapped[Ref] = mapped_column(ForeignKey("value_entry.id"), primary_key=True)
    lot_id: Mapped[Ref] = mapped_column(primary_key=True)
    value: Mapped[Decimal] = mapped_column(Money)


class PeriodDifferenceRow(Base):
    """What came to light of a closed period later, booked to the pool at its end (`boundary`).

    A row of 0 says that values in the period differ from what is known now, but not the pool's.
    """

    __tablename__ = "period_difference"

    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), primary_key=True)
    lot_id: Mapped[Ref] = mapped_column(primary_key=True)
    boundary: Mapped[datetime] = mapped_column(primary_key=True)
    value: Mapped[Decimal] = mapped_column(Money)
