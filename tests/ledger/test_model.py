"""The model itself, on examples that were worked out by hand from the design pages."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.ledger.model.money import apportion, cents, share
from tests.ledger.model.trying import PLACES, Tried, clock, line, money, refused


@pytest.fixture
def tried():
    return Tried()


@pytest.fixture
def short():
    """Goods may leave before they came."""
    return Tried(negative=PLACES)


def test_cents_are_rounded_half_away_from_zero():
    assert cents(Fraction(5, 1000)) == Decimal("0.01")
    assert cents(Fraction(-5, 1000)) == Decimal("-0.01")
    assert cents(Fraction(4, 1000)) == 0


def test_the_last_share_is_all_that_is_left():
    assert share(Decimal("10.00"), 1, 3) == Decimal("3.33")
    assert share(Decimal("6.67"), 1, 2) == Decimal("3.34")
    assert share(Decimal("3.33"), 1, 1) == Decimal("3.33")


def test_the_largest_remainders_get_the_cents_left_over():
    assert apportion(Decimal("1.00"), [Fraction(1)] * 3) == money("0.34", "0.33", "0.33")
    assert apportion(Decimal("0.05"), [Fraction(1), Fraction(2)]) == money("0.02", "0.03")
    with refused("nothing_to_spread"):
        apportion(Decimal(1), [Fraction(0)])


@pytest.mark.parametrize(
    ("item", "left"), [("AVG", "4.00"), ("FIFO", "3.00"), ("LIFO", "5.00"), ("STD", "5.00")]
)
def test_each_method_takes_its_own_cost(tried, item, left):
    tried.receive(item, 2, "2.50", at=8)
    tried.receive(item, 2, "1.50", at=9)
    tried.issue(item, 2, at=10)

    assert tried.value(item) == (2, Decimal(left))


def test_a_shortage_is_assumed_at_the_last_known_cost_and_mended_by_the_arrival(short):
    short.receive("FIFO", 1, "10.00", at=8)
    issue = short.issue("FIFO", 3, at=9)
    assert (short.value("FIFO"), short.worth(issue)) == ((-2, -20), [-30])

    short.receive("FIFO", 5, "12.00", at=10)

    assert (short.value("FIFO"), short.worth(issue)) == ((3, 36), [-34])
    assert short.value("FIFO", at=9) == (-2, -20)


def test_the_oldest_shortage_is_covered_first(short):
    first, second = short.issue("LIFO", 1, at=8), short.issue("LIFO", 2, at=9)
    short.receive("LIFO", 2, "3.00", at=10)

    assert (short.worth(first), short.worth(second)) == ([-3], [-3])
    assert short.layers("LIFO") == [(-1, 0)]


def test_a_count_is_an_anchor(tried):
    tried.receive("AVG", 5, at=8)
    tried.post("count", line("AVG", source="MAIN/A-1", counted=Decimal(1)), at=12)
    tried.receive("AVG", 42, at=9)

    assert tried.held("AVG") == 1
    assert tried.history.on_hand(clock(10)) == {("AVG", "", "MAIN/A-1"): 47}


def test_there_is_no_impossible_present_and_no_impossible_past(tried):
    tried.receive("AVG", 5, at=8)
    tried.issue("AVG", 5, at=12)

    with refused("not_enough_stock"):
        tried.issue("AVG", 1, at=7)
    with refused("impossible_past"):
        tried.issue("AVG", 1, at=9)


def test_an_expired_lot_does_not_go_out(tried):
    tried.receive("LOT", 2, lot="OLD", at=8)
    tried.issue("LOT", 1, lot="OLD", at=33)

    with refused("expired_lot"):
        tried.issue("LOT", 1, lot="OLD", at=72)


def test_a_serial_number_is_here_once(tried):
    tried.receive("SER", 1, lot="S", at=8)
    with refused("serial_conflict"):
        tried.receive("SER", 1, lot="S", target="MAIN/A-2", at=9)
    tried.issue("SER", 1, lot="S", at=10)
    with refused("serial_conflict"):
        tried.receive("SER", 1, lot="S", at=9)
    tried.receive("SER", 1, lot="S", at=11)


def test_cost_kept_by_lot_is_kept_apart(tried):
    tried.receive("LOT", 1, "1.00", lot="OLD", at=8)
    tried.receive("LOT", 1, "9.00", lot="NEW", at=8)
    tried.post("revaluation", line("LOT", cost="5", lot="OLD"), at=9)
    tried.issue("LOT", 1, lot="NEW", at=10)

    assert tried.value("LOT") == (1, 5)


def promise(tried, quantity, at=None):
    order = tried.post("sales_order", line("AVG", quantity), at=at)
    tried.post("allocate", order=order, at=None)
    return order


def test_nothing_is_promised_twice_and_what_is_promised_stays(tried):
    tried.receive("AVG", 5, at=8)
    first, second = promise(tried, 4), promise(tried, 4)

    assert [p.quantity for p in tried.history.orders.promises] == [4, 1]
    with refused("promised_stock"):
        tried.issue("AVG", 1, at=9)
    with refused("over_ship"):
        tried.post("issue", line("AVG", 5, source="MAIN/A-1"), order=first)
    tried.post("release", order=second, at=None)
    tried.issue("AVG", 1, at=9)
    with refused("not_reversible"):
        tried.post("issue", line("AVG", 4, source="MAIN/A-1"), order=first)
        tried.post("reversal", reverses=first)


def test_a_loss_takes_back_the_latest_promise(tried):
    tried.receive("AVG", 5, at=8)
    first, _ = promise(tried, 3), promise(tried, 2)
    tried.post("count", line("AVG", source="MAIN/A-1", counted=Decimal(4)), at=9)

    found = [(p.order_line, p.quantity) for p in tried.history.orders.promises]
    assert found[0] == ((first, 1), 3)
    assert [quantity for _, quantity in found] == [3, 1]
