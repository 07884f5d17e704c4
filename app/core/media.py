"""What labels are printed on: office sheets and rolls, in millimetres, and how finely."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor

A4 = (210.0, 297.0)
LETTER = (215.9, 279.4)

DEAD_BORDER = 4.2
"""Millimetres along the edge of a sheet on which most office printers cannot print."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """How finely a printer prints. A "203 dpi" head has exactly 8 dots to the millimetre."""

    dpi: int
    dots_per_mm: float

    def dots(self, millimetres: float) -> int:
        return round(millimetres * self.dots_per_mm)

    def at_least(self, millimetres: float) -> int:
        """Return the fewest whole dots that are no shorter, within a hundredth of a dot."""
        return ceil(millimetres * self.dots_per_mm - 0.01)

    def at_most(self, millimetres: float) -> int:
        return floor(millimetres * self.dots_per_mm + 0.01)

    def points(self, size: float) -> int:
        """Return a size of type, given in points of 1/72 inch, in dots."""
        return round(size * 25.4 / 72 * self.dots_per_mm)


THERMAL_203 = Resolution(203, 8.0)
THERMAL_300 = Resolution(300, 300 / 25.4)
OFFICE_600 = Resolution(600, 600 / 25.4)


def resolution_of(dpi: int) -> Resolution:
    """Return the resolution a printer's driver names."""
    return THERMAL_203 if dpi == THERMAL_203.dpi else Resolution(dpi, dpi / 25.4)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for a label on a sheet, millimetres from its upper left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelStock:
    """Blank labels as they are bought. The margins of a sheet follow from being symmetric."""

    code: str
    name: str
    width: float
    height: float
    columns: int = 1
    rows: int = 1
    pitch_x: float = 0.0
    pitch_y: float = 0.0
    page: tuple[float, float] | None = None
    dpi: int = OFFICE_600.dpi

    @property
    def is_sheet(self) -> bool:
        return self.page is not None

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def page_size(self) -> tuple[float, float]:
        """Millimetres of what the printer takes in: the sheet, or one label of a roll."""
        return self.page or (self.width, self.height)

    @property
    def left(self) -> float:
        return (self.page_size[0] - (self.columns - 1) * self.pitch_x - self.width) / 2

    @property
    def top(self) -> float:
        return (self.page_size[1] - (self.rows - 1) * self.pitch_y - self.height) / 2

    @property
    def resolution(self) -> Resolution:
        """What printers of this kind of label usually have."""
        return resolution_of(self.dpi)

    @property
    def touches_dead_border(self) -> bool:
        return self.is_sheet and min(self.left, self.top) < DEAD_BORDER

    def alone(self) -> "LabelStock":
        """Return one label of a sheet as if it came on a roll."""
        return replace(self, page=None, columns=1, rows=1)

    def cells(self) -> Iterator[Cell]:
        """Walk the labels of a sheet, row by row."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield Cell(self.left + column * self.pitch_x, self.top + row * self.pitch_y)


def _sheet(
    code: str,
    page: tuple[float, float],
    size: tuple[float, float],
    count: tuple[int, int],
    pitch: tuple[float, float],
) -> LabelStock:
    paper = "A4" if page is A4 else "Letter"
    per_page = count[0] * count[1]
    return LabelStock(
        code=code,
        name=f"{code} · {size[0]:g} × {size[1]:g} mm · {per_page} on {paper}",
        width=size[0],
        height=size[1],
        columns=count[0],
        rows=count[1],
        pitch_x=pitch[0],
        pitch_y=pitch[1],
        page=page,
    )


def _roll(code: str, maker: str, width: float, height: float, dpi: int) -> LabelStock:
    name = f"{maker} · {width:g} × {height:g} mm · roll"
    return LabelStock(code=code, name=name, width=width, height=height, dpi=dpi)


SHEETS = (
    _sheet("L7160", A4, (63.5, 38.1), (3, 7), (66.04, 38.1)),
    _sheet("L7163", A4, (99.1, 38.1), (2, 7), (101.6, 38.1)),
    _sheet("L7159", A4, (63.5, 33.9), (3, 8), (66.04, 33.9)),
    _sheet("L7165", A4, (99.1, 67.7), (2, 4), (101.6, 67.7)),
    _sheet("L7651", A4, (38.1, 21.2), (5, 13), (40.6, 21.2)),
    _sheet("L4731", A4, (25.4, 10.0), (7, 27), (27.9, 10.0)),
    _sheet("3475", A4, (70.0, 36.0), (3, 8), (70.0, 36.0)),
    _sheet("5160", LETTER, (66.68, 25.4), (3, 10), (69.85, 25.4)),
    _sheet("5163", LETTER, (101.6, 50.8), (2, 5), (106.36, 50.8)),
    _sheet("5167", LETTER, (44.45, 12.7), (4, 20), (52.39, 12.7)),
)
"""Sizes and pitches as the makers print them on the pack (Avery, Avery Zweckform)."""

ROLLS = (
    _roll("102x152", "Zebra", 102, 152, 203),
    _roll("57x32", "Zebra", 57, 32, 203),
    _roll("50x25", "Zebra", 50, 25, 203),
    _roll("99012", "DYMO 99012", 89, 36, 300),
    _roll("99010", "DYMO 99010", 89, 28, 300),
    _roll("11354", "DYMO 11354", 57, 32, 300),
    _roll("DK-11201", "Brother DK-11201", 90, 29, 300),
    _roll("DK-11209", "Brother DK-11209", 62, 29, 300),
)

STOCKS = {stock.code: stock for stock in (*ROLLS, *SHEETS)}
"""Everything that can be printed on, by code."""
