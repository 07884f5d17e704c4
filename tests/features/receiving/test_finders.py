from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind
from app.core.documents import DocumentType, Line
from app.core.refusals import UnknownOrder
from app.features.receiving.draft import KnownLot
from app.features.receiving.finders import (
    find_dock,
    find_facts,
    find_lot,
    find_open_orders,
    find_places_to_put,
    load_order,
)


def numbers(page):
    return [order.number for order in page.rows]


def test_open_orders_are_found_by_number_supplier_and_reference(warehouse):
    first = warehouse.order(("TEA", 5), reference="LW-778")
    second = warehouse.order(("TEA", 5), supplier="CONTOSO", reference="100%")

    def found(text):
        return numbers(warehouse.ask(find_open_orders, text, None))

    assert found("") == [second, first]
    assert found("litware") == [first]
    assert found("lw-7") == [first]
    assert found(second[-3:]) == [second]
    assert found("contoso 100%") == [second]
    assert found("%") == [second]
    assert found("nothing like it") == []


def test_the_list_tells_what_is_still_to_come_and_when(warehouse):
    number = warehouse.post(
        DocumentType.PURCHASE_ORDER,
        Line(item="TEA", quantity=Decimal(5), due=date(2026, 12, 1)),
        Line(item="FLOUR", quantity=Decimal(5), due=date(2026, 12, 24)),
        supplier="LITWARE",
        site="MAIN",
    )
    warehouse.receive("TEA", 5, "MAIN/A-1", order=number)

    order = warehouse.ask(find_open_orders, "", None).rows[0]

    assert (order.lines, order.open_lines, order.due) == (2, 1, date(2026, 12, 24))
    assert (order.supplier, order.site) == ("Litware, Inc.", "MAIN")


def test_an_order_that_came_in_full_is_no_longer_listed(warehouse):
    number = warehouse.order(("TEA", 5))
    warehouse.receive("TEA", 5, "MAIN/A-1", order=number)

    assert numbers(warehouse.ask(find_open_orders, "", None)) == []
    assert not warehouse.ask(load_order, number).is_open


def test_an_order_is_loaded_with_what_came_before(warehouse):
    number = warehouse.order(("TEA", 48), ("FLOUR", "12.5"), reference="LW-778")
    warehouse.receive("TEA", 12, "MAIN/A-1", order=number)

    order = warehouse.ask(load_order, "LW-778")

    assert (order.number, order.supplier, order.site) == (number, "LITWARE", "MAIN")
    assert [(line.item.sku, line.ordered, line.before) for line in order.lines] == [
        ("TEA", 48, 12),
        ("FLOUR", Decimal("12.5"), 0),
    ]


def test_an_order_nobody_knows_and_a_sales_order_are_refused(warehouse):
    sales = warehouse.post(DocumentType.SALES_ORDER, Line(item="TEA", quantity=Decimal(1)))

    for name in ("PO-0", sales):
        with pytest.raises(UnknownOrder):
            warehouse.ask(load_order, name)


def test_a_reference_of_two_open_orders_names_neither(warehouse):
    first = warehouse.order(("TEA", 1), reference="SAME")
    second = warehouse.order(("TEA", 1), reference="SAME")
    with pytest.raises(UnknownOrder):
        warehouse.ask(load_order, "SAME")

    warehouse.receive("TEA", 1, "MAIN/A-1", order=first)

    assert warehouse.ask(load_order, "SAME").number == second


def test_goods_go_where_most_of_them_lie(warehouse):
    warehouse.receive("TEA", 3, "MAIN/A-1")
    warehouse.receive("TEA", 5, "MAIN/A-2")
    warehouse.receive("TEA", 99, "SHOP/S-1")
    warehouse.receive("TEA", 50, "MAIN/QUARANTINE")
    warehouse.receive("TEA", 50, "MAIN/DOCK")

    places = warehouse.ask(find_places_to_put, [warehouse.tea], "MAIN")

    assert places == {warehouse.tea: "MAIN/A-2"}


def test_goods_that_are_gone_go_to_their_last_bin(warehouse):
    for place in ("MAIN/A-1", "MAIN/A-2"):
        warehouse.receive("TEA", 1, place)
        line = Line(item="TEA", quantity=Decimal(1), source=place)
        warehouse.post(DocumentType.ISSUE, line)

    assert warehouse.ask(find_places_to_put, [warehouse.tea], "MAIN")[warehouse.tea] == "MAIN/A-2"


def test_goods_never_seen_go_to_the_dock_and_without_one_to_the_site(warehouse):
    assert warehouse.ask(find_places_to_put, [warehouse.tea], "MAIN") == {
        warehouse.tea: "MAIN/DOCK"
    }
    assert warehouse.ask(find_dock, "SHOP") == "SHOP"
    assert warehouse.ask(find_places_to_put, [warehouse.tea], "") == {warehouse.tea: ""}


def test_a_bin_taken_out_of_use_is_not_suggested(warehouse, stock):
    stock.location("MAIN/OLD", LocationKind.STORAGE, is_active=False)
    warehouse.receive("TEA", 5, "MAIN/OLD")

    assert warehouse.ask(find_places_to_put, [warehouse.tea], "MAIN")[warehouse.tea] == "MAIN/DOCK"


def test_the_facts_of_items_are_their_packs_place_and_list_price(warehouse):
    ids = [warehouse.tea, warehouse.flour]
    facts = warehouse.ask(find_facts, ids, "MAIN", "LITWARE")

    assert [pack.unit for pack in facts[warehouse.tea].packs] == ["each", "case"]
    assert facts[warehouse.tea].price == Decimal("1.5")
    assert facts[warehouse.flour].price is None
    assert warehouse.ask(find_facts, ids, "MAIN", "CONTOSO")[warehouse.tea].price is None


def test_a_lot_is_known_by_its_expiry_and_whether_it_is_here(warehouse):
    day = date(2027, 1, 5)
    warehouse.receive("GEL", 5, "MAIN/A-1", lot="B1", expiry=day)
    assert warehouse.ask(find_lot, warehouse.gel, "B1") == KnownLot(day, is_here=True)

    issue = Line(item="GEL", quantity=Decimal(5), source="MAIN/A-1", lot="B1")
    warehouse.post(DocumentType.ISSUE, issue)

    assert warehouse.ask(find_lot, warehouse.gel, "B1") == KnownLot(day, is_here=False)
    assert warehouse.ask(find_lot, warehouse.gel, "B2") is None
