"""A warehouse with goods in its bins, and short words for moving them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.catalogue import Item, Location, LocationKind, Pack, Tracking
from app.core.documents import Document, DocumentType, Line, new_key
from app.core.scans import Command, CommandScan, ItemScan, LocationScan
from app.db.catalogue import find_item, find_location
from app.db.database import Database
from app.db.tables import ItemUnitRow
from app.features.transfer.draft import Draft, Facts, Held
from app.features.transfer.view import TransferView
from app.ledger.posting import post
from app.ledger.stock import find_stock
from app.ui.preferences import keep_preferences

ENTER, ESCAPE, CONTROL = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier
SOON, LATER, PAST = date(2097, 1, 5), date(2097, 6, 5), date(2020, 1, 1)

TEA = Item(1, "TEA", "Green tea")
GEL = Item(2, "GEL", "Blue gel", tracking=Tracking.LOT)
SAW = Item(3, "SAW", "Circular saw", tracking=Tracking.SERIAL)
FLOUR = Item(4, "FLOUR", "Flour, bulk", "kg", 3)
EACH, CASE = Pack("each", 1), Pack("case", 12)
A1 = Location(11, "MAIN/A-1", LocationKind.STORAGE, site="MAIN")
B1 = Location(12, "MAIN/B-1", LocationKind.STORAGE, site="MAIN")
QUARANTINE = Location(13, "MAIN/QUARANTINE", LocationKind.QUARANTINE, site="MAIN")


def held(lot: str, on_hand: Any, available: Any = None, expiry: date | None = None) -> Held:
    free = on_hand if available is None else available
    return Held(lot, expiry, Decimal(on_hand), Decimal(free))


@pytest.fixture
def draft() -> Draft:
    """From A-1, where lie 30 tea (6 promised), gel in two lots (5, 50), two saws and 7.25 flour."""
    facts = {
        1: Facts((EACH, CASE), (held("", 30, 24),)),
        2: Facts((EACH,), (held("L1", 5, expiry=SOON), held("L2", 50, expiry=LATER))),
        3: Facts((EACH,), (held("S1", 1), held("S2", 1))),
        4: Facts((Pack("kg", 1),), (held("", "7.25"),)),
    }
    return Draft(key="k1", site="MAIN", source=A1, facts=facts)


class Warehouse:
    """Sites MAIN (dock, A-1, B-1, quarantine) and SHOP (S-1); TEA (cases of 12), GEL (lots), SAW
    (serials), FLOUR (kg). In A-1: 30 TEA, GEL L1 5 and L2 50, SAW S1 and S2."""

    def __init__(self, database: Database, stock: Any) -> None:
        self.database = database
        stock.location("MAIN/DOCK", LocationKind.DOCK)
        stock.location("MAIN/QUARANTINE", LocationKind.QUARANTINE)
        for path in ("MAIN/A-1", "MAIN/B-1", "SHOP/S-1"):
            stock.location(path)
        tea = stock.item("TEA", name="Green tea", barcode="4006381333931")
        stock.item("GEL", tracking=Tracking.LOT)
        stock.item("SAW", tracking=Tracking.SERIAL)
        stock.item("FLOUR", unit="kg", decimals=3)
        with database.writing() as session:
            session.add(ItemUnitRow(item_id=tea, unit="case", numerator=12))
        self.put("TEA", 30, "MAIN/A-1")
        self.put("GEL", 5, "MAIN/A-1", lot="L1", expiry=SOON)
        self.put("GEL", 50, "MAIN/A-1", lot="L2", expiry=LATER)
        self.put("SAW", 1, "MAIN/A-1", lot="S1")
        self.put("SAW", 1, "MAIN/A-1", lot="S2")

    def post(self, kind: DocumentType, *lines: Line, **head: Any) -> str:
        document = Document(key=new_key(), type=kind, lines=lines, **head)
        return self.database.run(lambda session: post(session, document, user="kim")).number

    def put(
        self, item: str, quantity: Any, target: str, at: datetime | None = None, **more: Any
    ) -> str:
        line = Line(item=item, quantity=Decimal(quantity), target=target, **more)
        return self.post(DocumentType.RECEIPT, line, at=at)

    def promise(self, item: str, quantity: Any) -> str:
        """Sell so much of an item and promise what there is."""
        order = self.post(DocumentType.SALES_ORDER, Line(item=item, quantity=Decimal(quantity)))
        self.post(DocumentType.ALLOCATE, order=order)
        return order

    def on_hand(self, item: str, place: str, lot: str = "") -> Decimal:
        with self.database.reading() as session:
            found = find_stock(session, item=item, location=place, lot=lot)
        return sum((one.on_hand for one in found), Decimal(0))

    def ask(self, service: Callable[..., Any], *args: Any) -> Any:
        with self.database.reading() as session:
            return service(session, *args)

    def change(self, service: Callable[..., Any], *args: Any) -> Any:
        return self.database.run(lambda session: service(session, *args))

    def scan(self, code: str, quantity: Any = None, **more: Any) -> ItemScan:
        """What a scan of the item's code means; a quantity is one that the code stated."""
        found = self.ask(find_item, code)
        stated = {} if quantity is None else {"quantity": Decimal(quantity), "quantity_given": True}
        return ItemScan(code, found.item, **stated, **more)

    def bin(self, path: str) -> Location:
        location = self.ask(find_location, path)
        assert isinstance(location, Location)
        return location

    def place(self, path: str) -> LocationScan:
        return LocationScan(f"LOC:{path}", self.bin(path))


@pytest.fixture
def warehouse(database: Database, stock: Any) -> Warehouse:
    return Warehouse(database, stock)


@pytest.fixture(autouse=True)
def _own_preferences() -> Iterator[None]:
    keep_preferences(None)
    yield
    keep_preferences(None)


@pytest.fixture
def open_view(qtbot, jobs):
    """Opens the screen as the program does, and waits until it is ready."""

    def open_view():
        qtbot.waitUntil(jobs.is_idle)  # what was typed before is saved by then
        jobs.user = "kim"
        view = TransferView(jobs)
        qtbot.addWidget(view)
        view.resize(1000, 700)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.sheet.isEnabled)
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
    """The rows of the transfer, the named columns of each."""
    table = view.sheet.table.lines
    titles = [column.title for column in table.columns()]
    places = [titles.index(column) for column in columns]
    return [[table.index(r, c).data() for c in places] for r in range(table.rowCount())]


def post_scan():
    return CommandScan("CMD:POST", Command.POST)
