from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from app.features.count_sheets.rules import Scope
from app.features.count_sheets.service import cancel_sheet, enter_count

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def shown(view):
    return {line.item.sku: line.counted for line in view.page.all_lines()}


def test_typing_a_count_and_enter_goes_on_and_saves_each(clerk):
    clerk.open_new()

    clerk.type("9", "12,5", "0")

    clerk.until(lambda: clerk.saved()["MILK"] == 0)
    assert clerk.saved() == {"TEA": 9, "FLOUR": Decimal("12.5"), "MILK": 0, "SAW": None}
    assert shown(clerk.view) == clerk.saved()
    assert clerk.view.page.table.current_row().item.sku == "SAW"


def test_enter_alone_goes_on_without_counting(clerk):
    clerk.open_new()

    clerk.type("", "5")

    clerk.until(lambda: clerk.saved()["FLOUR"] == 5)
    assert clerk.saved()["TEA"] is None


def test_digits_typed_into_the_table_begin_a_count(qtbot, clerk):
    clerk.open_new()
    grid = clerk.view.page.table.grid
    grid.setFocus()

    qtbot.keyClicks(grid, "7")

    assert clerk.view.page.card.keys.text() == "7"


def test_plus_and_minus_count_on(qtbot, clerk):
    clerk.open_new()
    keys = clerk.view.page.card.keys
    keys.setFocus()

    qtbot.keyClicks(keys, "12+")
    qtbot.keyClicks(keys, "+")
    qtbot.keyClicks(keys, "3-")

    clerk.until(lambda: clerk.saved()["TEA"] == 10)
    assert clerk.view.page.card.number.text() == "10"


def test_what_cannot_be_a_count_is_told_and_the_line_stays(clerk):
    clerk.open_new()

    clerk.type("1,5")

    assert "whole pieces" in clerk.view.banner.text.text()
    assert clerk.view.page.table.current_row().item.sku == "TEA"
    assert shown(clerk.view)["TEA"] is None


def test_delete_makes_a_line_uncounted_again(qtbot, clerk):
    clerk.open_new()
    clerk.type("9")
    clerk.until(lambda: clerk.saved()["TEA"] == 9)
    grid = clerk.view.page.table.grid
    grid.setFocus()
    clerk.view.page.table.select(0)

    qtbot.keyClick(grid, Qt.Key.Key_Delete)

    clerk.until(lambda: clerk.saved()["TEA"] is None)
    assert shown(clerk.view)["TEA"] is None
    assert clerk.view.page.card.number.text() == ""


def test_a_remark_is_saved(clerk):
    clerk.open_new()
    page = clerk.view.page

    page.noted.emit(page.all_lines()[0], "one torn")

    clerk.until(lambda: page.all_lines()[0].note == "one torn")
    assert clerk.room.sheet(clerk.view.number).lines[0].note == "one torn"


def test_a_count_that_was_not_taken_shows_what_is_saved(clerk):
    number = clerk.open_new()
    clerk.room.database.run(lambda session: cancel_sheet(session, number))

    clerk.type("9")

    clerk.until(lambda: not clerk.view.page.is_open)
    assert "is cancelled" in clerk.view.banner.text.text()
    assert shown(clerk.view)["TEA"] is None


def test_what_others_counted_appears_when_something_was_saved(clerk, jobs):
    number = clerk.open_new()
    line = clerk.room.sheet(number).lines[1]
    clerk.room.database.run(
        lambda session: enter_count(session, number, line.id, Decimal(3), user="eva")
    )

    jobs.committed.emit()

    clerk.until(lambda: shown(clerk.view)["FLOUR"] == 3)


def test_news_of_the_sheet_in_hand_does_not_keep_another_from_being_opened(clerk, jobs):
    clerk.open_new(Scope("MAIN/A"))
    number = clerk.room.create(Scope("MAIN/B"))

    clerk.view.open_number(number)
    jobs.committed.emit()

    clerk.until(lambda: clerk.view.number == number)


def test_the_footer_says_how_far_it_is_and_a_blind_one_keeps_quiet(clerk):
    clerk.open_new()
    clerk.type("9")
    assert clerk.view.counts_said() == "1 of 4 counted · 1 differ"

    clerk.until(lambda: 9 in clerk.saved().values())
    clerk.room.database.run(lambda session: cancel_sheet(session, clerk.view.number))
    clerk.open_new(blind=True)
    clerk.type("9")

    assert clerk.view.counts_said() == "1 of 4 counted"
