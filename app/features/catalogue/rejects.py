"""The rows of a file that were not taken, written beside it to be mended and brought in again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.adapters.spreadsheet import FileNotWritten, OutColumn, OutSheet, write_table
from app.core.cells import Row
from app.core.errors import Unavailable, marked
from app.core.problems import Problem
from app.features.catalogue.records import Record
from app.features.catalogue.words import PROBLEM_HEADING


class RejectsNotWritten(Unavailable):
    template = marked(
        "The good rows are imported, but the others cannot be written to {file}: {reason} Mend"
        " them in the file itself and import that again: what is in stays as it is."
    )


@dataclass(frozen=True, slots=True)
class Rejects:
    """The rows that were left out, to be written once all others are saved."""

    file: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def write(self) -> Path:
        """Write them beside the file they came from and return the file; RejectsNotWritten."""
        columns = tuple(OutColumn(heading) for heading in self.columns)
        try:
            write_table(self.file, OutSheet("Rows to mend", columns, self.rows))
        except FileNotWritten as fault:
            reason = fault.fields["reason"]
            raise RejectsNotWritten(file=self.file.name, reason=reason) from fault
        return self.file


def find_rejects(
    path: Path,
    headings: Row,
    records: Iterable[Record],
    bad: set[int],
    problems: Sequence[Problem],
) -> Rejects:
    """Return the bad rows as they were, with what is wrong in a last column."""
    messages: defaultdict[int, list[str]] = defaultdict(list)
    for problem in problems:
        messages[problem.row].append(f"{problem.column}: {problem.message}")
    columns = [cell.text for cell in headings.cells]
    rows = (
        (*_filled(record.texts, len(columns)), " ".join(messages[record.row]))
        for record in records
        if record.row in bad
    )
    beside = path.with_name(f"{path.stem}.rejected.csv")
    return Rejects(beside, (*columns, PROBLEM_HEADING), tuple(rows))


def _filled(texts: Sequence[str], width: int) -> list[str]:
    return [*texts[:width], *[""] * (width - len(texts))]
