"""Tables in: a whole file of the catalogue or of orders, every problem of it at once."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.adapters.spreadsheet import reading_tables
from app.core.cells import Book, Row
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.core.progress import Progress
from app.features.catalogue.import_bills import BillImport
from app.features.catalogue.import_items import ItemImport
from app.features.catalogue.import_orders import OrderImport
from app.features.catalogue.import_packs import BarcodeImport, UnitImport
from app.features.catalogue.import_partners import (
    CustomerImport,
    SupplierImport,
    SupplierItemImport,
)
from app.features.catalogue.import_places import LocationImport
from app.features.catalogue.importers import Importer
from app.features.catalogue.lookups import one_at_a_time
from app.features.catalogue.records import (
    Columns,
    Findings,
    Record,
    UnknownKind,
    find_doubles,
    find_headings,
    match_headings,
    read_record,
    says_something,
)
from app.features.catalogue.rejects import Rejects, find_rejects

KINDS: dict[str, type[Importer]] = {
    "items": ItemImport,
    "barcodes": BarcodeImport,
    "units": UnitImport,
    "locations": LocationImport,
    "suppliers": SupplierImport,
    "customers": CustomerImport,
    "supplier-items": SupplierItemImport,
    "bom": BillImport,
    "orders": OrderImport,
}

NO_HEADINGS = marked("The file is empty: there is no row of headings in it.")
NOT_READ = marked("The sheet “{sheet}” was not read: only the first table is.")

REPORT_EVERY = 1_000  # rows


@dataclass(frozen=True, slots=True)
class Wish:
    """What to do with a file: only look, or take the good rows and give the others back."""

    dry_run: bool = False
    accept_good: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import ended. `imported` rows were new or changed something; in a dry run they
    would. `rejects` are the rows left out, for the caller to write once all this is saved."""

    ok: bool
    imported: int
    unchanged: int
    problems: tuple[Problem, ...] = ()
    rejects: Rejects | None = None


def import_table(
    session: Session, kind: str, path: Path, wish: Wish | None = None, *, user: str = ""
) -> Generator[Progress, None, Imported]:
    """Bring in a table of that kind: all of it if every row is good, else nothing of it.

    A blank cell leaves what is stored, and gives the default to what is new; a blank yes-or-no is
    no. A row that says nothing new is counted as unchanged. With `accept_good` the good rows are
    brought in and the others given back, to be written to a file beside it.
    """
    importer_of = find_kind(kind)
    wish = wish or Wish()
    book = yield from reading_tables(path)
    table = choose_table(book, importer_of)
    if not table.columns.is_usable:
        return Imported(ok=False, imported=0, unchanged=0, problems=tuple(table.columns.problems))
    findings = Findings()
    findings.add(table.columns.problems)
    records = yield from _read(table, findings)
    if not wish.dry_run:
        one_at_a_time(session.connection())
    complete = [record for record in records if _has_key(record, importer_of)]
    importer = importer_of(session, complete, user)
    if importer_of.is_unique:
        findings.add(find_doubles(complete, *importer_of.key))
    findings.add(importer.problems())
    bad = importer.spread(findings.bad_rows)
    good = [record for record in complete if record.row not in bad]
    new = [record for record in good if importer.is_new(record)]
    wanted = not bad or wish.accept_good
    rejects = None
    if wanted and not wish.dry_run:
        yield from _store(importer, new)
        if bad:
            rejects = find_rejects(path, table.headings, records, bad, findings.problems)
    return Imported(
        ok=not bad,
        imported=len(new) if wanted else 0,
        unchanged=len(good) - len(new),
        problems=tuple(findings.in_order()),
        rejects=rejects,
    )


def find_kind(kind: str) -> type[Importer]:
    if kind not in KINDS:
        raise UnknownKind(kind=kind, known=", ".join(KINDS))
    return KINDS[kind]


@dataclass(frozen=True, slots=True)
class Table:
    """The part of a file that holds the rows."""

    headings: Row
    columns: Columns
    rows: tuple[Row, ...]
    width: int | None = None


def choose_table(book: Book, importer: type[Importer]) -> Table:
    """Return the first sheet that has all the columns needed, else the first with anything."""
    tables = []
    unread = []
    for tab in book.tabs:
        headings = find_headings(tab.rows, importer.fields)
        if headings is None:
            continue
        columns = match_headings(headings, importer.fields)
        below = tuple(row for row in tab.rows if row.number > headings.number)
        width = None if tab.trusts_text else len(headings.cells)
        tables.append(Table(headings, columns, below, width))
        unread.append(tab.name)
    if not tables:
        nothing = Problem(0, "", book.file, NO_HEADINGS)
        return Table(Row(0, ()), Columns({}, [nothing]), ())
    at = next((at for at, table in enumerate(tables) if table.columns.is_usable), 0)
    tables[at].columns.problems.extend(
        Problem(0, "", name, Said(NOT_READ, sheet=name), is_warning=True)
        for other, name in enumerate(unread)
        if other != at
    )
    return tables[at]


def _read(table: Table, findings: Findings) -> Generator[Progress, None, list[Record]]:
    records = []
    for done, row in enumerate(table.rows, start=1):
        if says_something(table.columns, row):
            record, problems = read_record(table.columns, row, table.width)
            records.append(record)
            findings.add(problems)
        if done % REPORT_EVERY == 0:
            yield Progress(done, len(table.rows))
    return records


def _store(importer: Importer, records: list[Record]) -> Generator[Progress, None, None]:
    done = 0
    for stored in importer.store(records):
        done += stored
        yield Progress(min(done, len(records)), len(records))


def _has_key(record: Record, importer: type[Importer]) -> bool:
    return all(name in record.values for name in importer.key)
