"""Which line of the sheet a row of a workbook stands for: surely, or not at all."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.cells import Cell, CellKind, NotAKey, key_text, loose
from app.core.errors import Said, marked
from app.features.count_sheets.headings import ITEM, KEY, LOCATION, LOT, TITLES
from app.features.count_sheets.row_keys import KeyState, read_row_key
from app.features.count_sheets.rules import SheetLine

T = TypeVar("T")

_DIGITS = re.compile(r"[0-9]+")

NO_ITEM = marked("The row names no item.")
NO_LOCATION = marked("The row names no location.")
FOREIGN_KEY = marked("The row belongs to another count sheet, or its hidden key was changed.")
CONTRADICTION = marked(
    "The row's hidden key belongs to {known}, but the cell says {found}. The rows were mixed up,"
    " perhaps by sorting only some columns."
)
AMBIGUOUS = marked("It could be several lines of the sheet: {lines}. Type the code in full.")


@dataclass(frozen=True, slots=True)
class Word:
    """A code as found in a cell. `is_number`: Excel may have taken zeros off it."""

    text: str = ""
    is_number: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RowCodes:
    """All that a row says about which line it is."""

    key: str
    item: Word
    location: Word
    lot: Word


@dataclass(frozen=True, slots=True)
class Match:
    """The line that a row stands for; or `problem` (in the column of that heading); or, with
    neither, a row that is not on the sheet. `is_exact` unless it was found by likeness."""

    line: SheetLine | None = None
    problem: str = ""
    column: str = ""
    is_exact: bool = True


def read_word(cell: Cell, *, trusts_text: bool) -> Word:
    """Return a code as it stands in a cell, or why what stands there is none."""
    try:
        text = key_text(cell)
    except NotAKey as refusal:
        return Word(cell.text, problem=refusal.said)
    doubtful = not trusts_text and _DIGITS.fullmatch(text) is not None
    return Word(text, cell.kind is CellKind.NUMBER or doubtful)


class Names(Generic[T]):
    """Things by their codes, found by likeness only where there is no doubt."""

    def __init__(self) -> None:
        self._exact: defaultdict[str, list[T]] = defaultdict(list)
        self._loose: defaultdict[str, list[T]] = defaultdict(list)
        self._bare: defaultdict[str, list[T]] = defaultdict(list)

    def add(self, code: str, value: T) -> None:
        for index, form in (
            (self._exact, code),
            (self._loose, loose(code)),
            (self._bare, bare(code)),
        ):
            if value not in index[form]:
                index[form].append(value)

    def find(self, word: Word) -> list[T]:
        """Return what goes by the code, else what looks alike, else what only lost its zeros.

        A number may always have lost its zeros: then all that it can be are returned.
        """
        if word.is_number:
            return self._bare.get(bare(word.text), [])
        return (
            self._exact.get(word.text)
            or self._loose.get(loose(word.text))
            or (self._bare.get(bare(word.text), []) if _DIGITS.fullmatch(word.text) else [])
        )

    def values(self) -> list[T]:
        found: list[T] = []
        for values in self._exact.values():
            found += [value for value in values if value not in found]
        return found


class LineBook:
    """The lines of one sheet, by row key and by what they say."""

    def __init__(self, code: str, lines: Iterable[SheetLine]) -> None:
        self._code = code
        self._by_key: dict[str, SheetLine] = {}
        self._places: Names[str] = Names()
        self._items: defaultdict[str, Names[Names[SheetLine]]] = defaultdict(Names)
        self._lots: dict[tuple[str, int], Names[SheetLine]] = {}
        for line in lines:
            self._add(line)

    def match(self, codes: RowCodes) -> Match:
        """Return the line that a row stands for: by its key, else by its codes."""
        state, key = read_row_key(self._code, codes.key)
        line = self._by_key.get(key)
        if state is KeyState.NONE:
            return self._match_codes(codes)
        if state is KeyState.FOREIGN or line is None:
            return Match(problem=FOREIGN_KEY, column=TITLES[KEY])
        return _contradiction(line, codes) or Match(line)

    def _add(self, line: SheetLine) -> None:
        self._by_key[line.row_key] = line
        for name in path_endings(line.location):
            self._places.add(name, line.location)
        place = line.location, line.item.id
        lots = self._lots.get(place)
        if lots is None:
            lots = self._lots[place] = Names()
            for code in (line.item.sku, *line.barcodes):
                self._items[line.location].add(code, lots)
        lots.add(line.lot, line)

    def _match_codes(self, codes: RowCodes) -> Match:
        for name, word, missing in (
            (ITEM, codes.item, NO_ITEM),
            (LOCATION, codes.location, NO_LOCATION),
            (LOT, codes.lot, ""),
        ):
            problem = word.problem or ("" if word.text else missing)
            if problem:
                return Match(problem=problem, column=TITLES[name])
        lots = [
            found
            for place in self._places.find(codes.location)
            for found in self._items[place].find(codes.item)
        ]
        lines = [line for names in lots for line in names.find(codes.lot)]
        if len(lines) > 1:
            named = ", ".join(describe(line) for line in lines[:3])
            return Match(problem=Said(AMBIGUOUS, lines=named), column=TITLES[ITEM])
        if not lines:
            return Match()
        is_exact = codes.item.text in (lines[0].item.sku, *lines[0].barcodes)
        return Match(lines[0], is_exact=is_exact)


def path_endings(path: str) -> list[str]:
    """Return the names that a place goes by: its whole path, and each end of it."""
    parts = path.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def bare(code: str) -> str:
    """Return a code of digits as it looks when Excel has made a number of it."""
    return code.lstrip("0") or "0" if _DIGITS.fullmatch(code) else code


def describe(line: SheetLine) -> str:
    return " ".join(part for part in (line.item.sku, line.location, line.lot) if part)


def _contradiction(line: SheetLine, codes: RowCodes) -> Match | None:
    """Tell if the visible cells clearly say something else than the row's key."""
    for name, word, known in (
        (ITEM, codes.item, (line.item.sku, *line.barcodes)),
        (LOCATION, codes.location, path_endings(line.location)),
        (LOT, codes.lot, (line.lot,)),
    ):
        if word.text and not word.is_number and not word.problem and not _is_like(word.text, known):
            message = Said(CONTRADICTION, known=describe(line), found=f"“{word.text[:60]}”")
            return Match(problem=message, column=TITLES[name])
    return None


def _is_like(text: str, known: Iterable[str]) -> bool:
    return any(loose(text) == loose(name) or bare(text) == bare(name) for name in known)
