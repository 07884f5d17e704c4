"""Posting: one scan, a long receipt, a long count, a late entry, several writers at once."""

import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, select

from app.bench.big_file import BINS, big_database
from app.bench.floors import Floor, PostgresFloor, SqliteFloor
from app.bench.timing import Figures, Task, clocked, series
from app.core.clock import from_microseconds
from app.core.documents import Document, DocumentType, Line, new_key
from app.db.database import Database
from app.db.tables import MovementRow
from app.ledger.posting import post

SCANS = 1_000
RECEIPT_LINES = 1_000
COUNT_LINES = 5_000
WRITERS = 8
EACH = 250
BEFORE = 1_700_000_000_000_000  # microseconds: before the big company's first movement


def bench_post(task: Task) -> Figures:
    """Measure one scan and a receipt of 1,000 lines; on PostgreSQL eight writers too."""
    figures = Figures()
    database = big_database(task.url, task.items, task.movements)
    chance = random.Random(7)
    floor = _floor(task)
    try:
        scans = min(SCANS, 2 * task.items)
        figures.times("scan", series(lambda _: _scan(database, _sku(chance, task)), scans))
        figures.times("floor_scan", series(lambda _: floor.post([_move(chance, task)]), scans))
        figures.ratio("scan")
        lines = _receipt(chance, task)
        figures.times("receipt_1000", series(lambda _: _post(database, "receipt", lines), 5))
        bare = [_move(chance, task) for _ in range(RECEIPT_LINES)]
        figures.times("floor_receipt_1000", series(lambda _: floor.post(bare), 5))
        figures.ratio("receipt_1000")
    finally:
        floor.close()
        database.close()
    if not database.file:
        figures.set("writers_any_item_per_s", _together(task, same_item=False))
        figures.set("writers_one_item_per_s", _together(task, same_item=True))
    return figures


def bench_count(task: Task) -> Figures:
    """Measure the posting of a count of 5,000 lines, half of them different."""
    figures = Figures()
    database = big_database(task.url, task.items, task.movements)
    floor = _floor(task)
    try:
        numbers = range(1, min(COUNT_LINES, task.items) + 1)
        lines = [
            Line(item=_sku_of(n), source=_bin(n + place), counted=Decimal(1 + place % 2))
            for place, n in enumerate(numbers)
        ]
        figures.times("count_5000", series(lambda _: _post(database, "count", lines), 3))
        bare = [(_sku_of(n), n % BINS, 0, 1) for n in numbers[: COUNT_LINES // 2]]
        figures.times("floor_count_5000", series(lambda _: floor.post(bare), 3))
        figures.ratio("count_5000")
    finally:
        floor.close()
        database.close()
    return figures


def bench_late(task: Task) -> Figures:
    """Measure an entry before all other movements of an item, and one before the last of them."""
    figures = Figures()
    database = big_database(task.url, 1, task.movements)
    try:
        line = Line(item=_sku_of(1), quantity=Decimal(1), target=_bin(1), unit_cost=Decimal(3))
        at = from_microseconds(BEFORE) - timedelta(days=1)
        figures.times("late", [clocked(lambda: _post(database, "receipt", [line], at=at))])
        figures.set("later_movements", task.movements)
        with database.reading() as session:
            last = session.scalar(select(func.max(MovementRow.effective_at)))
        at = (last or at) - timedelta(milliseconds=1)
        figures.times(
            "late_near_the_end", [clocked(lambda: _post(database, "receipt", [line], at=at))]
        )
    finally:
        database.close()
    return figures


def _together(task: Task, *, same_item: bool) -> float:
    """Return the postings a second that eight processes reach together."""
    parts = [(task, writer, same_item) for writer in range(WRITERS)]
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as pool:
        list(pool.map(_warm_up, parts))
        start = perf_counter()
        list(pool.map(_write, parts))
    return WRITERS * _each(task) / (perf_counter() - start)


def _each(task: Task) -> int:
    """How many documents each writer posts."""
    return min(EACH, task.items)


def _warm_up(part: tuple[Task, int, bool]) -> None:
    task, writer, _ = part
    database = Database(task.url)
    _scan(database, _sku_of(writer % task.items + 1))
    database.close()


def _write(part: tuple[Task, int, bool]) -> None:
    task, writer, same_item = part
    database = Database(task.url)
    chance = random.Random(writer)
    for _ in range(_each(task)):
        _scan(database, _sku_of(1) if same_item else _sku(chance, task))
    database.close()


def _floor(task: Task) -> Floor:
    skus = [_sku_of(number) for number in range(1, task.items + 1)]
    if "://" in task.url:
        return PostgresFloor(task.url, skus)
    return SqliteFloor(Path(task.url).parent, skus)


def _post(database: Database, kind: str, lines: Sequence[Line], **head: object) -> None:
    document = Document(key=new_key(), type=DocumentType(kind), lines=tuple(lines), **head)  # type: ignore[arg-type]
    database.run(lambda session: post(session, document, user="bench"))


def _scan(database: Database, sku: str) -> None:
    _post(database, "receipt", [Line(item=sku, quantity=Decimal(1), target="BIG/B1")])


def _receipt(chance: random.Random, task: Task) -> list[Line]:
    return [
        Line(
            item=_sku(chance, task),
            quantity=Decimal(5),
            target=_bin(chance.randrange(BINS)),
            unit_cost=Decimal("2.00"),
        )
        for _ in range(RECEIPT_LINES)
    ]


def _move(chance: random.Random, task: Task) -> tuple[str, int, int, int]:
    return _sku(chance, task), 1, chance.randrange(BINS), 5


def _sku(chance: random.Random, task: Task) -> str:
    return _sku_of(chance.randint(1, task.items))


def _sku_of(number: int) -> str:
    return f"SKU-{number + 10_000_000}"


def _bin(number: int) -> str:
    return f"BIG/B{number % BINS + 1}"
