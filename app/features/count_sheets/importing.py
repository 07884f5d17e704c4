"""Bringing a workbook back: counts are staged on the sheet, every problem is told at once."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.adapters.spreadsheet import reading_tables
from app.core.cells import Book
from app.core.clock import now
from app.core.documents import sheet_title
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.core.progress import Progress
from app.db.tables import CountImportRow, CountLineRow, CountSheetRow, table_of
from app.features.count_sheets.elsewhere import Stockroom
from app.features.count_sheets.matching import LineBook
from app.features.count_sheets.reading import ReadLine, problems_in, read_counts, strangers
from app.features.count_sheets.recounted import find_recounts
from app.features.count_sheets.refusals import OtherSheet, WhichSheet
from app.features.count_sheets.row_keys import row_key
from app.features.count_sheets.rules import ImportedCounts, SheetLine
from app.features.count_sheets.sheet_rows import Found, find_rows, sheet_code
from app.features.count_sheets.store import find_lines, one_at_a_time, open_sheet

IMPORTED_BEFORE = marked(
    "These counts were imported before, from {file} on {moment}: nothing was changed."
)
NOTHING_COUNTED = marked("Nothing is counted in {file}: no count was taken over.")
ONLY_NOTES = marked("Nothing is counted in {file}: only what is noted there was taken over.")

_LINES = table_of(CountLineRow)
_STAGED = ("counted", "counted_at", "counter", "note")
_SET = (
    update(_LINES)
    .where(_LINES.c.id == bindparam("line"))
    .values({name: bindparam(f"new_{name}") for name in _STAGED})
)
STEP = 500
"""Lines after which progress is told."""

Importing = Generator[Progress, None, ImportedCounts]


def import_sheet(
    session: Session, path: Path, number: int | None = None, *, user: str = ""
) -> Importing:
    """Stage the counts of a workbook or CSV file on its sheet and tell what came of each row.

    `number` is needed where the file does not say which sheet it is. Rows with problems are left
    out and listed; blank rows leave what was counted before. The same content again changes
    nothing. Raises NotReadable, WhichSheet, OtherSheet, NoCountColumns, SheetNotOpen.
    """
    book = yield from reading_tables(path)
    sheet = _sheet_of(session, book, number)
    found = find_rows(book)
    lines = find_lines(session, sheet.id)
    keys = LineBook(sheet.code, lines)
    asked = strangers(found.rows, keys)
    if asked:
        one_at_a_time(session)
    stockroom = Stockroom(session, sheet.id, lines, asked)
    read = read_counts(found.rows, keys, stockroom)
    moment = _moment(book, sheet)
    came = _Came(book.file, found, read, list(find_recounts(session, read, moment)))
    before = _imported_before(session, sheet, found)
    if before is not None:
        return _answer(sheet, lines, came, 0, before)
    staging = _Staging(session, sheet, moment, user)
    for done, line in enumerate(read, start=1):
        staging.take(line, stockroom)
        if done % STEP == 0 or done == len(read):
            yield Progress(done, len(read))
    staging.write()
    _remember(session, sheet, found, book)
    counted = any(line.counted is not None and not line.problem for line in read)
    nothing = ONLY_NOTES if staging.notes else NOTHING_COUNTED
    message = "" if counted else Said(nothing, file=book.file)
    return _answer(sheet, lines, came, staging.imported, message)


@dataclass(frozen=True, slots=True)
class _Came:
    """What came in: the rows of the file, what was read from them, and what is odd about it."""

    file: str
    found: Found
    read: list[ReadLine]
    odd: list[Problem]


class _Staging:
    """Collects what changes on a sheet, and writes it at once."""

    def __init__(self, session: Session, sheet: CountSheetRow, moment: datetime, user: str) -> None:
        self._session = session
        self._sheet = sheet
        self._moment = moment
        self._user = user
        self._changes: dict[int, dict[str, Any]] = {}
        self._found: list[dict[str, Any]] = []
        self.imported = self.notes = 0
        query = select(func.count()).where(CountLineRow.sheet_id == sheet.id)
        self._lines = session.scalar(query) or 0

    def take(self, read: ReadLine, stockroom: Stockroom) -> None:
        """Stage a row. Its note and counter come in by themselves too, without any count."""
        line = read.line
        if line is None or read.problem:
            return
        said = {"note": read.row.note, "counter": read.row.counter}
        said = {name: text for name, text in said.items() if text}
        values: dict[str, Any] = {}
        if read.counted is not None and (not line.id or line.counted != read.counted):
            values = {
                "counted": read.counted,
                "counted_at": self._moment,
                "counter": self._user,
                "note": line.note,
            }
            self.imported += 1
        elif any(getattr(line, name) != text for name, text in said.items()):
            self.notes += bool(line.id)
        else:
            return
        if line.id:
            self._change(line, values | said)
        elif values:
            self._add_found(line, stockroom, values | said)

    def write(self) -> None:
        if self._changes:
            changes = [
                {"line": line, **{f"new_{name}": value for name, value in values.items()}}
                for line, values in self._changes.items()
            ]
            self._session.connection().execute(_SET, changes)
        if self._found:
            self._session.execute(insert(CountLineRow), self._found)

    def _change(self, line: SheetLine, values: dict[str, Any]) -> None:
        """Several rows may name one line: one has its count, another a note."""
        as_stored = {name: getattr(line, name) for name in _STAGED}
        self._changes[line.id] = self._changes.get(line.id, as_stored) | values

    def _add_found(self, line: SheetLine, stockroom: Stockroom, values: dict[str, Any]) -> None:
        self._lines += 1
        self._found.append(
            {
                "sheet_id": self._sheet.id,
                "row_key": row_key(self._sheet.code, self._lines),
                "item_id": line.item.id,
                "location_id": stockroom.place_id(line),
                "lot_id": stockroom.lot_id(line),
                "expected": line.expected,
                "was_found": True,
                **values,
            }
        )


def _sheet_of(session: Session, book: Book, number: int | None) -> CountSheetRow:
    """Return the sheet that the file names; where it names none, the one that was chosen."""
    code = sheet_code(book)
    if not code and number is None:
        raise WhichSheet(file=book.file)
    if not code or number is None:
        query = select(CountSheetRow.id).where(CountSheetRow.code == code)
        found = number if not code else session.scalar(query)
        if found is None:
            raise OtherSheet(file=book.file, found=code, wanted=marked("this stockroom"))
        return open_sheet(session, found)
    sheet = open_sheet(session, number)
    if sheet.code != code:
        raise OtherSheet(file=book.file, found=code, wanted=sheet_title(number))
    return sheet


def _moment(book: Book, sheet: CountSheetRow) -> datetime:
    """Return when the counts were made, as far as the file tells: when it was last saved."""
    latest = now()
    return max(min(book.saved_at or latest, latest), sheet.created_at)


def _imported_before(session: Session, sheet: CountSheetRow, found: Found) -> str | None:
    query = select(CountImportRow).where(
        CountImportRow.sheet_id == sheet.id, CountImportRow.fingerprint == found.fingerprint()
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        return None
    moment = row.imported_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return Said(IMPORTED_BEFORE, file=row.file_name, moment=moment)


def _remember(session: Session, sheet: CountSheetRow, found: Found, book: Book) -> None:
    session.add(
        CountImportRow(
            sheet_id=sheet.id,
            fingerprint=found.fingerprint(),
            file_name=book.file[:200],
            imported_at=datetime.now(UTC),
        )
    )
    session.flush()


def _answer(
    sheet: CountSheetRow, lines: Sequence[SheetLine], came: "_Came", imported: int, message: str
) -> ImportedCounts:
    shown = tuple(line.imported() for line in came.read)
    counted = sum(line.counted is not None for line in shown)
    seen = {line.line.id for line in came.read if line.line is not None}
    return ImportedCounts(
        number=sheet.id,
        file=came.file,
        imported=imported,
        unchanged=counted - imported,
        missing=sum(line.id not in seen for line in lines),
        lines=shown,
        problems=(*came.found.problems, *problems_in(shown), *came.odd),
        message=message,
    )
