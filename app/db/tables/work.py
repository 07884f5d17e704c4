"""Work in hand that must survive a crash: drafts, the label queue, what the company has set."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.tables.base import Base, Id


class DraftRow(Base):
    """What a clerk has scanned or typed on a screen and not yet posted, as JSON."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("screen", "user", "name"),)

    id: Mapped[Id]
    screen: Mapped[str]
    user: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    saved_at: Mapped[datetime]


class LabelRow(Base):
    """Labels waiting to be printed: `kind` is item, pack, lot or bin; `body` its fields as JSON."""

    __tablename__ = "label"

    id: Mapped[Id]
    kind: Mapped[str]
    body: Mapped[str]
    copies: Mapped[int]
    source: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime]


class SettingRow(Base):
    """What holds for the whole company: name, currency places, sample data."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
