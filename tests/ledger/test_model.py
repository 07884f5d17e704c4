"""The model itself, on examples that were worked out by hand from the design pages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from app.core.catalogue import Costing
from app.core.documents import Build, Document, DocumentType, Line, SpreadBy, new_key
from tests.ledger.model.company import Company, Item
from tests.ledger.model.history import History
from tests.ledger.model.money import apportion, cents, share
from tests.ledger.model.refusal import Refusal

START = datetime(2026, 3, 2, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
PLACES = ("MAIN/A-1", "MAIN/A-2", "SHOP/S-1")


def clock(hours):
    return START + timedelta(hours=hours)


class Tried:
    """A company whose documents are stated in short words; what is refused raises."""

    def __init__(self, negative=()):
        items = (
            Item("AVG"),
            Item("FIFO", costing="fifo", weight=Decimal(3)),
            Item("LIFO", costing="lifo"),
            Item("STD", costing="standard", standard_cost=Decimal("2.50")),
            Item("KIT", costing="fifo", bill={"AVG": Decimal(2), "FIFO": Decimal(1)}),
            Item("BY", standard_cost=Decimal("0.10")),
            Item("LOT", tracking="lot", cost_per_lot=True),
            Item("SER", tracking="serial"),
        )
        self.history = History(
            Company(
                items={item.sku: item for item in items},
                storage=PLACES,
                negative=frozenset(negative),
                lots={("LOT", "OLD"): date(2026, 3, 3), ("LOT", "NEW"): None},
            )
        )
        self.made = 0

    def post(self, kind, *lines, at=8, **head):
        moment = None if at is None else clock(at)
        document = Document(key=new_key(), type=DocumentType(kind), lines=lines, at=moment, **head)
        refused = self.history.try_out(document, NOW)
        if refused:
            raise Refusal("+".join(sorted(refused)))
        self.made += 1
        number = f"{kind}-{self.made}"
        self.history.post(document, number, NOW)
        return number

    def receive(self, item, quantity, cost=None, at=8, **more):
        more.setdefault("target", "MAIN/A-1")
        return self.post("receipt", line(item, quantity, cost=cost, **more), at=at)

    def issue(self, item, quantity, at=8, **more):
        more.setdefault("source", "MAIN/A-1")
        return self.post("issue", line(item, quantity, **more), at=at)

    def value(self, item, at=None):
        return self.history.values(None if at is None else clock(at))[item]

    def held(self, item, place="MAIN/A-1", lot=""):
        return self.history.on_hand().get((item, lot, place), 0)

    def layers(self, item):
        return self.history.replay().pool(item, "").open_layers()

    def worth(self, number):
        """The values of a document's movements, in line order."""
        values = self.history.movement_values()
        return [values[key] for key in sorted(values) if key[0] == number]


def line(item="", quantity=0, cost=None, **more):
    cost = None if cost is None else Decimal(cost)
    return Line(item=item, quantity=Decimal(quantity), unit_cost=cost, **more)


def money(*texts):
    return [Decimal(text) for text in texts]


@pytest.fixture
def tried():
    return Tried()


@pytest.fixture
def short():
    """Goods may leave before they came."""
    return Tried(negative=PLACES)


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


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


def test_a_landed_cost_is_part_of_what_its_receipt_cost(tried):
    lines = (
        line("AVG", 2, "3.00", target="MAIN/A-1"),
        line("FIFO", 1, "6.00", target="MAIN/A-1", rejected=Decimal(2)),
    )
    receipt = tried.post("receipt", *lines, at=8)
    tried.issue("FIFO", 1, at=9)
    spread = {"by": SpreadBy.VALUE, "names": receipt}
    landed = tried.post("landed_cost", at=10, amount=Decimal("4.00"), **spread)

    assert tried.worth(receipt) == money("7.00", "7.00", "14.00")
    assert tried.value("FIFO") == (2, 14)
    with refused("document_in_use"):
        tried.post("reversal", reverses=receipt)
    tried.post("reversal", reverses=landed)
    assert tried.value("FIFO") == (2, 12)


@pytest.mark.parametrize(
    ("by", "shares"), [("quantity", ("4.00", "2.00")), ("weight", ("0", "6")), ("equal", "33")]
)
def test_a_landed_cost_may_be_spread_in_other_ways(tried, by, shares):
    lines = (line("AVG", 2, 1, target="MAIN/A-1"), line("FIFO", 1, 1, target="MAIN/A-1"))
    receipt = tried.post("receipt", *lines)
    tried.post("landed_cost", names=receipt, amount=Decimal(6), by=SpreadBy(by))

    assert tried.worth(receipt) == [2 + Decimal(shares[0]), 1 + Decimal(shares[1])]


def test_a_landed_cost_needs_something_to_be_spread_on_and_a_receipt(tried):
    receipt = tried.receive("AVG", 2, "1.00")
    with refused("nothing_to_spread"):
        tried.post("landed_cost", names=receipt, amount=Decimal(6), by=SpreadBy.WEIGHT)
    with refused("malformed"):
        tried.post("landed_cost", names=receipt, amount=Decimal("0.001"), by=SpreadBy.EQUAL)
    with refused("unknown_document"):
        tried.post("landed_cost", names="nothing", amount=Decimal(1), by=SpreadBy.EQUAL)


def test_goods_go_back_from_the_layer_of_their_receipt_and_no_more_than_came(tried):
    tried.receive("FIFO", 2, "1.00", at=8)
    second = tried.receive("FIFO", 2, "5.00", at=9)
    back = {"names": second, "at": 10}
    returned = tried.post("supplier_return", line("FIFO", 1, source="MAIN/A-1"), **back)

    assert tried.worth(returned) == [-5]
    assert tried.layers("FIFO") == [(2, 2), (1, 5)]
    with refused("over_return"):
        tried.post("supplier_return", line("FIFO", 2, source="MAIN/A-1"), **back)


def test_what_comes_back_from_a_customer_is_worth_what_it_left_with(tried):
    tried.receive("AVG", 3, "3.3333", at=8)
    issue = tried.issue("AVG", 3, at=9)
    came = [
        tried.post("customer_return", line("AVG", 1, target="MAIN/A-2"), names=issue, at=10 + hour)
        for hour in range(3)
    ]

    assert [tried.worth(number) for number in came] == [money(v) for v in ("3.33", "3.34", "3.33")]
    with refused("over_return"):
        tried.post("customer_return", line("AVG", 1, target="MAIN/A-2"), names=issue, at=13)


def test_goods_on_their_way_are_received_by_what_was_shipped(tried):
    tried.receive("AVG", 5, "1.00", at=8)
    sent = line("AVG", 4, source="MAIN/A-1", target="SHOP/S-1")
    shipment = tried.post("transfer_ship", sent, at=9)
    assert tried.held("AVG", "SHOP/TRANSIT") == 4

    tried.post("transfer_receive", line("AVG", 1), names=shipment, target="MAIN/A-2", at=10)
    with refused("over_receipt"):
        tried.post("transfer_receive", line("AVG", 4), names=shipment, at=10)
    tried.post("transfer_receive", names=shipment, at=10)

    assert [tried.held("AVG", place) for place in PLACES] == [1, 1, 3]
    assert tried.value("AVG") == (5, 5)


def test_what_was_lost_on_the_way_is_not_there_to_be_received(tried):
    tried.receive("AVG", 5, at=8)
    sent = line("AVG", 4, source="MAIN/A-1", target="SHOP/S-1")
    shipment = tried.post("transfer_ship", sent, at=9)
    tried.post("adjustment", line("AVG", -1, source="SHOP/TRANSIT"), at=10)

    with refused("not_enough_stock"):
        tried.post("transfer_receive", names=shipment, at=11)


def build(quantity=1, **more):
    return Build(product="KIT", quantity=Decimal(quantity), location="MAIN/A-1", **more)


def test_a_build_passes_on_what_its_components_were_worth(tried):
    tried.receive("AVG", 6, "1.00", at=8)
    tried.receive("FIFO", 3, "2.00", at=8)
    by_product = line("BY", 1, share=Decimal("0.25"))
    made = build(2, scrap=Decimal(1), cost=Decimal("0.01"), outputs=(by_product,))
    tried.post("build", build=made, at=9)

    assert (tried.value("AVG"), tried.value("FIFO")) == ((0, 0), (0, 0))
    assert (tried.value("KIT"), tried.value("BY")) == ((2, Decimal("9.01")), (1, 3))


def test_a_build_of_goods_that_came_later_gets_their_real_cost(short):
    short.post("build", line("AVG", 3), build=build(), at=8)
    assert short.value("KIT") == (1, 0)
    arrival = short.receive("AVG", 3, "2.00", at=9)
    assert short.value("KIT") == (1, 6)
    assert short.value("KIT", at=8) == (1, 0)
    short.post("reversal", reverses=arrival)
    assert short.value("KIT") == (1, 0)


def test_what_is_taken_apart_is_worth_what_it_was_together(tried):
    tried.receive("KIT", 1, "9.00", at=8)
    tried.receive("AVG", 1, "1.00", at=8)
    tried.receive("FIFO", 1, "4.00", at=8)
    tried.post("unbuild", build=build(), at=9)

    assert (tried.value("AVG"), tried.value("FIFO")) == ((3, 4), (2, 10))


def test_a_revaluation_is_shared_by_the_layers(tried):
    tried.receive("FIFO", 1, "1.00", at=8)
    tried.receive("FIFO", 2, "5.00", at=9)
    number = tried.post("revaluation", line("FIFO", cost="0.335"), at=10)
    assert tried.layers("FIFO") == [(1, Decimal("0.34")), (2, Decimal("0.67"))]

    tried.receive("FIFO", 1, "7.00", at=8)
    assert tried.value("FIFO") == (4, Decimal("1.34"))
    tried.post("reversal", reverses=number)
    assert tried.value("FIFO") == (4, 18)


def test_a_revaluation_changes_a_standard_cost_from_its_moment(tried):
    tried.receive("STD", 2, "9.00", at=8)
    tried.post("revaluation", line("STD", cost="0"), at=9)
    tried.receive("STD", 1, at=10)

    assert (tried.value("STD", at=8), tried.value("STD")) == ((2, 5), (3, 0))


def test_a_change_of_costing_begins_one_layer_at_the_same_value(tried):
    tried.receive("FIFO", 1, "1.00", at=8)
    tried.receive("FIFO", 1, "2.00", at=9)
    tried.post("costing_change", item="FIFO", costing=Costing.LIFO, at=10)
    tried.receive("FIFO", 1, "9.00", at=11)
    tried.issue("FIFO", 2, at=12)

    assert tried.value("FIFO") == (1, Decimal("1.50"))
    with refused("malformed"):
        tried.post("costing_change", item="FIFO", costing=Costing.LIFO, at=13)


def test_a_closed_period_says_what_it_said_until_it_is_opened_again(tried):
    receipt = tried.receive("AVG", 2, "1.00", at=8)
    tried.issue("AVG", 1, at=9)
    tried.post("close_period", until=date(2026, 3, 2), at=None)
    with refused("period_closed"):
        tried.issue("AVG", 1, at=10)
    with refused("period_closed"):
        tried.post("reversal", reverses=receipt)
    landed = {"names": receipt, "amount": Decimal(2), "by": SpreadBy.VALUE}
    tried.post("landed_cost", at=72, **landed)

    assert (tried.value("AVG", at=8), tried.value("AVG", at=72)) == ((2, 2), (1, 2))
    assert tried.worth(receipt) == [2]
    tried.post("reopen_period", until=date(2026, 3, 2), at=None)
    assert (tried.value("AVG", at=8), tried.worth(receipt)) == ((2, 4), [4])


def test_a_day_that_is_not_over_cannot_be_closed(tried):
    with refused("period_not_over"):
        tried.post("close_period", until=NOW.astimezone().date(), at=None)


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
