"""Column types: figures as scaled 64-bit integers, moments as microseconds. Nothing is a float."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from app.core.clock import from_microseconds, to_microseconds
from app.core.decimals import PLACES

Identity = BigInteger().with_variant(Integer, "sqlite")
"""A row's number; SQLite counts rows by itself only where the type is INTEGER."""


class Scaled(TypeDecorator[Decimal]):
    """A Decimal of at most six decimals, stored as a whole number of millionths."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return to_millionths(value if isinstance(value, Decimal) else Decimal(value))

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else from_millionths(value)


def to_millionths(value: Decimal) -> int:
    scaled = value.scaleb(PLACES)
    count = int(scaled)
    if count != scaled:
        raise ValueError(f"{value} has more than {PLACES} decimals")
    return count


def from_millionths(count: int) -> Decimal:
    """Return the exact figure. PostgreSQL sums as NUMERIC, so the count may come as a Decimal."""
    return Decimal(count).scaleb(-PLACES)


class Quantity(Scaled):
    """A quantity in an item's base unit."""

    cache_ok = True


class Money(Scaled):
    """An amount, a price or a unit cost."""

    cache_ok = True


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, stored as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_microseconds(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_microseconds(int(value))
