from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.decimals import InvalidQuantity
from app.core.documents import Document, DocumentType, new_key
from app.core.refusals import (
    AlreadyReversed,
    CountConflict,
    ExpiredLot,
    ExpiryDiffers,
    FutureTime,
    ImpossiblePast,
    KeyInUse,
    LotMissing,
    LotNotTracked,
    NotEnoughStock,
    NothingToPost,
    NotReversible,
    OverReceipt,
    SamePlace,
    SerialConflict,
    UnknownItem,
    UnknownLocation,
    UnknownLot,
    UnknownUnit,
)
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow
from app.ledger.posting import post
from tests.ledger.conftest import line


def test_what_leaves_one_place_arrives_at_another(company):
    company.receive("TEA", 10)
    company.move("TEA", 4, "MAIN/A-1", "SHOP/S-1")

    assert company.on_hand("TEA", "MAIN/A-1") == 6
    assert company.on_hand("TEA", "SHOP/S-1") == 4
    assert company.differences() == []


def test_the_same_key_posts_once_and_answers_with_the_first_number(company):
    key = new_key()
    first = company.receive("TEA", 10, key=key)
    again = company.posted("receipt", line("TEA", 10, target="MAIN/A-1"), key=key)

    assert (again.number, again.again) == (first, True)
    assert company.on_hand("TEA") == 10


def test_one_key_cannot_stand_for_documents_of_two_types(company):
    key = new_key()
    company.receive("TEA", 10, key=key)

    with pytest.raises(KeyInUse):
        company.issue("TEA", 1, key=key)


def test_a_refused_document_leaves_no_trace_and_may_be_sent_again(company):
    key = new_key()
    lines = (line("TEA", 5, target="MAIN/A-1"), line("NOPE", 1, target="MAIN/A-1"))
    with pytest.raises(UnknownItem) as refusal:
        company.post("receipt", *lines, key=key)

    assert refusal.value.line == 2
    assert company.on_hand("TEA") == 0
    assert not company.posted("receipt", lines[0], key=key).again


@pytest.mark.parametrize("quantity", ["0", "-1", "1E9", "1.5", "NaN", "Infinity"])
def test_a_quantity_that_cannot_be_is_refused(company, quantity):
    with pytest.raises(InvalidQuantity) as refusal:
        company.receive("TEA", quantity)

    assert refusal.value.code == "invalid_quantity"
    assert refusal.value.line == 1


def test_kilograms_have_as_many_decimals_as_the_item_allows(company):
    company.receive("FLOUR", "12.345")

    assert company.on_hand("FLOUR") == Decimal("12.345")
    with pytest.raises(InvalidQuantity):
        company.receive("FLOUR", "0.0001")


@pytest.mark.parametrize("place", ["NOWHERE", "MAIN/Z-9", "SUPPLIER", "LOSS/COUNT", ""])
def test_goods_go_only_to_places_of_ours(company, place):
    with pytest.raises(UnknownLocation) as refusal:
        company.receive("TEA", 1, target=place)

    assert refusal.value.code == "unknown_location"


def test_a_site_alone_means_its_dock(company):
    company.receive("TEA", 3, target="MAIN")

    assert company.on_hand("TEA", "MAIN/DOCK") == 3


def test_a_site_without_a_dock_means_its_first_storage_place(company):
    company.receive("TEA", 3, target="SHOP")

    assert company.on_hand("TEA", "SHOP/S-1") == 3


def test_rejected_goods_come_on_top_and_go_to_quarantine_at_the_same_cost(company):
    company.receive("TEA", 8, "1.25", rejected=Decimal(2))

    assert company.on_hand("TEA", "MAIN/A-1") == 8
    assert company.on_hand("TEA", "MAIN/QUARANTINE") == 2
    assert company.value("TEA") == (10, Decimal("12.50"))


def test_taking_more_than_is_there_is_refused(company):
    company.receive("TEA", 3)

    with pytest.raises(NotEnoughStock) as refusal:
        company.issue("TEA", 4)

    assert "holds 3" in str(refusal.value)
    assert company.on_hand("TEA") == 3


def test_two_lines_may_not_take_the_same_piece(company):
    company.receive("TEA", 3)

    with pytest.raises(NotEnoughStock) as refusal:
        company.post("issue", line("TEA", 2, source="MAIN/A-1"), line("TEA", 2, source="MAIN/A-1"))

    assert refusal.value.line == 2


def test_a_line_may_take_on_what_an_earlier_line_brought(company):
    company.receive("TEA", 3)
    company.post(
        "transfer",
        line("TEA", 3, source="MAIN/A-1", target="MAIN/A-2"),
        line("TEA", 3, source="MAIN/A-2", target="SHOP/S-1"),
    )

    assert company.on_hand("TEA", "SHOP/S-1") == 3


def test_stock_may_go_below_zero_where_the_site_allows_it(company):
    company.allow_negative("SHOP")
    company.issue("TEA", 4, "SHOP/S-1")

    assert company.on_hand("TEA", "SHOP/S-1") == -4
    assert company.differences() == []


def test_a_transfer_to_the_same_place_is_refused(company):
    company.receive("TEA", 3)

    with pytest.raises(SamePlace):
        company.move("TEA", 1, "MAIN/A-1", "MAIN/A-1")


def test_an_item_tracked_by_lot_needs_one_and_others_have_none(company):
    with pytest.raises(LotMissing):
        company.receive("MILK", 1)
    with pytest.raises(LotNotTracked) as refusal:
        company.receive("TEA", 1, lot="L1")

    assert refusal.value.code == "unknown_lot"


def test_a_lot_that_never_came_cannot_leave(company):
    with pytest.raises(UnknownLot):
        company.issue("MILK", 1, lot="L1")


def test_a_lot_keeps_its_expiry(company):
    company.receive("MILK", 1, lot="L1", expiry=date(2030, 1, 31))

    with pytest.raises(ExpiryDiffers):
        company.receive("MILK", 1, lot="L1", expiry=date(2030, 2, 28))


def test_an_expired_lot_must_not_go_out_but_may_be_moved(company):
    today = datetime.now().astimezone().date()
    company.receive("MILK", 4, lot="OLD", expiry=today - timedelta(days=1))
    company.receive("MILK", 4, lot="LAST", expiry=today)

    with pytest.raises(ExpiredLot):
        company.issue("MILK", 1, lot="OLD")
    company.move("MILK", 1, "MAIN/A-1", "MAIN/A-2", lot="OLD")
    company.issue("MILK", 1, lot="LAST")


def test_a_serial_number_is_one_piece_and_here_once(company):
    company.receive("SAW", 1, lot="S1")

    with pytest.raises(SerialConflict):
        company.receive("SAW", 1, lot="S1")
    with pytest.raises(SerialConflict):
        company.receive("SAW", 2, lot="S2")
    with pytest.raises(SerialConflict):
        company.post(
            "receipt",
            line("SAW", 1, lot="S3", target="MAIN/A-1"),
            line("SAW", 1, lot="S3", target="MAIN/A-2"),
        )


def test_a_serial_number_that_left_may_come_back(company):
    company.receive("SAW", 1, lot="S1")
    company.issue("SAW", 1, lot="S1")
    company.receive("SAW", 1, lot="S1")

    assert company.on_hand("SAW") == 1


def test_a_pack_multiplies_by_its_barcode_or_its_unit(company):
    with company.database.writing() as session:
        tea = session.query(ItemRow).filter_by(sku="TEA").one()
        session.add(BarcodeRow(item_id=tea.id, code="BOX-12", quantity=Decimal(12)))
        session.add(ItemUnitRow(item_id=tea.id, unit="dozen", numerator=12))
        session.add(ItemUnitRow(item_id=tea.id, unit="third", numerator=1, denominator=3))
    company.receive("BOX-12", 2)
    company.receive("TEA", 3, "6.00", unit="dozen")
    company.receive("TEA", 9, unit="third")

    assert company.on_hand("TEA") == 24 + 36 + 3
    with pytest.raises(UnknownUnit):
        company.receive("TEA", 1, unit="gross")
    with pytest.raises(InvalidQuantity):
        company.receive("TEA", 1, unit="third")


def test_an_order_is_received_in_parts_and_not_beyond_what_was_ordered(company):
    number = company.post("purchase_order", line("TEA", 10, price=Decimal("2.50")))
    company.receive("TEA", 4, order=number)

    with pytest.raises(OverReceipt) as refusal:
        company.receive("TEA", 7, order=number)
    company.receive("TEA", 6, order=number, order_line=1)

    assert "still expects 6" in str(refusal.value)
    assert company.value("TEA") == (10, Decimal("25.00"))
    assert company.differences() == []


def test_a_document_more_than_a_day_ahead_is_refused(company):
    with pytest.raises(FutureTime):
        company.receive("TEA", 1, at=datetime.now(UTC) + timedelta(days=2))


def test_a_document_without_lines_is_refused(company):
    with pytest.raises(NothingToPost):
        company.post("receipt")


def test_a_count_says_what_is_there(company):
    company.receive("TEA", 10)
    company.count("TEA", 7)

    assert company.on_hand("TEA") == 7


def test_a_count_equal_to_the_ledger_moves_nothing_but_is_numbered(company):
    company.receive("TEA", 10)

    assert company.count("TEA", 10).startswith("CT-")
    assert company.differences() == []


def test_a_line_not_counted_changes_nothing(company):
    company.receive("TEA", 10)
    company.post("count", line("TEA", counted=None, source="MAIN/A-1"))

    assert company.on_hand("TEA") == 10


def test_one_place_is_counted_once_in_a_document(company):
    with pytest.raises(CountConflict):
        company.post(
            "count",
            line("TEA", counted=Decimal(1), source="MAIN/A-1"),
            line("TEA", counted=Decimal(2), source="MAIN/A-1"),
        )


def test_a_late_receipt_does_not_change_what_was_counted(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 1, at=clock(12))
    company.receive("TEA", 42, at=clock(9))

    assert company.on_hand("TEA") == 1
    assert company.on_hand("TEA", at=clock(10)) == 47
    assert company.differences() == []


def test_what_moved_after_the_count_still_counts(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 10, at=clock(12))
    company.receive("TEA", 3, at=clock(13))
    company.issue("TEA", 2, at=clock(11))

    assert company.on_hand("TEA") == 13
    assert company.differences() == []


def test_a_late_count_reaches_as_far_as_the_next_one(company, clock):
    company.receive("TEA", 5, at=clock(8))
    company.count("TEA", 9, at=clock(12))
    company.count("TEA", 3, at=clock(10))

    assert company.on_hand("TEA", at=clock(11)) == 3
    assert company.on_hand("TEA") == 9
    assert company.differences() == []


def test_a_reversed_count_is_as_if_it_had_never_been(company, clock):
    company.receive("TEA", 5, at=clock(8))
    count = company.count("TEA", 1, at=clock(12))
    company.receive("TEA", 42, at=clock(9))
    company.reverse(count)

    assert company.on_hand("TEA") == 47
    assert company.differences() == []


def test_a_late_entry_may_not_make_the_past_impossible(company, clock):
    company.receive("TEA", 5, at=clock(8))
    issue = company.issue("TEA", 5, at=clock(12))

    with pytest.raises(ImpossiblePast) as refusal:
        company.issue("TEA", 1, at=clock(9))
    with pytest.raises(NotEnoughStock):
        company.issue("TEA", 1, at=clock(7))

    assert issue in str(refusal.value)


def test_a_reversal_undoes_a_document_once(company):
    number = company.receive("TEA", 10, "2.00")
    company.reverse(number)

    assert company.on_hand("TEA") == 0
    assert company.value("TEA") == (0, 0)
    with pytest.raises(AlreadyReversed):
        company.reverse(number)
    assert company.differences() == []


def test_a_reversal_is_refused_where_the_goods_are_gone(company, clock):
    number = company.receive("TEA", 10, at=clock(8))
    issue = company.issue("TEA", 4, at=clock(9))

    with pytest.raises(ImpossiblePast) as refusal:
        company.reverse(number)

    assert issue in str(refusal.value)


def test_a_reversal_cannot_be_reversed(company):
    reversal = company.reverse(company.receive("TEA", 10))

    with pytest.raises(NotReversible):
        company.reverse(reversal)


def test_a_reversed_receipt_is_expected_again(company):
    order = company.post("purchase_order", line("TEA", 10))
    company.reverse(company.receive("TEA", 10, order=order))
    company.receive("TEA", 10, order=order)

    assert company.on_hand("TEA") == 10
    assert company.differences() == []


@pytest.mark.parametrize("table", ["document", "movement", "count_result"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_past(company, table, change):
    company.receive("TEA", 1)
    company.count("TEA", 5)

    with pytest.raises(DBAPIError), company.database.engine.begin() as connection:
        connection.execute(text(change.format(table)))


def test_nothing_is_saved_until_the_caller_commits(company):
    document = Document(
        key=new_key(), type=DocumentType.RECEIPT, lines=(line("TEA", 1, target="MAIN/A-1"),)
    )

    def post_and_fail(session):
        post(session, document)
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        company.database.run(post_and_fail)

    assert company.on_hand("TEA") == 0
