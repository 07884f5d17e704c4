from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import Item, Location, LocationKind, Tracking
from app.core.labels import LabelKind, LabelRequest
from app.core.media import OFFICE_600, THERMAL_203, THERMAL_300
from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    ItemScan,
    LocationScan,
    LotScan,
    QuantityScan,
)
from app.core.symbols import ReadCode, Symbology
from app.features.labels.rules import (
    as_matrix,
    bin_barcode,
    choose_symbology,
    lot_barcode,
    module_size,
    pack_barcode,
    request_of,
    says_the_same,
    whole_copies,
)

GTIN = "04006381333931"
TODAY = date(2026, 11, 23)
PEN = Item(1, "GEL-7", "Blue gel")


@pytest.mark.parametrize(
    ("content", "symbology"),
    [
        ("4006381333931", Symbology.EAN13),
        ("96385074", Symbology.EAN8),
        ("036000291452", Symbology.UPCA),
        ("14006381333938", Symbology.ITF14),
        ("4006381333932", Symbology.CODE128),
        ("SKU-1", Symbology.CODE128),
        ("x" * 48, Symbology.CODE128),
        ("x" * 49, Symbology.DATAMATRIX),
        ("Größe", Symbology.DATAMATRIX),
        ("٤006381333931", Symbology.DATAMATRIX),
    ],
)
def test_the_barcode_is_of_the_kind_that_most_scanners_read(content, symbology):
    assert choose_symbology(content) is symbology


def test_a_gs1_message_is_printed_as_one():
    assert choose_symbology(f"(01){GTIN}", is_gs1=True) is Symbology.GS1_128
    assert as_matrix(Symbology.GS1_128) is Symbology.GS1_DATAMATRIX
    assert as_matrix(Symbology.EAN13) is Symbology.DATAMATRIX


def test_a_lot_of_an_item_with_a_gtin_says_item_expiry_and_lot():
    made = lot_barcode(GTIN, "L0099", date(2027, 1, 31), Tracking.LOT, TODAY)
    assert made == (f"(01){GTIN}(17)270131(10)L0099", True)


def test_a_serial_has_an_identifier_of_its_own():
    assert lot_barcode(GTIN, "S-7", None, Tracking.SERIAL, TODAY) == (f"(01){GTIN}(21)S-7", True)


def test_a_lot_of_an_item_without_a_gtin_says_only_the_lot():
    assert lot_barcode(None, "L0099", date(2027, 1, 31), Tracking.LOT, TODAY) == ("L0099", False)


@pytest.mark.parametrize("lot", ["L 1", "Größe", "a(b", "a#b", "L^XA", "x" * 21, "a\x1db"])
def test_a_lot_that_gs1_does_not_allow_stands_for_itself(lot):
    assert lot_barcode(GTIN, lot, None, Tracking.LOT, TODAY) == (lot, False)


@pytest.mark.parametrize(
    ("year", "is_said"), [(1976, False), (1977, True), (2076, True), (2077, False)]
)
def test_an_expiry_that_two_digits_would_misstate_is_left_out(year, is_said):
    content, _ = lot_barcode(GTIN, "L1", date(year, 5, 1), Tracking.LOT, TODAY)
    assert ("(17)" in content) is is_said


def test_a_pack_has_its_own_barcode_else_gtin_and_count():
    assert pack_barcode("14006381333938", GTIN, Decimal(12)) == ("14006381333938", False)
    assert pack_barcode(None, GTIN, Decimal(12)) == (f"(02){GTIN}(37)12", True)


@pytest.mark.parametrize("quantity", ["2.5", "123456789"])
def test_a_pack_whose_count_gs1_cannot_say_has_no_barcode(quantity):
    assert pack_barcode(None, GTIN, Decimal(quantity)) is None
    assert pack_barcode(None, None, Decimal(12)) is None


def test_a_bin_says_its_own_barcode_else_its_code_else_its_path():
    assert bin_barcode("99-1", "MAIN/A/A-01", is_unique=True) == "99-1"
    assert bin_barcode(None, "MAIN/A/A-01", is_unique=True) == "LOC:A-01"
    assert bin_barcode(None, "MAIN/A/A-01", is_unique=False) == "LOC:MAIN/A/A-01"


@pytest.mark.parametrize(
    ("symbology", "resolution", "room", "dots"),
    [
        (Symbology.EAN13, THERMAL_203, 113 * 3 + 2, 3),
        (Symbology.EAN13, THERMAL_203, 113 * 2, 2),
        (Symbology.EAN13, THERMAL_203, 113 * 2 - 1, 0),
        (Symbology.EAN13, THERMAL_203, 113 * 9, 4),
        (Symbology.EAN13, THERMAL_300, 113 * 3, 3),
        (Symbology.EAN13, THERMAL_300, 113 * 3 - 1, 0),
        (Symbology.EAN13, OFFICE_600, 113 * 7, 6),
        (Symbology.EAN13, OFFICE_600, 113 * 99, 12),
        (Symbology.DATAMATRIX, THERMAL_203, 113 * 3, 3),
        (Symbology.DATAMATRIX, THERMAL_203, 113 * 3 - 1, 0),
        (Symbology.DATAMATRIX, THERMAL_300, 113 * 4, 4),
        (Symbology.DATAMATRIX, OFFICE_600, 113 * 8, 8),
    ],
)
def test_bars_are_whole_dots_wide_and_never_narrower_than_reads(symbology, resolution, room, dots):
    assert module_size(symbology, 113, room, resolution) == dots


def test_a_upc_a_may_be_read_as_an_ean_13_but_nothing_else_may_differ():
    assert says_the_same("036000291452", ReadCode(Symbology.EAN13, "0036000291452"))
    assert says_the_same("A", ReadCode(Symbology.CODE128, "A"))
    assert not says_the_same("4006381333931", ReadCode(Symbology.EAN13, "4006381333948"))
    assert not says_the_same("99001234", ReadCode(Symbology.CODE128, "001234"))


@pytest.mark.parametrize(
    ("meaning", "request_"),
    [
        (ItemScan("x", PEN), LabelRequest(sku="GEL-7")),
        (ItemScan("x", PEN, Decimal(12), True), LabelRequest(sku="GEL-7", copies=12)),
        (ItemScan("x", PEN, Decimal(12)), LabelRequest(sku="GEL-7")),
        (ItemScan("x", PEN, Decimal("2.5"), True), LabelRequest(sku="GEL-7")),
        (
            ItemScan("x", PEN, lot="L1"),
            LabelRequest(kind=LabelKind.LOT, sku="GEL-7", lot="L1"),
        ),
        (LotScan("x", PEN, "L1"), LabelRequest(kind=LabelKind.LOT, sku="GEL-7", lot="L1")),
        (
            LocationScan("x", Location(1, "MAIN/A/A-01", LocationKind.STORAGE)),
            LabelRequest(kind=LabelKind.BIN, location="MAIN/A/A-01"),
        ),
        (DocumentScan("x", "RC-000001", "receipt"), LabelRequest(document="RC-000001")),
        (CommandScan("x", Command.PRINT), None),
        (QuantityScan("x", Decimal(3)), None),
    ],
)
def test_a_scan_asks_for_the_label_of_what_was_scanned(meaning, request_):
    assert request_of(meaning) == request_


def test_a_quantity_scanned_before_is_the_number_of_copies():
    stated = ItemScan("x", PEN, Decimal(12), True)
    assert request_of(stated, copies=3) == LabelRequest(sku="GEL-7", copies=3)
    assert request_of(LotScan("x", PEN, "L1"), copies=3).copies == 3


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "100001", "1000000000"])
def test_a_quantity_that_cannot_be_copies_is_none(quantity):
    assert whole_copies(Decimal(quantity)) is None
    assert whole_copies(Decimal("12.0")) == 12
