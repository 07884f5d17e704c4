"""Count sheets on their way: made, sent out, brought back. What was posted is in the ledger."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.tables.base import Base, Id, Ref


class CountSheetRow(Base):
    """`scope` says in words what was chosen; `code` is the identification its workbook carries."""

    __tablename__ = "count_sheet"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    is_blind: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(default="")
    post_key: Mapped[str] = mapped_column(unique=True)
    posted_as: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    cancelled_at: Mapped[datetime | None]


class CountLineRow(Base):
    """`expected` is frozen when the sheet is made; an empty `counted` means not counted."""

    __tablename__ = "count_line"
    __table_args__ = (
        UniqueConstraint("sheet_id", "row_key"),
        Index("count_line_place_ix", "item_id", "location_id", "lot_id"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[Ref] = mapped_column(ForeignKey("count_sheet.id"), index=True)
    row_key: Mapped[str]
    item_id: Mapped[Ref] = mapped_column(ForeignKey("item.id"))
    location_id: Mapped[Ref] = mapped_column(ForeignKey("location.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    expected: Mapped[Decimal]
    counted: Mapped[Decimal | None]
    counted_at: Mapped[datetime | None]
    counter: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    was_found: Mapped[bool] = mapped_column(default=False)


class CountImportRow(Base):
    """A workbook that was brought in, known again by its fingerprint (SHA-256)."""

    __tablename__ = "count_import"
    __table_args__ = (UniqueConstraint("sheet_id", "fingerprint"),)

    id: Mapped[Id]
    sheet_id: Mapped[Ref] = mapped_column(ForeignKey("count_sheet.id"))
    fingerprint: Mapped[str]
    file_name: Mapped[str]
    imported_at: Mapped[datetime]
