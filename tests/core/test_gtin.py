import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.gtin import (
    as_gtin14,
    check_digit,
    from_upc_e,
    is_gtin,
    is_sscc,
    looks_like_gtin,
)

DIGITS = st.text("0123456789", min_size=13, max_size=13)


@pytest.mark.parametrize(
    "code",
    ["96385074", "036000291452", "0036000291452", "4006381333931", "10012345678902"],
)
def test_a_printed_code_ends_in_its_check_digit(code):
    assert check_digit(code[:-1]) == int(code[-1])
    assert is_gtin(code)


@given(DIGITS, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits, at, by):
    code = digits + str(check_digit(digits))
    wrong = code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]

    assert is_gtin(code)
    assert not is_gtin(wrong)


@pytest.mark.parametrize("text", ["", "1234567", "٤٠٠٦٣٨١٣٣٣٩٣١", "400638133393²", "ABC-123"])
def test_what_is_not_a_gtin_is_no_gtin(text):
    assert not is_gtin(text)
    assert not looks_like_gtin(text)
    assert as_gtin14(text) is None


def test_a_wrong_check_digit_has_the_shape_but_not_the_sense():
    assert looks_like_gtin("4006381333932")
    assert not is_gtin("4006381333932")
    assert as_gtin14("4006381333932") is None


def test_all_prints_of_one_article_compare_equal():
    forms = {as_gtin14(code) for code in ("36000291452".zfill(length) for length in (12, 13, 14))}

    assert forms == {"00036000291452"}


def test_a_carton_is_another_article_than_the_piece_in_it():
    assert as_gtin14("10012345678902") != as_gtin14("00012345678905")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("04252614", "042100005264"),
        ("01234565", "012345000065"),
        ("01278907", "012000007897"),
        ("01245714", "012100004574"),
        ("01278925", "012200007895"),
        ("01238634", "012300000864"),
        ("01248346", "012480000036"),
    ],
)
def test_a_upc_e_is_the_upc_a_it_was_shortened_from(short, long):
    assert from_upc_e(short) == long


def test_a_upc_e_is_known_by_its_long_form():
    assert as_gtin14("04252614") == "00042100005264"
    assert from_upc_e("04252615") is None
    assert from_upc_e("24252614") is None


def test_a_shipping_code_has_eighteen_digits_and_a_check_digit():
    assert is_sscc("106141411234567897")
    assert not is_sscc("106141411234567898")
    assert not is_sscc("4006381333931")
