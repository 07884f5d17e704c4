"""What a count sheet is, what was found on it, and why it cannot always be used."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from app.core.catalogue import Item, LocationKind, Tracking
from app.core.decimals import ZERO, InvalidQuantity, check_figure, plain
from app.core.documents import sheet_title
from app.core.errors import marked
from app.core.problems import Problem


class SheetState(StrEnum):
    OPEN = "open"
    POSTED = "posted"
    REVERSED = "reversed"
    CANCELLED = "cancelled"


STATES = (marked("open"), marked("posted"), marked("reversed"), marked("cancelled"))
"""The states as messages name them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What to count: everything that lies in a place and all below it, in a range of bins, of a
    category, of some items. What is left empty does not narrow it."""

    location: str = ""
    first_bin: str = ""
    last_bin: str = ""
    category: str = ""
    items: tuple[str, ...] = ()

    def words(self) -> str:
        """Return the scope as it is shown on the sheet."""
        parts = [self.location]
        if self.first_bin or self.last_bin:
            parts.append(f"{self.first_bin or '…'} – {self.last_bin or '…'}")
        parts.append(self.category)
        if self.items:
            more = len(self.items) - 3
            parts.append(", ".join(self.items[:3]) + (f" +{more}" if more > 0 else ""))
        return " · ".join(part for part in parts if part) or "*"


@dataclass(frozen=True, slots=True)
class NewSheet:
    number: int
    lines: int


@dataclass(frozen=True, slots=True)
class SheetHead:
    """A sheet in the list of sheets. `document` is the number of the count that it became."""

    number: int
    code: str
    scope: str
    state: SheetState
    is_blind: bool
    created_at: datetime
    created_by: str
    lines: int
    counted: int
    document: str = ""

    @property
    def title(self) -> str:
        return sheet_title(self.number)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: `expected` was frozen when the sheet was made; `counted` None is not counted."""

    id: int
    row_key: str
    item: Item
    location: str
    lot: str
    expected: Decimal
    barcodes: tuple[str, ...] = ()
    counted: Decimal | None = None
    counted_at: datetime | None = None
    counter: str = ""
    note: str = ""
    was_found: bool = False

    @property
    def zone(self) -> str:
        """The place that the bin lies in."""
        return self.location.rpartition("/")[0] or self.location

    @property
    def bin(self) -> str:
        return self.location.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A sheet with its lines, in the order in which they are walked."""

    head: SheetHead
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a sheet after a count, and as it was before, so that it can be taken back."""

    sheet: int
    line: SheetLine
    before: SheetLine

    @property
    def more(self) -> Decimal:
        """How much it says more than before."""
        return (self.line.counted or ZERO) - (self.before.counted or ZERO)


@dataclass(frozen=True, slots=True)
class Variance:
    """A counted line beside the ledger. `difference` is what posting will book: the count less
    what the ledger says for the moment of the count. `now` is what it says at present; `stop`
    says why the line cannot be posted. `value` is the difference in money, which has so many
    `money_places`."""

    line: int
    item: str
    name: str
    unit: str
    location: str
    lot: str
    expected: Decimal
    counted: Decimal
    now: Decimal
    difference: Decimal
    value: Decimal
    stop: str = ""
    money_places: int = 2

    @property
    def moved(self) -> Decimal:
        """What moved here after the line was counted."""
        return self.now + self.difference - self.counted

    def as_json(self) -> dict[str, str]:
        """Return the line as other programs see it (interchange.md)."""
        return {
            "item": self.item,
            "location": self.location,
            "lot": self.lot,
            "expected": plain(self.expected),
            "counted": plain(self.counted),
            "now": plain(self.now),
            "difference": plain(self.difference),
            "value": plain(self.value),
            "stop": self.stop,
        }


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A row of a workbook: what it was taken for, or why it was not. Found texts are cut short."""

    tab: str
    row: int
    item: str
    location: str
    lot: str
    counted: Decimal | None = None
    problem: str = ""
    column: str = ""
    found: str = ""

    def as_json(self) -> dict[str, str | int | None]:
        """Return the row as other programs see it (interchange.md)."""
        return {
            "tab": self.tab,
            "row": self.row,
            "item": self.item,
            "location": self.location,
            "lot": self.lot,
            "counted": None if self.counted is None else plain(self.counted),
            "problem": self.problem or None,
        }


@dataclass(frozen=True, slots=True)
class ImportedCounts:
    """What came of a workbook. `missing`: lines of the sheet that it does not hold."""

    number: int
    file: str
    imported: int
    unchanged: int
    missing: int
    lines: tuple[ImportedLine, ...]
    problems: tuple[Problem, ...] = ()
    message: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "ok": True,
            "sheet": self.number,
            "imported": self.imported,
            "unchanged": self.unchanged,
            "missing": self.missing,
            "message": self.message,
            "problems": [problem.as_json() for problem in self.problems],
            "lines": [line.as_json() for line in self.lines],
        }


COUNTABLE = (LocationKind.STORAGE, LocationKind.DOCK, LocationKind.QUARANTINE)
"""Where stock can be counted: it is ours and lies still."""

LARGEST_COUNT = Decimal(999_999)
"""The largest count that a workbook may bring in; more has to be typed on the screen."""


def checked_count(value: Decimal, decimals: int, largest: Decimal) -> Decimal:
    """Return the count if it can be one: not below zero, sane, no finer than the item's unit."""
    found = plain(value)
    if value < 0:
        raise InvalidQuantity(found=found, reason=marked("a count cannot be below zero."))
    if value > largest:
        raise InvalidQuantity(
            found=found, reason=marked("it is very large; type it on the screen if it is right.")
        )
    return check_figure(value, decimals, found)


def can_be_serial(item: Item, counted: Decimal | None) -> bool:
    """Tell whether the count suits the item: a serial number stands for one piece at most."""
    return item.tracking is not Tracking.SERIAL or counted is None or counted <= 1
