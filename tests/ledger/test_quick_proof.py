"""What is proven at full speed is right, by the checks that know everything; and most is proven."""

import random
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from app.core.catalogue import Costing
from app.core.costing import Change, Cost, Pool
from app.core.refusals import ImpossiblePast, NotEnoughStock
from app.db.tables import ItemRow
from app.db.types import to_millionths
from app.ledger.quick_pools import make_pool
from app.ledger.quick_proof import QuickProof
from app.ledger.spans import Span
from app.ledger.verify import verify
from tests.ledger.all_kinds import DAMAGE, post_all_kinds

ALL = Span(0, 2**40)
PLACES = ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1")


def from_millionths(count):
    return Decimal(count).scaleb(-6)


def proven(company):
    with company.database.reading() as session:
        numbers = QuickProof(session.connection(), 2).prove(ALL)
        return set(session.scalars(select(ItemRow.sku).where(ItemRow.id.in_(numbers))))


def names_of_wrong_items(company, monkeypatch):
    """The items of which the slow checks find on hand or value wrong."""
    monkeypatch.setattr(QuickProof, "prove", lambda _self, _span: set())
    checks = company.database.run(verify)
    monkeypatch.undo()
    found = [check.differences for check in checks if check.name not in ("allocations", "orders")]
    return {sku for sku in ("TEA", "RUM", "GIN", "MILK", "SAW", "FLOUR") if sku in str(found)}


def post_at_random(company, clock, seed):
    chance = random.Random(seed)
    numbers = []
    for _ in range(40):
        item, at = chance.choice(("TEA", "RUM", "GIN")), clock(chance.randint(0, 12))
        source, target = chance.sample(PLACES, 2)
        count, cost = chance.randint(1, 9), chance.randint(1, 999) / 100
        try:
            match chance.choice(("receive", "receive", "issue", "move", "count", "reverse")):
                case "receive":
                    stated = f"{cost:.2f}" if chance.random() < 0.8 else None
                    numbers.append(company.receive(item, count, stated, target=target, at=at))
                case "issue":
                    numbers.append(company.issue(item, count, source, at=at))
                case "move":
                    numbers.append(company.move(item, count, source, target, at=at))
                case "count":
                    numbers.append(company.count(item, count, source, at=at))
                case "reverse" if numbers:
                    company.reverse(numbers.pop(chance.randrange(len(numbers))))
        except (NotEnoughStock, ImpossiblePast):
            continue


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_slow_checks_find_right_what_is_proven_whatever_was_changed(
    company, clock, seed, monkeypatch
):
    post_at_random(company, clock, seed)
    chance = random.Random(seed)
    tables = {
        "balance": ("on_hand = on_hand + 1000000",),
        "movement_value": ("value = value + 10000",),
        "pool": ("quantity = quantity - 1", "value = value + 10000", "last_costed_id = NULL"),
        "layer": ("quantity = quantity + 1", "value = value + 1", "sequence = sequence + 1"),
    }
    for table, changes in tables.items():
        for change in changes:
            with company.database.engine.begin() as connection:
                rows = connection.execute(text(f"SELECT rowid FROM {table}")).scalars().all()
                one = chance.choice(rows or [0])
                connection.execute(text(f"UPDATE {table} SET {change} WHERE rowid = {one}"))
            assert not proven(company) & names_of_wrong_items(company, monkeypatch)


def test_plain_history_is_proven_by_every_method(company, clock):
    for item in ("TEA", "RUM", "GIN", "FLOUR"):
        company.receive(item, 10, "1.33", at=clock(8))
        company.receive(item, 3, "2.00", at=clock(9))
        company.issue(item, 4, at=clock(10))
        company.move(item, 2, "MAIN/A-1", "SHOP/S-1", at=clock(11))
        company.count(item, 9, at=clock(12))
        company.count(item, 5, at=clock(13))
        company.receive(item, 1, at=clock(16))
        company.receive(item, 1, "0.07", at=clock(15))
        company.reverse(company.receive(item, 1, "9.00", at=clock(14)))

    assert proven(company) == {"TEA", "RUM", "GIN", "FLOUR", "MILK", "SAW"}
    assert company.differences() == []


@pytest.mark.parametrize("what", [name for name in DAMAGE if DAMAGE[name][1] != "checkpoint"])
def test_nothing_that_is_damaged_is_proven(company, clock, what, monkeypatch):
    post_all_kinds(company, clock)
    with company.database.engine.begin() as connection:
        connection.execute(text(DAMAGE[what][2]))

    assert not proven(company) & names_of_wrong_items(company, monkeypatch)


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("costing", [Costing.AVERAGE, Costing.FIFO, Costing.LIFO])
def test_plain_costing_is_costing(costing, seed, clock):
    chance = random.Random(seed)
    places = chance.choice((0, 2, 4))
    pool, quick = Pool(costing, places), make_pool(costing, places)
    for number in range(1, 60):
        quantity = chance.choice((1, 10**6, 3 * 10**6, chance.randint(1, 10**10)))
        moment = (clock(1), number)
        if quick.quantity and chance.random() < 0.5:
            quantity = chance.choice((quick.quantity, min(quantity, quick.quantity)))
            left = quick.leave(quantity)
            real = pool.leave(Change(number, moment, from_millionths(quantity)))
            assert left == to_millionths(real)
            continue
        stated = chance.choice((None, 0, chance.randint(1, 10**9)))
        if stated is None and quick.latest is None:
            continue
        cost = None
        if stated is not None:
            amount = from_millionths(stated) * from_millionths(quantity)
            cost = Cost(number, amount, from_millionths(quantity))
        came = quick.arrive(number, quantity, None if stated is None else stated * quantity)
        real = pool.arrive(Change(number, moment, from_millionths(quantity), cost))
        assert came == to_millionths(real)
    assert (quick.quantity, quick.value) == (
        to_millionths(pool.quantity),
        to_millionths(pool.value),
    )
    layers = {
        layer.source: (to_millionths(layer.quantity), to_millionths(layer.value))
        for layer in pool.layers
    }
    assert quick.layers() == ({} if costing is Costing.AVERAGE else layers)


def test_plain_costing_does_not_say_what_a_shortage_costs():
    for costing in (Costing.AVERAGE, Costing.FIFO, Costing.LIFO):
        pool = make_pool(costing, 2)
        pool.arrive(1, 5, 10)
        assert pool.leave(6) is None
        assert make_pool(costing, 2).arrive(1, 5, None) is None
