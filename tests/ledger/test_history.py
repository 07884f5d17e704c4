"""What happened to an item: all of it, in order, each movement with its document."""

from decimal import Decimal

from sqlalchemy import select

from app.db.tables import LocationRow
from app.ledger.history import history_of, movements_of, open_layers, page_of_history


def item_of(session, company, sku):
    return company.number_of(session, sku)


def test_history_is_told_in_the_order_of_what_happened_not_of_typing(company, clock):
    company.receive("TEA", 5, "2.00", at=clock(10))
    company.receive("TEA", 3, "1.00", at=clock(8))
    with company.database.reading() as session:
        entries = list(history_of(session, item_of(session, company, "TEA")))

    assert [(one.at, one.quantity, one.value) for one in entries] == [
        (clock(8), 3, Decimal("3.00")),
        (clock(10), 5, Decimal("10.00")),
    ]
    assert entries[0].entered_at > entries[1].entered_at


def test_a_correction_stands_with_its_count(company, clock):
    company.receive("TEA", 5, at=clock(8))
    count = company.count("TEA", 1, at=clock(12))
    company.receive("TEA", 2, at=clock(9))
    with company.database.reading() as session:
        entries = list(history_of(session, item_of(session, company, "TEA")))

    assert [(one.number, one.at) for one in entries[-2:]] == [(count, clock(12))] * 2


def test_pages_of_history_begin_with_the_latest_and_leave_nothing_out(company):
    numbers = [company.receive("TEA", 1) for _ in range(5)]
    with company.database.reading() as session:
        item = item_of(session, company, "TEA")
        whole = page_of_history(session, item)

    assert [one.number for one in whole.rows] == numbers[::-1]
    assert whole.next is None


def test_history_can_be_of_one_place(company):
    company.receive("TEA", 5)
    moved = company.move("TEA", 2, "MAIN/A-1", "SHOP/S-1")
    with company.database.reading() as session:
        item = item_of(session, company, "TEA")
        place = session.scalar(select(LocationRow.id).where(LocationRow.path == "SHOP/S-1"))
        page = page_of_history(session, item, location_id=place)

    assert [(one.number, one.target) for one in page.rows] == [(moved, "SHOP/S-1")]


def test_a_document_tells_its_movements_and_whether_it_was_reversed(company):
    number = company.receive("TEA", 5)
    reversal = company.reverse(number)
    with company.database.reading() as session:
        (entry,) = movements_of(session, number)

    assert (entry.type, entry.quantity, entry.reversed_by) == ("receipt", 5, reversal)


def test_an_averaged_pool_is_one_layer(company):
    company.receive("TEA", 2, "1.00")
    company.receive("TEA", 2, "2.00")
    with company.database.reading() as session:
        (layer,) = open_layers(session, item_of(session, company, "TEA"))

    assert (layer.quantity, layer.value, layer.unit_cost) == (4, 6, Decimal("1.5"))
