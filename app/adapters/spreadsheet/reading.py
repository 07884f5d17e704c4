"""Reads workbooks and text tables into plain cells: every sheet, hidden rows too, nothing run."""

import posixpath
from collections.abc import Generator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

from app.adapters.spreadsheet.formats import Formats, text_cell
from app.adapters.spreadsheet.parts import (
    Element,
    Unusable,
    new_parser,
    pour,
    read_elements,
    spaced,
)
from app.adapters.spreadsheet.preflight import CUT_SHORT, FileKind, NotReadable, look_at
from app.adapters.spreadsheet.sheet_part import SheetReader, Strings
from app.adapters.spreadsheet.text_tables import read_text_table
from app.core.cells import Book, Tab
from app.core.errors import marked
from app.core.progress import Progress

NO_SHEETS = marked("it holds no sheet with cells.")

SAVING = timedelta(seconds=5)
"""How long after noting the moment a program may still be writing the file."""

Reading = Generator[Progress, None, Book]


def read_tables(path: Path) -> Book:
    """Return all sheets of a workbook (.xlsx, .xlsm) or the one table of a text file.

    Which it is shows in the content, not in the name. Raises NotReadable for everything else,
    FileMissing, FileInUse, FileForbidden and FileNotOpened.
    """
    steps = reading_tables(path)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            book: Book = end.value
            return book


def reading_tables(path: Path) -> Reading:
    """Do the same and say on the way how many bytes are read: `yield from` it in a service."""
    path = Path(path)
    kind = look_at(path)
    if kind is FileKind.TEXT:
        return read_text_table(path)
    try:
        with ZipFile(path) as archive:
            return (yield from _Workbook(path, archive).read())
    except Unusable as reason:
        raise NotReadable(file=path.name, reason=str(reason)) from reason.__cause__


class _Workbook:
    def __init__(self, path: Path, archive: ZipFile) -> None:
        self._path = path
        self._archive = archive
        self._package = self._relations("")
        self._main = self._of_type(self._package, "officeDocument")
        if not self._main:
            raise Unusable(CUT_SHORT)
        self._elements = read_elements(archive, self._main)
        self._related = self._relations(self._main)

    def read(self) -> Reading:
        from_1904 = any(
            element.name == "workbookPr" and element.attributes.get("date1904") in ("1", "true")
            for element in self._elements
        )
        formats = Formats(self._archive, self._of_type(self._related, "styles"), from_1904)
        sheets = self._sheets()
        if not sheets:
            raise Unusable(NO_SHEETS)
        strings_part = self._of_type(self._related, "sharedStrings")
        total = sum(self._size(part) for part in (strings_part, *(part for _, part in sheets)))
        done = 0
        strings = _Strings()
        for size in strings.read(self._archive, strings_part):
            done += size
            yield Progress(done, total)
        tabs = []
        for sheet, part in sheets:
            reader = SheetReader(strings.found, formats)
            for size in reader.read(self._archive, part):
                done += size
                yield Progress(done, total)
            hidden = sheet.attributes.get("state", "visible") != "visible"
            tabs.append(Tab(sheet.attributes.get("name", ""), reader.result(), hidden))
        return Book(
            self._path.name, tuple(tabs), self._properties(), self._names(), self._saved_at()
        )

    def _sheets(self) -> list[tuple[Element, str]]:
        found = []
        for element in self._elements:
            if element.name == "sheet" and element.parent == "sheets":
                kind, part = self._related.get(element.attributes.get("id", ""), ("", ""))
                if kind == "worksheet" and part in self._archive.NameToInfo:
                    found.append((element, part))
        return found

    def _properties(self) -> dict[str, str]:
        part = self._of_type(self._package, "custom-properties")
        elements = read_elements(self._archive, part) if part else []
        values = [element.text for element in elements if element.parent == "property"]
        names = [element for element in elements if element.name == "property"]
        if len(values) != len(names):
            return {}
        return {
            element.attributes.get("name", ""): value
            for element, value in zip(names, values, strict=True)
        }

    def _names(self) -> dict[str, str]:
        return {
            element.attributes.get("name", ""): element.text.strip()
            for element in self._elements
            if element.name == "definedName"
        }

    def _saved_at(self) -> datetime:
        """Return when the workbook was saved: it says the second, its file may say it exactly.

        A copy of the file is younger; then it was saved by the end of the second.
        """
        written = datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        said = self._said_to_be_saved_at()
        if said is None or timedelta(0) <= written - said <= SAVING:
            return written
        return said + timedelta(microseconds=999_999)

    def _said_to_be_saved_at(self) -> datetime | None:
        part = self._of_type(self._package, "core-properties")
        for element in read_elements(self._archive, part) if part else []:
            if element.name == "modified":
                with suppress(ValueError, OverflowError):
                    saved = datetime.fromisoformat(element.text.strip())
                    return saved.replace(tzinfo=saved.tzinfo or UTC).astimezone(UTC)
        return None

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return by number what a part refers to: the last word of the kind, and the part."""
        folder, name = posixpath.split(part)
        related = read_elements(self._archive, posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            element.attributes.get("Id", ""): (
                element.attributes.get("Type", "").rpartition("/")[2],
                _resolve(folder, element.attributes.get("Target", "")),
            )
            for element in related
            if element.attributes.get("TargetMode") != "External"
        }

    def _of_type(self, relations: dict[str, tuple[str, str]], wanted: str) -> str:
        parts = [part for kind, part in relations.values() if kind == wanted]
        return next((part for part in parts if part in self._archive.NameToInfo), "")

    def _size(self, part: str) -> int:
        return self._archive.NameToInfo[part].file_size if part else 0


class _Strings:
    """The texts that the sheets share, each as one cell."""

    def __init__(self) -> None:
        self.found: Strings = []
        self._text: list[str] = []
        self._taking = self._phonetic = False
        self._starts = spaced({"si": self._start_item, "t": self._start, "rPh": self._skip})
        self._ends = spaced({"si": self._end_item, "t": self._end, "rPh": self._go_on})

    def read(self, archive: ZipFile, part: str) -> Generator[int, None, None]:
        if not part:
            return
        parser = new_parser()
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._take
        yield from pour(archive, part, parser)

    def _on_start(self, name: str, _: dict[str, str]) -> None:
        if handler := self._starts.get(name):
            handler()

    def _on_end(self, name: str) -> None:
        if handler := self._ends.get(name):
            handler()

    def _take(self, text: str) -> None:
        if self._taking and not self._phonetic:
            self._text.append(text)

    def _start_item(self) -> None:
        self._text = []

    def _end_item(self) -> None:
        self.found.append(text_cell("".join(self._text)))

    def _start(self) -> None:
        self._taking = True

    def _end(self) -> None:
        self._taking = False

    def _skip(self) -> None:
        self._phonetic = True

    def _go_on(self) -> None:
        self._phonetic = False


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
