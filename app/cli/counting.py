"""`count`, and count sheets as files: made, sent out, brought back, reviewed, posted."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict

from sqlalchemy.orm import Session

from app.cli.answers import complain, counted, outcome, say, say_json, say_rows
from app.core.documents import Posted
from app.core.errors import Refused, marked
from app.db.database import Database
from app.features.count_sheets.rules import ImportedCounts, NewSheet, Scope
from app.features.count_sheets.service import (
    create_sheet,
    export_sheet,
    import_sheet,
    list_sheets,
    post_sheet,
    review_sheet,
)

COUNT = "count"

REVIEW = (
    "item",
    "location",
    "lot",
    "expected",
    "counted",
    "now",
    "difference",
    "value",
    "stop",
)
LIST = ("sheet", "state", "scope", "lines", "counted", "document", "created_at", "created_by")


class SheetNotNamed(Refused):
    template = marked("Say which count sheet: --sheet and its number.")


def count_sheet(database: Database, options: Namespace) -> int:
    """Take one step of counting: make a sheet, review it, post it, or list all."""
    return _STEPS[options.step](database, options)


def import_counts_file(database: Database, options: Namespace) -> int:
    """Stage the counts of a workbook on its sheet; 1 if any row has a problem."""

    def bring(session: Session) -> ImportedCounts:
        counts = outcome(import_sheet(session, options.file, options.sheet, user=options.user))
        if options.dry_run:
            session.rollback()
        return counts

    counts = database.run(bring)
    if options.json:
        say_json(counts.as_json())
    else:
        for problem in counts.problems:
            complain(f"{problem} (found: {problem.found})")
        would = "would be " if options.dry_run else ""
        came = counted(counts.imported, "count", "counts")
        would = "would be " if options.dry_run else ""
        say(f"Sheet {counts.number}: {came} {would}in, {counts.unchanged} unchanged.")
    return 1 if any(not problem.is_warning for problem in counts.problems) else 0


def export_counts(database: Database, options: Namespace) -> int:
    """Write a count sheet as a workbook and return how many lines it holds."""
    if options.sheet is None:
        raise SheetNotNamed
    with database.reading() as session:
        return outcome(export_sheet(session, options.sheet, options.file))


def _new(database: Database, options: Namespace) -> int:
    scope = Scope(location=options.location, items=tuple(options.items))

    def make(session: Session) -> NewSheet:
        return create_sheet(session, scope, blind=options.blind, user=options.user)

    made: NewSheet = database.run(make)
    if options.json:
        say_json({"sheet": made.number, "lines": made.lines})
    else:
        say(f"Sheet {made.number}: {counted(made.lines, 'line', 'lines')}.")
    return 0


def _review(database: Database, options: Namespace) -> int:
    with database.reading() as session:
        found = review_sheet(session, options.sheet)
    if options.json:
        say_rows((line.as_json() for line in found), REVIEW, json_wanted=True)
    else:
        say_rows((asdict(line) for line in found), REVIEW, json_wanted=False)
    return 0


def _post(database: Database, options: Namespace) -> int:
    def book(session: Session) -> Posted:
        return post_sheet(session, options.sheet, user=options.user)

    posted: Posted = database.run(book)
    warnings = list(posted.warnings)
    if options.json:
        say_json({"key": posted.key, "ok": True, "number": posted.number, "warnings": warnings})
    else:
        say(" ".join([posted.number, *warnings]))
    return 0


def _list(database: Database, options: Namespace) -> int:
    with database.reading() as session:
        heads = list_sheets(session)
    rows = (
        {
            "sheet": head.number,
            "state": head.state,
            "scope": head.scope,
            "blind": head.is_blind,
            "lines": head.lines,
            "counted": head.counted,
            "document": head.document,
            "created_at": head.created_at,
            "created_by": head.created_by,
        }
        for head in heads
    )
    say_rows(rows, LIST, json_wanted=options.json)
    return 0


_STEPS: dict[str, Callable[[Database, Namespace], int]] = {
    "new": _new,
    "review": _review,
    "post": _post,
    "list": _list,
}
