"""What there is to stock, where it can lie, and whom we trade with."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.catalogue import Costing, LocationKind, PartnerKind, Removal, Tracking
from app.db.tables.base import Base, Id, Ref
from app.db.types import Money


class ItemRow(Base):
    """What there is to stock. `first_costing` and `first_standard_cost` are how it was valued
    before the first document that changed that; empty where there was none."""

    __tablename__ = "item"

    id: Mapped[Id]
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    unit: Mapped[str] = mapped_column(default="each")
    decimals: Mapped[int] = mapped_column(default=0)
    tracking: Mapped[Tracking] = mapped_column(default=Tracking.NONE)
    costing: Mapped[Costing] = mapped_column(default=Costing.AVERAGE)
    cost_per_lot: Mapped[bool] = mapped_column(default=False)
    standard_cost: Mapped[Decimal | None] = mapped_column(Money)
    category: Mapped[str] = mapped_column(default="", index=True)
    shelf_life_days: Mapped[int | None]
    abc: Mapped[str] = mapped_column(default="")
    weight: Mapped[Decimal | None]
    removal: Mapped[Removal] = mapped_column(default=Removal.FEFO)
    is_active: Mapped[bool] = mapped_column(default=True)
    first_costing: Mapped[Costing | None]
    first_standard_cost: Mapped[Decimal | None] = mapped_column(Money)


class ItemUnitRow(Base):
    """A pack of an item: 1 `unit` = numerator / denominator base units."""

    __tablename__ = "item_unit"
    __table_args__ = (UniqueConstraint("item_id", "unit"),)

    id: Mapped[Id]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    unit: Mapped[str]
    numerator: Mapped[int]
    denominator: Mapped[int] = mapped_column(default=1)


class BarcodeRow(Base):
    """A code on an item or on a pack of it. `gtin` is its 14-digit form, if it is a valid GTIN."""

    __tablename__ = "barcode"

    id: Mapped[Id]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    gtin: Mapped[str | None] = mapped_column(unique=True)
    quantity: Mapped[Decimal] = mapped_column(default=Decimal(1))


class LocationRow(Base):
    """A place in the tree; `path` is its full name, SITE/ZONE/BIN. A site is the top of a tree.

    `allow_negative` left empty follows the place above.
    """

    __tablename__ = "location"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"), index=True)
    path: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LocationKind]
    name: Mapped[str] = mapped_column(default="")
    barcode: Mapped[str | None] = mapped_column(unique=True)
    allow_negative: Mapped[bool | None]
    walk_order: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    code: Mapped[str] = mapped_column(index=True)


class LotRow(Base):
    """A batch of one item, or one serial number of it."""

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("item_id", "code"), Index("lot_code_ix", "code"))

    id: Mapped[Id]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    code: Mapped[str]
    expiry: Mapped[date | None]


class PartnerRow(Base):
    """A supplier or a customer."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("kind", "code"),)

    id: Mapped[Id]
    kind: Mapped[PartnerKind]
    code: Mapped[str]
    name: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class SupplierItemRow(Base):
    """What a supplier asks for an item, per base unit, and how soon it comes."""

    __tablename__ = "supplier_item"
    __table_args__ = (UniqueConstraint("partner_id", "item_id"),)

    id: Mapped[Id]
    partner_id: Mapped[Ref] = mapped_column(ForeignKey("partner.id"))
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), index=True)
    price: Mapped[Decimal | None] = mapped_column(Money)
    lead_time_days: Mapped[int | None]
    minimum: Mapped[Decimal | None]
    pack: Mapped[Decimal | None]


class BillLineRow(Base):
    """What one piece of a product is made of: so many base units of a component."""

    __tablename__ = "bill_line"
    __table_args__ = (UniqueConstraint("product_id", "component_id"),)

    id: Mapped[Id]
    product_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    component_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"), index=True)
    quantity: Mapped[Decimal]
