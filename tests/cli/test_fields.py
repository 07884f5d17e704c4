from decimal import Decimal

import pytest

from app.cli.fields import (
    InexactNumber,
    read_code,
    read_counted,
    read_decimal,
    read_money,
    read_note,
    read_position,
    read_text,
    word_of,
)
from app.core.decimals import InvalidQuantity
from app.core.documents import SpreadBy
from app.core.refusals import Malformed


@pytest.mark.parametrize(
    ("found", "value"), [("12", "12"), ("-1.50", "-1.5"), ("+3", "3"), (12, "12"), (" 7 ", "7")]
)
def test_a_figure_is_a_string_holding_a_decimal_or_a_whole_number(found, value):
    assert read_decimal("quantity", found) == Decimal(value)


def test_a_rounded_number_says_how_to_write_it():
    with pytest.raises(Malformed, match="string"):
        read_decimal("quantity", InexactNumber("1.5"))


def test_money_that_is_none_is_malformed_and_a_quantity_has_its_own_name():
    with pytest.raises(Malformed):
        read_money("price", "cheap")
    with pytest.raises(InvalidQuantity):
        read_decimal("quantity", "few")


def test_blank_is_not_counted_and_zero_is_zero():
    assert (read_counted("counted", ""), read_counted("counted", "0")) == (None, Decimal(0))


@pytest.mark.parametrize("found", [0, -1, True, "1", 2**31, 1.0])
def test_a_line_number_counts_from_one(found):
    with pytest.raises(Malformed):
        read_position("order_line", found)


def test_a_note_may_have_lines_and_a_code_may_not():
    assert read_note("note", "one\ntwo") == "one\ntwo"
    with pytest.raises(Malformed):
        read_code("item", "one\ntwo")


def test_text_is_composed_so_that_equal_looks_equal():
    assert read_text("lot", "u\u0308") == "ü"


def test_a_word_of_a_list_is_read_and_any_other_names_the_list():
    assert word_of(SpreadBy)("by", "weight") is SpreadBy.WEIGHT
    with pytest.raises(Malformed, match="by: 'colour' is not one of value, quantity"):
        word_of(SpreadBy)("by", "colour")
