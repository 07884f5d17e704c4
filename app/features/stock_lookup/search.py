"""Finds items by any part of SKU, name or barcode, as fast as a person types.

What is called exactly so, or begins so, comes first; then some hundreds are taken in row order and
ranked. Ranking all hits would cost a hundred times as much. Further pages go on in row order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.paging import Key, Page
from app.db.tables import ItemRow
from app.features.stock_lookup.candidates import (
    CANDIDATES,
    Hit,
    find_beginnings,
    find_containing,
    find_likely,
)
from app.features.stock_lookup.finding import find_others
from app.features.stock_lookup.rules import (
    BEGINS,
    ITEMS_AT_ONCE,
    Found,
    ItemStock,
    cleaned,
    matches,
    parts_of,
    rank,
    words_of,
)
from app.features.stock_lookup.saving import Steps, save_rows
from app.features.stock_lookup.totals import list_items, stock_of

BATCH = 1_000
"""Items read at once for an export."""


@dataclass(frozen=True)
class Results(Page[ItemStock]):
    """A page of items; with the first come the places, lots and documents that go by the text."""

    text: str = ""
    others: tuple[Found, ...] = ()


def look_for(
    session: Session, text: str, after: Key | None = None, size: int = ITEMS_AT_ONCE
) -> Results:
    """Return a page of what goes by a text; no text stands for all items in order of SKU."""
    page = search_items(session, text, after, size)
    others = () if after else find_others(session, text)
    return Results(page.rows, page.next, text, others)


def search_items(
    session: Session, wanted: str, after: Key | None = None, size: int = ITEMS_AT_ONCE
) -> Page[ItemStock]:
    """Return a page of the items that have every word somewhere in SKU, name or a barcode.

    A word of one or two letters alone is looked for where SKU, name or barcode begin.
    """
    wanted = cleaned(wanted)
    words = words_of(wanted)
    if not words:
        return list_items(session, after, size)
    if not parts_of(wanted):
        found = find_beginnings(session, words[0], after, size)
        return Page(stock_of(session, found.rows), found.next)
    return _Search(session, wanted, after, size).page()


def save_items(
    session: Session, path: Path, title: str, headings: Sequence[str], wanted: str
) -> Steps:
    """Write all items that go by a text to Excel or CSV; return how many there were."""
    total = session.scalar(select(func.count(ItemRow.id))) or 0
    rows = (_cells(item) for item in _all(session, wanted))
    return (yield from save_rows(path, title, headings, rows, 0 if wanted.strip() else total))


def _all(session: Session, wanted: str) -> Iterator[ItemStock]:
    page = search_items(session, wanted, size=BATCH)
    yield from page.rows
    while page.next:
        page = search_items(session, wanted, page.next, BATCH)
        yield from page.rows


def _cells(item: ItemStock) -> tuple[Any, ...]:
    return (
        item.sku,
        item.name,
        item.on_hand,
        item.unit,
        item.allocated,
        item.available,
        item.on_order,
        item.category,
    )


class _Search:
    """One page of a search. Its key: the last row seen, what was shown before its turn, and what
    is found but was not shown yet."""

    def __init__(self, session: Session, wanted: str, after: Key | None, size: int) -> None:
        self._session = session
        self._size = size
        self._wanted = wanted
        self._words = words_of(wanted)
        key: tuple[Any, ...] = after or (0, (), ())
        self._last: int | None = key[0]
        self._likely: tuple[int, ...] = key[1]
        self._waiting: list[int] = list(key[2])
        if after is None:
            self._begin()

    def page(self) -> Page[ItemStock]:
        while self._last is not None and len(self._waiting) < self._size:
            self._waiting += [hit.id for hit in self._more()]
        now, later = self._waiting[: self._size], tuple(self._waiting[self._size :])
        goes_on = later or self._last is not None
        key = (self._last, self._likely, later) if goes_on else None
        return Page(stock_of(self._session, now), key)

    def _begin(self) -> None:
        """Take what is likely to be meant and the first hits, the best of them first.

        If enough codes are so or begin so, nothing else can come before them.
        """
        exact, likely = find_likely(self._session, self._wanted)
        self._likely = tuple(hit.id for hit in likely)
        best = [hit for hit in likely if hit.id == exact or self._rank(hit)[0] <= BEGINS]
        rest = [] if len(best) >= self._size else self._more()
        order = sorted((*likely, *rest), key=self._rank)
        order.sort(key=lambda hit: hit.id != exact)
        self._waiting = [hit.id for hit in order]

    def _rank(self, hit: Hit) -> tuple[int, str]:
        return rank(self._wanted, hit.sku, hit.name, hit.codes)

    def _more(self) -> list[Hit]:
        """Return the next hits in row order, without those that were shown before their turn."""
        hits = find_containing(self._session, self._wanted, self._last or 0)
        self._last = hits[-1].id if len(hits) >= CANDIDATES else None
        return [
            hit
            for hit in hits
            if hit.id not in self._likely
            and matches(self._words, f"{hit.sku} {hit.name} {hit.codes}")
        ]
