"""What a label's barcode says, which kind of barcode says it, and how wide its bars are."""

import re
from datetime import date
from decimal import Decimal

from app.core.catalogue import Tracking
from app.core.decimals import plain
from app.core.errors import Refused, marked
from app.core.gtin import as_gtin14, is_gtin
from app.core.labels import MOST_COPIES, LabelKind, LabelRequest
from app.core.media import Resolution
from app.core.scans import DocumentScan, ItemScan, LocationScan, LotScan, Meaning
from app.core.symbols import ReadCode, Symbology

LARGE_JOB = 1_000
"""More labels than this are printed only after a question that says how many they are."""

PICTURES_UP_TO = 200
"""Labels of a job that go to a label printer as pictures, and are all read back beforehand."""

LOCATION_PREFIX = "LOC:"

_GS1_VALUE = re.compile(r"[!\"%&'*+,\-./0-9:;<=>?A-Z_a-z]{1,20}")
"""GS1 character set 82 without brackets, which would be taken for those around identifiers."""

_BY_GTIN_LENGTH = {
    8: Symbology.EAN8,
    12: Symbology.UPCA,
    13: Symbology.EAN13,
    14: Symbology.ITF14,
}
_MOST_SIGNS = 48
"""Longer data makes bars that no scanner takes in at once (GS1 5.4: 48 for GS1-128)."""

_AS_MATRIX = {Symbology.GS1_128: Symbology.GS1_DATAMATRIX}

# Millimetres of a module, from GS1 General Specifications 5.12 and our own print tests.
_LINEAR = (0.25, 0.51)
_MATRIX = (0.338, 1.0)


class PackHasNoBarcode(Refused):
    template = marked(
        "{pack} of {item} has no barcode, and {item} has no GTIN to make one from: a scan of its"
        " label would count one {unit}. Give the pack a barcode in the catalogue."
    )


def lot_barcode(
    gtin: str | None, lot: str, expiry: date | None, tracking: Tracking, today: date
) -> tuple[str, bool]:
    """Return the data of a lot's or serial's label, and whether it is a GS1 message.

    It is one where the item has a GTIN and GS1 allows the lot's characters; else the lot itself.
    """
    if gtin is None or not _GS1_VALUE.fullmatch(lot):
        return lot, False
    expires = f"(17){expiry:%y%m%d}" if expiry and _in_century_window(expiry, today) else ""
    identifier = "21" if tracking is Tracking.SERIAL else "10"
    return f"(01){gtin}{expires}({identifier}){lot}", True


def pack_barcode(own: str | None, gtin: str | None, quantity: Decimal) -> tuple[str, bool] | None:
    """Return the data of a pack's label: its own barcode, else the item's GTIN and a count.

    None where neither is possible, so that a scan would count one piece instead of a pack.
    """
    if own:
        return own, False
    count = plain(quantity)
    if gtin and count.isdecimal() and len(count) <= 8:
        return f"(02){gtin}(37){count}", True
    return None


def bin_barcode(own: str | None, path: str, *, is_unique: bool) -> str:
    """Return the data of a place's label: its own barcode, else its code, or its whole path where
    two places share the code."""
    return own or LOCATION_PREFIX + (path.rsplit("/", 1)[-1] if is_unique else path)


def choose_symbology(content: str, *, is_gs1: bool = False) -> Symbology:
    """Return the kind of barcode that most scanners read for this data."""
    if is_gs1:
        return Symbology.GS1_128
    if is_gtin(content):
        return _BY_GTIN_LENGTH[len(content)]
    fits_bars = content.isascii() and len(content) <= _MOST_SIGNS
    return Symbology.CODE128 if fits_bars else Symbology.DATAMATRIX


def as_matrix(symbology: Symbology) -> Symbology:
    """Return the square kind that says the same in less room."""
    return _AS_MATRIX.get(symbology, Symbology.DATAMATRIX)


def module_size(symbology: Symbology, modules: int, room: int, resolution: Resolution) -> int:
    """Return the widest module, in whole dots, with which so many fit into the room; 0 if none.

    Bars of a whole number of dots are all that reads reliably; very wide ones only waste ink.
    From 600 dpi on it is an even number, so that half the resolution shows them right too.
    """
    least, most = _MATRIX if symbology.is_matrix else _LINEAR
    size = min(room // modules, resolution.at_most(most))
    if resolution.dpi >= 600:
        size -= size % 2
    return size if size >= resolution.at_least(least) else 0


def says_the_same(content: str, code: ReadCode) -> bool:
    """Tell whether a decoder read what was to be printed; a UPC-A may come as an EAN-13."""
    if code.content == content:
        return True
    return is_gtin(content) and as_gtin14(content) == as_gtin14(code.content)


def request_of(meaning: Meaning, copies: int | None = None) -> LabelRequest | None:
    """Return the label a scan asks for; None if it names nothing that can have one.

    A number of copies scanned before comes first, then the quantity the code states.
    """
    match meaning:
        case ItemScan(item=item, lot=lot):
            stated = whole_copies(meaning.quantity) if meaning.quantity_given else None
            kind = LabelKind.LOT if lot else LabelKind.ITEM
            wanted = LabelRequest(kind=kind, sku=item.sku, lot=lot, copies=copies or stated or 1)
        case LotScan(item=item, lot=lot):
            wanted = LabelRequest(kind=LabelKind.LOT, sku=item.sku, lot=lot, copies=copies or 1)
        case LocationScan(location=place):
            wanted = LabelRequest(kind=LabelKind.BIN, location=place.path, copies=copies or 1)
        case DocumentScan(number=number):
            wanted = LabelRequest(document=number)
        case _:
            return None
    return wanted


def whole_copies(quantity: Decimal) -> int | None:
    """Return a quantity as a number of copies; None if it cannot be one."""
    copies = int(quantity)
    return copies if copies == quantity and 1 <= copies <= MOST_COPIES else None


def can_be_stored(text: str) -> bool:
    """Tell whether a database can hold the text at all; a damaged scan may be anything."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _in_century_window(expiry: date, today: date) -> bool:
    """Two digits of a year mean the one within 49 years back and 50 ahead (GS1 7.12)."""
    return -49 <= expiry.year - today.year <= 50
