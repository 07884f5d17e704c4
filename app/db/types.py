"""Column types: figures as scaled 64-bit integers, moments as microseconds. Nothing is a float.

They give SQLAlchemy their processors whole: a value passes one function on its way, not four.
"""

from collections.abc import Callable
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

Processor = Callable[[Any], Any]


class Scaled(TypeDecorator[Decimal]):
    """A Decimal of at most six decimals, stored as a whole number of millionths."""

    impl = BigInteger
    cache_ok = True

    @override
    def bind_processor(self, dialect: Dialect) -> Processor:
        return _to_stored_figure

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return _from_stored_figure


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
    def bind_processor(self, dialect: Dialect) -> Processor:
        return _to_stored_moment

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return _from_stored_moment


def to_millionths(value: Decimal) -> int:
    """Return the figure as a whole number of millionths; a finer one is a bug."""
    scaled = value.scaleb(PLACES)
    count = int(scaled)
    if count != scaled:
        raise ValueError(f"{value} has more than {PLACES} decimals")
    return count


def _to_stored_figure(value: Decimal | int | None) -> int | None:
    if value is None:
        return None
    return to_millionths(value if isinstance(value, Decimal) else Decimal(value))


def _from_stored_figure(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-PLACES)


def _to_stored_moment(value: datetime | None) -> int | None:
    return None if value is None else to_microseconds(value)


def _from_stored_moment(value: Any) -> datetime | None:
    return None if value is None else from_microseconds(int(value))
