"""A stockroom to be counted, and short words for what is done with its sheets."""

import csv
from collections.abc import Generator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.core.catalogue import Costing, Item, Tracking
from app.core.documents import Document, DocumentType, Line, new_key
from app.core.progress import Progress
from app.core.scans import Effect, ItemScan, LocationScan
from app.db.catalogue import find_location
from app.db.database import Database
from app.db.tables import ItemRow, LotRow
from app.features.count_sheets.rules import CountSheet, Scope
from app.features.count_sheets.service import (
    count_scan,
    create_sheet,
    enter_count,
    export_sheet,
    find_sheet,
    import_sheet,
    post_sheet,
    review_sheet,
)
from app.features.count_sheets.view import CountSheetsView
from app.ledger.posting import post
from app.ledger.stock import find_stock, find_values
from app.ui.jobs import Jobs

CORPUS = Path(__file__).parents[2] / "corpus"


def outcome(steps: Generator[Progress, None, Any]) -> Any:
    """Run a service that reports progress to its end and return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


class Stockroom:
    """The services, each in a transaction of its own."""

    def __init__(self, database: Database, stock: Any) -> None:
        self.database = database
        self.stock = stock

    def put(self, sku: str, location: str, quantity: Any, lot: str = "", cost: str = "2") -> None:
        line = Line(
            item=sku,
            quantity=Decimal(quantity),
            target=location,
            lot=lot,
            unit_cost=Decimal(cost),
        )
        self._post(DocumentType.OPENING, line)

    def put_many(self, skus: list[str], location: str) -> None:
        self._post(
            DocumentType.OPENING,
            *(Line(item=sku, quantity=Decimal(1), target=location) for sku in skus),
        )

    def take(self, sku: str, location: str, quantity: Any, lot: str = "") -> None:
        line = Line(item=sku, quantity=Decimal(quantity), source=location, lot=lot)
        self._post(DocumentType.ISSUE, line)

    def _post(self, kind: DocumentType, *lines: Line) -> None:
        document = Document(key=new_key(), type=kind, lines=lines)
        self.database.run(lambda session: post(session, document))

    def create(self, scope: Scope | None = None, **options: Any) -> int:
        scope = scope or Scope()
        return self.database.run(lambda session: create_sheet(session, scope, **options)).number

    def sheet(self, number: int) -> CountSheet:
        with self.database.reading() as session:
            return find_sheet(session, number)

    def export(self, number: int, path: Path) -> Path:
        with self.database.reading() as session:
            outcome(export_sheet(session, number, path))
        return path

    def bring(self, path: Path, number: int | None = None) -> Any:
        return self.database.run(lambda session: import_sheet(session, path, number, user="kim"))

    def review(self, number: int) -> list[Any]:
        with self.database.reading() as session:
            return review_sheet(session, number)

    def post(self, number: int, *reviewed: Any) -> Any:
        return self.database.run(lambda session: post_sheet(session, number, *reviewed))

    def on_hand(self, sku: str, location: str, lot: str = "") -> Decimal:
        with self.database.reading() as session:
            found = find_stock(session, item=sku, location=location, lot=lot)
        return sum((one.on_hand for one in found), Decimal(0))

    def value(self, sku: str) -> Decimal:
        with self.database.reading() as session:
            return sum((one.value for one in find_values(session, item=sku)), Decimal(0))

    def item(self, session: Any, sku: str) -> Item:
        known = session.query(ItemRow).filter_by(sku=sku).one()
        return Item(known.id, sku, known.name, tracking=known.tracking)

    def count(self, number: int, **counts: Any) -> None:
        """Enter what was counted of each item on its first line."""
        for sku, counted in counts.items():
            line = next(one for one in self.sheet(number).lines if one.item.sku == sku)
            self.database.run(
                lambda session, line=line, counted=counted: enter_count(
                    session, number, line.id, Decimal(counted)
                )
            )

    def scan(self, number: int, sku: str, location: str, quantity: Any) -> None:
        with self.database.reading() as session:
            item = self.item(session, sku)
        place = (item, location, "")
        self.database.run(lambda session: count_scan(session, number, place, Decimal(quantity)))

    def reverse(self, number: str) -> None:
        document = Document(key=new_key(), type=DocumentType.REVERSAL, reverses=number)
        self.database.run(lambda session: post(session, document))

    def lot(self, sku: str, code: str) -> None:
        with self.database.writing() as session:
            item = session.query(ItemRow.id).filter_by(sku=sku).scalar()
            session.add(LotRow(item_id=item, code=code))


@pytest.fixture
def room(database: Database, stock: Any) -> Stockroom:
    """Tea, loose flour, milk in lots, saws with serial numbers; two zones of two bins."""
    stock.item("TEA", barcode="4006381333931", unit="each")
    stock.item("RUM", costing=Costing.FIFO, category="Spirits")
    stock.item("FLOUR", unit="kg", decimals=3)
    stock.item("MILK", tracking=Tracking.LOT)
    stock.item("SAW", tracking=Tracking.SERIAL)
    for path in ("MAIN/A/A-1", "MAIN/A/A-2", "MAIN/A/A-10", "MAIN/B/B-1", "SHOP/S-1"):
        stock.location(path)
    return Stockroom(database, stock)


@pytest.fixture
def corpus_room(database: Database, stock: Any) -> Stockroom:
    """The stock behind the corpus, each bin in the zone that its first letter names."""
    room = Stockroom(database, stock)
    with (CORPUS / "catalog.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known: set[str] = set()
    for row in rows:
        path = f"MAIN/{row['location'][0]}/{row['location']}"
        if row["sku"] not in known:
            tracking = Tracking.LOT if row["lot"] else Tracking.NONE
            stock.item(
                row["sku"], unit=row["uom"], decimals=int(row["decimals"]), tracking=tracking
            )
        if path not in known:
            stock.location(path)
        known |= {row["sku"], path}
        if Decimal(row["expected"]):
            room.put(row["sku"], path, row["expected"], row["lot"])
    return room


@pytest.fixture
def view(qtbot: Any, jobs: Jobs, room: Stockroom) -> CountSheetsView:
    """The screen of a clerk named Kim, in a stockroom with tea, flour, milk and a saw."""
    room.put("TEA", "MAIN/A/A-1", 10)
    room.put("FLOUR", "MAIN/A/A-2", "12.5")
    room.put("MILK", "MAIN/B/B-1", 7, "L1")
    room.put("SAW", "MAIN/B/B-1", 1, "S1")
    jobs.user = "kim"
    view = CountSheetsView(jobs)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    return view


@pytest.fixture
def clerk(qtbot: Any, view: CountSheetsView, room: Stockroom) -> "Clerk":
    return Clerk(qtbot, view, room)


class Clerk:
    """What a person does at the screen, each step waited for."""

    def __init__(self, qtbot: Any, view: CountSheetsView, room: Stockroom) -> None:
        self.qtbot = qtbot
        self.view = view
        self.room = room

    def open_new(self, scope: Scope | None = None, **options: Any) -> int:
        """Open a sheet that was just made."""
        number = self.room.create(scope or Scope("MAIN"), **options)
        self.view.open_number(number)
        self.until(lambda: self.view.on(self.view.page) and self.view.number == number)
        return number

    def until(self, condition: Any) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def type(self, *texts: str) -> None:
        """Type into the field of the current line, Enter after each."""
        keys = self.view.page.card.keys
        keys.setFocus()
        for text in texts:
            self.qtbot.keyClicks(keys, text)
            self.qtbot.keyClick(keys, Qt.Key.Key_Return)

    def scan(self, meaning: Any) -> Effect:
        with self.qtbot.waitSignal(self.view.scanned) as answer:
            self.view.take_scan(meaning)
        effect: Effect = answer.args[0]
        return effect

    def scan_bin(self, path: str) -> Effect:
        with self.room.database.reading() as session:
            place = find_location(session, path)
        return self.scan(LocationScan(f"LOC:{path}", place))

    def scan_item(self, sku: str, **more: Any) -> Effect:
        return self.scan(ItemScan(sku, self.item(sku), **more))

    def item(self, sku: str) -> Item:
        with self.room.database.reading() as session:
            return self.room.item(session, sku)

    def saved(self) -> dict[str, Decimal | None]:
        """Return what is saved on the sheet in hand, by SKU."""
        return {line.item.sku: line.counted for line in self.room.sheet(self.view.number).lines}
