"""A small company and short words for what happens in it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.catalogue import Costing, LocationKind, Tracking
from app.core.documents import Document, DocumentType, Line, Posted, new_key
from app.db.database import Database
from app.db.tables import ItemRow, LocationRow
from app.ledger.posting import post
from app.ledger.stock import find_stock, find_values
from app.ledger.verify import verify


class Company:
    """Items TEA (average), RUM (FIFO), MILK (lots), SAW (serials), FLOUR (kilograms); two sites."""

    def __init__(self, database: Database, stock: Any) -> None:
        self.database = database
        self.stock = stock
        stock.item("TEA", unit="each")
        stock.item("RUM", costing=Costing.FIFO)
        stock.item("GIN", costing=Costing.LIFO)
        stock.item("MILK", tracking=Tracking.LOT, costing=Costing.FIFO, shelf_life_days=10)
        stock.item("SAW", tracking=Tracking.SERIAL)
        stock.item("FLOUR", unit="kg", decimals=3)
        for path in ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1"):
            stock.location(path)
        stock.location("MAIN/DOCK", LocationKind.DOCK)

    def post(self, kind: str, *lines: Line, **head: Any) -> str:
        return self.posted(kind, *lines, **head).number

    def posted(self, kind: str, *lines: Line, **head: Any) -> Posted:
        head.setdefault("key", new_key())
        document = Document(type=DocumentType(kind), lines=lines, **head)
        return self.database.run(lambda session: post(session, document, user="kim"))

    def receive(self, item: str, quantity: Any, cost: Any = None, **more: Any) -> str:
        head = {name: more.pop(name) for name in ("at", "key") if name in more}
        more.setdefault("target", "MAIN/A-1")
        return self.post("receipt", line(item, quantity, unit_cost=_decimal(cost), **more), **head)

    def issue(self, item: str, quantity: Any, source: str = "MAIN/A-1", **more: Any) -> str:
        head = {name: more.pop(name) for name in ("at", "key") if name in more}
        return self.post("issue", line(item, quantity, source=source, **more), **head)

    def move(self, item: str, quantity: Any, source: str, target: str, **more: Any) -> str:
        head = {name: more.pop(name) for name in ("at", "key") if name in more}
        return self.post(
            "transfer", line(item, quantity, source=source, target=target, **more), **head
        )

    def count(self, item: str, counted: Any, place: str = "MAIN/A-1", **more: Any) -> str:
        head = {name: more.pop(name) for name in ("at", "key") if name in more}
        return self.post(
            "count", line(item, 0, counted=Decimal(counted), source=place, **more), **head
        )

    def reverse(self, number: str) -> str:
        return self.post("reversal", reverses=number)

    def on_hand(self, item: str, place: str = "MAIN/A-1", at: Any = None) -> Decimal:
        with self.database.reading() as session:
            found = find_stock(session, item=item, location=place, at=at)
        return sum((one.on_hand for one in found), Decimal(0))

    def allocated(self, item: str, lot: str = "") -> Decimal:
        with self.database.reading() as session:
            found = find_stock(session, item=item, lot=lot)
        return sum((one.allocated for one in found), Decimal(0))

    def number_of(self, session: Any, sku: str) -> int:
        return session.query(ItemRow.id).filter_by(sku=sku).scalar()

    def value(self, item: str, at: Any = None) -> tuple[Decimal, Decimal]:
        """What is owned and what it is worth."""
        with self.database.reading() as session:
            found = find_values(session, item=item, at=at)
        return (found[0].quantity, found[0].value) if found else (Decimal(0), Decimal(0))

    def allow_negative(self, path: str) -> None:
        with self.database.writing() as session:
            session.query(LocationRow).filter_by(path=path).update({"allow_negative": True})

    def failed_checks(self) -> list[str]:
        return [check.name for check in self.database.run(verify) if not check.ok]

    def differences(self) -> list[str]:
        """All that verify finds wrong."""
        checks = self.database.run(verify)
        return [difference for check in checks for difference in check.differences]


def line(item: str, quantity: Any = 0, **more: Any) -> Line:
    return Line(item=item, quantity=Decimal(quantity), **more)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.fixture
def company(database: Database, stock: Any) -> Company:
    return Company(database, stock)


@pytest.fixture
def clock() -> Callable[[int], Any]:
    """Moments of one day in the past: `clock(8)` is eight o'clock."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    return lambda hours: start + timedelta(hours=hours)


@pytest.fixture
def many_checkpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep where an item stands after every second thing that happened to it."""
    monkeypatch.setattr("app.ledger.checkpoints.EVERY", 2)
