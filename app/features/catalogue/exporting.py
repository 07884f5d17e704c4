"""Tables out: the catalogue's own, as CSV or Excel by the file's ending.

CSV is UTF-8 with a byte order mark, which is how Excel knows it. Figures are written exactly: as
plain decimals in CSV, as numbers in Excel. Text that Excel would take for a formula stays text.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.adapters.spreadsheet import OutColumn, OutSheet, write_table
from app.core.errors import Refused, marked
from app.features.catalogue.export_tables import TABLES
from app.features.catalogue.records import UnknownKind

OutCell = str | Decimal | int | date | None

ENDINGS = (".csv", ".xlsx")


class UnknownEnding(Refused):
    template = marked("{file}: give the file a name that ends in .csv or .xlsx.")


def export_table(session: Session, kind: str, path: Path) -> int:
    """Write a table of that kind and return how many rows it has."""
    if kind not in TABLES:
        raise UnknownKind(kind=kind, known=", ".join(TABLES))
    table = TABLES[kind]
    return write_rows(path, kind, table.headings, table.rows(session))


def write_rows(
    path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write any table to a file and return how many rows it has."""
    if path.suffix.lower() not in ENDINGS:
        raise UnknownEnding(file=path.name)
    counted = _Counted(rows)
    columns = tuple(OutColumn(heading) for heading in headings)
    write_table(path, OutSheet(title, columns, iter(counted)))
    return counted.count


class _Counted:
    """Rows that are counted on their way out, each cell made into what a file can hold."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[OutCell]]:
        for row in self._rows:
            self.count += 1
            yield [out_cell(value) for value in row]


def out_cell(value: Any) -> OutCell:
    """Return a value as a file holds it: yes or no, times in ISO 8601, the rest as it is."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat()
        case None | Decimal() | int() | date():
            return value
    return str(value)
