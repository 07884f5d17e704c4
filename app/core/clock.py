"""Time inside the program: always UTC, exact to the microsecond."""

from datetime import UTC, datetime, timedelta

from app.core.errors import Refused, marked

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""What is earlier is a slip: no stock was ever entered for it. Windows knows no local time before
1970, so nothing earlier could be shown there."""

LATEST = datetime.max.replace(tzinfo=UTC)

AHEAD = timedelta(days=1)
"""How far ahead of the clock a stock document may lie."""

SKEW = timedelta(minutes=5)
"""How far apart the clocks of two PCs may be before it counts as a late entry."""


class MalformedTime(Refused):
    template = marked("“{found}” is not a time: write it as 2026-05-31T14:02:00+02:00.")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def to_microseconds(moment: datetime) -> int:
    """Return microseconds since 1970, exactly. The moment must know its time zone."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def from_microseconds(count: int) -> datetime:
    return EPOCH + timedelta(microseconds=count)


def parse_time(text: str) -> datetime:
    """Read an ISO 8601 time with its offset and return it in UTC; without offset it is local."""
    try:
        moment = datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise MalformedTime(found=text) from None
    if moment < EARLIEST:
        raise MalformedTime(found=text)
    return moment
