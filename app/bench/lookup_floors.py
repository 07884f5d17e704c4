"""The bare drivers asking the same questions of the same data."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol

import psycopg

from app.db.address import read_address

ON_HAND = (
    "SELECT location.path, balance.lot_id, balance.on_hand, balance.allocated FROM balance"
    " JOIN location ON location.id = balance.location_id"
    " WHERE balance.item_id = ? AND location.kind IN ('storage', 'dock', 'quarantine', 'transit')"
)
PAGE = (
    "SELECT id, sku, name, unit, category,"
    " (SELECT sum(quantity) FROM pool WHERE pool.item_id = item.id),"
    " (SELECT sum(quantity) FROM allocation WHERE allocation.item_id = item.id),"
    " (SELECT sum(stock_order_line.quantity - done) FROM stock_order_line"
    " JOIN stock_order ON stock_order.id = order_id"
    " WHERE stock_order_line.item_id = item.id AND is_open)"
    " FROM item WHERE sku > ? ORDER BY sku LIMIT 100"
)
FULL_TEXT = (
    "SELECT rowid, sku, name, barcodes FROM item_search WHERE item_search MATCH ?"
    " ORDER BY rowid LIMIT 300"
)
WORDS = "SELECT item_id, sku, name, barcodes FROM item_search WHERE {} ORDER BY item_id LIMIT 300"


class LookupFloor(Protocol):
    """Rows as the driver gives them, nothing made of them."""

    def on_hand(self, item: int) -> Any: ...

    def page(self, after: str) -> Any: ...

    def search(self, words: Sequence[str]) -> Any: ...

    def close(self) -> None: ...


class SqliteLookup:
    """stdlib sqlite3."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file)

    def on_hand(self, item: int) -> Any:
        return self._connection.execute(ON_HAND, (item,)).fetchall()

    def page(self, after: str) -> Any:
        return self._connection.execute(PAGE, (after,)).fetchall()

    def search(self, words: Sequence[str]) -> Any:
        long = " AND ".join(f'"{word}"' for word in words if len(word) > 2)
        return self._connection.execute(FULL_TEXT, (long,)).fetchall()

    def close(self) -> None:
        self._connection.close()


class PostgresLookup:
    """psycopg 3."""

    def __init__(self, url: str) -> None:
        address = read_address(url).set(drivername="postgresql")
        whole = address.render_as_string(hide_password=False)
        self._connection = psycopg.connect(whole, autocommit=True)

    def on_hand(self, item: int) -> Any:
        return self._connection.execute(ON_HAND.replace("?", "%s"), (item,)).fetchall()

    def page(self, after: str) -> Any:
        return self._connection.execute(PAGE.replace("?", "%s"), (after,)).fetchall()

    def search(self, words: Sequence[str]) -> Any:
        where = " AND ".join(["words ILIKE %s"] * len(words))
        patterns = [f"%{word}%" for word in words]
        return self._connection.execute(WORDS.format(where), patterns).fetchall()

    def close(self) -> None:
        self._connection.close()


def open_floor(where: str) -> LookupFloor:
    """Return the bare driver's way to a database: a file or a server."""
    return PostgresLookup(where) if "://" in where else SqliteLookup(where)
