"""Where each label of a job goes: sheets filled from a first free cell on, rolls one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.core.errors import Refused, marked
from app.core.labels import Label, NothingToPrint, check_copies
from app.core.media import Cell, LabelStock, Resolution


class NoSuchCell(Refused):
    template = marked("{stock} has {cells} labels on a sheet: none of them is number {cell}.")


@dataclass(frozen=True, slots=True)
class Calibration:
    """How this printer prints on this stock: millimetres too far right and down are taken off
    by a negative shift; the scale mends a drift that grows over the sheet."""

    dx: float = 0.0
    dy: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    def of(self, cell: Cell) -> Cell:
        return Cell(cell.x * self.scale_x + self.dx, cell.y * self.scale_y + self.dy)


NO_CALIBRATION = Calibration()


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Labels to print, in order, each with its copies. `start` is the first free cell, from 0."""

    lines: tuple[tuple[Label, int], ...]
    stock: LabelStock
    resolution: Resolution
    start: int = 0
    calibration: Calibration = field(default=NO_CALIBRATION)

    @property
    def total(self) -> int:
        return sum(copies for _, copies in self.lines)

    @property
    def pages(self) -> int:
        """Sheets, or labels of a roll, that the printer will move."""
        return -(-(self.start + self.total) // self.stock.per_page)

    @property
    def next_start(self) -> int:
        """The first cell still free on the last sheet afterwards."""
        return (self.start + self.total) % self.stock.per_page


@dataclass(frozen=True, slots=True)
class Placed:
    """A label on a page: which line of the job it is of, and its corner, calibrated, in dots."""

    line: int
    x: int
    y: int


def checked(job: PrintJob) -> PrintJob:
    """Return the job if it can be meant."""
    if not job.lines:
        raise NothingToPrint
    for _, copies in job.lines:
        check_copies(copies)
    if not 0 <= job.start < job.stock.per_page:
        raise NoSuchCell(stock=job.stock.name, cells=job.stock.per_page, cell=job.start + 1)
    return job


def pages_of(job: PrintJob) -> Iterator[tuple[Placed, ...]]:
    """Lay the copies out one after the other."""
    cells = [job.calibration.of(cell) for cell in job.stock.cells()]
    corners = [(job.resolution.dots(cell.x), job.resolution.dots(cell.y)) for cell in cells]
    page: list[Placed] = []
    at = job.start
    for line in _copies(job.lines):
        page.append(Placed(line, *corners[at]))
        at += 1
        if at == len(corners):
            yield tuple(page)
            page, at = [], 0
    if page:
        yield tuple(page)


def _copies(lines: Sequence[tuple[Label, int]]) -> Iterator[int]:
    for number, (_, copies) in enumerate(lines):
        for _ in range(copies):
            yield number
