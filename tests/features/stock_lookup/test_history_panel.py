"""A history in its panel: which one, from where, how much of it."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QObject

from app.core.paging import Page
from app.features.stock_lookup.history_panel import HistoryPanel, told
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import HistoryLine, Scope
from app.ui.jobs import Job
from tests.features.stock_lookup.values import entry

WHOLE = Scope(1, "GEL-7", "each")
PART = Scope(1, "GEL-7", "each", 3, "MAIN/A-01", 0)


class Desk:
    """Answers each question with a page of 200 of 500 movements."""

    def __init__(self):
        self.asked = []
        self._home = QObject()
        self._jobs = []

    def fetch(self, scope, after, size):
        self.asked.append((scope, after, size))
        self._jobs.append(Job(self._home))
        return self._jobs[-1]

    def answer(self):
        _scope, after, size = self.asked[-1]
        start = after[0] if after else 0
        rows = tuple(
            HistoryLine(entry(f"RC-{n}", 1), Decimal(1), Decimal(n))
            for n in range(start, min(start + size, 500))
        )
        page = Page(rows, (start + size,) if start + size < 500 else None)
        self._jobs[-1].tell("succeeded", (page,))
        self._jobs[-1].tell("finished", ())


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def panel(qtbot, desk):
    panel = HistoryPanel(desk.fetch)
    qtbot.addWidget(panel)
    panel.resize(700, 300)
    panel.show()
    return panel


def test_a_history_is_told_by_what_it_is_of():
    assert told(WHOLE) == "GEL-7"
    assert told(Scope(1, "MILK", "l", 3, "MAIN/A-01", 7, "L1")) == "MILK · MAIN/A-01 · L1"


def test_without_a_line_there_is_nothing_to_tell_and_nothing_is_asked(panel, desk):
    panel.show_scope(None, None, 2)
    assert panel.none.isVisible()
    assert desk.asked == []


def test_a_part_can_be_left_for_the_whole(qtbot, panel, desk):
    panel.show_scope(WHOLE, WHOLE, 2)
    assert not panel.whole.isVisible()
    panel.show_scope(PART, WHOLE, 2)
    assert panel.whole.text() == "All of GEL-7"
    with qtbot.waitSignal(panel.all_wanted):
        panel.whole.click()


def test_the_same_history_again_is_fetched_as_far_as_it_was_shown(panel, desk):
    panel.show_scope(WHOLE, WHOLE, 2)
    desk.answer()
    bar = panel.table.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    desk.answer()
    panel.table.select(300)

    panel.show_scope(WHOLE, WHOLE, 2)
    desk.answer()

    assert desk.asked == [(WHOLE, None, 200), (WHOLE, (200,), 200), (WHOLE, None, 400)]
    assert panel.table.current_row().entry.number == "RC-300"


def test_another_history_begins_at_the_top(panel, desk):
    panel.show_scope(WHOLE, WHOLE, 2)
    desk.answer()
    panel.table.select(150)
    panel.show_scope(PART, WHOLE, 2)
    desk.answer()

    assert desk.asked[-1] == (PART, None, 200)
    assert panel.table.current_row() is None
    assert panel.table.grid.verticalScrollBar().value() == 0


def test_a_line_leads_to_its_document(qtbot, panel, desk):
    panel.show_scope(WHOLE, WHOLE, 2)
    desk.answer()
    with qtbot.waitSignal(panel.opened) as opened:
        panel.table.activated.emit(panel.lines.rows()[3])
    assert opened.args == [Ref(FoundKind.DOCUMENT, "RC-3")]


def test_a_file_is_wanted_of_the_whole_history_not_of_the_page(qtbot, panel, desk):
    panel.show_scope(WHOLE, WHOLE, 2)
    with qtbot.waitSignal(panel.export_wanted) as wanted:
        panel.table.export_action.trigger()
    assert wanted.args == []


def test_money_is_shown_with_the_companys_decimals(panel, desk):
    panel.show_scope(WHOLE, WHOLE, 0)
    desk.answer()
    names = [column.name for column in panel.lines.columns()]
    assert panel.lines.cells(0)[names.index("value")].text == "6"
