"""What all tables share: how columns of each Python type are stored."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, cast

from sqlalchemy import Enum, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, mapped_column

from app.core.catalogue import Costing, LocationKind, PartnerKind, Removal, Tracking
from app.core.documents import DocumentType, ValueKind
from app.db.types import Identity, Moment, Quantity

Id = Annotated[int, mapped_column(Identity, primary_key=True)]
"""The number of a row, given by the database, always rising."""

Ref = Annotated[int, mapped_column(Identity)]
"""The number of a row in another table."""


def _words(kind: type) -> Enum:
    """Store an enumeration as its words, readable in any tool and open to new ones."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pk",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "fk": "%(table_name)s_%(column_0_name)s_fk",
            "ix": "%(table_name)s_%(column_0_N_name)s_ix",
            "ck": "%(table_name)s_%(constraint_name)s_check",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Decimal: Quantity,
        datetime: Moment,
        **{
            kind: _words(kind)
            for kind in (
                *(Tracking, Costing, Removal, LocationKind, PartnerKind),
                *(DocumentType, ValueKind),
            )
        },
    }


def table_of(row: type[Base]) -> Table:
    """Return the table behind a mapped class, for statements that do without the ORM."""
    return cast(Table, row.__table__)
