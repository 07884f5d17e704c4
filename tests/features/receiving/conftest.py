"""A warehouse that goods come to, and short words for what is in it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.catalogue import Item, LocationKind, Pack, PartnerKind, Tracking
from app.core.documents import Document, DocumentType, Line, new_key
from app.core.scans import Command, CommandScan, ItemScan, LocationScan
from app.db.catalogue import find_item, find_location
from app.db.database import Database
from app.db.tables import ItemUnitRow, PartnerRow, SupplierItemRow
from app.features.receiving.draft import Draft, Facts, Order, OrderLine
from app.features.receiving.view import ReceivingView
from app.ledger.posting import post
from app.ledger.stock import find_stock
from app.ui.preferences import keep_preferences

TEA = Item(1, "TEA", "Green tea")
GEL = Item(2, "GEL", "Blue gel", tracking=Tracking.LOT, shelf_life_days=30)
SAW = Item(3, "SAW", "Circular saw", tracking=Tracking.SERIAL)
FLOUR = Item(4, "FLOUR", "Flour, bulk", "kg", 3)
GIN = Item(5, "GIN", "Gin", tracking=Tracking.LOT)
EACH, CASE = Pack("each", 1), Pack("case", 12)
FACTS = {
    1: Facts((EACH, CASE), "MAIN/A-1", Decimal("1.5")),
    2: Facts((EACH,), "MAIN/A-2"),
    3: Facts((EACH,), "MAIN/DOCK"),
    4: Facts((Pack("kg", 1), Pack("sack", 25, 2)), "MAIN/DOCK"),
    5: Facts((EACH,), "MAIN/DOCK"),
}


@pytest.fixture
def draft() -> Draft:
    """An empty draft at MAIN that knows the items."""
    return Draft(key="k1", site="MAIN", facts=FACTS)


@pytest.fixture
def ordered(draft: Draft) -> Draft:
    """A draft for an order: tea in two lines (10, 4 of them here; 20), gel, flour."""
    lines = (
        OrderLine(1, TEA, Decimal(10), Decimal(4), Decimal("1.25")),
        OrderLine(2, GEL, Decimal(6)),
        OrderLine(3, TEA, Decimal(20)),
        OrderLine(4, FLOUR, Decimal("12.5")),
    )
    order = Order("PO-1", "LITWARE", "Litware, Inc.", site="MAIN", lines=lines)
    return Draft(key="k1", order=order, supplier="LITWARE", site="MAIN", facts=FACTS)


class Warehouse:
    """Site MAIN with a dock, A-1, A-2 and quarantine, site SHOP; TEA (cases of 12), GEL (lots,
    30 days), SAW (serials), FLOUR (kg), GIN (lots); suppliers LITWARE and CONTOSO."""

    def __init__(self, database: Database, stock: Any) -> None:
        self.database = database
        stock.location("MAIN/DOCK", LocationKind.DOCK)
        stock.location("MAIN/QUARANTINE", LocationKind.QUARANTINE)
        for path in ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1"):
            stock.location(path)
        self.tea = stock.item("TEA", name="Green tea", barcode="4006381333931")
        self.gel = stock.item("GEL", tracking=Tracking.LOT, shelf_life_days=30)
        self.saw = stock.item("SAW", tracking=Tracking.SERIAL)
        self.flour = stock.item("FLOUR", unit="kg", decimals=3)
        self.gin = stock.item("GIN", tracking=Tracking.LOT)
        with database.writing() as session:
            session.add(ItemUnitRow(item_id=self.tea, unit="case", numerator=12))
            litware = PartnerRow(kind=PartnerKind.SUPPLIER, code="LITWARE", name="Litware, Inc.")
            contoso = PartnerRow(kind=PartnerKind.SUPPLIER, code="CONTOSO", name="Contoso")
            session.add_all([litware, contoso])
            session.flush()
            price = SupplierItemRow(partner_id=litware.id, item_id=self.tea, price=Decimal("1.5"))
            session.add(price)

    def post(self, kind: DocumentType, *lines: Line, **head: Any) -> str:
        document = Document(key=new_key(), type=kind, lines=lines, **head)
        return self.database.run(lambda session: post(session, document, user="kim")).number

    def order(self, *lines: tuple[str, Any], **head: Any) -> str:
        """Order these quantities of these items from LITWARE and return the order's number."""
        head = {"supplier": "LITWARE", "site": "MAIN", **head}
        stated = [Line(item=sku, quantity=Decimal(quantity)) for sku, quantity in lines]
        return self.post(DocumentType.PURCHASE_ORDER, *stated, **head)

    def receive(
        self, item: str, quantity: Any, target: str, at: datetime | None = None, **more: Any
    ) -> str:
        line = Line(item=item, quantity=Decimal(quantity), target=target, **more)
        return self.post(DocumentType.RECEIPT, line, at=at)

    def issue(self, item: str, quantity: Any, source: str, at: datetime | None = None) -> str:
        line = Line(item=item, quantity=Decimal(quantity), source=source)
        return self.post(DocumentType.ISSUE, line, at=at)

    def on_hand(self, item: str, place: str, lot: str = "") -> Decimal:
        with self.database.reading() as session:
            found = find_stock(session, item=item, location=place, lot=lot)
        return sum((one.on_hand for one in found), Decimal(0))

    def ask(self, service: Callable[..., Any], *args: Any) -> Any:
        with self.database.reading() as session:
            return service(session, *args)

    def change(self, service: Callable[..., Any], *args: Any, **more: Any) -> Any:
        return self.database.run(lambda session: service(session, *args, **more))

    def item(self, code: str) -> Item:
        found = self.ask(find_item, code)
        assert found is not None
        return found.item

    def scan(self, code: str, quantity: Any = None, **more: Any) -> ItemScan:
        """What a scan of the item's code means; a quantity is one that the code stated."""
        stated = {} if quantity is None else {"quantity": Decimal(quantity), "quantity_given": True}
        return ItemScan(code, self.item(code), **stated, **more)

    def place(self, path: str) -> LocationScan:
        location = self.ask(find_location, path)
        assert location is not None
        return LocationScan(f"LOC:{path}", location)


@pytest.fixture
def warehouse(database: Database, stock: Any) -> Warehouse:
    return Warehouse(database, stock)


@pytest.fixture(autouse=True)
def _own_preferences() -> Iterator[None]:
    keep_preferences(None)
    yield
    keep_preferences(None)


ENTER, ESCAPE, CONTROL = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier
NEXT_YEAR = date(date.today().year + 1, 6, 30)


@pytest.fixture
def open_view(qtbot, jobs):
    """Opens the screen as the program does, and waits until it is ready."""

    def open_view():
        qtbot.waitUntil(jobs.is_idle)  # what was typed before is saved by then
        jobs.user = "kim"
        view = ReceivingView(jobs)
        qtbot.addWidget(view)
        view.resize(1000, 700)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.pages.isEnabled)
        return view

    return open_view


@pytest.fixture
def view(warehouse, open_view):
    return open_view()


@pytest.fixture
def scan(qtbot, view):
    """Scan something and return its one answer."""

    def scan(meaning):
        with qtbot.waitSignal(view.scanned) as answer:
            view.take_scan(meaning)
        assert not view.waiting()
        return answer.args[0]

    return scan


@pytest.fixture
def keys(qtbot, view):
    """Type where the cursor is."""

    def keys(text="", key=None, modifier=Qt.KeyboardModifier.NoModifier):
        for character in text:
            qtbot.keyClicks(QApplication.focusWidget(), character)
        if key is not None:
            qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    return keys


def shown(view, *columns):
    """The rows of the receipt, the named columns of each."""
    headings, _ = view.sheet.table.tabulated()
    table = view.sheet.table.lines
    titles = [column.title for column in table.columns()]
    places = [titles.index(column) for column in columns]
    assert set(columns) <= set(headings)
    return [[table.index(r, c).data() for c in places] for r in range(table.rowCount())]


def post_scan():
    return CommandScan("CMD:POST", Command.POST)
