from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.core.catalogue import Item
from app.core.scans import Tone
from app.features.count_sheets.counting_page import CountPage, Tally
from app.features.count_sheets.rules import CountSheet, SheetHead, SheetLine, SheetState

HEAD = SheetHead(7, "CS-x", "MAIN", SheetState.OPEN, False, datetime.now(UTC), "kim", 3, 0)


def line(number: int, location: str, counted: str | None = None, **more) -> SheetLine:
    value = None if counted is None else Decimal(counted)
    item = Item(number, f"I-{number}", f"Item {number}")
    return SheetLine(number, f"k{number}", item, location, "", Decimal(5), counted=value, **more)


LINES = (line(1, "A-1", "5"), line(2, "A-1"), line(3, "B-1", "0"))


@pytest.fixture
def page(qtbot):
    page = CountPage()
    qtbot.addWidget(page)
    page.resize(900, 400)
    page.show()
    page.show_sheet(CountSheet(HEAD, LINES))
    return page


def column(page, name):
    names = [column.key for column in page.lines.columns()]
    return [page.lines.cells(row)[names.index(name)] for row in range(page.lines.rowCount())]


def test_zero_is_shown_and_not_counted_is_empty(page):
    assert [cell.text for cell in column(page, "counted")] == ["5", "", "0"]
    assert [cell.tone for cell in column(page, "counted")] == [Tone.GOOD, None, Tone.ASK]


def test_a_blind_sheet_shows_neither_what_is_expected_nor_what_differs(page):
    page.show_sheet(CountSheet(replace(HEAD, number=8, is_blind=True), LINES))

    assert {cell.text for cell in column(page, "expected")} == {""}
    assert {cell.tone for cell in column(page, "counted")} == {None}
    headings, rows = page.table.tabulated()
    assert "Expected" not in headings
    assert Decimal(5) not in rows[1]
    assert page.card.expected.text() == ""


def test_the_next_sheet_shows_what_is_expected_again(page):
    page.show_sheet(CountSheet(replace(HEAD, number=8, is_blind=True), LINES))
    page.show_sheet(CountSheet(replace(HEAD, number=9), LINES))

    assert "Expected" in page.table.tabulated()[0]


def test_the_tally_counts_what_differs(page):
    assert page.tally() == Tally(lines=3, counted=2, different=1)


def test_a_line_is_shown_as_it_is_now_and_a_new_one_comes_last(page):
    page.put_line(replace(LINES[1], counted=Decimal(4)))
    page.put_line(line(9, "C-1", "1", was_found=True), flash=True)

    assert [cell.text for cell in column(page, "counted")] == ["5", "4", "0", "1"]
    assert column(page, "note")[-1].text == "found here"
    assert page.table.current_row().id == 9


def test_a_bin_leads_to_its_first_line_that_is_not_counted(page):
    assert page.go_to_place("A-1")
    assert page.table.current_row().id == 2
    assert page.go_to_place("B-1")
    assert page.table.current_row().id == 3
    assert not page.go_to_place("C-1")


def test_the_same_sheet_again_leaves_the_cursor_where_it_is(page):
    page.table.select(2)

    page.show_sheet(CountSheet(HEAD, (*LINES[:2], replace(LINES[2], counted=Decimal(6)))))

    assert page.table.current_row().counted == 6
    assert page.card.number.text() == "6"


def test_a_closed_sheet_is_only_looked_at(page):
    page.show_sheet(CountSheet(replace(HEAD, state=SheetState.POSTED), LINES))

    assert page.card.keys.isHidden()
    assert not page.clear.isEnabled()
