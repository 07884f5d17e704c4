"""A small company in which something has happened."""

from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind, Tracking
from app.core.documents import Document, DocumentType, Line, new_key
from app.db.tables import BarcodeRow, PartnerRow
from app.ledger.posting import post


class Company:
    """GEL-7 in two bins, MILK by lot, FLOUR in kilograms, PLT-1 without stock."""

    def __init__(self, database, stock):
        self.database = database
        self.stock = stock
        self.gel = stock.item("GEL-7", "Blue gel, tube", "4006381333931", category="Care")
        self.milk = stock.item("MILK", "Fresh milk", tracking=Tracking.LOT)
        self.flour = stock.item("FLOUR", "Flour, bulk", unit="kg", decimals=3)
        self.pallet = stock.item("PLT-1", "Pallet of wood")
        stock.location("MAIN/A/A-01")
        stock.location("MAIN/A/A-02")
        stock.location("MAIN/QUARANTINE", LocationKind.QUARANTINE)
        stock.location("SHOP/A-01")
        with database.writing() as session:
            session.add(PartnerRow(kind="supplier", code="LIT", name="Litware, Inc."))
            gtin = "04006381333931"
            session.query(BarcodeRow).filter_by(item_id=self.gel).update({"gtin": gtin})

    def post(self, kind, *lines, **head):
        head.setdefault("key", new_key())
        document = Document(type=DocumentType(kind), lines=lines, **head)
        return self.database.run(lambda session: post(session, document, user="kim")).number

    def receive(self, item, quantity, target="MAIN/A/A-01", cost="2.00", **more):
        head = {name: more.pop(name) for name in ("at", "reference", "supplier") if name in more}
        line = Line(
            item=item,
            quantity=Decimal(quantity),
            target=target,
            unit_cost=Decimal(cost),
            **more,
        )
        return self.post("receipt", line, **head)

    def move(self, item, quantity, source, target, **more):
        line = Line(item=item, quantity=Decimal(quantity), source=source, target=target, **more)
        return self.post("transfer", line)

    def issue(self, item, quantity, source="MAIN/A/A-01", **more):
        line = Line(item=item, quantity=Decimal(quantity), source=source, **more)
        return self.post("issue", line)

    def order(self, item, quantity, reference="", **more):
        line = Line(item=item, quantity=Decimal(quantity), price=Decimal(2), **more)
        return self.post("purchase_order", line, supplier="LIT", reference=reference)

    def post_sales_order(self, item, quantity):
        return self.post("sales_order", Line(item=item, quantity=Decimal(quantity)))

    def ask(self, service, *args, **kwargs):
        with self.database.reading() as session:
            return service(session, *args, **kwargs)


@pytest.fixture
def company(database, stock):
    return Company(database, stock)


@pytest.fixture
def busy(company):
    """GEL-7: 48 received, 20 moved on, 5 sold. MILK: two lots, one expired. An order half come."""
    company.receipt = company.receive("GEL-7", 48, reference="DN-77", supplier="LIT")
    company.transfer = company.move("GEL-7", 20, "MAIN/A/A-01", "MAIN/A/A-02")
    company.sale = company.issue("GEL-7", 5)
    company.receive("MILK", 3, lot="L-OLD", expiry=date(2020, 1, 31), target="MAIN/QUARANTINE")
    company.receive("MILK", 7, lot="L-NEW", expiry=date(2099, 1, 31))
    company.receive("FLOUR", "12.5", cost="0.80")
    company.purchase = company.order("GEL-7", 30, reference="THEIRS-9", due=date(2026, 6, 1))
    company.receive("GEL-7", 10, order=company.purchase)
    return company
