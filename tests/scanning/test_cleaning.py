"""What is taken off a code, and what stays."""

import pytest

from app.scanning.cleaning import clean, shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" 4711\r\n", "4711"),
        ("\ufeff47\u200b11", "4711"),
        ("ＳＫＵ－１２", "SKU-12"),
        ("٤٧١١", "4711"),
        ("4²", "4²"),
        ("A\u00a0B", "A B"),
        ("A\tB", "A B"),
        ("A\x00B\ud800", "AB"),
        ("\x1d10A\x1d17\x1d", "10A\x1d17"),
        ("a\u0308", "ä"),
        ("]C0SKU", "SKU"),
        ("]", "]"),
    ],
)
def test_a_code_is_cleaned(text, code):
    assert clean(text).code == code


def test_the_symbology_and_separators_are_noted():
    cleaned = clean("]d2\x1d10A")

    assert (cleaned.aim, cleaned.had_separator) == ("]d2", True)
    assert not clean("10A").had_separator


def test_what_is_shown_stays_on_one_line():
    assert shown("10A\x1d17\n\x00") == "10A␝17  "
    assert shown("x" * 3_000) == "x" * 59 + "…"
