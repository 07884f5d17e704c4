"""The vectors of contents, and the kinds of trouble they stand for."""

import json
from datetime import date
from decimal import Decimal

import pytest

from app.core.gtin import check_digit
from app.core.scanner import MeasureKind, MeasureRule
from app.core.scans import Command
from app.scanning.content import Content, Kind
from app.scanning.reading import read
from tests.scanning.replay import DATA

VECTORS = json.loads((DATA / "barcode_vectors.json").read_text("utf-8"))["vectors"]
IN_STOCK = {vector["expect"]["code"] for vector in VECTORS if "code" in vector["expect"]}
RULES = (MeasureRule(prefix="21"), MeasureRule(prefix="28", kind=MeasureKind.WEIGHT, decimals=3))


def told(content: Content) -> dict[str, object]:
    """What a vector may expect, by its own names."""
    kind = {Kind.KNOWN: "inhouse", Kind.MEASURED: "rcn"}.get(content.kind, content.kind.value)
    if content.kind == Kind.GS1 and content.problem:
        kind = "gs1-problem"
    if content.kind == Kind.GTIN:
        kind += "-addon" if content.addon else "-ambiguous" if content.is_short else ""
    if content.multiplier and content.kind != Kind.QUANTITY:
        kind = f"quantity+{kind}"
    return {
        "kind": kind,
        "code": content.code,
        "gtin14": content.gtin14,
        "addon": content.addon,
        "isbn10": content.isbn10,
        "expiry": str(content.expiry),
        "best_before": str(content.best_before),
        "qty": str(content.multiplier or content.count or "1"),
        "weight_kg": str(content.measure) if content.unit == "kg" else "",
        "price": str(content.measure),
        "sscc": content.sscc,
        "lot": content.lot,
        "serial": content.serial,
        "produced": str(content.produced),
        "command": content.command,
        "location": content.place,
        "item": content.item_code,
    }


def whole(digits: str) -> str:
    return f"{digits}{check_digit(digits)}"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_vector_is_read_as_it_should(vector):
    expected = dict(vector["expect"])
    elements = expected.pop("ais", {})

    content = read(
        vector["input"],
        typed="typed" in (vector["what"] + vector["note"]).lower(),
        rules=RULES,
        is_known=IN_STOCK.__contains__,
    )

    found = told(content)
    assert {name: found[name] for name in expected} == expected
    assert elements.items() <= content.elements.items()


@pytest.mark.parametrize(
    "code",
    [
        "4006381333932",
        "036000291453",
        "10012345678903",
        "96385075",
        "00106141411234567898",
        "(01)09501101530004",
        "https://id.gs1.org/01/09501101530004",
        "2112345003994",
    ],
)
def test_a_wrong_check_digit_is_never_anything_but_that(code):
    content = read(code, rules=RULES)

    assert content.kind == Kind.INVALID
    assert "check digit" in content.problem


@pytest.mark.parametrize("code", ["21ABC", "10-4711", "240PART", "99001234X", "0109501", "AI 17"])
def test_a_guess_at_gs1_is_not_made(code):
    assert read(code).kind == Kind.UNKNOWN


@pytest.mark.parametrize("aim", ["]C1", "]d2", "]Q3", "]J1", "]e0"])
def test_where_the_scanner_says_gs1_it_is(aim):
    content = read(f"{aim}10ABC")

    assert (content.kind, content.lot, content.aim) == (Kind.GS1, "ABC", aim)


def test_what_the_scanner_calls_gs1_and_is_not_is_said_so():
    assert "cannot be read" in read("]C1hello").problem


@pytest.mark.parametrize(
    ("code", "count"),
    [("0209501101530003" + "3712", 12), ("0109501101530003" + "3012", 12)],
)
def test_counts(code, count):
    content = read(code)

    assert (content.gtin14, content.count) == ("09501101530003", Decimal(count))


@pytest.mark.parametrize(
    ("code", "measure", "unit"),
    [
        ("0109501101530003" + "3103001250", "1.250", "kg"),
        ("0109501101530003" + "3202001250", "12.50", "lb"),
        ("0109501101530003" + "3151000125", "12.5", "l"),
        ("3102001250", "12.50", "kg"),
        ("0109501101530003" + "3303001250", None, ""),
    ],
)
def test_measures(code, measure, unit):
    content = read(code)

    assert (content.measure, content.unit) == (measure and Decimal(measure), unit)


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("270131", date(2027, 1, 31)),
        ("280200", date(2028, 2, 29)),
        ("270200", date(2027, 2, 28)),
        ("990101", date(1999, 1, 1)),
    ],
)
def test_dates(digits, day):
    assert read(f"010950110153000317{digits}").expiry == day


@pytest.mark.parametrize("digits", ["270230", "271301", "000000"])
def test_a_date_that_does_not_exist_is_left_out_and_said(digits):
    content = read(f"010950110153000317{digits}10L1")

    assert (content.gtin14, content.lot, content.expiry) == ("09501101530003", "L1", None)
    assert "date" in content.problem


def test_one_bad_date_leaves_the_good_ones():
    content = read("0109501101530003112602301727013110L1")

    assert (content.produced, content.expiry) == (None, date(2027, 1, 31))


def test_a_lot_that_runs_into_a_date_is_pointed_out():
    content = read("010950110153000310ABC12317270131")

    assert content.lot == "ABC12317270131"
    assert "separator" in content.problem
    assert not read("010950110153000310ABC12317271331").problem


def test_two_different_answers_to_one_question_are_not_used():
    assert read("]C110A\x1d10B").kind == Kind.INVALID


def test_a_logistic_label_is_of_the_goods_in_it():
    content = read("00106141411234567897020950110153000337" + "12\x1d10L1")

    assert (content.kind, content.gtin14, content.count) == (Kind.GS1, "09501101530003", 12)
    assert content.sscc == "106141411234567897"


def test_a_link_is_read_whatever_host_it_names_and_an_address_is_nothing():
    content = read("HTTPS://shop.example/x/01/09501101530003/21/S1?15=270131")

    assert (content.gtin14, content.serial) == ("09501101530003", "S1")
    assert content.best_before == date(2027, 1, 31)
    for address in (
        "https://example.com/01/",
        "https://example.com/01/x",
        "http://[",
        "https://example.com/?01=x",
    ):
        assert read(address).kind == Kind.UNKNOWN


@pytest.mark.parametrize(
    ("code", "gtin14"),
    [
        ("0306406152", "09780306406157"),
        ("0-306-40615-2", "09780306406157"),
        ("097522980X", "09780975229804"),
        ("0317-8471", "09770317847001"),
        ("2434-561x", "09772434561006"),
        ("400 6381 333931", "04006381333931"),
        ("4006-3813-3393-1", "04006381333931"),
    ],
)
def test_numbers_as_people_write_them(code, gtin14):
    assert read(code, typed=True).gtin14 == gtin14


def test_a_scan_has_no_blanks_that_mean_nothing():
    assert read("400-6381 333931").kind == Kind.UNKNOWN


@pytest.mark.parametrize(
    ("code", "gtin14", "addon"),
    [
        ("977114487500703", "09771144875007", "03"),
        ("978030640615752250", "09780306406157", "52250"),
        ("03600029145212345", "00036000291452", "12345"),
    ],
)
def test_addons_are_cut_off(code, gtin14, addon):
    content = read(code)

    assert (content.gtin14, content.addon) == (gtin14, addon)


def test_eight_digits_may_be_two_numbers():
    content = read("12345670")

    assert (content.gtin14, content.other_gtin14) == ("00000012345670", "00123456000070")


def test_the_number_of_a_shipping_unit_may_come_without_its_identifier():
    assert read("106141411234567897").sscc == "106141411234567897"


def test_what_a_scale_printed_is_read_by_the_rules_of_the_house():
    rules = (
        MeasureRule(prefix="28", kind=MeasureKind.WEIGHT, decimals=3),
        MeasureRule(prefix="29", item_digits=6, value_digits=4, kind=MeasureKind.COUNT, decimals=0),
        MeasureRule(prefix="27", item_digits=4, value_digits=4),
    )
    weight = read(whole("281234501250"), rules=rules)
    count = read(whole("291234560012"), rules=rules)

    assert (weight.item_code, weight.measure, weight.unit) == ("12345", Decimal("1.250"), "kg")
    assert weight.gtin14 == whole("281234500000").zfill(14)
    assert (count.item_code, count.count) == ("123456", 12)
    assert read(whole("271234567890"), rules=rules).kind == Kind.GTIN  # the rule does not add up


@pytest.mark.parametrize("text", ["", "  ", "\x1d", "\u200b", "]C1", "\r\n"])
def test_nothing_is_nothing(text):
    assert read(text).kind == Kind.NOTHING


@pytest.mark.parametrize("word", list(Command))
def test_commands(word):
    assert read(f"CMD:{word}").command == word
    assert read(f"cmd:{word.lower()}").command == word


def test_only_commands_on_the_list_are_any():
    content = read("CMD:DROP")

    assert (content.kind, content.command) == (Kind.UNKNOWN, None)


@pytest.mark.parametrize(
    "label", ["QTY:0", "QTY:-1", "QTY:1e9", "QTY:", "QTY:1000000000", "0*", "0*A"]
)
def test_a_quantity_that_is_none_is_refused(label):
    assert read(label).kind == Kind.INVALID


@pytest.mark.parametrize(
    ("text", "quantity"), [("QTY:12", "12"), ("12*", "12"), ("2,5*", "2.5"), ("QTY:٣", "3")]
)
def test_a_quantity_holds_for_what_comes_next(text, quantity):
    content = read(text)

    assert (content.kind, content.multiplier) == (Kind.QUANTITY, Decimal(quantity))


def test_something_known_by_exactly_this_code_comes_before_any_guess():
    for code in ("4006381333932", "0109501101530003", "21ABC", "https://example.com/"):
        assert read(code, is_known=code.__eq__).kind == Kind.KNOWN


def test_any_text_at_all_is_read_without_a_fault():
    for text in ("\0", "\ud800", "😀" * 500, "]", "]C", "*", "1*" * 300, "(01)", "(", "01" * 2000):
        assert isinstance(read(text), Content)
