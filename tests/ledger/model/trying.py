"""A company for trying out the model: its documents are stated in short words."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app.core.documents import Document, DocumentType, Line, new_key
from tests.ledger.model.company import Company, Item
from tests.ledger.model.history import History
from tests.ledger.model.refusal import Refusal

START = datetime(2026, 3, 2, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
PLACES = ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1")


def clock(hours):
    return START + timedelta(hours=hours)


class Tried:
    """A company whose documents are stated in short words; what is refused raises."""

    def __init__(self, negative=()):
        items = (
            Item("AVG"),
            Item("FIFO", costing="fifo", weight=Decimal(3)),
            Item("LIFO", costing="lifo"),
            Item("STD", costing="standard", standard_cost=Decimal("2.50")),
            Item("KIT", costing="fifo", bill={"AVG": Decimal(2), "FIFO": Decimal(1)}),
            Item("BY", standard_cost=Decimal("0.10")),
            Item("LOT", tracking="lot", cost_per_lot=True),
            Item("SER", tracking="serial"),
        )
        self.history = History(
            Company(
                items={item.sku: item for item in items},
                storage=PLACES,
                negative=frozenset(negative),
                lots={("LOT", "OLD"): date(2026, 3, 3), ("LOT", "NEW"): None},
            )
        )
        self.made = 0

    def post(self, kind, *lines, at=8, **head):
        moment = None if at is None else clock(at)
        document = Document(key=new_key(), type=DocumentType(kind), lines=lines, at=moment, **head)
        refused = self.history.try_out(document, NOW)
        if refused:
            raise Refusal("+".join(sorted(refused)))
        self.made += 1
        number = f"{kind}-{self.made}"
        self.history.post(document, number, NOW)
        return number

    def receive(self, item, quantity, cost=None, at=8, **more):
        more.setdefault("target", "MAIN/A-1")
        return self.post("receipt", line(item, quantity, cost=cost, **more), at=at)

    def issue(self, item, quantity, at=8, **more):
        more.setdefault("source", "MAIN/A-1")
        return self.post("issue", line(item, quantity, **more), at=at)

    def value(self, item, at=None):
        return self.history.values(None if at is None else clock(at))[item]

    def held(self, item, place="MAIN/A-1", lot=""):
        return self.history.on_hand().get((item, lot, place), 0)

    def layers(self, item):
        return self.history.replay().pool(item, "").open_layers()

    def worth(self, number):
        """The values of a document's movements, in line order."""
        values = self.history.movement_values()
        return [values[key] for key in sorted(values) if key[0] == number]


def line(item="", quantity=0, cost=None, **more):
    cost = None if cost is None else Decimal(cost)
    return Line(item=item, quantity=Decimal(quantity), unit_cost=cost, **more)


def money(*texts):
    return [Decimal(text) for text in texts]


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")
