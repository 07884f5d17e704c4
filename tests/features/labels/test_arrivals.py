from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind, Tracking
from app.core.documents import Document, DocumentType, Line, new_key
from app.core.labels import LabelKind, LabelRequest
from app.core.refusals import UnknownDocument
from app.db.tables import BarcodeRow, ItemUnitRow
from app.features.labels.arrivals import labels_of_document
from app.features.labels.finders import find_labels
from app.ledger.posting import post


@pytest.fixture
def receive(database, stock):
    stock.location("MAIN/D-01", LocationKind.DOCK)
    stock.location("MAIN/Q", LocationKind.QUARANTINE)

    def receive(*lines: Line) -> str:
        document = Document(key=new_key(), type=DocumentType.RECEIPT, lines=lines)
        with database.writing() as session:
            return post(session, document).number

    return receive


@pytest.fixture
def asked(database):
    def asked(number: str) -> list[LabelRequest]:
        with database.reading() as session:
            return labels_of_document(session, number)

    return asked


def line(item: str, quantity: str, **more: object) -> Line:
    return Line(item=item, quantity=Decimal(quantity), target="MAIN/D-01", **more)


def test_as_many_labels_as_pieces_came(database, stock, receive, asked):
    stock.item("TEA")
    stock.item("GEL-7")
    number = receive(line("TEA", "24"), line("GEL-7", "3"), line("TEA", "6"))
    with database.reading() as session:
        twice = find_labels(session, labels_of_document(session, number))
    assert [wanted.copies for wanted in twice] == [30, 3]
    assert [(r.sku, r.copies, r.source) for r in asked(number)] == [
        ("TEA", 30, number),
        ("GEL-7", 3, number),
    ]


def test_what_came_in_packs_gets_labels_for_the_packs(database, stock, receive, asked):
    item = stock.item("TEA")
    with database.writing() as session:
        session.add(ItemUnitRow(item_id=item, unit="case", numerator=12))
        session.add(BarcodeRow(item_id=item, code="CASE-1", quantity=Decimal(12)))
    number = receive(line("TEA", "4", unit="case"))
    assert [(r.kind, r.unit, r.copies) for r in asked(number)] == [(LabelKind.PACK, "case", 4)]


def test_packs_without_a_barcode_get_a_label_for_each_piece(database, stock, receive):
    item = stock.item("TEA")
    with database.writing() as session:
        session.add(ItemUnitRow(item_id=item, unit="case", numerator=12))
    number = receive(line("TEA", "4", unit="case"))
    with database.reading() as session:
        (wanted,) = find_labels(session, [LabelRequest(document=number)])
    assert (wanted.label.kind, wanted.copies, wanted.source) == (LabelKind.ITEM, 48, number)


def test_each_lot_and_each_serial_has_labels_of_its_own(stock, receive, asked):
    stock.item("MILK", tracking=Tracking.LOT)
    stock.item("DRILL", tracking=Tracking.SERIAL)
    number = receive(
        line("MILK", "5", lot="L1"),
        line("MILK", "7", lot="L2"),
        line("DRILL", "1", lot="S1"),
        line("DRILL", "1", lot="S2"),
    )
    assert [(r.kind, r.sku, r.lot, r.copies) for r in asked(number)] == [
        (LabelKind.LOT, "MILK", "L1", 5),
        (LabelKind.LOT, "MILK", "L2", 7),
        (LabelKind.LOT, "DRILL", "S1", 1),
        (LabelKind.LOT, "DRILL", "S2", 1),
    ]


def test_what_is_weighed_gets_one_label_a_line(stock, receive, asked):
    stock.item("FLOUR", unit="kg", decimals=3)
    number = receive(line("FLOUR", "12.5"), line("FLOUR", "7.25"))
    assert [(r.sku, r.copies) for r in asked(number)] == [("FLOUR", 2)]


def test_an_unknown_document_is_refused(asked):
    with pytest.raises(UnknownDocument, match="RC-999999"):
        asked("RC-999999")
