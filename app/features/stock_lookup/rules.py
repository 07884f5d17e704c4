"""What a person types into the look-up box, and how what is found is put in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.core.decimals import ZERO

SHORTEST_PART = 3
"""Letters from which on any part of a word is found; fewer are taken as a beginning."""


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


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that must all be found, in any order."""
    return tuple(text.split())


def matches(words: Iterable[str], haystack: str) -> bool:
    """Tell whether every word is a part of the text, without regard to case."""
    folded = haystack.casefold()
    return all(word.casefold() in folded for word in words)


def rank(text: str, sku: str, name: str, codes: str) -> tuple[int, str]:
    """Return a key that sorts: the exact code, its beginning, the beginning of a word, the rest."""
    wanted = text.casefold()
    if wanted in (sku.casefold(), *codes.casefold().split()):
        return 0, sku
    if sku.casefold().startswith(wanted):
        return 1, sku
    if any(word.startswith(wanted) for word in name.casefold().split()):
        return 2, sku
    if name.casefold().startswith(wanted):
        return 2, sku
    return 3, sku
