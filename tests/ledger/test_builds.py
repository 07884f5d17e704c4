"""Raw material into finished goods: what goes in is what comes out, to the cent."""

from decimal import Decimal

import pytest

from app.core.documents import Build, Line
from app.core.refusals import Malformed, NoBill, NotEnoughStock, UnknownItem
from app.db.tables import BarcodeRow, BillLineRow
from tests.ledger.conftest import line


def build(company, *lines, kind="build", product="RUM", quantity=1, head=None, **more):
    made = Build(product=product, quantity=Decimal(quantity), location="MAIN/A-1", **more)
    return company.post(kind, *lines, build=made, **(head or {}))


def test_a_product_costs_what_went_into_it(company):
    company.receive("TEA", 10, "1.50")
    company.receive("FLOUR", 2, "3.00")
    build(company, line("TEA", 4), line("FLOUR", "0.5"), quantity=2, cost=Decimal("2.50"))

    assert company.value("RUM") == (2, Decimal("10.00"))
    assert company.value("TEA") == (6, Decimal("9.00"))
    assert company.differences() == []


def test_scrap_bears_no_cost_and_by_products_take_their_share(company):
    company.receive("TEA", 10, "1.00")
    by_product = Line(item="GIN", quantity=Decimal(1), share=Decimal("0.25"))
    build(
        company,
        line("TEA", 10),
        quantity=3,
        scrap=Decimal(1),
        outputs=(by_product,),
    )

    assert company.value("RUM") == (3, Decimal("7.50"))
    assert company.value("GIN") == (1, Decimal("2.50"))
    assert company.differences() == []


def test_the_bill_of_materials_is_used_where_no_lines_are_stated(company):
    with company.database.writing() as session:
        product, component = (company.number_of(session, sku) for sku in ("RUM", "TEA"))
        session.add(
            BillLineRow(product_id=product, component_id=component, quantity=Decimal("1.5"))
        )
    company.receive("TEA", 10, "1.00")
    build(company, quantity=3, scrap=Decimal(1))

    assert company.on_hand("TEA") == 4
    assert company.value("RUM") == (3, 6)


def test_a_late_cost_of_a_component_travels_into_the_product_and_on(company, clock):
    receipt = company.receive("TEA", 4, "1.00", at=clock(8))
    build(company, line("TEA", 2), quantity=2, head={"at": clock(9)})
    build(company, line("RUM", 1), product="GIN", head={"at": clock(10)})
    company.post("landed_cost", names=receipt, amount=Decimal(4), by="value")

    assert company.value("TEA") == (2, 4)
    assert company.value("RUM") == (1, 2)
    assert company.value("GIN") == (1, 2)
    assert company.differences() == []


def test_a_product_built_from_what_was_not_there_yet_gets_the_real_cost(company, clock):
    company.allow_negative("MAIN")
    build(company, line("TEA", 2), quantity=2, head={"at": clock(9)})
    assert company.value("RUM") == (2, 0)
    company.receive("TEA", 5, "3.00", at=clock(10))

    assert company.value("RUM") == (2, 6)
    assert company.value("TEA") == (3, 9)
    assert company.differences() == []


def test_an_unbuild_gives_the_components_back_by_what_they_are_worth(company):
    company.receive("TEA", 4, "1.00")
    company.receive("FLOUR", 4, "3.00")
    build(company, line("TEA", 2), line("FLOUR", 2), quantity=2)
    build(company, line("TEA", 1), line("FLOUR", 1), kind="unbuild", quantity=1)

    assert company.value("RUM") == (1, 4)
    assert company.value("TEA") == (3, 3)
    assert company.value("FLOUR") == (3, 9)
    assert company.differences() == []


def test_a_build_can_be_reversed(company):
    company.receive("TEA", 4, "1.00")
    company.reverse(build(company, line("TEA", 2), quantity=2))

    assert company.value("RUM") == (0, 0)
    assert company.value("TEA") == (4, 4)
    assert company.differences() == []


def test_what_is_missing_or_makes_no_sense_is_refused(company):
    company.receive("TEA", 1, "1.00")
    with pytest.raises(NotEnoughStock):
        build(company, line("TEA", 2))
    with pytest.raises(Malformed):
        build(company, line("RUM", 1))
    outputs = (Line(item="GIN", quantity=Decimal(1), share=Decimal("1.01")),)
    with pytest.raises(Malformed):
        build(company, line("TEA", 1), outputs=outputs)


def test_after_an_unbuild_a_change_of_one_part_asks_what_the_others_are_worth(company, clock):
    receipt = company.receive("TEA", 4, "1.00", at=clock(8))
    company.receive("FLOUR", 4, "3.00", at=clock(8))
    build(company, line("TEA", 2), line("FLOUR", 2), quantity=2, head={"at": clock(9)})
    build(
        company,
        line("TEA", 1),
        line("FLOUR", 1),
        kind="unbuild",
        quantity=1,
        head={"at": clock(10)},
    )
    company.post("revaluation", line("TEA", unit_cost=Decimal(2)))
    assert company.value("TEA") == (3, 6)
    company.post("landed_cost", names=receipt, amount=Decimal(4), by="value", at=clock(11))

    assert company.differences() == []


def test_refusals_about_the_head_name_no_line(company):
    company.receive("TEA", 1, "1.00")
    with pytest.raises(UnknownItem) as unknown:
        build(company, product="NOBODY")
    with pytest.raises(NoBill):
        build(company)
    with pytest.raises(NotEnoughStock) as short:
        build(company, line("TEA", 1), kind="unbuild")

    assert unknown.value.line is None
    assert short.value.line is None


def test_a_late_cost_reaches_a_product_built_before_its_component_came(company, clock):
    company.allow_negative("MAIN")
    build(company, line("TEA", 10), quantity=1, head={"at": clock(8)})
    receipt = company.receive("TEA", 10, "10.00", at=clock(9))
    assert company.value("RUM") == (1, 100)
    landed = company.post("landed_cost", names=receipt, amount=Decimal(50), by="equal")
    assert company.value("RUM") == (1, 150)
    company.reverse(landed)
    company.reverse(receipt)

    assert company.value("RUM") == (1, 0)
    assert company.differences() == []


def test_a_pack_of_the_product_takes_the_bill_for_all_its_pieces(company):
    with company.database.writing() as session:
        product, component = (company.number_of(session, sku) for sku in ("RUM", "TEA"))
        session.add(BillLineRow(product_id=product, component_id=component, quantity=Decimal(1)))
        session.add(BarcodeRow(item_id=product, code="PACK12", quantity=Decimal(12)))
    company.receive("TEA", 20, "1.00")
    build(company, product="PACK12")

    assert company.value("RUM") == (12, 12)


def test_a_bill_that_wants_part_of_a_piece_is_refused(company):
    with company.database.writing() as session:
        product, component = (company.number_of(session, sku) for sku in ("RUM", "TEA"))
        session.add(
            BillLineRow(product_id=product, component_id=component, quantity=Decimal("0.4"))
        )
    company.receive("TEA", 20, "1.00")
    with pytest.raises(Malformed, match=r"0\.4 each of TEA"):
        build(company)


def test_goods_that_cover_their_own_shortage_are_worth_what_was_known_then(company, stock, clock):
    company.allow_negative("MAIN")
    stock.item("BOLT", standard_cost=Decimal(1))
    build(company, line("BOLT", 2), quantity=1, head={"at": clock(8)})
    parts = line("BOLT", 1)
    build(company, parts, kind="unbuild", cost=Decimal(5), head={"at": clock(9)})

    assert company.differences() == []
    assert company.value("RUM") == (0, 0)
