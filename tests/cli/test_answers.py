from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.cli.answers import as_json, complain, say_rows


@dataclass(frozen=True)
class Figure:
    value: Decimal
    day: date


def test_figures_are_strings_and_times_are_iso():
    at = datetime(2026, 5, 31, 12, tzinfo=UTC)
    value = {"a": Decimal("1.50"), "at": at, "f": Figure(Decimal("1E+3"), at.date())}

    assert as_json(value) == (
        '{"a": "1.5", "at": "2026-05-31T12:00:00+00:00", '
        '"f": {"value": "1000", "day": "2026-05-31"}}'
    )


def test_what_has_no_json_form_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        as_json(object())


def test_rows_are_one_json_list(capsys):
    say_rows(iter([{"a": 1}, {"a": 2}]), ("a",), json_wanted=True)
    say_rows([], ("a",), json_wanted=True)

    assert capsys.readouterr().out == '[{"a": 1},\n{"a": 2}]\n[]\n'


def test_a_table_lines_up_and_hides_what_a_terminal_would_obey(capsys):
    rows = [{"item": "TEA\x1b[2J", "quantity": Decimal("1.5")}, {"item": "", "quantity": None}]
    say_rows(rows, ("item", "quantity"), json_wanted=False)

    assert capsys.readouterr().out.splitlines() == [
        "item     quantity",
        "-------  --------",
        "TEA�[2J       1.5",
        "",
    ]


def test_a_complaint_is_one_line(capsys):
    complain("first\n  second")

    assert capsys.readouterr().err == "first second\n"
