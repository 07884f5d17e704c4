"""What still needs an item or a place, so that it cannot be put out of use."""

from collections.abc import Collection

from sqlalchemy import Connection, or_, select

from app.core.catalogue import OWNED
from app.core.errors import marked
from app.db.tables import BalanceRow, ItemRow, LocationRow, OrderLineRow, OrderRow, table_of
from app.features.catalogue.lookups import fetch

HAS_STOCK = marked("It cannot go out of use: there is stock at {location}. Move or issue it first.")
IS_ORDERED = marked("It cannot go out of use: order {order} still waits for it.")
HOLDS_STOCK = marked("It cannot go out of use: {item} lies at {location}. Move it first.")

_ITEM, _PLACE, _BALANCE = map(table_of, (ItemRow, LocationRow, BalanceRow))
_ORDER, _LINE = map(table_of, (OrderRow, OrderLineRow))
_STOCK = (
    select(_ITEM.c.id, _ITEM.c.sku, _PLACE.c.path)
    .join(_BALANCE, _BALANCE.c.item_id == _ITEM.c.id)
    .join(_PLACE, _PLACE.c.id == _BALANCE.c.location_id)
    .where(_PLACE.c.kind.in_(OWNED), or_(_BALANCE.c.on_hand != 0, _BALANCE.c.allocated != 0))
)
_WANTED = (
    select(_LINE.c.item_id, _ORDER.c.number)
    .join(_ORDER, _ORDER.c.id == _LINE.c.order_id)
    .where(_ORDER.c.is_open, _LINE.c.done < _LINE.c.quantity)
)


def where_stocked(connection: Connection, items: Collection[int]) -> dict[int, str]:
    """Return a place of ours where each of these items lies; nothing of those that are nowhere."""
    return {row["id"]: row["path"] for row in fetch(connection, _STOCK, _ITEM.c.id, items)}


def where_ordered(connection: Connection, items: Collection[int]) -> dict[int, str]:
    """Return an open order that waits for each of these items."""
    rows = fetch(connection, _WANTED, _LINE.c.item_id, items)
    return {row["item_id"]: row["number"] for row in rows}


def what_lies_in(connection: Connection, path: str) -> tuple[str, str] | None:
    """Return an item, and where it lies, in a place or in one below it."""
    below = _PLACE.c.path.startswith(f"{path}/", autoescape=True)
    query = _STOCK.where(or_(_PLACE.c.path == path, below)).limit(1)
    row = connection.execute(query).first()
    return (row.sku, row.path) if row else None
