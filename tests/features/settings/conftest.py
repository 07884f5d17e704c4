"""A small company with some weeks behind it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.documents import Document, DocumentType, Line, new_key
from app.db.database import Database
from app.ledger.posting import post

TODAY = datetime.now().astimezone().date()


def days_ago(count: int) -> date:
    return TODAY - timedelta(days=count)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12).astimezone().astimezone(UTC)


class Company:
    """TEA came 30 and 20 days ago, ten each, and five left 10 days ago."""

    def __init__(self, database: Database, stock: Any) -> None:
        self.database = database
        stock.location("MAIN/A-1")
        stock.item("TEA")
        self.first = self.receive(30)
        self.second = self.receive(20)
        line = Line(item="TEA", quantity=Decimal(5), source="MAIN/A-1")
        self.sale = self.post("issue", line, at=noon(days_ago(10)))

    def receive(self, ago: int) -> str:
        line = Line(item="TEA", quantity=Decimal(10), target="MAIN/A-1", unit_cost=Decimal(2))
        return self.post("receipt", line, at=noon(days_ago(ago)))

    def post(self, kind: str, *lines: Line, **head: Any) -> str:
        document = Document(key=new_key(), type=DocumentType(kind), lines=lines, **head)
        return self.database.run(lambda session: post(session, document, user="kim")).number

    def ask(self, service: Any, *args: Any) -> Any:
        with self.database.reading() as session:
            return service(session, *args)

    def change(self, service: Any, *args: Any) -> Any:
        return self.database.run(lambda session: service(session, *args))


@pytest.fixture
def company(database: Database, stock: Any) -> Company:
    return Company(database, stock)
