from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.scans import Tone
from app.features.count_sheets.review_page import ReviewPage
from app.features.count_sheets.rules import Variance


def variance(number: int, counted: int, difference: int, value: str, stop: str = "") -> Variance:
    return Variance(
        line=number,
        item=f"I-{number}",
        name="Item",
        unit="each",
        location="A-1",
        lot="",
        expected=Decimal(10),
        counted=Decimal(counted),
        now=Decimal(9),
        difference=Decimal(difference),
        value=Decimal(value),
        stop=stop,
    )


VARIANCES = [
    variance(1, 10, 0, "0"),
    variance(2, 8, -2, "-4.10"),
    variance(3, 13, 3, "6"),
    variance(4, 10, 0, "0", stop="Count it again."),
]


@pytest.fixture
def page(qtbot):
    page = ReviewPage()
    qtbot.addWidget(page)
    page.show_variances(VARIANCES)
    return page


def shown(page):
    return [one.line for one in page.rows.rows()]


def test_at_first_only_what_differs_or_cannot_be_posted_is_shown(page):
    assert shown(page) == [2, 3, 4]


def test_all_lines_are_shown_if_wanted(qtbot, page):
    with qtbot.waitSignal(page.shown_changed):
        page.only_different.setChecked(False)

    assert shown(page) == [1, 2, 3, 4]


def test_the_totals_do_not_net_gains_and_losses(page):
    assert page.totals() == (
        "4 counted · 2 differ · gains 6.00 · losses -4.10 · 1 cannot be posted"
    )


def test_a_difference_has_its_sign_and_a_stopped_line_its_reason(page):
    names = [column.key for column in page.rows.columns()]
    rows = [dict(zip(names, page.rows.cells(row), strict=True)) for row in range(3)]

    assert [row["difference"].text for row in rows] == ["-2", "+3", "0"]
    assert [row["difference"].tone for row in rows] == [Tone.ASK, Tone.ASK, Tone.BAD]
    assert rows[2]["stop"].text == "Count it again."
    assert page.rows.row_tone(2) is Tone.BAD


def test_counts_that_all_agree_are_called_that(page):
    page.show_variances(VARIANCES[:1])

    assert shown(page) == []
    assert page.table.empty.title.text() == "Every count agrees with the ledger"


def test_money_has_as_many_places_as_the_companys_currency(page):
    page.show_variances([replace(one, money_places=3) for one in VARIANCES])

    assert "gains 6.000 · losses -4.100" in page.totals()
    at = [column.key for column in page.rows.columns()].index("value")
    assert [page.rows.index(row, at).data() for row in range(2)] == ["-4.100", "6.000"]
