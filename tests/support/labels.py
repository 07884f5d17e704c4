"""Labels of every kind, with the names and codes that are hardest on a printer."""

from datetime import date
from decimal import Decimal

from app.core.labels import Label, LabelKind

GTIN = "4006381333931"

PEN = Label(
    kind=LabelKind.ITEM, barcode=GTIN, sku="GEL-7", name="Blue gel pen, 0.7 mm", unit="each"
)
CASE = Label(
    kind=LabelKind.PACK,
    barcode="14006381333938",
    sku="GEL-7",
    name="Blue gel pen, 0.7 mm",
    unit="each",
    pack="case",
    quantity=Decimal(12),
)
COUNTED_CASE = Label(
    kind=LabelKind.PACK,
    barcode=f"(02)0{GTIN}(37)12",
    is_gs1=True,
    sku="GEL-7",
    name="Blue gel pen, 0.7 mm",
    unit="each",
    pack="case",
    quantity=Decimal(12),
)
LOT = Label(
    kind=LabelKind.LOT,
    barcode=f"(01)0{GTIN}(17)270131(10)L0099",
    is_gs1=True,
    sku="GEL-7",
    name="Blue gel pen, 0.7 mm",
    unit="each",
    lot="L0099",
    expiry=date(2027, 1, 31),
)
OWN_LOT = Label(
    kind=LabelKind.LOT,
    barcode="B-2025-11/7",
    sku="KG-77",
    name="Flour, bulk",
    unit="kg",
    lot="B-2025-11/7",
)
BIN = Label(kind=LabelKind.BIN, barcode="LOC:A-01-02", location="MAIN/A/A-01-02")

KINDS = (PEN, CASE, COUNTED_CASE, LOT, OWN_LOT, BIN)


def item(code: str, name: str = "Something") -> Label:
    """An item known by its SKU alone."""
    return Label(kind=LabelKind.ITEM, barcode=code, sku=code, name=name, unit="each")


HOSTILE = (
    item("99001234"),
    item("99"),
    item("SKU^XA~JUF_5E>;>8\\&"),
    item("^FS^XZ^XA^JUF^XZ"),
    item("Schlüssel-Größe"),
    item("ключ-7"),
    item("<b>bold</b>&amp;"),
    item("=1+1"),
    item("a  b"),
    item("(01)04006381333931"),
    item("LONG-1", "Very long name of a part " * 12),
    item("LONG-2", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3),
    item("RTL-1", "עט ג'ל כחול"),
    item("CJK-1", "青いゲルインクボールペン"),
    item("EMOJI", "Pen 🖊 ^FS^XZ ~JUF {item.sku}"),
    item("CTRL", "two\nlines\tand\x1da\x00nul"),
    item("0012345678905"),
    item("036000291452"),
    item("96385074"),
)
