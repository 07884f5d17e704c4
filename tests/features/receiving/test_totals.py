from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.features.receiving.rules import Incoming, add, put_away, reject, set_cost, set_unit
from app.features.receiving.totals import (
    as_document,
    count_labels,
    first_unnamed,
    first_unsaid,
    lines_to_post,
    rows_of,
    totals_of,
)
from tests.features.receiving.conftest import FLOUR, GEL, GIN, SAW, TEA


def received(draft, *incoming):
    for new in incoming:
        draft, _ = add(draft, new)
    return draft


def test_the_rows_are_the_orders_lines_then_what_nobody_ordered(ordered):
    draft = received(ordered, Incoming(TEA, Decimal(2)), Incoming(SAW, lot="S1"))

    rows = rows_of(draft)

    assert [(row.item.sku, row.line is not None, row.is_extra) for row in rows] == [
        ("TEA", True, False),
        ("GEL", False, False),
        ("TEA", False, False),
        ("FLOUR", False, False),
        ("SAW", True, True),
    ]
    assert [row.target for row in rows] == [
        "MAIN/A-1",
        "MAIN/A-2",
        "MAIN/A-1",
        "MAIN/DOCK",
        "MAIN/DOCK",
    ]


def test_two_lots_for_one_order_line_show_what_was_ordered_once(ordered):
    draft = received(
        ordered, Incoming(GEL, Decimal(4), lot="A"), Incoming(GEL, Decimal(4), lot="B")
    )

    rows = [row for row in rows_of(draft) if row.item is GEL]

    assert [row.is_first for row in rows] == [True, False]
    assert [row.over for row in rows] == [2, 0]


def test_without_an_order_nothing_is_extra(draft):
    draft = received(draft, Incoming(TEA))

    assert [row.is_extra for row in rows_of(draft)] == [False]
    assert totals_of(draft).extra == 0


def test_over_and_short_are_seen_before_posting(ordered):
    draft = received(
        ordered,
        Incoming(GEL, Decimal(8), lot="A"),
        Incoming(FLOUR, Decimal("12.5"), is_counted=True),
        Incoming(SAW, lot="S1"),
    )

    totals = totals_of(draft)

    assert (totals.begun, totals.lines, totals.short, totals.extra) == (2, 4, 2, 1)
    assert (totals.arrived, totals.expected) == (Decimal("21.5"), Decimal("44.5"))
    assert [(over.item.sku, over.expected, over.arrived) for over in totals.over] == [("GEL", 6, 8)]
    assert totals.over[0].excess == 2


def test_what_is_rejected_counts_as_arrived(ordered):
    draft = received(ordered, Incoming(GEL, Decimal(5), lot="A"))
    draft = reject(draft, draft.lines[0], Decimal(2))

    assert totals_of(draft).rejected == 2
    assert [over.arrived for over in totals_of(draft).over] == [7]


def test_a_line_with_nothing_on_it_is_not_posted(draft):
    draft = received(draft, Incoming(FLOUR), Incoming(TEA))

    assert [line.item.sku for line in lines_to_post(draft)] == ["TEA"]


def test_a_line_nobody_said_a_quantity_for_is_found(draft):
    draft = received(draft, Incoming(TEA), Incoming(FLOUR))
    flour = draft.lines[1]

    assert first_unsaid(draft) is flour
    assert first_unsaid(draft.with_line(replace(flour, quantity=Decimal(2)))) is None
    assert first_unsaid(draft.with_line(replace(flour, typed=1))) is None


def test_the_first_line_without_its_lot_is_found(draft):
    draft = received(draft, Incoming(TEA), Incoming(GIN), Incoming(SAW))

    assert first_unnamed(draft) is draft.lines[1]
    assert first_unnamed(received(replace(draft, lines=()), Incoming(TEA))) is None


def test_the_document_says_everything(ordered):
    draft = received(
        ordered,
        Incoming(TEA, Decimal(8)),
        Incoming(GEL, lot="A", expiry=date(2027, 1, 5)),
        Incoming(SAW, lot="S1"),
    )
    draft, _ = put_away(draft, draft.lines[0], "MAIN/B-1")
    draft = reject(draft, draft.lines[2], Decimal(1))
    draft = replace(draft, reference="DN-7")

    document = as_document(draft, accept_over=True)

    assert (document.key, document.order, document.supplier) == ("k1", "PO-1", "LITWARE")
    assert (document.reference, document.accept_over, document.at) == ("DN-7", True, None)
    assert [(line.item, line.quantity, line.order_line) for line in document.lines] == [
        ("TEA", 6, 1),
        ("TEA", 2, 3),
        ("GEL", 1, 2),
        ("SAW", 1, None),
    ]
    assert document.lines[0].target == "MAIN/B-1"
    assert document.lines[2].rejected == 1
    assert (document.lines[2].lot, document.lines[2].expiry) == ("A", date(2027, 1, 5))


def test_the_price_of_the_order_holds_unless_a_cost_is_typed(ordered):
    draft = received(ordered, Incoming(TEA, Decimal(2)), Incoming(GEL, lot="A"))
    draft = set_cost(draft, draft.lines[1], Decimal("0.5"))

    assert [line.unit_cost for line in as_document(draft).lines] == [None, Decimal("0.5")]


def test_without_an_order_the_suppliers_list_says_the_cost(draft):
    draft = received(draft, Incoming(TEA), Incoming(GIN, lot="B1"))

    assert [line.unit_cost for line in as_document(draft).lines] == [Decimal("1.5"), None]


def test_what_was_counted_in_cases_is_stated_in_cases_where_it_comes_out(draft):
    draft = received(draft, Incoming(TEA, Decimal(24)))
    draft = set_unit(draft, draft.lines[0], "case")
    in_cases = as_document(draft).lines[0]
    odd = as_document(received(draft, Incoming(TEA))).lines[0]

    assert (in_cases.quantity, in_cases.unit, in_cases.unit_cost) == (2, "case", 18)
    assert (odd.quantity, odd.unit, odd.unit_cost) == (25, "", Decimal("1.5"))
    assert count_labels(draft) == 2


def test_a_label_for_each_piece_and_one_for_what_is_weighed(draft):
    draft = received(
        draft, Incoming(TEA, Decimal(5)), Incoming(FLOUR, Decimal("1.5"), is_counted=True)
    )
    draft = reject(draft, draft.lines[0], Decimal(3))

    assert count_labels(draft) == 6


def test_what_came_before_counts_when_it_is_too_much(ordered):
    draft = received(ordered, Incoming(TEA, Decimal(26)))
    draft, _ = add(draft, Incoming(TEA, Decimal(1)))
    one_line = replace(ordered, order=replace(ordered.order, lines=ordered.order.lines[:1]))

    assert [row.over for row in rows_of(draft) if row.item is TEA] == [0, 1]
    assert [row.over for row in rows_of(received(one_line, Incoming(TEA, Decimal(8))))] == [2]
