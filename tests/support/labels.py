"""Labels of every kind, with the names and codes that are hardest on a printer, and what a test
does with many of them at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtGui import QImage, QPainter

from app.core.labels import Label, LabelKind, LabelRequest
from app.core.media import LabelStock, Resolution
from app.features.labels.pages import Layouts, blank_page, paint_page
from app.features.labels.printing import save_pdf, zpl_parts
from app.features.labels.sheets import PrintJob, pages_of

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


def labels_for_items(skus: Iterable[str], copies: int = 1, source: str = "") -> list[LabelRequest]:
    """Ask for a label of each of these items."""
    return [LabelRequest(sku=sku, copies=copies, source=source) for sku in skus]


def labels_for_lots(lots: Iterable[tuple[str, str]], copies: int = 1) -> list[LabelRequest]:
    """Ask for a label of each of these lots, named by SKU and lot."""
    return [LabelRequest(kind=LabelKind.LOT, sku=sku, lot=lot, copies=copies) for sku, lot in lots]


def labels_for_bins(paths: Iterable[str]) -> list[LabelRequest]:
    """Ask for a label of each of these places, named by path."""
    return [LabelRequest(kind=LabelKind.BIN, location=path) for path in paths]


def labels_to_pdf(
    path: str | Path, labels: Sequence[Label], stock: LabelStock, start: int = 0
) -> None:
    """Save labels as a PDF, one of each, from that cell of the first sheet on (from 0)."""
    for _ in save_pdf(str(path), _job(labels, stock, start=start)):
        pass


def labels_to_zpl(
    labels: Sequence[Label],
    stock: LabelStock,
    resolution: Resolution | None = None,
    *,
    as_pictures: bool | None = None,
) -> bytes:
    """Return labels as ZPL, one of each: as pictures, or as commands where there are many."""
    return b"".join(zpl_parts(_job(labels, stock, resolution), as_pictures=as_pictures))


def page_images(job: PrintJob) -> list[QImage]:
    """Return the pages of a job as pictures, a pixel to the dot, for a look or for a decoder."""
    layouts = Layouts(job)
    images: list[QImage] = []
    for page in pages_of(job):
        images.append(blank_page(job))
        painter = QPainter(images[-1])
        paint_page(painter, page, layouts)
        painter.end()
    return images


def _job(
    labels: Sequence[Label],
    stock: LabelStock,
    resolution: Resolution | None = None,
    start: int = 0,
) -> PrintJob:
    lines = tuple((label, 1) for label in labels)
    return PrintJob(lines, stock, resolution or stock.resolution, start)
