"""What is printed here means the same when it is scanned again."""

from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import Tracking
from app.core.labels import LabelKind, LabelRequest
from app.core.media import STOCKS
from app.core.scans import ItemScan, LocationScan, LotScan
from app.core.symbols import ReadCode, Symbology
from app.db.tables import BarcodeRow, ItemUnitRow, LotRow
from app.features.labels.finders import find_labels
from app.scanning.meaning import resolve
from tests.support.label_printer import print_zpl
from tests.support.labels import labels_to_zpl

GTIN = "4006381333931"
EXPIRY = date(2027, 1, 31)
IDENTIFIERS = {Symbology.GS1_128: "]C1", Symbology.GS1_DATAMATRIX: "]d2"}


def as_typed(code: ReadCode) -> str:
    """What a scanner types for this barcode, its kind in front where that is GS1."""
    if code.symbology not in IDENTIFIERS:
        return code.content
    return IDENTIFIERS[code.symbology] + code.content.replace("(", "").replace(")", "")


@pytest.fixture
def scan_label(database, stock, know_gtins):
    """Print the label asked for on a roll, and scan what came out."""
    pen = stock.item("GEL-7", "Blue gel", GTIN, tracking=Tracking.LOT)
    drill = stock.item("DRILL", "Drill", "96385074", tracking=Tracking.SERIAL)
    flour = stock.item("99-ü^~_>", "Flour", tracking=Tracking.LOT)
    stock.location("MAIN/A/A-01")
    stock.location("EAST/A/B-07")
    stock.location("MAIN/A/B-07")
    with database.writing() as session:
        session.add_all(
            [
                LotRow(item_id=pen, code="L0099", expiry=EXPIRY),
                LotRow(item_id=drill, code="S-1"),
                LotRow(item_id=flour, code="B 7/1"),
                ItemUnitRow(item_id=pen, unit="case", numerator=12),
                ItemUnitRow(item_id=drill, unit="case", numerator=4),
                BarcodeRow(
                    item_id=drill, code="14006381333938", gtin="14006381333938", quantity=Decimal(4)
                ),
            ]
        )

    know_gtins()

    def scan_label(size: str, **asked: object):
        with database.reading() as session:
            (wanted,) = find_labels(session, [LabelRequest(**asked)])
            (printed,) = print_zpl(labels_to_zpl([wanted.label], STOCKS[size]))
            (code,) = printed.codes
            return resolve(session, as_typed(code))

    return scan_label


@pytest.mark.parametrize("size", ["102x152", "57x32"])
def test_an_item_is_the_item_again(scan_label, size):
    for sku in ("GEL-7", "DRILL", "99-ü^~_>"):
        meaning = scan_label(size, sku=sku)
        assert isinstance(meaning, ItemScan)
        assert (meaning.item.sku, meaning.quantity, meaning.problem) == (sku, 1, "")


@pytest.mark.parametrize("size", ["102x152", "57x32"])
def test_a_lot_with_a_gtin_brings_item_lot_and_expiry(scan_label, size):
    meaning = scan_label(size, kind=LabelKind.LOT, sku="GEL-7", lot="L0099")
    assert isinstance(meaning, ItemScan)
    assert (meaning.item.sku, meaning.lot, meaning.expiry) == ("GEL-7", "L0099", EXPIRY)


@pytest.mark.parametrize("size", ["102x152", "57x32"])
def test_a_serial_is_one_piece_of_its_item(scan_label, size):
    meaning = scan_label(size, kind=LabelKind.LOT, sku="DRILL", lot="S-1")
    assert isinstance(meaning, ItemScan)
    assert (meaning.item.sku, meaning.lot, meaning.quantity) == ("DRILL", "S-1", 1)


def test_a_lot_without_a_gtin_is_found_by_its_own_code(scan_label):
    meaning = scan_label("57x32", kind=LabelKind.LOT, sku="99-ü^~_>", lot="B 7/1")
    assert isinstance(meaning, LotScan)
    assert (meaning.item.sku, meaning.lot) == ("99-ü^~_>", "B 7/1")


@pytest.mark.parametrize("size", ["102x152", "57x32"])
def test_a_pack_counts_as_many_as_are_in_it(scan_label, size):
    for sku, count in (("GEL-7", 12), ("DRILL", 4)):
        meaning = scan_label(size, kind=LabelKind.PACK, sku=sku, unit="case")
        assert isinstance(meaning, ItemScan)
        assert (meaning.item.sku, meaning.quantity) == (sku, count)


@pytest.mark.parametrize("path", ["MAIN/A/A-01", "EAST/A/B-07", "MAIN/A/B-07"])
def test_a_bin_is_the_bin_again_also_where_two_share_a_code(scan_label, path):
    meaning = scan_label("57x32", kind=LabelKind.BIN, location=path)
    assert isinstance(meaning, LocationScan)
    assert meaning.location.path == path
