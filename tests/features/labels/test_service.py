from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import Tracking
from app.core.labels import MOST_COPIES, InvalidCopies, Label, LabelKind, LabelRequest
from app.core.refusals import UnknownItem
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow, LotRow
from app.features.labels.service import (
    GoneFromQueue,
    change_copies,
    clear,
    drop,
    find_queue,
    put_back,
    queue_by_name,
    queue_labels,
    take_back,
    take_off,
    type_copies,
)
from tests.support.labels import labels_for_bins, labels_for_items, labels_for_lots

GTIN = "4006381333931"


@pytest.fixture
def do(database):
    """Do one unit of work and return what it answers."""

    def do(service, *args, **kwargs):
        with database.writing() as session:
            return service(session, *args, **kwargs)

    return do


@pytest.fixture
def company(stock, database, know_gtins):
    item = stock.item("GEL-7", "Blue gel", GTIN, tracking=Tracking.LOT)
    know_gtins()
    stock.item("TEA")
    stock.location("MAIN/A/A-01")
    with database.writing() as session:
        session.add(LotRow(item_id=item, code="L1", expiry=date(2027, 1, 31)))
        session.add(ItemUnitRow(item_id=item, unit="case", numerator=12))


def queue(do):
    return [(row.label.title, row.copies, row.source) for row in do(find_queue)]


def test_labels_of_every_kind_wait_as_they_were_made(company, do):
    requests = [
        *labels_for_items(["TEA", "GEL-7"], 2, "RC-1"),
        *labels_for_lots([("GEL-7", "L1")], 3),
        *labels_for_bins(["MAIN/A/A-01"]),
        LabelRequest(kind=LabelKind.PACK, sku=GTIN, unit="case"),
    ]
    queued = do(queue_labels, requests)

    assert queue(do) == [
        ("TEA", 2, "RC-1"),
        ("GEL-7", 2, "RC-1"),
        ("GEL-7 · L1", 3, ""),
        ("MAIN/A/A-01", 1, ""),
        ("GEL-7 · case", 1, ""),
    ]
    assert (queued.copies, queued.title) == (9, "TEA")
    assert do(find_queue)[2].label == Label(
        kind=LabelKind.LOT,
        barcode=f"(01)0{GTIN}(17)270131(10)L1",
        is_gs1=True,
        sku="GEL-7",
        name="Blue gel",
        unit="each",
        lot="L1",
        expiry=date(2027, 1, 31),
    )


def test_a_pack_waits_with_its_exact_quantity(company, do, database):
    with database.writing() as session:
        item = session.query(ItemRow).filter_by(sku="GEL-7").one()
        session.add(ItemUnitRow(item_id=item.id, unit="bag", numerator=5, denominator=2))
        session.add(BarcodeRow(item_id=item.id, code="HALF", quantity=Decimal("2.5")))
    do(queue_labels, [LabelRequest(kind=LabelKind.PACK, sku="GEL-7", unit="bag")])
    (row,) = do(find_queue)
    assert (row.label.quantity, row.label.barcode) == (Decimal("2.5"), "HALF")


def test_one_unknown_item_queues_nothing(company, do):
    with pytest.raises(UnknownItem):
        do(queue_labels, labels_for_items(["TEA", "NONE"]))
    assert queue(do) == []


def test_a_label_that_waits_already_gets_more_copies(company, do):
    first = do(queue_labels, labels_for_items(["TEA"], 2, "RC-1"))
    again = do(queue_labels, labels_for_items(["TEA", "TEA"], 3, "Scan"))
    assert queue(do) == [("TEA", 8, "RC-1")]
    assert again.shares == (replace(first.shares[0], copies=3),) * 2


def test_copies_do_not_grow_beyond_what_can_be_meant(company, do):
    do(queue_labels, labels_for_items(["TEA"], MOST_COPIES))
    with pytest.raises(InvalidCopies):
        do(queue_labels, labels_for_items(["TEA"]))
    assert queue(do) == [("TEA", MOST_COPIES, "")]


def test_copies_are_changed_and_typed(company, do):
    line = do(queue_labels, labels_for_items(["TEA"])).shares[0].line
    do(change_copies, line, 10_000)
    assert queue(do) == [("TEA", 10_000, "")]
    do(type_copies, line, " 12 ")
    assert queue(do) == [("TEA", 12, "")]
    for text in ("0", "-1", "1,5", "", "x", "1000000000"):
        with pytest.raises(InvalidCopies):
            do(type_copies, line, text)
    assert queue(do) == [("TEA", 12, "")]


def test_lines_are_dropped_and_all_are_cleared(company, do):
    do(queue_labels, labels_for_items(["TEA", "GEL-7"]) + labels_for_bins(["A-01"]))
    do(drop, [do(find_queue)[1].id])
    assert [title for title, *_ in queue(do)] == ["TEA", "MAIN/A/A-01"]
    do(clear)
    assert queue(do) == []


def test_what_was_printed_leaves_and_what_came_meanwhile_stays(company, do):
    printed = do(queue_labels, labels_for_items(["TEA", "GEL-7"], 5)).shares
    do(queue_labels, labels_for_items(["TEA"], 2))
    do(take_off, printed)
    assert queue(do) == [("TEA", 2, "")]


def test_a_line_that_came_later_is_not_taken_for_one_that_is_gone(company, do):
    scanned = do(queue_labels, labels_for_items(["TEA"])).shares
    do(clear)
    do(queue_labels, labels_for_items(["TEA", "GEL-7"]))

    do(take_off, scanned)
    with pytest.raises(GoneFromQueue):
        do(take_back, scanned)

    assert queue(do) == [("TEA", 1, ""), ("GEL-7", 1, "")]


def test_what_jammed_in_the_printer_is_put_back(company, do):
    do(queue_labels, labels_for_items(["TEA", "GEL-7"], 5, "RC-1"))
    before = do(find_queue)
    do(clear)
    do(put_back, before)
    assert queue(do) == [("TEA", 5, "RC-1"), ("GEL-7", 5, "RC-1")]


def test_a_name_typed_is_queued_whatever_it_names(company, do):
    for name in ("TEA", GTIN, "L1", "A-01"):
        do(queue_by_name, name)
    do(queue_by_name, "tea".upper(), 3)
    assert queue(do) == [
        ("TEA", 4, ""),
        ("GEL-7", 1, ""),
        ("GEL-7 · L1", 1, ""),
        ("MAIN/A/A-01", 1, ""),
    ]


def test_hostile_texts_wait_as_they_are(stock, do):
    name = 'Pen ^XA~JUF "quoted" \\ {barcode} 🖊 עט'
    stock.item("^FS_5E", name)
    do(queue_labels, labels_for_items(["^FS_5E"]))
    (row,) = do(find_queue)
    assert (row.label.sku, row.label.name, row.label.barcode) == ("^FS_5E", name, "^FS_5E")
