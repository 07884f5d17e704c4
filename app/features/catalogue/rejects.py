"""The rows of a file that were not taken, written beside it to be mended and brought in again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.adapters.spreadsheet import OutColumn, OutSheet, write_table
from app.core.cells import Row
from app.core.problems import Problem
from app.features.catalogue.records import Record
from app.features.catalogue.words import PROBLEM_HEADING


def write_rejects(
    path: Path,
    headings: Row,
    records: Iterable[Record],
    bad: set[int],
    problems: Sequence[Problem],
) -> Path:
    """Write the bad rows as they were, with what is wrong in a last column; return the file."""
    messages: defaultdict[int, list[str]] = defaultdict(list)
    for problem in problems:
        messages[problem.row].append(f"{problem.column}: {problem.message}")
    columns = [cell.text for cell in headings.cells]
    rows = (
        [*_filled(record.texts, len(columns)), " ".join(messages[record.row])]
        for record in records
        if record.row in bad
    )
    sheet = OutSheet(
        title="Rows to mend",
        columns=tuple(OutColumn(heading) for heading in (*columns, PROBLEM_HEADING)),
        rows=rows,
    )
    beside = path.with_name(f"{path.stem}.rejected.csv")
    write_table(beside, sheet)
    return beside


def _filled(texts: Sequence[str], width: int) -> list[str]:
    return [*texts[:width], *[""] * (width - len(texts))]
