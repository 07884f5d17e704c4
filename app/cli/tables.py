"""`import` and `export`: whole tables, in and out."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.cli.answers import complain, counted, say, say_json
from app.cli.counting import COUNT, export_counts, import_counts_file
from app.cli.questions import STOCK, VALUE, moment
from app.cli.variances import VARIANCE, variance_rows
from app.db.database import Database
from app.features.catalogue.export_tables import TABLES
from app.features.catalogue.exporting import export_table, write_rows
from app.features.catalogue.importing import KINDS, Imported, Wish, import_table
from app.features.catalogue.records import UnknownKind
from app.features.catalogue.rejects import RejectsNotWritten
from app.ledger.history import all_movements
from app.ledger.stock import find_stock, find_values

MOVEMENTS = (
    "number",
    "type",
    "at",
    "entered_at",
    "item",
    "lot",
    "from",
    "to",
    "quantity",
    "value",
    "document",
    "reason",
    "user",
    "reference",
)


def import_file(database: Database, options: Namespace) -> int:
    """Bring a table in; 0 if all of it is in, 1 if it was refused or came in partly."""
    if options.kind == COUNT:
        return import_counts_file(database, options)
    if options.kind not in KINDS:
        raise UnknownKind(kind=options.kind, known=", ".join([*KINDS, COUNT]))
    wish = Wish(dry_run=options.dry_run, accept_good=options.accept_good)
    imported = database.run(
        lambda session: import_table(session, options.kind, options.file, wish, user=options.user)
    )
    trouble = _write_rejects(imported)
    if options.json:
        say_json(_as_json(imported, trouble))
    else:
        _tell(imported, options, trouble)
    return 0 if imported.ok else 1


def export_file(database: Database, options: Namespace) -> int:
    """Write a table to a file, by its ending."""
    if options.kind == COUNT:
        written = export_counts(database, options)
    else:
        with database.reading() as session:
            written = _export(session, options)
    if options.json:
        say_json({"ok": True, "kind": options.kind, "file": options.file, "rows": written})
    else:
        say(f"{counted(written, 'row', 'rows')} written to {options.file}.")
    return 0


def _write_rejects(imported: Imported) -> str:
    """Write the rows left out beside the file; return why that cannot be."""
    try:
        if imported.rejects:
            imported.rejects.write()
    except RejectsNotWritten as trouble:
        return str(trouble)
    return ""


def _as_json(imported: Imported, trouble: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "ok": imported.ok,
        "imported": imported.imported,
        "unchanged": imported.unchanged,
        "problems": [problem.as_json() for problem in imported.problems],
    }
    if trouble:
        return {**told, "message": trouble}
    return {**told, "rejects": imported.rejects.file} if imported.rejects else told


def _tell(imported: Imported, options: Namespace, trouble: str) -> None:
    for problem in imported.problems:
        found = f" (found: {problem.found})" if problem.found else ""
        complain(f"{problem}{found}")
    would = "would be " if options.dry_run else ""
    say(f"{imported.imported} {would}imported, {imported.unchanged} unchanged.")
    if trouble:
        complain(trouble)
    elif imported.rejects:
        file = imported.rejects.file
        say(f"The other rows are in {file}: mend them there and import that file.")


def _export(session: Session, options: Namespace) -> int:
    kind, path = options.kind, options.file
    if kind in TABLES:
        return export_table(session, kind, path)
    if kind not in _REPORTS:
        raise UnknownKind(kind=kind, known=", ".join([*TABLES, *_REPORTS, COUNT]))
    headings, rows = _REPORTS[kind]
    return write_rows(Path(path), kind, headings, rows(session, options))


def _stock_rows(session: Session, options: Namespace) -> Iterator[Sequence[Any]]:
    for line in find_stock(session, at=moment(options.at)):
        yield [getattr(line, name) for name in STOCK]


def _value_rows(session: Session, options: Namespace) -> Iterator[Sequence[Any]]:
    for line in find_values(session, at=moment(options.at)):
        yield [getattr(line, name) for name in VALUE]


def _movement_rows(session: Session, _options: Namespace) -> Iterator[Sequence[Any]]:
    for entry in all_movements(session):
        yield (
            entry.id,
            entry.type,
            entry.at,
            entry.entered_at,
            entry.item,
            entry.lot,
            entry.source,
            entry.target,
            entry.quantity,
            entry.value,
            entry.number,
            entry.reason,
            entry.user,
            entry.reference,
        )


def _variance_rows(session: Session, options: Namespace) -> Iterator[Sequence[Any]]:
    return variance_rows(session, options.sheet)


_Rows = Callable[[Session, Namespace], Iterator[Sequence[Any]]]
_REPORTS: dict[str, tuple[tuple[str, ...], _Rows]] = {
    "stock": (STOCK, _stock_rows),
    "movements": (MOVEMENTS, _movement_rows),
    "value": (VALUE, _value_rows),
    "variances": (VARIANCE, _variance_rows),
}
