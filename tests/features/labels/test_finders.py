from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import Tracking
from app.core.labels import InvalidCopies, LabelKind, LabelRequest
from app.core.refusals import UnknownItem, UnknownLocation, UnknownLot, UnknownUnit
from app.db.catalogue import AmbiguousLocation
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow, LotRow
from app.features.labels.finders import find_labels
from app.features.labels.rules import PackHasNoBarcode

GTIN = "4006381333931"


@pytest.fixture
def find(database, know_gtins):
    def find(*requests: LabelRequest):
        know_gtins()
        with database.reading() as session:
            return [wanted.label for wanted in find_labels(session, requests)]

    return find


@pytest.fixture
def add(database):
    def add(*rows: object) -> None:
        with database.writing() as session:
            session.add_all(rows)

    return add


def test_an_item_is_labelled_with_its_barcode_else_with_its_sku(stock, find):
    stock.item("GEL-7", "Blue gel", GTIN, unit="box")
    stock.item("KG-77", "Flour")

    gel, flour = find(LabelRequest(sku="GEL-7"), LabelRequest(sku="KG-77"))
    assert (gel.sku, gel.name, gel.unit, gel.barcode) == ("GEL-7", "Blue gel", "box", GTIN)
    assert flour.barcode == "KG-77"


def test_a_gtin_comes_before_a_code_of_our_own_and_a_packs_code_never_counts(stock, add, find):
    item = stock.item("GEL-7")
    add(
        BarcodeRow(item_id=item, code="14006381333938", gtin="14006381333938", quantity=Decimal(12))
    )
    add(BarcodeRow(item_id=item, code="OWN-1"))
    assert find(LabelRequest(sku="GEL-7"))[0].barcode == "OWN-1"
    add(BarcodeRow(item_id=item, code=GTIN, gtin=f"0{GTIN}"))
    assert find(LabelRequest(sku="GEL-7"))[0].barcode == GTIN


def test_an_item_is_found_by_any_of_its_barcodes(stock, find):
    stock.item("GEL-7", barcode=GTIN)
    assert find(LabelRequest(sku=GTIN))[0].sku == "GEL-7"


def test_a_lot_says_item_expiry_and_lot(stock, add, find):
    item = stock.item("GEL-7", barcode=GTIN, tracking=Tracking.LOT)
    add(LotRow(item_id=item, code="L0099", expiry=date(2027, 1, 31)))
    (label,) = find(LabelRequest(kind=LabelKind.LOT, sku="GEL-7", lot="L0099"))
    assert label.barcode == f"(01)0{GTIN}(17)270131(10)L0099"
    assert (label.is_gs1, label.lot, label.expiry) == (True, "L0099", date(2027, 1, 31))


def test_a_code_that_no_scan_finds_by_gtin_is_not_put_into_a_gs1_message(stock, database, add):
    item = stock.item("FISH", barcode="2012345000003", tracking=Tracking.LOT)
    add(LotRow(item_id=item, code="L1"))
    with database.reading() as session:
        (wanted,) = find_labels(session, [LabelRequest(kind=LabelKind.LOT, sku="FISH", lot="L1")])
    assert (wanted.label.barcode, wanted.label.is_gs1) == ("L1", False)


def test_a_serial_is_said_as_one(stock, add, find):
    item = stock.item("GEL-7", barcode=GTIN, tracking=Tracking.SERIAL)
    add(LotRow(item_id=item, code="S-1"))
    (label,) = find(LabelRequest(kind=LabelKind.LOT, sku="GEL-7", lot="S-1"))
    assert label.barcode == f"(01)0{GTIN}(21)S-1"


def test_the_lot_of_an_item_without_a_gtin_stands_for_itself(stock, add, find):
    item = stock.item("KG-77", tracking=Tracking.LOT)
    add(LotRow(item_id=item, code="B-7"))
    (label,) = find(LabelRequest(kind=LabelKind.LOT, sku="KG-77", lot="B-7"))
    assert (label.barcode, label.is_gs1) == ("B-7", False)


def test_a_pack_has_its_own_barcode_or_the_items_gtin_and_a_count(stock, add, find):
    item = stock.item("GEL-7", barcode=GTIN)
    add(ItemUnitRow(item_id=item, unit="case", numerator=12))
    wanted = LabelRequest(kind=LabelKind.PACK, sku="GEL-7", unit="case")
    (label,) = find(wanted)
    assert (label.barcode, label.quantity) == (f"(02)0{GTIN}(37)12", Decimal(12))
    add(BarcodeRow(item_id=item, code="14006381333938", quantity=Decimal(12)))
    (label,) = find(wanted)
    assert (label.barcode, label.is_gs1) == ("14006381333938", False)


def test_a_pack_that_a_scan_would_count_as_one_piece_is_refused(stock, add, find):
    item = stock.item("KG-77", unit="each")
    add(ItemUnitRow(item_id=item, unit="case", numerator=12))
    with pytest.raises(PackHasNoBarcode, match="case of KG-77"):
        find(LabelRequest(kind=LabelKind.PACK, sku="KG-77", unit="case"))


def test_a_bin_is_found_by_path_by_what_stands_on_it_and_by_its_barcode(stock, find):
    stock.location("MAIN/A/A-01")
    stock.location("MAIN/B/B-01", barcode="77-1", name="Cold")
    for name in ("MAIN/A/A-01", "A-01", "LOC:A-01", "LOC:MAIN/A/A-01"):
        (label,) = find(LabelRequest(kind=LabelKind.BIN, location=name))
        assert (label.barcode, label.location) == ("LOC:A-01", "MAIN/A/A-01")
    (label,) = find(LabelRequest(kind=LabelKind.BIN, location="77-1"))
    assert (label.barcode, label.code, label.name) == ("77-1", "B-01", "Cold")


def test_two_bins_with_one_code_are_told_apart_by_their_paths(stock, find):
    stock.location("MAIN/A/A-01")
    stock.location("EAST/A/A-01")
    (label,) = find(LabelRequest(kind=LabelKind.BIN, location="EAST/A/A-01"))
    assert label.barcode == "LOC:EAST/A/A-01"
    with pytest.raises(AmbiguousLocation, match="EAST/A/A-01, MAIN/A/A-01"):
        find(LabelRequest(kind=LabelKind.BIN, location="A-01"))


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        (LabelRequest(sku="NONE"), UnknownItem),
        (LabelRequest(sku="a\x00b"), UnknownItem),
        (LabelRequest(kind=LabelKind.LOT, sku="GEL-7", lot="a\x00b"), UnknownLot),
        (LabelRequest(kind=LabelKind.BIN, location="\ud800"), UnknownLocation),
        (LabelRequest(kind=LabelKind.LOT, sku="GEL-7", lot="NONE"), UnknownLot),
        (LabelRequest(kind=LabelKind.PACK, sku="GEL-7", unit="NONE"), UnknownUnit),
        (LabelRequest(kind=LabelKind.BIN, location="NONE"), UnknownLocation),
        (LabelRequest(sku="GEL-7", copies=0), InvalidCopies),
        (LabelRequest(sku="GEL-7", copies=10**6), InvalidCopies),
    ],
)
def test_what_is_not_known_is_refused(stock, find, request_, refusal):
    stock.item("GEL-7")
    with pytest.raises(refusal):
        find(request_)


def test_a_thousand_labels_are_looked_up_with_few_questions(stock, database, find):
    with database.writing() as session:
        session.add_all(ItemRow(sku=f"S{n:04}", name=f"Name {n}") for n in range(1200))
    labels = find(*(LabelRequest(sku=f"S{n:04}") for n in range(1200)))
    assert [label.barcode for label in labels] == [f"S{n:04}" for n in range(1200)]
