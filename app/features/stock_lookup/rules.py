"""What a person types into the look-up box, and how what is found is put in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.core.decimals import ZERO
from app.core.documents import COUNT_SHEET, DocumentType, sheet_number
from app.core.errors import Refused, marked
from app.core.scans import DocumentScan, ItemScan, LocationScan, LotScan, Meaning

SHORTEST_PART = 3
"""Letters from which on any part of a word is found; fewer are taken as a beginning."""

ITEMS_AT_ONCE = 100
"""Items on one page."""

HISTORY_AT_ONCE = 200
"""Movements on one page of a history."""

MOST_STEPS = 100
"""Steps of the trail that are remembered."""


class NothingFound(Refused):
    template = marked(
        "No item, place, lot or document goes by “{text}”. Check the code, or type a part of the"
        " name."
    )


@dataclass(frozen=True, slots=True)
class ItemStock:
    """An item with its totals over all places of ours, in base units."""

    id: int
    sku: str
    name: str
    unit: str
    decimals: int
    category: str
    on_hand: Decimal
    allocated: Decimal = ZERO
    on_order: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        return self.on_hand - self.allocated


class FoundKind(StrEnum):
    """What a clerk can look up."""

    ITEM = "item"
    PLACE = "place"
    LOT = "lot"
    DOCUMENT = "document"
    COUNT_SHEET = COUNT_SHEET


@dataclass(frozen=True, slots=True)
class Ref:
    """What something is found by again: SKU, path, lot or number. A lot's `item` is its SKU."""

    kind: FoundKind
    code: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed into the box."""

    text: str = ""


Step = Ref | Search


@dataclass(frozen=True, slots=True)
class Found:
    """A place, lot or document that goes by the text, offered beside the items."""

    ref: Ref
    about: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The way a clerk went from one thing to the next, to go back and forward on."""

    steps: tuple[Step, ...] = (Search(),)
    at: int = 0

    @property
    def here(self) -> Step:
        return self.steps[self.at]

    @property
    def can_go_back(self) -> bool:
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        return self.at < len(self.steps) - 1

    def visit(self, step: Step) -> "Trail":
        """Go on to something else. What is typed anew takes the place of what was typed before."""
        if step == self.here:
            return self
        is_typing = isinstance(step, Search) and isinstance(self.here, Search)
        before = self.steps[: self.at] if is_typing else self.steps[: self.at + 1]
        steps = (*before, step)[-MOST_STEPS:]
        return Trail(steps, len(steps) - 1)

    def known_as(self, step: Step) -> "Trail":
        """Return the trail with what is here under its proper name."""
        if step == self.here:
            return self
        return Trail((*self.steps[: self.at], step, *self.steps[self.at + 1 :]), self.at)

    def back(self) -> "Trail":
        return replace(self, at=max(0, self.at - 1))

    def forward(self) -> "Trail":
        return replace(self, at=min(len(self.steps) - 1, self.at + 1))


def ref_of(meaning: Meaning) -> Ref | None:
    """Return what a scan names, if that can be looked up here."""
    match meaning:
        case ItemScan(item=item):
            return Ref(FoundKind.ITEM, item.sku)
        case LocationScan(location=location):
            return Ref(FoundKind.PLACE, location.path)
        case LotScan(item=item, lot=lot):
            return Ref(FoundKind.LOT, lot, item.sku)
        case DocumentScan(number=number, kind=kind) if kind in set(DocumentType):
            return Ref(FoundKind.DOCUMENT, number)
        case DocumentScan(number=number) if sheet_number(number):
            return Ref(FoundKind.COUNT_SHEET, number)
    return None


def cleaned(text: str) -> str:
    """Return what was typed without what no database can hold: a damaged paste may bring it."""
    return "".join(mark for mark in text if mark != "\0" and not "\ud800" <= mark <= "\udfff")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that must all be found, in any order."""
    return tuple(text.split())


def parts_of(text: str) -> tuple[str, ...]:
    """Return what is searched for anywhere in a word: the long words, else the whole if long."""
    parts = tuple(word for word in words_of(text) if len(word) >= SHORTEST_PART)
    whole = text.strip()
    return parts or ((whole,) if len(whole) >= SHORTEST_PART else ())


def forms_of(text: str) -> tuple[str, ...]:
    """Return the ways in which a code or name may be written that begins like the text."""
    return tuple(dict.fromkeys((text, text.upper(), text.lower(), text.capitalize())))


def matches(words: Iterable[str], haystack: str) -> bool:
    """Tell whether every word is a part of the text, without regard to case."""
    folded = haystack.casefold()
    return all(word.casefold() in folded for word in words)


BEGINS = 1
"""The last rank of codes that are or begin so."""


def rank(text: str, sku: str, name: str, codes: str) -> tuple[int, str]:
    """Return a key that sorts: the exact code, its beginning, the beginning of a word, the rest."""
    wanted = text.strip().casefold()
    if wanted in (sku.casefold(), *codes.casefold().split()):
        return 0, sku
    if sku.casefold().startswith(wanted):
        return BEGINS, sku
    folded = name.casefold()
    if folded.startswith(wanted) or any(word.startswith(wanted) for word in folded.split()):
        return 2, sku
    return 3, sku
