"""Pages of labels: laid out when they are needed, painted the same for the eye and for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from app.core.media import Resolution
from app.features.labels.designs import all_templates
from app.features.labels.layout import Composition
from app.features.labels.painting import measure, paint
from app.features.labels.service import compositor
from app.features.labels.sheets import Placed, PrintJob, checked, pages_of
from app.features.labels.templates import choose_template

_FRAME_PEN = 0.2  # millimetres
_TICK = 2.0
_LONG_TICK = 4.0


class Layouts:
    """The labels of a job, each laid out once, when it is first asked for."""

    def __init__(self, job: PrintJob) -> None:
        self._lines = checked(job).lines
        self._size = job.stock.width, job.stock.height
        self._compositor = compositor(job.stock, job.resolution, measure)
        self._made: dict[int, Composition] = {}

    def __getitem__(self, line: int) -> Composition:
        made = self._made.get(line)
        if made is None:
            label = self._lines[line][0]
            template = choose_template(all_templates(), label.kind, self._size)
            made = self._made[line] = self._compositor.compose(label, template)
        return made


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a job as it will be printed; `number` counts from 0."""

    job: PrintJob
    number: int
    placed: tuple[Placed, ...]
    compositions: Mapping[int, Composition]

    @property
    def size(self) -> tuple[int, int]:
        """Dots of the whole page."""
        return page_dots(self.job)


def look_at_page(_session: Any, job: PrintJob, number: int) -> PageView:
    """Lay out one page for the eye; refuses a label that has no room, with its name."""
    layouts = Layouts(job)
    page = next(islice(pages_of(job), number, None), ())
    return PageView(job, number, page, {placed.line: layouts[placed.line] for placed in page})


def paint_page(
    painter: QPainter, page: Sequence[Placed], layouts: Layouts | Mapping[int, Composition]
) -> None:
    """Paint one page; the painter counts in dots of the job's resolution."""
    for placed in page:
        painter.translate(placed.x, placed.y)
        paint(painter, layouts[placed.line])
        painter.translate(-placed.x, -placed.y)


def page_dots(job: PrintJob) -> tuple[int, int]:
    width, height = job.stock.page_size
    return job.resolution.dots(width), job.resolution.dots(height)


def blank_page(job: PrintJob) -> QImage:
    image = QImage(*page_dots(job), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def paint_test_page(painter: QPainter, job: PrintJob) -> None:
    """Paint the frame of every label and rulers along the edges: printed on plain paper and held
    against the light with a sheet of labels, they show how far the printer is off."""
    dots, stock = job.resolution.dots, job.stock
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(Qt.GlobalColor.black, max(1, dots(_FRAME_PEN))))
    for cell in map(job.calibration.of, stock.cells()):
        painter.drawRect(QRect(dots(cell.x), dots(cell.y), dots(stock.width), dots(stock.height)))
    width, height = stock.page_size
    for step in range(0, int(max(width, height)) + 1):
        long = dots(_LONG_TICK if step % 10 == 0 else _TICK)
        _ticks(painter, job.resolution, step, long, (width, height))


def _ticks(
    painter: QPainter, resolution: Resolution, step: int, long: int, size: tuple[float, float]
) -> None:
    at = resolution.dots(step)
    middle_x, middle_y = (resolution.dots(side / 2) for side in size)
    if step <= size[0]:
        painter.drawLine(at, middle_y, at, middle_y + long)
    if step <= size[1]:
        painter.drawLine(middle_x, at, middle_x + long, at)
