from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.decimals import (
    InvalidQuantity,
    check_figure,
    check_quantity,
    fits,
    parse_decimal,
    parse_quantity,
    plain,
    rounded,
    share,
)

figures = st.decimals(
    min_value=-999_999_999, max_value=999_999_999, places=6, allow_nan=False, allow_infinity=False
)


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.000000", "12"), ("0.10", "0.1"), ("1E+3", "1000"), ("-0.0", "0"), ("-2.50", "-2.5")],
)
def test_a_figure_is_written_without_exponent_and_without_idle_zeros(value, text):
    assert plain(Decimal(value)) == text


@given(figures)
def test_what_is_written_reads_back_as_the_same_figure(value):
    assert Decimal(plain(value)) == value


@pytest.mark.parametrize(
    ("value", "money"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.674999", "2.67")]
)
def test_money_is_rounded_half_away_from_zero(value, money):
    assert rounded(Decimal(value), 2) == Decimal(money)


@given(figures.filter(lambda value: value > 0), st.integers(1, 50))
def test_shares_taken_one_after_the_other_leave_nothing_over(amount, pieces):
    left = rounded(amount, 2)
    total = left
    taken = []
    for number in range(pieces, 0, -1):
        part = share(left, Decimal(1), Decimal(number), 2)
        taken.append(part)
        left -= part

    assert left == 0
    assert sum(taken) == total


@pytest.mark.parametrize(
    ("value", "places", "answer"),
    [("1", 0, True), ("1.0", 0, True), ("1.5", 0, False), ("0.001", 3, True), ("NaN", 6, False)],
)
def test_a_figure_fits_if_it_is_no_finer_than_so_many_decimals(value, places, answer):
    assert fits(Decimal(value), places) is answer


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", "12"), (" 1,5 ", "1.5"), ("1.5", "1.5"), ("٣", "3"), ("１２", "12"), ("−4", "-4")],
)
def test_a_number_is_read_as_a_person_types_it(text, value):
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "abc", "1,234.5", "1 234", "1.2.3", "5+7", "1e5", "½"])
def test_text_that_is_no_plain_number_is_refused(text):
    with pytest.raises(InvalidQuantity):
        parse_decimal(text)


@pytest.mark.parametrize("text", ["0", "-1", "1000000000", "1,5"])
def test_a_quantity_that_cannot_be_meant_is_refused_with_what_was_found(text):
    with pytest.raises(InvalidQuantity) as refusal:
        parse_quantity(text, 0)

    assert refusal.value.code == "invalid_quantity"
    assert text.replace(",", ".") in str(refusal.value).replace(",", ".")


def test_a_quantity_may_be_as_fine_as_its_unit():
    assert parse_quantity("1,5", 1) == Decimal("1.5")
    assert check_quantity(Decimal("0.001"), 3) == Decimal("0.001")


def test_a_figure_of_either_sign_is_checked_alike():
    assert check_figure(Decimal(-3), 0) == -3
    with pytest.raises(InvalidQuantity):
        check_figure(Decimal("Infinity"), 0)
