from decimal import Decimal

import pytest

from app.core.decimals import InvalidQuantity
from app.features.count_sheets.rules import LARGEST_COUNT, checked_count, typed_count


@pytest.mark.parametrize(
    ("text", "decimals", "counted"),
    [("", 0, None), ("  ", 0, None), ("0", 0, "0"), ("12,5", 3, "12.5"), ("7", 0, "7")],
)
def test_a_typed_count_may_be_empty_which_is_not_zero(text, decimals, counted):
    assert typed_count(text, decimals) == (None if counted is None else Decimal(counted))


@pytest.mark.parametrize("text", ["-1", "1.5", "x", "1e3", "1,234.5"])
def test_what_is_typed_wrong_is_refused(text):
    with pytest.raises(InvalidQuantity):
        typed_count(text, 0)


def test_a_very_large_count_is_not_taken_from_a_file():
    assert checked_count(LARGEST_COUNT, 0, LARGEST_COUNT) == 999_999
    with pytest.raises(InvalidQuantity, match="very large"):
        checked_count(LARGEST_COUNT + 1, 0, LARGEST_COUNT)
