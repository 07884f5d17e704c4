"""What codes mean against a real stock of items, places, lots and documents."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from app.core.catalogue import LocationKind, Tracking
from app.core.clock import now
from app.core.documents import DocumentType
from app.core.gtin import as_gtin14, check_digit
from app.core.scanner import MeasureKind, MeasureRule
from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    ItemScan,
    LocationScan,
    LotScan,
    QuantityScan,
    UnknownScan,
)
from app.db.company import write_setting
from app.db.tables import BarcodeRow, CountSheetRow, DocumentRow, LotRow, OrderRow
from app.scanning.meaning import resolve
from app.scanning.measure_rules import NAME

EAN = "4006381333931"
GTIN = "09501101530003"


@pytest.fixture
def scan(database):
    def ask(text, **given):
        with database.reading() as session:
            return resolve(session, text, **given)

    return ask


@pytest.fixture
def keep(database):
    def add(*rows):
        with database.writing() as session:
            session.add_all(rows)

    return add


def barcode(item_id: int, code: str, quantity: int = 1) -> BarcodeRow:
    return BarcodeRow(item_id=item_id, code=code, gtin=as_gtin14(code), quantity=Decimal(quantity))


def test_an_item_goes_by_its_sku_and_by_every_form_of_its_barcode(stock, keep, scan):
    keep(barcode(stock.item("GEL-7"), "036000291452"))

    for code in ("GEL-7", "036000291452", "0036000291452", "00036000291452", "]E00036000291452"):
        meaning = scan(code)
        assert isinstance(meaning, ItemScan)
        assert (meaning.code, meaning.item.sku, meaning.quantity) == (code, "GEL-7", 1)
        assert not meaning.quantity_given


def test_a_pack_counts_for_what_is_in_it(stock, keep, scan):
    item = stock.item("GEL-7", barcode=EAN)
    keep(barcode(item, "10012345678902", 12))

    meaning = scan("10012345678902", pending=Decimal(2))

    assert (meaning.item.barcode, meaning.quantity) == (EAN, 24)
    assert meaning.quantity_given


def test_the_barcode_of_a_pack_that_is_also_the_sku_counts_for_the_pack(stock, keep, scan):
    keep(barcode(stock.item("4711"), "4711", 6))

    assert scan("4711").quantity == 6


def test_exactly_its_code_comes_before_what_a_code_may_say(stock, scan):
    for sku in ("10-4711", "21ABC", "99001234", "4006381333932", "A*B", "12345678"):
        stock.item(sku)
        assert scan(sku).item.sku == sku


def test_a_wrong_check_digit_books_nothing(stock, scan):
    stock.item("GEL-7", barcode=EAN)

    for code in ("4006381333932", "40063381333931", "01" + GTIN[:-1] + "4"):
        meaning = scan(code)
        assert isinstance(meaning, UnknownScan)
        assert "check digit" in meaning.reason


def test_two_items_by_one_code_are_not_guessed_between(stock, scan):
    stock.item("4711")
    stock.item("GEL-7", barcode="4711")

    assert "GEL-7" in scan("4711").reason


def test_what_is_out_of_use_says_so(stock, scan):
    stock.item("OLD", barcode=EAN, is_active=False)
    stock.location("MAIN/A/A-01", is_active=False)

    assert "OLD is out of use" in scan(EAN).reason
    assert "MAIN/A/A-01 is out of use" in scan("A-01").reason


def test_a_place_goes_by_its_label_its_path_its_barcode_and_its_code(stock, scan):
    stock.location("MAIN/A/A-01-02", barcode="PLACE-1")

    for code in ("LOC:A-01-02", "loc:MAIN/A/A-01-02", "MAIN/A/A-01-02", "PLACE-1", "A-01-02"):
        meaning = scan(code)
        assert isinstance(meaning, LocationScan)
        assert (meaning.location.path, meaning.location.site) == ("MAIN/A/A-01-02", "MAIN")


def test_a_place_label_never_means_an_item(stock, scan):
    stock.item("A-01")

    assert isinstance(scan("A-01"), ItemScan)
    assert "no place A-01" in scan("LOC:A-01").reason


def test_a_code_at_several_sites_needs_one_of_them_or_the_path(stock, scan):
    stock.location("EAST/A-01")
    stock.location("WEST/A-01")

    assert "EAST/A-01, WEST/A-01" in scan("LOC:A-01").reason
    assert scan("LOC:A-01", site="WEST").location.path == "WEST/A-01"
    assert "EAST/A-01, WEST/A-01" in scan("LOC:A-01", site="NORTH").reason


def test_a_place_out_of_use_does_not_stand_in_the_way_of_one_in_use(stock, scan):
    stock.location("EAST/A-01", is_active=False)
    stock.location("WEST/A-01")

    assert scan("A-01", site="EAST").location.path == "WEST/A-01"


def test_a_place_outside_our_walls_has_no_site(stock, scan):
    stock.location("SUPPLIERS", LocationKind.SUPPLIER)

    assert scan("SUPPLIERS").location.site == ""


def test_a_lot_label_means_the_lot_if_only_one_item_has_it(stock, keep, scan):
    gel = stock.item("GEL-7", tracking=Tracking.LOT)
    keep(LotRow(item_id=gel, code="L-1", expiry=date(2027, 1, 31)))
    keep(LotRow(item_id=gel, code="L-2"), LotRow(item_id=stock.item("SOAP"), code="L-2"))

    meaning = scan("L-1")

    assert isinstance(meaning, LotScan)
    assert (meaning.item.sku, meaning.lot, meaning.expiry) == ("GEL-7", "L-1", date(2027, 1, 31))
    assert "Several items have a lot L-2" in scan("L-2").reason
    assert scan("10L-1\x1d").lot == "L-1"


def test_documents_orders_and_count_sheets_go_by_their_numbers(keep, scan):
    keep(
        DocumentRow(
            key="k",
            number="RC-1",
            type=DocumentType.RECEIPT,
            effective_at=now(),
            entered_at=now(),
        ),
        OrderRow(number="PO-7", type=DocumentType.PURCHASE_ORDER),
    )

    for number, kind in (("RC-1", "receipt"), ("PO-7", "purchase_order")):
        assert scan(number) == DocumentScan(number, number, kind)


def order(number: str, reference: str, *, is_open: bool = True) -> OrderRow:
    kind = DocumentType.PURCHASE_ORDER
    return OrderRow(number=number, type=kind, reference=reference, is_open=is_open)


@pytest.mark.parametrize("reference", ["DN-4711", "4006381333932", "12345678"])
def test_an_order_goes_by_the_number_that_stands_on_the_delivery_note(keep, scan, reference):
    keep(order("PO-7", reference), order("PO-8", ""))

    assert scan(reference) == DocumentScan(reference, "PO-7", "purchase_order")


def test_a_reference_comes_after_everything_of_ours(stock, keep, scan):
    stock.item("GEL-7")
    keep(barcode(stock.item("TEA"), EAN))
    keep(order("PO-7", "GEL-7"), order("PO-8", f"0{EAN}"), order("PO-9", "LOC:A-1"))

    assert scan("GEL-7").item.sku == "GEL-7"
    assert scan(f"0{EAN}").item.sku == "TEA"


def test_of_several_orders_with_one_reference_only_an_open_one_is_meant(keep, scan):
    keep(
        order("PO-1", "DN-1", is_open=False),
        order("PO-2", "DN-1"),
        order("PO-3", "DN-2"),
        order("PO-4", "DN-2"),
        order("PO-5", "DN-3", is_open=False),
    )

    assert scan("DN-1").number == "PO-2"
    assert isinstance(scan("DN-2"), UnknownScan)
    assert scan("DN-3").number == "PO-5"


def test_a_count_sheet_goes_by_what_it_is_called_and_by_the_code_in_its_workbook(keep, scan):
    keep(CountSheetRow(code="CS-9f3ac0d2", scope="A", created_at=now(), post_key="p"))

    for code in ("CS-000001", "CS-1", "cs-000001", "CS-9f3ac0d2"):
        assert scan(code) == DocumentScan(code, "CS-000001", "count_sheet")
    for code in ("CS-000002", "CS-0", "CS-", "CS-99999999999999999999"):
        assert isinstance(scan(code), UnknownScan)


def test_a_gs1_code_says_item_lot_expiry_and_count(stock, keep, scan):
    keep(barcode(stock.item("GEL-7", tracking=Tracking.LOT), GTIN[1:]))

    meaning = scan(f"]C101{GTIN}1727013110ABC\x1d3012")

    assert (meaning.item.sku, meaning.lot, meaning.expiry) == ("GEL-7", "ABC", date(2027, 1, 31))
    assert (meaning.quantity, meaning.quantity_given) == (12, True)


def test_best_before_counts_where_there_is_no_expiry(stock, keep, scan):
    keep(barcode(stock.item("GEL-7"), GTIN))

    assert scan(f"01{GTIN}15270131").expiry == date(2027, 1, 31)
    assert scan(f"01{GTIN}1527013117280131").expiry == date(2028, 1, 31)


def test_an_impossible_date_leaves_the_item_and_says_so(stock, keep, scan):
    keep(barcode(stock.item("GEL-7", tracking=Tracking.LOT), GTIN))

    meaning = scan(f"01{GTIN}1727023010L1")

    assert (meaning.item.sku, meaning.lot, meaning.expiry) == ("GEL-7", "L1", None)
    assert "date" in meaning.problem


@pytest.mark.parametrize(
    ("tracking", "lot"), [(Tracking.NONE, ""), (Tracking.LOT, "L1"), (Tracking.SERIAL, "S1")]
)
def test_the_lot_is_what_the_item_is_tracked_by(stock, keep, scan, tracking, lot):
    keep(barcode(stock.item("GEL-7", tracking=tracking), GTIN))

    assert scan(f"01{GTIN}10L1\x1d21S1").lot == lot


def test_a_weight_counts_where_the_item_is_weighed(stock, keep, scan):
    keep(barcode(stock.item("FLOUR", unit="kg", decimals=3), GTIN))
    other = f"0{check_twelve('950110153001')}"
    keep(barcode(stock.item("SACK"), other), barcode(stock.item("SPICE", unit="g"), "96385074"))

    assert scan(f"01{GTIN}3103001250").quantity == Decimal("1.25")
    assert scan(f"01{other}3103001250").quantity == 1
    assert scan("01000000963850743103001250").quantity == 1250


def check_twelve(digits: str) -> str:
    return f"{digits}{check_digit(digits)}"


def test_the_contents_of_a_pallet_count(stock, keep, scan):
    keep(barcode(stock.item("GEL-7"), GTIN, 6))

    meaning = scan(f"0010614141123456789702{GTIN}3712")

    assert (meaning.item.sku, meaning.quantity) == ("GEL-7", 72)


def test_none_of_it_is_not_one(stock, keep, scan):
    keep(barcode(stock.item("GEL-7"), GTIN))

    assert "0 of it" in scan(f"02{GTIN}370").problem


def test_a_part_number_behind_240_may_be_ours(stock, scan):
    stock.item("PART-1", tracking=Tracking.LOT)

    meaning = scan("240PART-1\x1d10A")

    assert (meaning.item.sku, meaning.lot) == ("PART-1", "A")


def test_a_code_without_item_books_nothing(scan):
    for code in ("3100000003", "00106141411234567897", f"01{GTIN}10A", "17270131\x1d"):
        assert isinstance(scan(code), UnknownScan)


def test_the_label_of_a_scale_means_its_item_by_the_rules_of_the_house(stock, keep, scan, database):
    stock.item("12345", unit="kg", decimals=3)
    keep(barcode(stock.item("CHEESE"), check_twelve("213456700000")))
    with database.writing() as session:
        weight = MeasureRule(prefix="28", kind=MeasureKind.WEIGHT, decimals=3)
        rules = (weight, MeasureRule(prefix="21"))
        write_setting(session, NAME, json.dumps([asdict(rule) for rule in rules]))

    weighed = scan(check_twelve("281234501250"))
    priced = scan(check_twelve("213456700399"))

    assert (weighed.item.sku, weighed.quantity) == ("12345", Decimal("1.25"))
    assert (priced.item.sku, priced.quantity, priced.quantity_given) == ("CHEESE", 0, False)
    assert "price" in priced.problem
    stated = scan(check_twelve("213456700399"), pending=Decimal(3))
    assert (stated.quantity, stated.quantity_given, stated.problem) == (3, True, "")
    assert "99999" in scan(check_twelve("219999900399")).reason
    assert isinstance(scan(check_twelve("291234500399")), UnknownScan)


def test_a_code_that_counts_none_leaves_it_to_somebody_to_say_how_many(stock, keep, scan):
    keep(barcode(stock.item("GEL-7"), GTIN))

    none = scan(f"01{GTIN}300")

    assert (none.quantity, none.quantity_given) == (0, False)
    assert "type the quantity" in none.problem
    assert scan(f"01{GTIN}300", pending=Decimal(3)).quantity == 3


def test_a_carton_nobody_entered_says_what_it_may_hold(stock, keep, scan):
    keep(barcode(stock.item("GEL-7"), "0012345678905"))

    meaning = scan("10012345678902")

    assert isinstance(meaning, UnknownScan)
    assert "carton of GEL-7" in meaning.reason


def test_eight_digits_mean_whichever_number_is_in_stock(stock, keep, scan):
    keep(barcode(stock.item("COLA"), "123456000070"))

    assert scan("12345670").item.sku == "COLA"


def test_quantities_and_commands(scan):
    assert scan("QTY:12") == QuantityScan("QTY:12", Decimal(12))
    assert scan("12*", typed=True) == QuantityScan("12*", Decimal(12))
    assert scan("CMD:UNDO") == CommandScan("CMD:UNDO", Command.UNDO)
    assert "no such command" in scan("CMD:DROP").reason
    assert "quantity" in scan("QTY:0").reason


def test_a_quantity_typed_in_front_goes_before_one_that_waits(stock, scan):
    stock.item("GEL-7", barcode=EAN)

    assert scan(f"12*{EAN}", pending=Decimal(5)).quantity == 12


def test_typed_numbers_may_have_blanks_and_hyphens_and_skus_may_too(stock, keep, scan):
    keep(barcode(stock.item("GEL-7"), EAN))
    stock.item("4711 A-1")

    assert scan("400-6381 333931", typed=True).item.sku == "GEL-7"
    assert scan(" 4711 A-1 ", typed=True).item.sku == "4711 A-1"


def test_other_capitals_are_offered_and_not_taken(stock, scan):
    stock.item("SKU-ab12")
    stock.location("MAIN/A-01")
    stock.item("Tea")
    stock.item("TEA")

    for code, name in (("sku-AB12", "SKU-ab12"), ("a-01", "MAIN/A-01"), ("LOC:a-01", "MAIN/A-01")):
        meaning = scan(code)
        assert isinstance(meaning, UnknownScan)
        assert f"Did you mean {name}?" in meaning.reason
    assert "Did you mean" not in scan("tea").reason


@pytest.mark.parametrize(
    "code",
    ["", "nobody", "x" * 3_000, "\0\ud800", "😀", "%_", "https://example.com/p/4711", "\x1d"],
)
def test_anything_else_is_unknown_and_says_why(scan, code):
    meaning = scan(code)

    assert isinstance(meaning, UnknownScan)
    assert meaning.reason
