"""Before a document is taken back it is told what else changes."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.core.effects import CostChange, Effects, ValueChange
from app.core.errors import Refused, marked
from app.ui.screen import Screen
from app.ui.undo_question import UndoQuestion

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

AT = datetime(2026, 5, 31, tzinfo=UTC)
COST = CostChange("IS-1", "RUM", AT, Decimal(8), Decimal(2))
VALUE = ValueChange("RUM", Decimal(12), Decimal(4), Decimal(0))
OUTCOMES = {
    "RC-1": Effects(AT, is_late=True, costs=(COST,), values=(VALUE,)),
    "RC-2": Effects(AT, is_late=False),
}


class InUse(Refused):
    template = marked("{document} is in use.")


def look(_session, number, _user):
    if number not in OUTCOMES:
        raise InUse(document=number)
    return OUTCOMES[number]


class Page(Screen):
    title = "Page"


@pytest.fixture
def page(qtbot, jobs):
    page = Page(jobs)
    page.done = []
    page.question = UndoQuestion(page, look)
    qtbot.addWidget(page)
    page.show()
    return page


def test_the_question_comes_with_the_numbers(qtbot, page):
    page.question.ask("RC-1", "RC-1 is taken back.", "Take it back", page.close)

    qtbot.waitUntil(page.confirm.isVisible)
    assert page.confirm.text.text() == "RC-1 is taken back. 1 later cost changes."
    assert [group.heading for group in page.confirm.details.groups] == [
        "Later costs",
        "Value today",
    ]
    page.confirm.yes.click()
    assert not page.isVisible()


def test_where_nothing_else_changes_nothing_else_is_said(qtbot, page):
    page.question.ask("RC-2", "RC-2 is taken back.", "Take it back", page.close)

    qtbot.waitUntil(page.confirm.isVisible)
    assert page.confirm.text.text() == "RC-2 is taken back."
    assert page.confirm.details is None


def test_what_cannot_be_undone_is_not_asked(qtbot, page):
    page.question.ask("RC-3", "RC-3 is taken back.", "Take it back", page.close)

    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.text.text() == "RC-3 is in use."
    assert page.confirm.isHidden()


def test_a_question_nobody_waits_for_any_more_is_not_asked(qtbot, jobs, page):
    page.question.ask("RC-1", "RC-1 is taken back.", "Take it back", page.close)
    page.question.drop()
    qtbot.waitUntil(jobs.is_idle)

    assert page.confirm.isHidden()
