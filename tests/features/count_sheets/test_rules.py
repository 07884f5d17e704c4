import pytest

from app.core.decimals import InvalidQuantity
from app.features.count_sheets.rules import LARGEST_COUNT, checked_count


def test_a_very_large_count_is_not_taken_from_a_file():
    assert checked_count(LARGEST_COUNT, 0, LARGEST_COUNT) == 999_999
    with pytest.raises(InvalidQuantity, match="very large"):
        checked_count(LARGEST_COUNT + 1, 0, LARGEST_COUNT)
