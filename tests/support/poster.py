"""A program that posts receipts of several lines until it is killed, and says each that is saved.

python -m tests.support.poster ADDRESS LINES
"""

import itertools
import sys
from decimal import Decimal

from app.core.documents import Document, DocumentType, Line
from app.db.database import Database
from app.ledger.posting import post


def main(address: str, lines: int) -> None:
    database = Database(address)
    goods = tuple(
        Line(item=f"K{number}", quantity=Decimal(2), target="MAIN/A-1", unit_cost=Decimal("1.10"))
        for number in range(lines)
    )
    for count in itertools.count():
        document = Document(key=f"kill-{count}", type=DocumentType.RECEIPT, lines=goods)
        posted = database.run(lambda session, document=document: post(session, document))
        if not posted.again:
            print(posted.number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
