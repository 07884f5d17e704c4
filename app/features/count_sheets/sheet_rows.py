"""The rows of a workbook that came back: found by their headings, read cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from app.core.cells import (
    BLANK,
    Book,
    Cell,
    DoubledColumn,
    Header,
    Row,
    Tab,
    cell_of,
    clean,
    find_header,
    loose,
)
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.features.count_sheets.headings import (
    BARCODE,
    COUNTED,
    COUNTER,
    ITEM,
    KEY,
    LOCATION,
    LOT,
    NAMES,
    NOTE,
    TITLES,
)
from app.features.count_sheets.matching import RowCodes, Word, read_word
from app.features.count_sheets.refusals import NewerWorkbook, NoCountColumns, OtherSheet

META_TAB = "_meta"
PROPERTY = "Stockroom count sheet"
DEFINED_NAME = "stockroom_count_sheet"

VERSION = 1
"""Of the layout of the workbooks we send out."""

LONGEST_FOUND = 60
LONGEST_NOTE = 500

NO_COLUMN = marked("The sheet {tab} has no column {missing}, so none of its rows was read.")


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row below the headings. `problem` if two columns of one heading disagree."""

    tab: str
    number: int
    codes: RowCodes
    counted: Cell
    note: str = ""
    counter: str = ""
    problem: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All rows of a workbook that look like counts, and the sheets that could not be read."""

    rows: tuple[CountRow, ...]
    problems: tuple[Problem, ...]

    def fingerprint(self) -> str:
        """Return what stays the same when the file is renamed, saved again or sorted."""
        said = sorted(
            "\x1f".join(
                (
                    *(row.codes.key, row.codes.item.text, row.codes.location.text),
                    *(
                        row.codes.lot.text,
                        row.counted.kind,
                        row.counted.text,
                        row.note,
                        row.counter,
                    ),
                )
            )
            for row in self.rows
        )
        return sha256("\x1e".join(said).encode()).hexdigest()


def sheet_code(book: Book) -> str:
    """Return the identification of the sheet that a workbook carries, "" if it carries none.

    It stands in three places, of which one is enough; where they disagree, the parts of two
    workbooks were mixed and the file is refused.
    """
    said = [book.properties.get(PROPERTY, ""), book.names.get(DEFINED_NAME, "").strip('"')]
    for tab in book.tabs:
        if tab.name == META_TAB:
            about = {row.cell(0).text: row.cell(1) for row in tab.rows[:10]}
            said.append(about.get("id", BLANK).text)
            _check_version(book, about.get("version", BLANK))
    codes = sorted({clean(code) for code in said} - {""})
    if len(codes) > 1:
        raise OtherSheet(file=book.file, found=codes[1], wanted=codes[0])
    return codes[0] if codes else ""


def find_rows(book: Book) -> Found:
    """Return the rows of all sheets that have the headings of a count, hidden ones too."""
    rows: list[CountRow] = []
    problems: list[Problem] = []
    missing: tuple[str, ...] = (COUNTED, ITEM, LOCATION)
    for tab in book.tabs:
        header = None if tab.name == META_TAB else find_header(tab, NAMES, (ITEM, COUNTED))
        if header is None:
            continue
        lacking = _lacking(header)
        if not lacking:
            rows += _rows_below(tab, header)
            continue
        missing = min(missing, lacking, key=len)
        named = ", ".join(TITLES[name] for name in lacking)
        message = Said(NO_COLUMN, tab=tab.name, missing=named)
        problems.append(Problem(header.row, named, "", message))
    if not rows and (problems or not _has_header(book)):
        wanted = ", ".join(TITLES[name] for name in (ITEM, LOCATION, LOT, COUNTED))
        named = ", ".join(TITLES[name] for name in missing)
        raise NoCountColumns(file=book.file, wanted=wanted, missing=named)
    return Found(tuple(rows), tuple(problems))


def shortened(text: str) -> str:
    """Return a found text on one line, short enough for a list of problems."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_FOUND else line[: LONGEST_FOUND - 1] + "…"


def _check_version(book: Book, version: Cell) -> None:
    if isinstance(version.value, Decimal) and version.value > VERSION:
        raise NewerWorkbook(file=book.file)


def _has_header(book: Book) -> bool:
    tabs = (tab for tab in book.tabs if tab.name != META_TAB)
    return any(find_header(tab, NAMES, (ITEM, COUNTED)) for tab in tabs)


def _lacking(header: Header) -> tuple[str, ...]:
    if KEY in header.columns:
        return header.missing([COUNTED])
    item = header.missing([ITEM])
    if item and BARCODE in header.columns:
        item = ()
    return (*item, *header.missing([LOCATION, COUNTED]))


def _rows_below(tab: Tab, header: Header) -> Iterator[CountRow]:
    headings = _headings(next(row for row in tab.rows if row.number == header.row), header)
    for row in tab.rows:
        if row.number > header.row and _headings(row, header) != headings:
            found = _read(tab, header, row)
            if found is not None:
                yield found


def _headings(row: Row, header: Header) -> list[str]:
    """Return the texts under the known headings: a row with the same ones repeats the header."""
    return [
        loose(row.cell(column).text) for columns in header.columns.values() for column in columns
    ]


def _read(tab: Tab, header: Header, row: Row) -> CountRow | None:
    cells: dict[str, Cell] = {}
    problem = column = ""
    for name in (KEY, ITEM, BARCODE, LOCATION, LOT, COUNTED, NOTE, COUNTER):
        try:
            cells[name] = cell_of(header, row, name)
        except DoubledColumn as refusal:
            cells[name] = BLANK
            problem, column = problem or refusal.said, column or TITLES[name]
    words = {
        name: read_word(cells[name], trusts_text=tab.trusts_text)
        for name in (ITEM, BARCODE, LOCATION, LOT)
    }
    item = words[ITEM] if words[ITEM].text else words[BARCODE]
    codes = RowCodes(cells[KEY].text, item, words[LOCATION], words[LOT])
    if not problem and _is_beside_the_point(cells[COUNTED], codes):
        return None
    return CountRow(
        tab=tab.name,
        number=row.number,
        codes=codes,
        counted=cells[COUNTED],
        note=cells[NOTE].text[:LONGEST_NOTE],
        counter=cells[COUNTER].text[:LONGEST_NOTE],
        problem=problem,
        column=column,
    )


def _is_beside_the_point(counted: Cell, codes: RowCodes) -> bool:
    """Tell a remark, a date or a signature below the table from a row of the sheet."""
    if codes.key or not counted.is_blank or counted.is_formula:
        return False
    return not (_says(codes.item) and _says(codes.location))


def _says(word: Word) -> bool:
    return bool(word.text)
