"""The rules of value that hold for every method, whatever happens."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.catalogue import Costing
from app.core.clock import EPOCH
from app.core.costing import Change, Cost, Layer, Pool

START = datetime(2026, 1, 1, tzinfo=UTC)
METHODS = tuple(Costing)

steps = st.lists(
    st.tuples(
        st.booleans(),
        st.integers(1, 20),
        st.one_of(st.none(), st.decimals(0, 100, places=4, allow_nan=False)),
    ),
    max_size=40,
)


def pool(method, standard="3.33"):
    return Pool(method, 2, standard=Decimal(standard) if method is Costing.STANDARD else None)


def play(pool, steps):
    """Do the steps and return the value of each movement, as re-valued later."""
    values = {}
    for number, (arrives, quantity, cost) in enumerate(steps, start=1):
        moment = (START + timedelta(minutes=number), number)
        if arrives:
            stated = None if cost is None else Cost(number, cost * quantity, Decimal(quantity))
            values[number] = pool.arrive(Change(number, moment, Decimal(quantity), stated))
        else:
            values[number] = pool.leave(Change(number, moment, Decimal(quantity)))
        for movement, more in pool.changed.items():
            values[movement] += more
        pool.changed.clear()
    return values


@pytest.mark.parametrize("method", METHODS)
@given(steps=steps)
def test_the_value_is_that_of_the_layers_and_of_what_came_less_what_went(method, steps):
    it = pool(method)
    values = play(it, steps)
    came_and_went = sum(
        values[number] if arrives else -values[number]
        for number, (arrives, *_) in enumerate(steps, start=1)
    )

    assert it.value == sum(layer.value for layer in it.layers) == came_and_went
    assert it.quantity == sum(layer.quantity for layer in it.layers)


@pytest.mark.parametrize("method", METHODS)
@given(steps=steps)
def test_nothing_is_worth_nothing(method, steps):
    it = pool(method)
    play(it, steps)
    if it.quantity > 0:
        it.leave(Change(99, (START + timedelta(days=1), 99), it.quantity))
    elif it.quantity < 0:
        it.arrive(Change(99, (START + timedelta(days=1), 99), -it.quantity))

    assert (it.quantity, it.value) == (0, 0)


@pytest.mark.parametrize("method", METHODS)
@given(steps=steps)
def test_shortages_and_stock_never_stand_side_by_side(method, steps):
    it = pool(method)
    play(it, steps)

    assert len({layer.quantity > 0 for layer in it.layers}) <= 1


def test_a_shortage_takes_the_cost_of_what_arrives_for_it():
    it = pool(Costing.FIFO)
    values = play(it, [(True, 1, Decimal(10)), (False, 3, None), (True, 5, Decimal(12))])

    assert values[2] == 10 + 2 * 12
    assert (it.quantity, it.value) == (3, 36)


def test_standard_cost_takes_no_notice_of_prices():
    it = pool(Costing.STANDARD, "2.00")

    assert play(it, [(True, 4, Decimal(9)), (False, 1, None)]) == {1: 8, 2: 2}


def test_stored_layers_that_were_not_needed_are_let_go():
    let_go = []

    def stored():
        try:
            yield Layer(1, (EPOCH, 1), Decimal(2), Decimal(4))
            yield Layer(2, (EPOCH, 2), Decimal(2), Decimal(6))
        finally:
            let_go.append(True)

    pool = Pool(Costing.FIFO, 2)
    pool.resume(Decimal(4), Decimal(10), stored())
    pool.leave(Change(3, (EPOCH, 3), Decimal(1)))
    pool.close()

    assert let_go
