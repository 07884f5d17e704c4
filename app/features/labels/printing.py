"""Label jobs from end to end: laid out, painted, read back, and only then sent or saved.

Nothing here needs a window or the GUI thread; progress is told a sheet or a label at a time.
"""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from app.core.errors import Refused, marked
from app.core.labels import Label
from app.core.media import LabelStock, Resolution
from app.core.progress import Progress
from app.core.symbols import ReadCode
from app.features.labels.designs import all_templates
from app.features.labels.layout import Bars, Composition
from app.features.labels.painting import bitmap, detail, gray, measure, paint, picture
from app.features.labels.rules import PICTURES_UP_TO, says_the_same
from app.features.labels.service import compositor, read_code, read_codes, save_file, send
from app.features.labels.setup import Device
from app.features.labels.sheets import Placed, PrintJob, checked, pages_of
from app.features.labels.templates import choose_template
from app.features.labels.zpl import (
    NO_OFFSET,
    Offset,
    can_be_native,
    native_label,
    picture_label,
)

Steps = Generator[Progress, None, int]
"""Work that tells how far it is, and in the end how many labels came out."""

_TITLE = "Labels"
_WHITE = 0xFFFFFFFF


class LabelUnreadable(Refused):
    template = marked(
        "The label of {label} was not printed: a scanner would not read “{content}” from it."
        " Choose larger labels or a finer printer, and check the item's barcode."
    )


def composed(job: PrintJob) -> list[Composition]:
    """Lay out each line of a job, and refuse it as a whole if one label cannot be read back."""
    checked(job)
    layout = compositor(job.stock, job.resolution, measure)
    size = job.stock.width, job.stock.height
    made = [
        layout.compose(label, choose_template(all_templates(), label.kind, size))
        for label, _ in job.lines
    ]
    for composition in made if job.total <= PICTURES_UP_TO else made[:1]:
        check_readable(composition)
    return made


def check_readable(composition: Composition) -> None:
    """Refuse a label that does not say what it should once it is painted, with its name."""
    for bars in composition.bars:
        read = _read(bars, composition)
        if not any(says_the_same(bars.symbol.content, code) for code in read):
            raise LabelUnreadable(label=composition.label.title, content=bars.symbol.content)


def labels_to_pdf(
    path: str | Path, labels: Sequence[Label], stock: LabelStock, start: int = 0
) -> int:
    """Save labels as a PDF, one of each, from that cell of the first sheet on (from 0)."""
    return _finish(save_pdf(str(path), _job(labels, stock, start)))


def labels_to_zpl(
    labels: Sequence[Label],
    stock: LabelStock,
    resolution: Resolution | None = None,
    *,
    as_pictures: bool | None = None,
) -> bytes:
    """Return labels as ZPL, one of each: as pictures, or as commands where there are many."""
    job = _job(labels, stock, 0, resolution)
    return b"".join(zpl_parts(job, as_pictures=as_pictures))


def read_back(image: QImage) -> tuple[ReadCode, ...]:
    """Return every barcode a scanner would find in a picture of labels."""
    return read_codes(gray(image), image.width(), image.height())


def save_pdf(path: str, job: PrintJob) -> Steps:
    """Save a job as a PDF of vectors, in whole dots of the job's resolution."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(_TITLE)
    writer.setResolution(job.resolution.dpi)
    writer.setPageLayout(page_layout(job.stock))
    yield from paint_pages(writer, job)
    save_file(path, bytes(buffer.data().data()))
    return job.total


def paint_pages(device: QPdfWriter, job: PrintJob) -> Generator[Progress, None, None]:
    """Paint every page of a job on a paged device: a PDF or a printer."""
    compositions = composed(job)
    painter = QPainter(device)
    try:
        for number, page in enumerate(pages_of(job), start=1):
            if number > 1:
                device.newPage()
            paint_page(painter, page, compositions)
            yield Progress(number, job.pages)
    finally:
        painter.end()


def paint_page(
    painter: QPainter, page: Sequence[Placed], compositions: Sequence[Composition]
) -> None:
    """Paint one page; the painter counts in dots of the job's resolution."""
    for placed in page:
        painter.translate(placed.x, placed.y)
        paint(painter, compositions[placed.line])
        painter.translate(-placed.x, -placed.y)


def page_image(
    page: Sequence[Placed], compositions: Sequence[Composition], job: PrintJob
) -> QImage:
    """Return a page as a picture, a pixel to the dot, for a look or for a decoder."""
    width, height = (job.resolution.dots(side) for side in job.stock.page_size)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(_WHITE)
    painter = QPainter(image)
    paint_page(painter, page, compositions)
    painter.end()
    return image


def save_zpl(path: str, job: PrintJob) -> Steps:
    """Save a job as ZPL, to be sent to a printer later."""
    save_file(path, (yield from _zpl(job)))
    return job.total


def send_zpl(device: Device, job: PrintJob) -> Steps:
    """Send a job to a label printer: all of it, or nothing where a label cannot be printed."""
    send(device, (yield from _zpl(job)), _TITLE)
    return job.total


def zpl_parts(job: PrintJob, *, as_pictures: bool | None = None) -> Iterator[bytes]:
    """Write a job label by label: pictures up to 200 labels, else commands where those do."""
    compositions = composed(job)
    if as_pictures is None:
        as_pictures = job.total <= PICTURES_UP_TO
    offset = _offset(job)
    for (_, copies), composition in zip(job.lines, compositions, strict=True):
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
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


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


def _job(
    labels: Sequence[Label], stock: LabelStock, start: int, resolution: Resolution | None = None
) -> PrintJob:
    lines = tuple((label, 1) for label in labels)
    return PrintJob(lines, stock, resolution or stock.resolution, start)


def _finish(steps: Steps) -> int:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return int(end.value)
