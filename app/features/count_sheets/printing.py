"""A count sheet on paper: the same lines as in the workbook, with room to write the counts."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter

from app.core.errors import Unavailable, marked
from app.core.progress import Progress
from app.features.count_sheets.rules import CountSheet, SheetLine
from app.ui.formats import file_moment, quantity

ROW = 7.5  # millimetres
HEAD = 16.0
FOOT = 7.0
MARGIN = 12.0
SMALL, USUAL, LARGE = 8, 9, 13  # points

Printing = Generator[Progress, None, int]


class NotPrinted(Unavailable):
    template = marked("The printer {printer} did not take the sheet. Check it and print again.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column on paper: its share of the width in parts of a hundred."""

    title: str
    share: float
    is_figure: bool = False


def usual_printer() -> QPrinter:
    """Return the system's printer, set to A4 across, narrow margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    return printer


def print_sheet(sheet: CountSheet, printer: QPrinter) -> Printing:
    """Print a sheet zone by zone and return the number of pages; a blind one shows no expected."""
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted(printer=printer.printerName() or printer.outputFileName())
    try:
        page = _Paper(painter, printer, sheet)
        pages = list(page.pages())
        for number, (zone, lines) in enumerate(pages, start=1):
            if number > 1:
                printer.newPage()
            page.draw(zone, lines, f"{number} / {len(pages)}")
            yield Progress(number, len(pages))
    finally:
        painter.end()
    return len(pages)


class _Paper:
    def __init__(self, painter: QPainter, printer: QPrinter, sheet: CountSheet) -> None:
        self._painter = painter
        self._sheet = sheet
        self._mm = printer.resolution() / 25.4
        area = printer.pageLayout().paintRectPixels(printer.resolution())
        self._width, self._height = float(area.width()), float(area.height())
        self._columns = _columns(sheet.head.is_blind)
        painter.setPen(QPen(Qt.GlobalColor.black, 0.15 * self._mm))

    def pages(self) -> Iterator[tuple[str, list[SheetLine]]]:
        """Yield the lines of each page; a zone begins on a new one."""
        room = max(1, int((self._height / self._mm - HEAD - FOOT) / ROW) - 1)
        zones: dict[str, list[SheetLine]] = {}
        for line in self._sheet.lines:
            zones.setdefault(line.zone, []).append(line)
        for zone, lines in zones.items():
            for start in range(0, len(lines), room):
                yield zone, lines[start : start + room]

    def draw(self, zone: str, lines: list[SheetLine], page: str) -> None:
        head = self._sheet.head
        middle = Qt.AlignmentFlag.AlignVCenter
        top = QRectF(0, 0, self._width, HEAD / 2 * self._mm)
        self._write(top, f"{head.title}   {zone}", Qt.AlignmentFlag.AlignLeft | middle, LARGE)
        self._write(top, page, Qt.AlignmentFlag.AlignRight | middle, USUAL)
        below = top.translated(0, HEAD / 2 * self._mm * 0.8)
        made = f"{head.scope} · {file_moment(head.created_at)} {head.created_by}".strip()
        self._write(below, made, Qt.AlignmentFlag.AlignLeft | middle, SMALL)
        titles = [column.title for column in self._columns]
        self._row(HEAD * self._mm, titles, bold=True)
        for number, line in enumerate(lines, start=1):
            self._row((HEAD + number * ROW) * self._mm, self._cells(line))
        foot = QRectF(0, self._height - FOOT * self._mm, self._width, FOOT * self._mm)
        words = QCoreApplication.translate(
            "count_printing", "0 is zero; leave empty what was not counted.    Counted by:"
        )
        self._write(foot, words, Qt.AlignmentFlag.AlignLeft | middle, SMALL)

    def _cells(self, line: SheetLine) -> list[str]:
        expected = [] if self._sheet.head.is_blind else [quantity(line.expected)]
        counted = "" if line.counted is None else quantity(line.counted)
        return [
            *(line.bin, line.item.sku, line.item.name, line.item.barcode, line.lot),
            *(line.item.unit, *expected, counted, line.note),
        ]

    def _row(self, top: float, texts: list[str], *, bold: bool = False) -> None:
        """Draw one row; the box of the count is ruled so that a figure can be written in it."""
        left, gap = 0.0, self._mm
        height = ROW * self._mm
        for column, text in zip(self._columns, texts, strict=True):
            width = column.share / 100 * self._width
            box = QRectF(left, top, width, height)
            side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
            inner = box.adjusted(gap, 0, -gap, 0)
            self._write(inner, text, side | Qt.AlignmentFlag.AlignVCenter, USUAL, bold=bold)
            if column is self._columns[-2] and not bold:
                self._painter.drawRect(box.adjusted(0, 0.4 * self._mm, 0, -0.4 * self._mm))
            left += width
        self._painter.drawLine(0, round(top + height), round(self._width), round(top + height))

    def _write(
        self, box: QRectF, text: str, side: Qt.AlignmentFlag, points: int, *, bold: bool = False
    ) -> None:
        font = QFont(self._painter.font())
        font.setPointSize(points)
        font.setBold(bold or points == LARGE)
        self._painter.setFont(font)
        metrics = self._painter.fontMetrics()
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        self._painter.drawText(box, side | Qt.TextFlag.TextSingleLine, short)


def _columns(is_blind: bool) -> tuple[Column, ...]:
    """Return the columns on paper; the last but one is where the count is written."""

    def say(text: str) -> str:
        return QCoreApplication.translate("count_printing", text)

    expected = () if is_blind else (Column(say("Expected"), 8, is_figure=True),)
    name = 30.0 if is_blind else 22.0
    return (
        *(Column(say("Location"), 11), Column(say("Item"), 13), Column(say("Name"), name)),
        *(Column(say("Barcode"), 12), Column(say("Lot"), 8), Column(say("Unit"), 5)),
        *expected,
        Column(say("Counted"), 9, is_figure=True),
        Column(say("Note"), 12),
    )
