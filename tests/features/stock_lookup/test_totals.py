"""Totals of items, in order of SKU or in the order they are asked for."""

from decimal import Decimal

from app.features.stock_lookup.totals import list_items, stock_of


def test_items_are_listed_page_by_page_with_their_totals(busy):
    first = busy.ask(list_items, size=3)
    second = busy.ask(list_items, first.next, size=3)

    assert [(item.sku, item.on_hand, item.on_order) for item in first.rows] == [
        ("FLOUR", Decimal("12.5"), 0),
        ("GEL-7", 53, 20),
        ("MILK", 10, 0),
    ]
    assert [(item.sku, item.on_hand, item.available) for item in second.rows] == [("PLT-1", 0, 0)]
    assert first.next == ("MILK",)
    assert second.next is None


def test_items_come_in_the_order_that_was_asked_for(busy):
    found = busy.ask(stock_of, [busy.pallet, busy.gel, 999_999])
    assert [item.sku for item in found] == ["PLT-1", "GEL-7"]
    assert busy.ask(stock_of, []) == ()


def test_what_is_promised_is_told(busy):
    order = busy.post_sales_order("GEL-7", 8)
    busy.post("allocate", order=order)
    (gel,) = busy.ask(stock_of, [busy.gel])
    assert (gel.allocated, gel.available, gel.on_order) == (8, 45, 20)
