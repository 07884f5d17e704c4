from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import Item, Location, LocationKind, Tracking
from app.core.labels import LabelRequest
from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    ItemScan,
    LocationScan,
    LotScan,
    QuantityScan,
    Tone,
    UnknownScan,
)
from app.db.tables import LotRow
from app.features.labels.queue_screen import QueueScreen
from app.features.labels.service import find_queue

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

GTIN = "4006381333931"


class Screen(QueueScreen):
    """The queue alone, without anything to print it on."""

    title = "Labels"
    shown = 0

    def show_all(self) -> None:
        self.shown += 1

    def print_by_scan(self) -> bool:
        return bool(self.waiting_labels)


@pytest.fixture
def pen(stock, database) -> Item:
    number = stock.item("GEL-7", "Blue gel", GTIN, tracking=Tracking.LOT)
    stock.item("TEA")
    stock.location("MAIN/A/A-01")
    with database.writing() as session:
        session.add(LotRow(item_id=number, code="L1", expiry=date(2027, 1, 31)))
    return Item(number, "GEL-7", "Blue gel")


@pytest.fixture
def screen(qtbot, jobs, pen):
    screen = Screen(jobs)
    qtbot.addWidget(screen)
    screen.resize(1000, 600)
    screen.show()
    qtbot.waitUntil(lambda: screen.shown > 0)
    return screen


@pytest.fixture
def scan(qtbot, screen):
    def scan(meaning):
        with qtbot.waitSignal(screen.scanned) as answer:
            screen.take_scan(meaning)
        assert not screen.waiting()
        return answer.args[0]

    return scan


def queue(database):
    with database.reading() as session:
        return [(row.label.title, row.copies) for row in find_queue(session)]


def shown(screen):
    return [(row.label.title, row.copies) for row in screen.queue.lines.rows()]


def test_items_lots_and_bins_are_added_by_scanning_them(qtbot, screen, scan, database, pen):
    place = Location(1, "MAIN/A/A-01", LocationKind.STORAGE)
    texts = [
        scan(meaning).text
        for meaning in (
            ItemScan(GTIN, pen),
            ItemScan(GTIN, pen, Decimal(12), True),
            LotScan("L1", pen, "L1"),
            LocationScan("LOC:A-01", place),
        )
    ]
    assert texts == ["GEL-7 +1", "GEL-7 +12", "GEL-7 · L1 +1", "MAIN/A/A-01 +1"]
    wanted = [("GEL-7", 13), ("GEL-7 · L1", 1), ("MAIN/A/A-01", 1)]
    assert queue(database) == wanted
    qtbot.waitUntil(lambda: shown(screen) == wanted)
    assert screen.queue.current().label.title == "MAIN/A/A-01"


def test_a_quantity_scanned_before_sets_the_copies_once(scan, database, pen):
    effect = scan(QuantityScan("QTY:5", Decimal(5)))
    assert (effect.tone, effect.text) == (Tone.ASK, "5 copies of what is scanned next")
    scan(LotScan("L1", pen, "L1"))
    scan(ItemScan(GTIN, pen))
    assert queue(database) == [("GEL-7 · L1", 5), ("GEL-7", 1)]


@pytest.mark.parametrize("quantity", ["0", "-1", "2.5", "1000000000"])
def test_a_quantity_that_cannot_be_copies_is_refused(scan, database, pen, quantity):
    effect = scan(QuantityScan(f"QTY:{quantity}", Decimal(quantity)))
    assert (effect.tone, effect.text) == (
        Tone.BAD,
        f"QTY:{quantity} is not a number of copies.",
    )
    scan(ItemScan(GTIN, pen))
    assert queue(database) == [("GEL-7", 1)]


def test_the_last_scans_are_taken_back_one_by_one(qtbot, screen, scan, database, pen):
    first, second = scan(ItemScan(GTIN, pen)), scan(ItemScan(GTIN, pen, Decimal(3), True))
    second.undo()
    qtbot.waitUntil(lambda: queue(database) == [("GEL-7", 1)])
    first.undo()
    qtbot.waitUntil(lambda: queue(database) == [])
    qtbot.waitUntil(lambda: shown(screen) == [])


def test_a_lot_that_is_not_there_is_refused_and_the_next_scan_works(screen, scan, database, pen):
    effect = scan(LotScan("L9", pen, "L9"))
    assert effect.tone == Tone.BAD
    assert "no lot L9" in effect.text
    assert screen.banner.isVisible()
    scan(ItemScan(GTIN, pen))
    assert queue(database) == [("GEL-7", 1)]


def test_a_document_that_is_not_there_is_refused(scan):
    assert scan(DocumentScan("RC-9", "RC-9", "receipt")).tone == Tone.BAD


def test_what_has_no_label_is_answered(scan):
    assert scan(UnknownScan("x", "No such code.")).tone == Tone.BAD
    assert scan(CommandScan("CMD:POST", Command.POST)).tone == Tone.BAD


def test_the_print_command_needs_something_to_print(qtbot, screen, scan, pen):
    assert scan(CommandScan("CMD:PRINT", Command.PRINT)).tone == Tone.BAD
    scan(ItemScan(GTIN, pen))
    qtbot.waitUntil(lambda: bool(screen.waiting_labels))
    assert scan(CommandScan("CMD:PRINT", Command.PRINT)).text == "Printing"


def test_what_other_screens_want_is_added_and_told(qtbot, screen, database):
    screen.queue_labels([LabelRequest(sku="TEA", copies=24, source="RC-1")])
    qtbot.waitUntil(lambda: shown(screen) == [("TEA", 24)])
    qtbot.waitUntil(screen.banner.isVisible)
    assert screen.banner.text.text() == "24 labels were put into the queue."


def test_a_code_typed_is_added_or_refused_in_place(qtbot, screen, database):
    screen.queue.add_wanted.emit("A-01")
    qtbot.waitUntil(lambda: shown(screen) == [("MAIN/A/A-01", 1)])
    screen.queue.add_wanted.emit("NONE")
    qtbot.waitUntil(lambda: "NONE" in screen.banner.text.text())
    assert queue(database) == [("MAIN/A/A-01", 1)]


def test_codes_are_suggested_while_one_types(qtbot, screen):
    with qtbot.waitSignal(screen._suggest("te").succeeded) as found:
        pass
    assert [(known.code, known.text) for known in found.args[0]] == [("TEA", "Tea")]


def test_copies_typed_are_kept_and_nonsense_is_refused(qtbot, screen, database):
    screen.queue_labels([LabelRequest(sku="TEA")])
    qtbot.waitUntil(lambda: shown(screen) == [("TEA", 1)])
    (row,) = screen.queue.lines.rows()
    screen.queue.copies_typed.emit(row, "10000")
    qtbot.waitUntil(lambda: shown(screen) == [("TEA", 10_000)])
    screen.queue.copies_typed.emit(row, "0")
    qtbot.waitUntil(screen.banner.isVisible)
    assert "“0” copies cannot be printed" in screen.banner.text.text()
    assert queue(database) == [("TEA", 10_000)]


def test_selected_lines_are_removed(qtbot, screen, database):
    screen.queue_labels([LabelRequest(sku="TEA"), LabelRequest(sku="GEL-7")])
    qtbot.waitUntil(lambda: len(shown(screen)) == 2)
    qtbot.waitUntil(screen.remove.isEnabled)
    screen.queue.table.select(0)
    screen.remove.click()
    qtbot.waitUntil(lambda: shown(screen) == [("GEL-7", 1)])
    assert queue(database) == [("GEL-7", 1)]


def test_clearing_asks_with_the_numbers_first(qtbot, screen, database):
    assert not screen.empty.isEnabled()
    screen.queue_labels([LabelRequest(sku="TEA", copies=80), LabelRequest(sku="GEL-7", copies=4)])
    qtbot.waitUntil(screen.empty.isEnabled)
    screen.empty.click()
    assert screen.confirm.text.text() == "Leaving the queue unprinted: 84 labels in 2 lines."
    assert len(queue(database)) == 2
    screen.confirm.yes.click()
    qtbot.waitUntil(lambda: queue(database) == [])
    qtbot.waitUntil(lambda: not screen.empty.isEnabled())
