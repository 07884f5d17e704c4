"""Goes through all items some at a time, in pieces of about the same work."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, func, select

from app.db.tables import ItemRow, MovementRow

MOVEMENTS_AT_ONCE = 20_000
ITEMS_AT_ONCE = 2_000

_AFTER = bindparam("after", type_=BigInteger)
_COUNT = bindparam("count", type_=BigInteger)
_LAST = select(func.max(ItemRow.id))
_ITEM = select(ItemRow.id).where(ItemRow.id > _AFTER).order_by(ItemRow.id).limit(1).offset(_COUNT)
_ITEM_OF_MOVEMENT = (
    select(MovementRow.item_id)
    .where(MovementRow.item_id > _AFTER)
    .order_by(MovementRow.item_id)
    .limit(1)
    .offset(_COUNT)
)


@dataclass(frozen=True, slots=True)
class Span:
    """The items numbered above `after`, up to `until`."""

    after: int
    until: int

    def values(self) -> dict[str, int]:
        return {"after": self.after, "until": self.until}


def within(column: Any) -> Any:
    """Return the condition that an item's number lies in the span that `values` names."""
    return and_(column > bindparam("after"), column <= bindparam("until"))


def last_item(connection: Connection) -> int:
    """Return the highest number of an item; 0 where there is none."""
    return connection.scalar(_LAST) or 0


def next_span(
    connection: Connection,
    after: int,
    *,
    movements: int = MOVEMENTS_AT_ONCE,
    items: int = ITEMS_AT_ONCE,
) -> Span | None:
    """Return the span behind an item that has about so many movements; None behind the last.

    It is never cut within an item.
    """
    first = connection.scalar(_ITEM, {"after": after, "count": 0})
    if first is None:
        return None
    until = connection.scalar(_ITEM, {"after": after, "count": items - 1}) or last_item(connection)
    full = connection.scalar(_ITEM_OF_MOVEMENT, {"after": after, "count": movements})
    if full is not None:
        until = min(until, max(full - 1, first))
    return Span(after, until)
