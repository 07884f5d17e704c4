from datetime import date, datetime, time
from decimal import Decimal

import pytest

from app.core.catalogue import Tracking
from app.core.cells import Cell, CellKind
from app.features.catalogue.cells import (
    BadCell,
    choice_of,
    read_amount,
    read_boolean,
    read_class,
    read_code,
    read_count,
    read_date,
    read_decimals,
    read_figure,
    read_name,
    read_path,
    read_policy,
    text_of,
)


@pytest.mark.parametrize(
    ("typed", "value"), [("12", "12"), ("12,5", "12.5"), ("12.500", "12.5"), ("0,125", "0.125")]
)
def test_a_figure_may_have_a_point_or_a_comma(typed, value):
    assert read_figure(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["1,234", "-1", "1e9", "1.234,56", "a", "1.1234567", "99999999999"]
)
def test_a_figure_that_is_unclear_or_out_of_range_is_refused(typed):
    with pytest.raises(BadCell):
        read_figure(typed)


def test_what_could_be_two_figures_names_both():
    with pytest.raises(BadCell, match=r"1234 or 1\.234"):
        read_figure("1,234")


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (read_amount, "0"),
        (read_count, "0"),
        (read_count, "1.5"),
        (read_decimals, "7"),
        (read_boolean, "maybe"),
        (read_class, "AB"),
        (read_class, "1"),
        (read_date, "31/05/2026"),
        (read_date, "2026-02-30"),
        (read_date, "30.02.2026"),
        (read_path, "MAIN//A1"),
        (read_path, "/MAIN"),
        (read_code, "two\nlines"),
        (read_code, "x" * 81),
        (read_name, "x" * 501),
        (choice_of(Tracking), "sometimes"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_a_reason(read, typed):
    with pytest.raises(BadCell) as refused:
        read(typed)

    assert str(refused.value).endswith(".")


def test_yes_and_no_are_known_in_every_language_and_blank_is_no():
    assert [read_boolean(word) for word in ("yes", "JA", "wahr", "x", "1")] == [True] * 5
    assert [read_boolean(word) for word in ("no", "Nein", "falsch", "", "0")] == [False] * 5


def test_a_blank_policy_is_left_to_the_place_above():
    assert (read_policy(""), read_policy("ja"), read_policy("no")) == (None, True, False)


def test_a_date_is_read_as_iso_or_as_germans_write_it():
    assert read_date("2026-05-31") == read_date("31.5.2026") == date(2026, 5, 31)


def test_blanks_around_the_strokes_of_a_path_are_taken_away():
    assert read_path("MAIN / A / 01") == "MAIN/A/01"


@pytest.mark.parametrize(
    ("cell", "read", "text"),
    [
        (Cell(CellKind.NUMBER, "1001", Decimal(1001)), read_code, "1001"),
        (Cell(CellKind.NUMBER, "0.1", Decimal("0.1")), read_figure, "0.1"),
        (Cell(CellKind.NUMBER, "1.234", Decimal("1.234")), read_figure, "1.234"),
        (Cell(CellKind.BOOLEAN, "TRUE", True), read_boolean, "yes"),
        (Cell(CellKind.DATE, "2026-05-31", date(2026, 5, 31)), read_date, "2026-05-31"),
        (Cell(CellKind.TEXT, "00123"), read_code, "00123"),
        (Cell(CellKind.BLANK, ""), read_policy, ""),
    ],
)
def test_a_cell_gives_its_text_whatever_excel_made_of_it(cell, read, text):
    assert text_of(cell, read) == text


def test_a_date_with_a_time_is_its_day():
    moment = Cell(CellKind.DATE, "2026-05-31 14:02", datetime(2026, 5, 31, 14, 2))

    assert read_date(text_of(moment, read_date)) == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (Cell(CellKind.ERROR, "#N/A"), read_code),
        (Cell(CellKind.FORMULA, "=A1"), read_code),
        (Cell(CellKind.DATE, "2026-05-31", date(2026, 5, 31)), read_code),
        (Cell(CellKind.DATE, "14:02", time(14, 2)), read_date),
        (Cell(CellKind.NUMBER, "1.5", Decimal("1.5")), read_code),
        (Cell(CellKind.NUMBER, "4E+18", Decimal(4 * 10**18)), read_code),
        (Cell(CellKind.NUMBER, "50%", Decimal("0.5"), is_percent=True), read_figure),
    ],
)
def test_what_excel_has_spoilt_is_refused(cell, read):
    with pytest.raises(BadCell):
        text_of(cell, read)
