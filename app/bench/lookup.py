"""Looking up: one item over all bins, pages, search as one types, the value of everything."""

import random
from collections.abc import Callable
from contextlib import closing
from typing import Any

from app.bench.big_file import big_database
from app.bench.lookup_floors import LookupFloor, open_floor
from app.bench.lookup_window import Typist
from app.bench.timing import Figures, Task, clocked, series
from app.core.clock import from_microseconds
from app.db.database import Database
from app.features.stock_lookup.rules import ITEMS_AT_ONCE
from app.features.stock_lookup.service import look_for
from app.features.stock_lookup.totals import list_items
from app.ledger.stock import find_values, on_hand_of

TIMES = 300
PAINTED = 100
FIRST_SKU = 10_000_000
BEGINNING = 1_700_000_000_000_000  # microseconds: the big company's first movement


def bench_lookup(task: Task) -> Figures:
    """Measure reading beside the bare driver's queries on the same data."""
    figures = Figures()
    database = big_database(task.url, task.items, task.movements)
    with closing(open_floor(task.url)) as floor:
        _measure_on_hand(figures, database, floor, task)
        _measure_pages(figures, database, floor, task)
        _measure_searches(figures, database, floor, task)
    _measure_values(figures, database, task)
    _measure_painting(figures, database, task)
    figures.memory()
    database.close()
    return figures


def _measure_on_hand(figures: Figures, database: Database, floor: LookupFloor, task: Task) -> None:
    chance = random.Random(1)
    ask = _asker(database, on_hand_of)
    figures.times("on_hand", series(lambda _: ask(chance.randint(1, task.items)), TIMES))
    chance = random.Random(1)
    bare = series(lambda _: floor.on_hand(chance.randint(1, task.items)), TIMES)
    figures.times("floor_on_hand", bare)
    figures.ratio("on_hand")


def _measure_pages(figures: Figures, database: Database, floor: LookupFloor, task: Task) -> None:
    chance = random.Random(2)
    ask = _asker(database, list_items)
    figures.times("page_100", series(lambda _: ask((_sku(chance, task),)), TIMES))
    chance = random.Random(2)
    figures.times("floor_page_100", series(lambda _: floor.page(_sku(chance, task)), TIMES))
    figures.ratio("page_100")


def _measure_searches(figures: Figures, database: Database, floor: LookupFloor, task: Task) -> None:
    ask = _asker(database, look_for)
    for what, words in _searches(task).items():
        figures.times(f"search_{what}", series(lambda n, words=words: ask(words[n]), TIMES))  # type: ignore[misc]
        bare = series(lambda n, words=words: floor.search(words[n].split()), TIMES)  # type: ignore[misc]
        figures.times(f"floor_search_{what}", bare)
        figures.ratio(f"search_{what}")


def _measure_values(figures: Figures, database: Database, task: Task) -> None:
    ask = _asker(database, find_values)
    figures.times("value_now", [clocked(ask) for _ in range(3)])
    half = from_microseconds(BEGINNING + task.movements // 20 * 1_000_000)
    figures.times("value_then", [clocked(lambda: ask(at=half)) for _ in range(3)])


def _measure_painting(figures: Figures, database: Database, task: Task) -> None:
    typist = Typist(database)
    try:
        for what, words in _searches(task).items():
            painted = series(lambda n, words=words: typist.search(words[n]), PAINTED)  # type: ignore[misc]
            figures.times(f"painted_{what}", painted)
        typist.search("")
        pages = min(PAINTED, (task.items - 1) // ITEMS_AT_ONCE)
        if pages:
            figures.times("painted_page", series(lambda _: typist.scroll(), pages))
    finally:
        typist.close()


def _searches(task: Task) -> dict[str, list[str]]:
    """Beginnings of SKUs, parts of barcodes and SKUs, and words of names in any order."""
    chance = random.Random(3)
    skus = [_sku(chance, task) for _ in range(TIMES)]
    return {
        "prefix": [sku[: chance.randint(5, len(sku))] for sku in skus],
        "infix": [sku[-chance.randint(3, 6) :] for sku in skus],
        "words": [
            f"{chance.randint(10, 96)} {chance.choice(('kind', 'item', 'ite'))}"
            f" {chance.randint(100, 999)}"
            for _ in skus
        ],
    }


def _asker(database: Database, service: Callable[..., Any]) -> Callable[..., Any]:
    """Return what asks a service as a reader of the window does: in a session of its own."""

    def ask(*args: Any, **kwargs: Any) -> Any:
        with database.reading() as session:
            return service(session, *args, **kwargs)

    return ask


def _sku(chance: random.Random, task: Task) -> str:
    return f"SKU-{chance.randint(1, task.items) + FIRST_SKU}"
