from collections import Counter
from decimal import Decimal

import pytest

from app.core.catalogue import Tracking
from app.core.gtin import is_gtin
from app.demo.rules import ITEM_RANGE, PACK_RANGE, Rules, ean, kilograms, shelf_life, tracking
from app.demo.source import read_source

SOURCE = read_source()
RULES = Rules(SOURCE)
BY_NUMBER = {product.number: product for product in SOURCE.products}


@pytest.mark.parametrize("product", [1, 316, 999, 9_999_999_999])
@pytest.mark.parametrize("beginning", [ITEM_RANGE, PACK_RANGE])
def test_a_barcode_is_a_valid_ean_of_the_range_for_use_inside_a_company(beginning, product):
    code = ean(beginning, product)

    assert len(code) == 13
    assert code.startswith("2")
    assert is_gtin(code)


def test_each_product_and_each_pack_has_a_barcode_of_its_own():
    codes = [ean(part, number) for part in (ITEM_RANGE, PACK_RANGE) for number in RULES.products]

    assert len(set(codes)) == 2 * 504


def test_a_bin_is_the_zone_the_shelf_and_the_number():
    race = [row for row in SOURCE.inventory if row.product == 1]

    assert [RULES.bin_of(row) for row in race] == [
        "MAIN/TOOL-CRIB/A-1",
        "MAIN/MISCELLANEOUS-STORAGE/B-5",
        "MAIN/SUBASSEMBLY/A-5",
    ]
    assert RULES.usual_bins[1] == "MAIN/TOOL-CRIB/A-1"


def test_what_has_no_shelf_stands_on_the_floor_of_its_zone():
    row = next(row for row in SOURCE.inventory if row.shelf == "N/A" and row.zone == 7)

    assert RULES.bin_of(row) == "MAIN/FINISHED-GOODS-STORAGE/FLOOR"


def test_dear_bikes_have_serial_numbers_and_what_spoils_has_lots():
    kinds = Counter(tracking(product) for product in SOURCE.products)

    assert kinds == {Tracking.SERIAL: 13, Tracking.LOT: 7, Tracking.NONE: 484}
    assert tracking(BY_NUMBER["BK-R93R-62"]) is Tracking.SERIAL
    assert tracking(BY_NUMBER["PA-187B"]) is Tracking.LOT


def test_panniers_are_not_paint_though_their_number_begins_alike():
    assert tracking(BY_NUMBER["PA-T100"]) is Tracking.NONE
    assert shelf_life(BY_NUMBER["PA-T100"]) is None


def test_a_price_for_a_pack_is_shared_among_its_pieces():
    assert RULES.pack_of(1) == ("case", 24)
    assert RULES.price_each(1, Decimal("47.87")) == Decimal("1.994583")


def test_what_has_no_standard_cost_costs_what_its_cheapest_vendor_asks():
    assert RULES.cost(RULES.products[1]) == Decimal("1.994583")
    assert RULES.cost(RULES.products[321]) == Decimal("0.7712")  # 38.56 for 50


def test_the_newest_cost_of_the_history_counts():
    assert RULES.cost(RULES.products[707]) == Decimal("13.0863")


def test_weights_are_in_kilograms_whatever_they_were_in():
    assert kilograms(BY_NUMBER["BK-R93R-62"]) == "6.803886"  # 15 lb
    assert kilograms(BY_NUMBER["FR-R92B-58"]) == "1.016047"  # 2.24 lb
    assert kilograms(BY_NUMBER["PD-M282"]) == "0.218"  # 218 g
    assert kilograms(BY_NUMBER["AR-5381"]) == ""
