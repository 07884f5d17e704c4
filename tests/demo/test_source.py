from decimal import Decimal

import pytest

from app.demo.source import read_source


@pytest.fixture(scope="module")
def source():
    return read_source()


def test_every_row_of_the_published_tables_is_there(source):
    """The numbers of rows are those that the publisher gives."""
    assert len(source.products) == 504
    assert len(source.zones) == 14
    assert len(source.inventory) == 1_069
    assert sum(row.quantity for row in source.inventory) == 335_974
    assert len(source.vendors) == 104
    assert len(source.offers) == 460


def test_the_open_purchase_orders_come_with_all_their_lines(source):
    assert len(source.orders) == 237
    assert sum(len(order.lines) for order in source.orders) == 534
    assert all(order.lines for order in source.orders)


def test_figures_are_exact(source):
    race = next(offer for offer in source.offers if offer.product == 1)

    assert race.price == Decimal("47.87")
    assert source.costs[707] == Decimal("13.0863")


def test_whatever_one_table_names_the_other_holds(source):
    products = {product.id for product in source.products}
    vendors = {vendor.id for vendor in source.vendors}

    assert {row.product for row in source.inventory} <= products
    assert {row.zone for row in source.inventory} <= {zone.id for zone in source.zones}
    assert {(offer.product in products, offer.vendor in vendors) for offer in source.offers} == {
        (True, True)
    }
