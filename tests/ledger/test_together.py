"""Several at the same items at once: exact, each document once, and nobody hears of a deadlock."""

import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import select

from app.core.documents import Build, Document, DocumentType, new_key
from app.core.refusals import PeriodClosed
from app.db.tables import DocumentRow, ItemRow
from app.ledger.posting import begin, post
from tests.ledger.conftest import line
from tests.support.crowd import BINS, PAST, document_of, key_of
from tests.support.together import run_together

ROOT = Path(__file__).parents[2]
DAY = date(2026, 3, 2)

only_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Crowd:
    """So many writers, each a process of its own, at one company."""

    def __init__(self, company, writers: int, each: int) -> None:
        self.company = company
        self.receipt = company.receive("TEA", 50, "1.50", at=PAST)
        company.receive("TEA", 50, "2.50", target="MAIN/A-2", at=PAST)
        self.order = company.post("sales_order", line("TEA", 40))
        engine = company.database.engine
        self._address = str(
            company.database.file or engine.url.render_as_string(hide_password=False)
        )
        self._writers, self._each = writers, each
        self.answers: dict[tuple[int, int], str] = {}

    def work(self) -> float:
        """Let them all post to their ends and return how many answers they got a second."""
        start = time.perf_counter()
        running = [self._start(writer) for writer in range(self._writers)]
        for writer, process in enumerate(running):
            told, fault = process.communicate()
            assert process.returncode == 0, fault
            for answer in told.splitlines():
                number, _, outcome = answer.partition(" ")
                self.answers[writer, int(number)] = outcome
        return len(self.answers) / (time.perf_counter() - start)

    def _start(self, writer: int):
        words = [self._address, str(writer), str(self._each), self.receipt, self.order]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.support.crowd", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def expected(self) -> Counter:
        """What the acknowledged documents leave in each bin, and of the product."""
        held = Counter({("TEA", place): Decimal(50) for place in BINS})
        for (writer, number), outcome in self.answers.items():
            document = document_of(writer, number, self.receipt, self.order)
            if outcome.startswith("refused"):
                continue
            place = document.build.location if document.build else ""
            if document.build:
                held["RUM", place] += document.build.quantity
            for one in document.lines:
                if one.source or place:
                    held[one.item, one.source or place] -= one.quantity
                if one.target:
                    held[one.item, one.target] += one.quantity
        return held

    def assert_exact(self) -> None:
        assert len(self.answers) == self._writers * self._each
        for (item, place), quantity in self.expected().items():
            assert self.company.on_hand(item, place) == quantity
        acknowledged = {
            key_of(*writer): outcome
            for writer, outcome in self.answers.items()
            if not outcome.startswith("refused")
        }
        with self.company.database.reading() as session:
            rows = session.execute(
                select(DocumentRow.key, DocumentRow.number).where(
                    DocumentRow.key.startswith("crowd-")
                )
            )
            assert dict(tuple(row) for row in rows) == acknowledged
        assert self.company.differences() == []


def kill_now_and_then(postgres, name: str, stop: Event, every: float) -> None:
    """Cut one of the connections to a database from time to time."""
    one = (
        "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND application_name = 'Stockroom'"
        " ORDER BY random() LIMIT 1) AS somebody"
    )
    while not stop.wait(every):
        postgres.execute(one)


@only_postgresql
@pytest.mark.parametrize(
    ("writers", "each"), [(4, 40), pytest.param(8, 500, marks=pytest.mark.long)]
)
def test_many_writers_whose_connections_break_leave_an_exact_ledger(
    company, postgres, writers, each
):
    crowd = Crowd(company, writers, each)
    name = company.database.engine.url.database
    stop = Event()
    killer = Thread(target=kill_now_and_then, args=[postgres, name, stop, 0.2])
    killer.start()
    try:
        rate = crowd.work()
    finally:
        stop.set()
        killer.join()
    print(f"{writers} x {each}: {rate:.0f} answers a second, {Counter(kinds(crowd))}")

    crowd.assert_exact()


@only_sqlite
@pytest.mark.parametrize(
    ("writers", "each"), [(2, 40), pytest.param(2, 500, marks=pytest.mark.long)]
)
def test_two_programs_on_one_file_leave_an_exact_ledger(company, writers, each):
    crowd = Crowd(company, writers, each)
    rate = crowd.work()
    print(f"{writers} x {each}: {rate:.0f} answers a second, {Counter(kinds(crowd))}")

    crowd.assert_exact()


def kinds(crowd):
    return [
        answer if answer.startswith("refused") else answer[:2] for answer in crowd.answers.values()
    ]


def test_of_two_who_allocate_the_last_five_exactly_one_gets_them(company):
    company.receive("TEA", 5)
    orders = [company.post("sales_order", line("TEA", 5)) for _ in range(2)]
    together = Barrier(2)
    answers = []

    def allocate(order):
        together.wait(timeout=10)
        answers.append(company.posted("allocate", order=order))

    run_together(*(lambda order=order: allocate(order) for order in orders))

    assert sorted(len(answer.warnings) for answer in answers) == [0, 1]
    assert company.allocated("TEA") == 5
    assert company.differences() == []


@only_postgresql
def test_two_who_revalue_each_others_products_both_get_through(company, clock):
    """Late costs of things that are made of each other: each holds what the other needs next."""
    for item in ("TEA", "RUM"):
        company.receive(item, 10, "2.00", at=clock(8))
    for source, product in (("TEA", "RUM"), ("RUM", "TEA")):
        made = Build(product=product, quantity=Decimal(1), location="MAIN/A-1")
        company.post("build", line(source, 1), build=made, at=clock(10))
    both_hold_one = Barrier(2)
    tries = []

    def receive_late(item):
        def work(session):
            tries.append(item)
            lock = select(ItemRow.id).where(ItemRow.sku == item).with_for_update(key_share=True)
            session.execute(lock)
            if len(tries) <= 2:
                both_hold_one.wait(timeout=10)
            goods = line(item, 1, unit_cost=Decimal(5), target="MAIN/A-1")
            document = Document(
                key=f"late-{item}", type=DocumentType.RECEIPT, lines=(goods,), at=clock(9)
            )
            return post(session, document)

        return lambda: company.database.run(work)

    run_together(receive_late("TEA"), receive_late("RUM"))

    assert len(tries) == 3
    assert company.on_hand("TEA") == company.on_hand("RUM") == 11
    assert company.differences() == []


@only_postgresql
def test_what_began_before_a_closing_is_in_it_and_what_began_after_is_refused(company, clock):
    company.receive("RUM", 10, "2.00", at=clock(8))
    closing = Document(key=new_key(), type=DocumentType.CLOSE_PERIOD, until=DAY)
    has_begun = Event()
    outcomes = []

    def close(session):
        posting = begin(session, closing)
        has_begun.set()
        time.sleep(0.2)
        return posting.run()

    def receive():
        has_begun.wait(timeout=10)
        try:
            outcomes.append(company.receive("RUM", 1, "3.00", at=clock(9)))
        except PeriodClosed:
            outcomes.append("closed")

    run_together(lambda: company.database.run(close), receive)
    _land_on_all(company)

    assert outcomes == ["closed"]
    assert company.differences() == []


@only_postgresql
def test_a_closing_waits_for_what_has_begun(company, clock):
    company.receive("RUM", 10, "2.00", at=clock(8))
    goods = line("RUM", 1, unit_cost=Decimal(3), target="MAIN/A-1")
    receipt = Document(key=new_key(), type=DocumentType.RECEIPT, lines=(goods,), at=clock(9))
    has_begun = Event()

    def receive(session):
        posting = begin(session, receipt)
        has_begun.set()
        time.sleep(0.2)
        return posting.run()

    def close():
        has_begun.wait(timeout=10)
        company.post("close_period", until=DAY)

    run_together(lambda: company.database.run(receive), close)
    _land_on_all(company)

    assert company.value("RUM", at=clock(10)) == (11, 23)
    assert company.differences() == []


def test_a_period_that_is_closed_while_others_post_into_it_holds_what_was_before(company, clock):
    company.receive("RUM", 10, "2.00", at=clock(8))
    kept: list[str] = []

    def receive():
        with suppress(PeriodClosed):
            for _ in range(15):
                kept.append(company.receive("RUM", 1, "3.00", at=clock(9)))

    def close():
        time.sleep(0.05)
        company.post("close_period", until=DAY)

    run_together(receive, receive, close)
    _land_on_all(company)

    count = len(kept)
    assert company.value("RUM", at=clock(10)) == (10 + count, 20 + 3 * count)
    assert company.differences() == []


def _land_on_all(company):
    """Bring something to light of the closed period, so that it is proven as it was closed."""
    with company.database.reading() as session:
        query = select(DocumentRow.number).where(DocumentRow.type == DocumentType.RECEIPT)
        first = session.scalars(query.order_by(DocumentRow.id)).first()
    company.post("landed_cost", names=first, amount=Decimal(4), by="value")
