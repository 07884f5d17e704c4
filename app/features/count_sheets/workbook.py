"""The workbook that is sent out to be counted: a sheet per zone, hard to break, made to be printed.

Rows carry a hidden key, so that sorting, filtering and lost zeros do not matter when it comes back.
"""

from collections.abc import Generator, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from app.adapters.spreadsheet.writing import new_workbook, printable, replacing, unused_title
from app.core.errors import marked
from app.core.progress import Progress
from app.features.count_sheets.headings import (
    BARCODE,
    COUNTED,
    COUNTER,
    EXPECTED,
    ITEM,
    KEY,
    LOCATION,
    LOT,
    NAME,
    NOTE,
    TITLES,
    UNIT,
)
from app.features.count_sheets.rules import LARGEST_COUNT, CountSheet, SheetLine
from app.features.count_sheets.sheet_rows import DEFINED_NAME, META_TAB, PROPERTY, VERSION

LINES_A_TAB = 2_000
FOUND_ROWS = 10
_A4 = 9
_FONT = "Calibri"
STEP = 200
"""Lines after which progress is told."""

FOUND_HERE = marked("Found here:")
ADVICE = marked("Type what you counted. 0 is zero; leave it empty if you did not count it.")
NOT_A_COUNT = marked("Type a number from 0 to 999,999, or leave the cell empty.")

_COLUMNS = (KEY, ITEM, NAME, BARCODE, LOCATION, LOT, UNIT, EXPECTED, COUNTED, NOTE, COUNTER)
_WIDTHS = {
    **{KEY: 12, ITEM: 18, NAME: 38, BARCODE: 16, LOCATION: 22, LOT: 14, UNIT: 8},
    **{EXPECTED: 11, COUNTED: 12, NOTE: 26, COUNTER: 12},
}
_TYPED = (COUNTED, NOTE, COUNTER)
_TYPED_WHERE_FOUND = (ITEM, BARCODE, LOCATION, LOT, COUNTED, NOTE, COUNTER)
_FIGURES = (EXPECTED, COUNTED)

_HEADING = PatternFill("solid", "D8DEE4")
_TO_FILL = PatternFill("solid", "FFF2CC")
_DIFFERS = PatternFill("solid", bgColor="FFC7CE")
_AGREES = PatternFill("solid", bgColor="C6EFCE")
_GRID = Border(bottom=Side("hair", "8C959F"))

Writing = Generator[Progress, None, int]


def write_sheet(sheet: CountSheet, path: Path) -> Writing:
    """Write a sheet as a workbook and return how many lines it holds.

    A blind one has no expected quantities anywhere. Raises FileNotWritten.
    """
    with replacing(Path(path)) as beside, new_workbook() as book:
        _identify(book, sheet)
        titles = {META_TAB.casefold()}
        written = 0
        for zone, lines in _zones(sheet.lines):
            page = _Page(book, sheet, unused_title(zone, titles))
            for line in lines:
                page.add(line)
                written += 1
                if written % STEP == 0:
                    yield Progress(written, len(sheet.lines))
            page.close()
        _write_meta(book, sheet)
        book.save(beside)
    return written


class _Page:
    """One sheet of the workbook: a zone, or two thousand lines of it."""

    def __init__(self, book: Workbook, sheet: CountSheet, title: str) -> None:
        hidden = (EXPECTED,) if sheet.head.is_blind else ()
        self._columns = [name for name in _COLUMNS if name not in hidden]
        self._page = book.create_sheet(title)
        self._rows = 1
        self._set_up(sheet, title)
        self._cells = {name: self._cell(name, name in _TYPED) for name in self._columns}
        heading = WriteOnlyCell(self._page)
        heading.font, heading.fill = Font(name=_FONT, bold=True), _HEADING
        self._page.append(_text(heading, TITLES[name]) for name in self._columns)

    def add(self, line: SheetLine) -> None:
        self._append(_values(line))

    def close(self) -> None:
        """Add the rows for what was found without being listed, and what holds for all rows."""
        cells = {name: self._cell(name, name in _TYPED_WHERE_FOUND) for name in self._columns}
        cells[NAME].font = Font(name=_FONT, italic=True, color="57606A")
        self._cells = cells
        for _ in range(FOUND_ROWS):
            self._append({NAME: FOUND_HERE})
        last = get_column_letter(len(self._columns))
        self._page.auto_filter.ref = f"A1:{last}{self._rows}"
        self._page.print_area = f"A1:{last}{self._rows}"
        self._watch_counts()

    def _append(self, values: dict[str, Any]) -> None:
        self._page.append(self._filled(values))
        self._rows += 1

    def _filled(self, values: dict[str, Any]) -> Iterator[Any]:
        for name in self._columns:
            cell, value = self._cells[name], values.get(name)
            if isinstance(value, str):
                yield _text(cell, value)
            else:
                cell.value = value
                yield cell

    def _cell(self, name: str, is_typed: bool) -> Any:
        cell = WriteOnlyCell(self._page)
        cell.border = _GRID
        cell.number_format = "0.######" if name in _FIGURES else "@"
        cell.alignment = Alignment(
            vertical="center", horizontal="right" if name in _FIGURES else None
        )
        if is_typed:
            cell.protection = Protection(locked=False)
        if name == COUNTED:
            cell.number_format = "General"
            cell.fill = _TO_FILL
            cell.font = Font(name=_FONT, bold=True)
        return cell

    def _set_up(self, sheet: CountSheet, title: str) -> None:
        page = self._page
        for number, name in enumerate(self._columns, start=1):
            page.column_dimensions[get_column_letter(number)].width = _WIDTHS[name]
        page.column_dimensions["A"].hidden = True
        page.freeze_panes = "C2"
        page.sheet_format.defaultRowHeight = 20
        page.sheet_format.customHeight = True
        page.print_title_rows = "1:1"
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = _A4
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.oddHeader.left.text = f"Count sheet {sheet.head.title}"
        page.oddHeader.center.text = _plain(title)
        page.oddHeader.right.text = _plain(sheet.head.scope[:60])
        page.oddFooter.left.text = sheet.head.code
        page.oddFooter.center.text = "Page &P of &N"
        page.protection.sheet = True
        page.protection.autoFilter = page.protection.sort = page.protection.formatColumns = False

    def _watch_counts(self) -> None:
        """Have Excel refuse what is no count, and colour what differs."""
        column = get_column_letter(self._columns.index(COUNTED) + 1)
        cells = f"{column}2:{column}{self._rows}"
        rule = DataValidation("decimal", "0", str(LARGEST_COUNT), allow_blank=True)
        rule.operator = "between"
        rule.showErrorMessage = rule.showInputMessage = True
        rule.error, rule.prompt = NOT_A_COUNT, ADVICE
        rule.add(cells)
        self._page.data_validations.append(rule)
        if EXPECTED not in self._columns:
            return
        expected = get_column_letter(self._columns.index(EXPECTED) + 1)
        is_counted = f'AND({column}2<>"",{expected}2<>"",{column}2{{}}{expected}2)'
        for sign, fill in (("<>", _DIFFERS), ("=", _AGREES)):
            colour = FormulaRule(formula=[is_counted.format(sign)], fill=fill)
            self._page.conditional_formatting.add(cells, colour)


def _zones(lines: tuple[SheetLine, ...]) -> Iterator[tuple[str, list[SheetLine]]]:
    """Yield the lines zone by zone, in the order of the first bin, each with a short name."""
    zones: dict[str, list[SheetLine]] = {}
    for line in lines:
        zones.setdefault(line.zone, []).append(line)
    names = [zone.rpartition("/")[2] for zone in zones]
    for zone, name in zip(zones, names, strict=True):
        title = name if names.count(name) == 1 else zone
        for start in range(0, len(zones[zone]), LINES_A_TAB):
            yield title, zones[zone][start : start + LINES_A_TAB]


def _values(line: SheetLine) -> dict[str, Any]:
    return {
        KEY: line.row_key,
        ITEM: line.item.sku,
        NAME: line.item.name,
        BARCODE: line.item.barcode,
        LOCATION: line.location,
        LOT: line.lot,
        UNIT: line.item.unit,
        EXPECTED: line.expected,
        COUNTED: line.counted,
        NOTE: line.note,
        COUNTER: line.counter,
    }


def _text(cell: Any, text: str) -> Any:
    """Put text into a cell such that it stays text, whatever it looks like."""
    cell.value = printable(text) or None
    if cell.value is not None:
        cell.data_type = "s"
    return cell


def _plain(text: str) -> str:
    """Return text for a page header, where an & would begin a code."""
    return printable(text).replace("&", "&&")


def _identify(book: Workbook, sheet: CountSheet) -> None:
    """Say in two places which sheet it is; the hidden sheet is the third."""
    code = sheet.head.code
    book.custom_doc_props.append(StringProperty(name=PROPERTY, value=code))
    book.defined_names[DEFINED_NAME] = DefinedName(DEFINED_NAME, attr_text=f'"{code}"')


def _write_meta(book: Workbook, sheet: CountSheet) -> None:
    page = book.create_sheet(META_TAB)
    page.sheet_state = "veryHidden"
    keys = "\n".join(line.row_key for line in sheet.lines)
    page.append(["id", sheet.head.code])
    page.append(["version", VERSION])
    page.append(["lines", len(sheet.lines)])
    page.append(["keys", sha256(keys.encode()).hexdigest()])
