"""One of several programs that post on the same few items at once, and say what became of it.

python -m tests.support.crowd ADDRESS WRITER COUNT RECEIPT ORDER

RECEIPT is a receipt that landed costs can name, ORDER the sales order that all promise stock to.
Each document has a key of its own; what may or may not have been saved is posted again with it.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.core.documents import Build, Document, DocumentType, Line
from app.core.errors import Refused
from app.db.database import Database
from app.db.faults import ConnectionLost, OutcomeUnknown, ServerUnreachable
from app.ledger.posting import post

PAST = datetime(2026, 3, 2, 12, tzinfo=UTC)
BINS = ("MAIN/A-1", "MAIN/A-2")
RARE = ("late receipt", "late issue", "landed cost", "build")


def key_of(writer: int, number: int) -> str:
    return f"crowd-{writer}-{number}"


def document_of(writer: int, number: int, receipt: str, order: str) -> Document:
    """Return what this writer posts as this number; the same whenever it is asked."""
    chance = random.Random(writer * 100_003 + number)
    usual = ("receipt", "receipt", "issue", "transfer", "allocate", "release")
    kind = chance.choice(RARE if chance.random() < 0.05 else usual)
    source, target = chance.sample(BINS, 2)
    count = Decimal(chance.randint(1, 3))
    cost = Decimal(chance.randint(1, 999)) / 100
    past = PAST + timedelta(minutes=chance.randint(0, 600))
    arriving = (Line(item="TEA", quantity=count, target=target, unit_cost=cost),)
    leaving = (Line(item="TEA", quantity=count, source=source),)
    made = Build(product="RUM", quantity=Decimal(1), location=source)
    stated: dict[str, tuple[str, dict[str, Any]]] = {
        "receipt": ("receipt", {"lines": arriving}),
        "issue": ("issue", {"lines": leaving}),
        "transfer": (
            "transfer",
            {"lines": (Line(item="TEA", quantity=count, source=source, target=target),)},
        ),
        "allocate": ("allocate", {"order": order}),
        "release": ("release", {"order": order}),
        "late receipt": ("receipt", {"lines": arriving, "at": past}),
        "late issue": ("issue", {"lines": leaving, "at": past}),
        "landed cost": ("landed_cost", {"names": receipt, "amount": cost, "by": "value"}),
        "build": ("build", {"lines": (Line(item="TEA", quantity=count),), "build": made}),
    }
    name, head = stated[kind]
    return Document(key=key_of(writer, number), type=DocumentType(name), **head)


def main(address: str, writer: int, count: int, receipt: str, order: str) -> None:
    database = Database(address, patience=120)
    for number in range(count):
        document = document_of(writer, number, receipt, order)
        print(number, _posted(database, document), flush=True)
    database.close()


def _posted(database: Database, document: Document) -> str:
    """Post until there is an answer, and return it: the document's number, or why not."""
    while True:
        try:
            return database.run(lambda session: post(session, document)).number
        except (OutcomeUnknown, ConnectionLost, ServerUnreachable):
            continue
        except Refused as refusal:
            return f"refused {refusal.code}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])
