"""Label jobs from end to end: laid out, painted, read back, and only then sent or saved.

Nothing here needs a window or the GUI thread; progress is told a sheet or a label at a time.
"""

from collections.abc import Generator, Iterator
from dataclasses import replace

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QSizeF
from PySide6.QtGui import (
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)

from app.core.errors import Refused, marked
from app.core.media import LabelStock, Resolution
from app.core.progress import Progress
from app.core.symbols import ReadCode
from app.features.labels.layout import Bars, Composition
from app.features.labels.pages import Layouts, blank_page, paint_page, paint_test_page
from app.features.labels.painting import bitmap, detail, gray, picture
from app.features.labels.rules import PICTURES_UP_TO, says_the_same
from app.features.labels.service import read_code, read_codes, save_file, send
from app.features.labels.setup import Device
from app.features.labels.sheets import NO_CALIBRATION, PrintJob, pages_of
from app.features.labels.zpl import (
    NO_OFFSET,
    Offset,
    can_be_native,
    native_label,
    picture_label,
)

Steps = Generator[Progress, None, int]
"""Work that tells how far it is, and in the end how many labels came out."""

TITLE = "Labels"


class LabelUnreadable(Refused):
    template = marked(
        "The label of {label} was not printed: a scanner would not read “{content}” from it."
        " Choose larger labels or a finer printer, and check the item's barcode."
    )


class SheetOnLabelPrinter(Refused):
    template = marked(
        "{printer} prints labels from a roll, but {stock} is a sheet. Choose a roll, or a printer"
        " for sheets."
    )


def checked_layouts(job: PrintJob) -> Layouts:
    """Lay a job out; refuse it as a whole if a label has no room or cannot be read back.

    Up to 200 labels all are read back, of more the first.
    """
    layouts = Layouts(job)
    for line in range(len(job.lines)):
        composition = layouts[line]
        if line == 0 or job.total <= PICTURES_UP_TO:
            check_readable(composition)
    return layouts


def check_readable(composition: Composition) -> None:
    """Refuse a label that does not say what it should once it is painted, with its name."""
    for bars in composition.bars:
        read = _read(bars, composition)
        if not any(says_the_same(bars.symbol.content, code) for code in read):
            raise LabelUnreadable(label=composition.label.title, content=bars.symbol.content)


def read_back(image: QImage) -> tuple[ReadCode, ...]:
    """Return every barcode a scanner would find in a picture of labels."""
    return read_codes(gray(image), image.width(), image.height())


def save_pdf(path: str, job: PrintJob) -> Steps:
    """Save a job as a PDF of vectors, in whole dots of the job's resolution."""
    buffer, writer = _pdf(job)
    yield from paint_pages(writer, job)
    save_file(path, bytes(buffer.data().data()))
    return job.total


def paint_pages(device: QPagedPaintDevice, job: PrintJob) -> Generator[Progress, None, None]:
    """Paint every page of a job on a PDF or a printer that counts in the job's dots."""
    layouts = checked_layouts(job)
    painter = QPainter(device)
    fit_to_device(painter, device, job.resolution)
    try:
        for number, page in enumerate(pages_of(job), start=1):
            if number > 1:
                device.newPage()
            paint_page(painter, page, layouts)
            yield Progress(number, job.pages)
    finally:
        painter.end()


def fit_to_device(painter: QPainter, device: QPaintDevice, resolution: Resolution) -> None:
    """Let the painter count in dots of the job, also where the device counts otherwise: a head of
    8 dots to the millimetre calls itself 203 dpi, and some have not the same dpi both ways."""
    dpi = resolution.dots_per_mm * 25.4
    painter.scale(device.logicalDpiX() / dpi, device.logicalDpiY() / dpi)


def save_test_page(path: str, job: PrintJob) -> int:
    """Save the frames of a stock as a PDF, to see how a printer places them."""
    buffer, writer = _pdf(job)
    painter = QPainter(writer)
    fit_to_device(painter, writer, job.resolution)
    paint_test_page(painter, job)
    painter.end()
    save_file(path, bytes(buffer.data().data()))
    return job.stock.per_page


def send_test_label(device: Device, job: PrintJob) -> int:
    """Send the frame of one label to a label printer."""
    frame = replace(job, stock=job.stock.alone(), calibration=NO_CALIBRATION)
    image = blank_page(frame)
    painter = QPainter(image)
    paint_test_page(painter, frame)
    painter.end()
    mono = image.convertToFormat(QImage.Format.Format_Mono)
    if mono.color(1) != _BLACK:
        mono.invertPixels()
    send(device, picture_label(bitmap(mono), offset=_offset(job)).encode("ascii"), TITLE)
    return 1


def save_zpl(path: str, job: PrintJob) -> Steps:
    """Save a job as ZPL, to be sent to a printer later."""
    save_file(path, (yield from _zpl(job)))
    return job.total


def send_zpl(device: Device, job: PrintJob) -> Steps:
    """Send a job to a label printer: all of it, or nothing where a label cannot be printed."""
    if job.stock.is_sheet:
        raise SheetOnLabelPrinter(printer=device.name, stock=job.stock.name)
    send(device, (yield from _zpl(job)), TITLE)
    return job.total


def zpl_parts(job: PrintJob, *, as_pictures: bool | None = None) -> Iterator[bytes]:
    """Write a job label by label: pictures up to 200 labels, else commands where those do."""
    layouts = checked_layouts(job)
    if as_pictures is None:
        as_pictures = job.total <= PICTURES_UP_TO
    offset = _offset(job)
    for line, (_, copies) in enumerate(job.lines):
        composition = layouts[line]
        if as_pictures or not can_be_native(composition):
            text = picture_label(bitmap(picture(composition)), copies, offset)
        else:
            text = native_label(composition, copies, offset)
        yield text.encode("ascii")


def page_layout(stock: LabelStock) -> QPageLayout:
    """Return paper of exactly this size, without margins: labels keep their own."""
    width, height = stock.page_size
    size = QPageSize(
        QSizeF(width, height),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.ExactMatch if not stock.is_sheet else _FUZZY,
    )
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _pdf(job: PrintJob) -> tuple[QBuffer, QPdfWriter]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(TITLE)
    writer.setResolution(job.resolution.dpi)
    writer.setPageLayout(page_layout(job.stock))
    return buffer, writer


_BLACK = 0xFF000000
_FUZZY = QPageSize.SizeMatchPolicy.FuzzyMatch
"""A sheet is the printer's own A4 or Letter, not paper of special size."""


def _zpl(job: PrintJob) -> Generator[Progress, None, bytes]:
    parts: list[bytes] = []
    for part in zpl_parts(job):
        parts.append(part)
        yield Progress(len(parts), len(job.lines))
    return b"".join(parts)


def _offset(job: PrintJob) -> Offset:
    if not (job.calibration.dx or job.calibration.dy):
        return NO_OFFSET
    return Offset(*map(job.resolution.dots, (job.calibration.dx, job.calibration.dy)))


def _read(bars: Bars, composition: Composition) -> tuple[ReadCode, ...]:
    """Decode the barcode as painted, with the white around it and whatever strays into that."""
    left, top, right, bottom = bars.surroundings()
    label = QRect(0, 0, composition.width, composition.height)
    area = QRect(left, top, right - left, bottom - top).intersected(label)
    image = detail(composition, area)
    return read_code(gray(image), image.width(), image.height(), bars.symbol.symbology)
