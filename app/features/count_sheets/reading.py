"""From the rows of a workbook to counts of lines: every row is one, is blank, or has a problem."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from app.core.cells import Cell, NotAFigure, read_figure
from app.core.decimals import InvalidQuantity
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.features.count_sheets.headings import COUNTED, ITEM, TITLES
from app.features.count_sheets.matching import LineBook, Match
from app.features.count_sheets.rules import (
    LARGEST_COUNT,
    ImportedLine,
    SheetLine,
    can_be_serial,
    checked_count,
)
from app.features.count_sheets.sheet_rows import CountRow, shortened

MERGED = marked("The cell is merged over several rows, so it is not clear what it counts.")
EMPTY_RESULT = marked("The formula's result is empty. Type the count, or clear the cell.")
SERIAL = marked("A serial number stands for one piece: the count can be 0 or 1.")
IN_TAB = marked("{tab}: {problem}")
TWICE = marked("{line} is counted in several rows: {rows}. Keep one of them.")


class Elsewhere(Protocol):
    """What is known beyond the sheet: other items, places and lots of the stockroom."""

    def find(self, row: CountRow) -> Match:
        """Return a line for stock found at a place where the sheet expected none."""

    def doubt(self, row: CountRow, line: SheetLine) -> str:
        """Return why a line that a row only resembles may not be the one that is meant."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A row, the line it stands for, and its count; or the problem. A found line has the id 0."""

    row: CountRow
    line: SheetLine | None
    counted: Decimal | None
    problem: str = ""
    column: str = ""

    def imported(self) -> ImportedLine:
        """Return it as the clerk sees it: the line's codes, else the codes found."""
        codes, line = self.row.codes, self.line
        found = self.row.counted.text if self.column == TITLES[COUNTED] else codes.item.text
        return ImportedLine(
            tab=self.row.tab,
            row=self.row.number,
            item=line.item.sku if line else shortened(codes.item.text),
            location=line.location if line else shortened(codes.location.text),
            lot=line.lot if line else shortened(codes.lot.text),
            counted=None if self.problem else self.counted,
            problem=self.problem,
            column=self.column,
            found=shortened(found) if self.problem else "",
        )


def strangers(rows: Iterable[CountRow], book: LineBook) -> list[CountRow]:
    """Return the rows for which the whole stockroom has to be asked."""
    return [row for row in rows if not row.problem and _needs_asking(book.match(row.codes))]


def read_counts(rows: Sequence[CountRow], book: LineBook, elsewhere: Elsewhere) -> list[ReadLine]:
    """Return each row with its line and count, or with what is wrong with it."""
    read = [_read(row, book, elsewhere) for row in rows]
    doubled = _counted_twice(read)
    return [
        replace(line, problem=doubled[position], column=TITLES[ITEM])
        if position in doubled
        else line
        for position, line in enumerate(read)
    ]


def problems_in(lines: Iterable[ImportedLine]) -> tuple[Problem, ...]:
    """Return the rows with problems as a list to show; the sheet is named if there are several."""
    lines = list(lines)
    several = len({line.tab for line in lines}) > 1
    return tuple(
        Problem(
            line.row,
            line.column,
            line.found,
            Said(IN_TAB, tab=line.tab, problem=line.problem) if several else line.problem,
        )
        for line in lines
        if line.problem
    )


def _needs_asking(match: Match) -> bool:
    return not match.problem and (match.line is None or not match.is_exact)


def _read(row: CountRow, book: LineBook, elsewhere: Elsewhere) -> ReadLine:
    if row.problem:
        return ReadLine(row, None, None, row.problem, row.column)
    match = book.match(row.codes)
    if match.line is not None and not match.is_exact:
        doubt = elsewhere.doubt(row, match.line)
        if doubt:
            match = Match(problem=doubt, column=TITLES[ITEM])
    elif match.line is None and not match.problem:
        match = elsewhere.find(row)
    if match.line is None:
        return ReadLine(row, None, None, match.problem, match.column)
    counted, problem = _read_count(row.counted, match.line)
    return ReadLine(row, match.line, counted, problem, TITLES[COUNTED] if problem else "")


def _read_count(cell: Cell, line: SheetLine) -> tuple[Decimal | None, str]:
    """Return the count in a cell: None if it is blank, which is not zero; or a problem."""
    if cell.is_merged:
        return None, MERGED
    if cell.is_blank:
        return None, EMPTY_RESULT if cell.is_formula else ""
    try:
        counted = checked_count(read_figure(cell), line.item.decimals, LARGEST_COUNT)
    except (NotAFigure, InvalidQuantity) as refusal:
        return None, refusal.said
    return (counted, "") if can_be_serial(line.item, counted) else (None, SERIAL)


def _counted_twice(read: Sequence[ReadLine]) -> dict[int, str]:
    """Return by position the problem of rows that count the same line more than once."""
    places: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
    for position, found in enumerate(read):
        line = found.line
        if line is not None and (found.counted is not None or found.problem):
            places[line.item.id, line.location, line.lot].append(position)
    problems: dict[int, str] = {}
    for positions in places.values():
        if len(positions) > 1:
            rows = [read[at].row for at in positions]
            named = ", ".join(f"{row.tab} {row.number}" for row in rows[:5])
            codes = rows[0].codes
            words = (codes.item.text, codes.location.text, codes.lot.text)
            message = Said(TWICE, line=" ".join(word for word in words if word), rows=named)
            problems.update(dict.fromkeys(positions, message))
    return problems
