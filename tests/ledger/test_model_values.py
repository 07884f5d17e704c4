"""The model itself where values change, on examples worked out by hand from the design pages."""

from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import Costing
from app.core.documents import Build, SpreadBy
from tests.ledger.model.trying import NOW, PLACES, Tried, line, money, refused


@pytest.fixture
def tried():
    return Tried()


@pytest.fixture
def short():
    """Goods may leave before they came."""
    return Tried(negative=PLACES)


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
