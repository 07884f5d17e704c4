from decimal import Decimal

import pytest

from app.core.labels import (
    InvalidCopies,
    Label,
    LabelKind,
    check_copies,
    pack_text,
    parse_copies,
)
from tests.support.labels import BIN, CASE, LOT, PEN


@pytest.mark.parametrize("copies", [1, 24, 10_000, 100_000])
def test_any_sane_number_of_copies_is_taken(copies):
    assert check_copies(copies) == copies


@pytest.mark.parametrize("copies", [0, -1, 100_001, 10**9])
def test_no_copies_or_a_slip_of_the_keyboard_is_refused(copies):
    with pytest.raises(InvalidCopies, match=str(copies)):
        check_copies(copies)


@pytest.mark.parametrize(("text", "copies"), [("12", 12), (" 7 ", 7), ("٣", 3), ("007", 7)])
def test_typed_copies_are_read(text, copies):
    assert parse_copies(text) == copies


@pytest.mark.parametrize("text", ["", "0", "-1", "1,5", "2.0", "²", "ten", "1e3", "1 000"])
def test_what_is_no_whole_number_of_copies_is_refused_with_what_was_typed(text):
    with pytest.raises(InvalidCopies) as refusal:
        parse_copies(text)
    assert str(refusal.value.fields["found"]) == (text if text != "0" else "0")


def test_a_label_is_called_what_a_person_calls_the_thing():
    assert [label.title for label in (PEN, CASE, LOT, BIN)] == [
        "GEL-7",
        "GEL-7 · case",
        "GEL-7 · L0099",
        "MAIN/A/A-01-02",
    ]


def test_the_code_of_a_bin_is_what_stands_on_the_shelf():
    assert BIN.code == "A-01-02"


def test_a_pack_says_how_much_is_in_it():
    assert pack_text(CASE) == "case, 12 each"
    half = Label(kind=LabelKind.PACK, barcode="x", unit="kg", pack="bag", quantity=Decimal("2.50"))
    assert pack_text(half) == "bag, 2.5 kg"
