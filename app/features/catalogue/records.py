"""The rows of a file as values: which columns it has, what each row says, what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.cells import Row
from app.core.errors import Refused, Said, marked
from app.core.problems import Problem
from app.features.catalogue.cells import BadCell, Read, text_of
from app.features.catalogue.words import PROBLEM_HEADING, field_named, folded

SECOND_TIME = marked("This column says “{column}” a second time. Take one of the two away.")
UNKNOWN_COLUMN = marked("This column is not known and was not read.")
MISSING_COLUMN = marked("The column “{column}” is missing.")
TOO_MANY_CELLS = marked("The row has more cells than headings. Quote its texts.")
NEEDED = marked("It is blank; it is needed.")
SAME_ROW = marked("Row {row} says the same already.")

FIRST_ROWS = 30
"""How far down headings are looked for: people write titles above their tables."""


class UnknownKind(Refused):
    template = marked("“{kind}” cannot be imported or exported. Choose one of: {known}.")


@dataclass(frozen=True, slots=True)
class Field:
    """A column that a table may have. `reads_blank`: a blank cell says something too."""

    name: str
    read: Read
    required: bool = False
    reads_blank: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file. A field that is absent from `values` was left blank: what is stored
    stays, and what is new gets its default."""

    row: int
    values: dict[str, Any]
    texts: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def problem(self, column: str, message: str) -> Problem:
        """Say what is wrong with one cell of this row."""
        return Problem(self.row, column, str(self.values.get(column, "")), message)

    def warning(self, column: str, message: str) -> Problem:
        """Say what is odd about one cell; the row is imported all the same."""
        found = str(self.values.get(column, ""))
        return Problem(self.row, column, found, message, is_warning=True)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of the file holds which field, and what is wrong with the headings."""

    fields: Mapping[int, Field]
    problems: list[Problem]

    @property
    def is_usable(self) -> bool:
        return all(problem.is_warning for problem in self.problems)


@dataclass(slots=True)
class Findings:
    """The problems of a file, in the order they were found, and the rows that have one."""

    problems: list[Problem] = field(default_factory=list)
    bad_rows: set[int] = field(default_factory=set)

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.problems.append(problem)
            if not problem.is_warning:
                self.bad_rows.add(problem.row)

    def in_order(self) -> list[Problem]:
        """Return the problems from the top of the file to its end."""
        return sorted(self.problems, key=lambda problem: problem.row)


def find_headings(rows: Sequence[Row], fields: Sequence[Field]) -> Row | None:
    """Return the row that holds the headings: the first that names enough columns, else the top."""
    names = tuple(field.name for field in fields)
    enough = min(2, sum(field.required for field in fields))
    for row in rows[:FIRST_ROWS]:
        found = {field_named(cell.text, names) for cell in row.cells if not cell.is_blank}
        if len(found - {None}) >= enough:
            return row
    return rows[0] if rows else None


def match_headings(headings: Row, fields: Sequence[Field]) -> Columns:
    """Find each field's column by its heading, whatever the order, case or language."""
    by_name = {field.name: field for field in fields}
    found: dict[int, Field] = {}
    problems = []
    for at, heading in enumerate(cell.text for cell in headings.cells):
        name = field_named(heading, tuple(by_name)) if heading else None
        if name is not None and by_name[name] in found.values():
            message = Said(SECOND_TIME, column=name)
            problems.append(Problem(headings.number, heading, heading, message))
        elif name is not None:
            found[at] = by_name[name]
        elif heading and folded(heading) != PROBLEM_HEADING:
            problems.append(
                Problem(headings.number, heading, heading, UNKNOWN_COLUMN, is_warning=True)
            )
    present = set(found.values())
    problems += [
        Problem(headings.number, field.name, "", Said(MISSING_COLUMN, column=field.name))
        for field in fields
        if field.required and field not in present
    ]
    return Columns(found, problems)


def read_record(
    columns: Columns, row: Row, width: int | None = None
) -> tuple[Record, list[Problem]]:
    """Read one row; what cannot be read is left out of the record and said.

    `width` is how many cells a row of a CSV file may have: one more, and all are in doubt.
    """
    values: dict[str, Any] = {}
    problems = [
        Problem(row.number, "", cell.text, TOO_MANY_CELLS)
        for cell in row.cells[len(row.cells) if width is None else width :]
        if not cell.is_blank
    ]
    for at, column in columns.fields.items():
        cell = row.cell(at)
        if cell.is_blank and not column.reads_blank:
            if column.required:
                problems.append(Problem(row.number, column.name, "", NEEDED))
            continue
        try:
            values[column.name] = column.read(text_of(cell, column.read))
        except BadCell as bad:
            problems.append(Problem(row.number, column.name, cell.text, bad.said))
    return Record(row.number, values, tuple(cell.text for cell in row.cells)), problems


def says_something(columns: Columns, row: Row) -> bool:
    """Tell whether a row has anything in a column that is read."""
    return any(not row.cell(at).is_blank for at in columns.fields)


def find_doubles(records: Iterable[Record], *key: str) -> list[Problem]:
    """Return a problem for each row that names what an earlier row of the file has named."""
    first: dict[tuple[Any, ...], int] = {}
    problems = []
    for record in records:
        if not all(name in record.values for name in key):
            continue
        named = tuple(record[name] for name in key)
        earlier = first.setdefault(named, record.row)
        if earlier != record.row:
            problems.append(record.problem(key[-1], Said(SAME_ROW, row=earlier)))
    return problems
