"""When scanner and computer disagree on the keyboard."""

import pytest

from app.scanning.layout import Disagreement, find_disagreement


@pytest.mark.parametrize(
    ("text", "in_place", "found"),
    [
        ("sku-AB12", "SKU-ab12", Disagreement.CAPS_LOCK),
        ("&é\"'12", "123412", Disagreement.FRENCH),
        ("zy-12", "yz/12", None),
        ("4711", "", None),
        ("&é\"'", "", None),
        ("12-34", "12/34", None),
    ],
)
def test_it_is_told_only_where_it_is_plain(text, in_place, found):
    assert find_disagreement(text, in_place) == found
