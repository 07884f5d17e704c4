"""The bare library doing the same durable work: what no program on top of it can beat."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import psycopg

from app.db.address import read_address

SCHEMA = (
    "CREATE TABLE floor_item (id BIGINT PRIMARY KEY, sku TEXT UNIQUE)",
    "CREATE TABLE floor_document (id {serial}, key TEXT UNIQUE)",
    "CREATE TABLE floor_movement (id {serial}, document BIGINT, item BIGINT, from_id BIGINT,"
    " to_id BIGINT, quantity BIGINT)",
    "CREATE TABLE floor_balance (item BIGINT, place BIGINT, on_hand BIGINT,"
    " PRIMARY KEY (item, place))",
)
UPSERT = (
    "INSERT INTO floor_balance VALUES (?, ?, ?) ON CONFLICT (item, place)"
    " DO UPDATE SET on_hand = floor_balance.on_hand + excluded.on_hand"
)


class Floor(Protocol):
    """One durable transaction of the bare driver."""

    def post(self, lines: Sequence[tuple[str, int, int, int]]) -> None:
        """Write one document: lines of SKU, from, to, quantity."""

    def close(self) -> None: ...


class SqliteFloor:
    """stdlib sqlite3 with WAL and synchronous=FULL, a file of its own."""

    def __init__(self, folder: Path, skus: Sequence[str]) -> None:
        self._file = folder / f"floor-{uuid4().hex}.db"
        self._connection = sqlite3.connect(self._file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        for statement in SCHEMA:
            self._connection.execute(statement.format(serial="INTEGER PRIMARY KEY"))
        self._connection.executemany(
            "INSERT INTO floor_item VALUES (?, ?)", list(enumerate(skus, start=1))
        )

    def post(self, lines: Sequence[tuple[str, int, int, int]]) -> None:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        document = run("INSERT INTO floor_document (key) VALUES (?)", (uuid4().hex,)).lastrowid
        moves: list[tuple[Any, ...]] = []
        balances: list[tuple[int, int, int]] = []
        for sku, source, target, quantity in lines:
            (item,) = run("SELECT id FROM floor_item WHERE sku = ?", (sku,)).fetchone()
            moves.append((document, item, source, target, quantity))
            balances += [(item, source, -quantity), (item, target, quantity)]
        self._connection.executemany(
            "INSERT INTO floor_movement (document, item, from_id, to_id, quantity)"
            " VALUES (?, ?, ?, ?, ?)",
            moves,
        )
        self._connection.executemany(UPSERT, balances)
        run("COMMIT")

    def close(self) -> None:
        self._connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._file}{ending}").unlink(missing_ok=True)


class PostgresFloor:
    """psycopg 3, in temporary-named tables of the same database."""

    def __init__(self, url: str, skus: Sequence[str]) -> None:
        address = read_address(url).set(drivername="postgresql")
        self._connection = psycopg.connect(address.render_as_string(hide_password=False))
        with self._connection.transaction():
            self._drop()
            for statement in SCHEMA:
                self._connection.execute(statement.format(serial="BIGSERIAL PRIMARY KEY"))
            with self._connection.cursor().copy("COPY floor_item FROM STDIN") as copy:
                for row in enumerate(skus, start=1):
                    copy.write_row(row)

    def post(self, lines: Sequence[tuple[str, int, int, int]]) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            (document,) = cursor.execute(
                "INSERT INTO floor_document (key) VALUES (%s) RETURNING id", (uuid4().hex,)
            ).fetchone() or (0,)
            found: dict[str, int] = dict(
                cursor.execute(
                    "SELECT sku, id FROM floor_item WHERE sku = ANY(%s)",
                    ([line[0] for line in lines],),
                ).fetchall()
            )
            cursor.executemany(
                "INSERT INTO floor_movement (document, item, from_id, to_id, quantity)"
                " VALUES (%s, %s, %s, %s, %s)",
                [(document, found[sku], *rest) for sku, *rest in lines],
            )
            balances = [
                row
                for sku, source, target, quantity in lines
                for row in ((found[sku], source, -quantity), (found[sku], target, quantity))
            ]
            cursor.executemany(UPSERT.replace("?", "%s"), balances)

    def close(self) -> None:
        with self._connection.transaction():
            self._drop()
        self._connection.close()

    def _drop(self) -> None:
        for name in ("item", "document", "movement", "balance"):
            self._connection.execute(f"DROP TABLE IF EXISTS floor_{name}")
