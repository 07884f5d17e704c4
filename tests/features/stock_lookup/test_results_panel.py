"""What was found, as far as it was scrolled, with a fetch that answers when it is told to."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QObject

from app.features.stock_lookup.results_panel import ResultsPanel
from app.features.stock_lookup.rules import Found, FoundKind, ItemStock, Ref
from app.features.stock_lookup.search import Results
from app.ui.jobs import Job


class Desk:
    """Notes every question and answers it with so many items from a list of 250."""

    def __init__(self):
        self.asked = []
        self.others = ()
        self.total = 250
        self._home = QObject()
        self._jobs = []

    def fetch(self, text, after, size):
        self.asked.append((text, after, size))
        job = Job(self._home)
        self._jobs.append(job)
        return job

    def answer(self):
        """Answer the last question."""
        text, after, size = self.asked[-1]
        start = after[0] if after else 0
        stop = min(start + size, self.total)
        rows = tuple(item(n) for n in range(start, stop))
        following = (stop,) if stop < self.total else None
        self._jobs[-1].tell("succeeded", (Results(rows, following, text, self.others),))
        self._jobs[-1].tell("finished", ())


def item(number):
    return ItemStock(number, f"N-{number:03}", "Nut", "each", 0, "", Decimal(number))


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def panel(qtbot, desk):
    panel = ResultsPanel(desk.fetch)
    qtbot.addWidget(panel)
    panel.resize(800, 400)
    panel.show()
    panel.search("nut")
    desk.answer()
    return panel


def scroll_down(panel):
    bar = panel.table.grid.verticalScrollBar()
    bar.setValue(bar.maximum())


def test_scrolling_on_fetches_what_follows(panel, desk):
    scroll_down(panel)
    assert desk.asked == [("nut", None, 100), ("nut", (100,), 100)]
    desk.answer()

    assert len(panel.items.rows()) == 200
    assert panel.has_more()


def test_a_change_elsewhere_keeps_what_was_scrolled_to(panel, desk):
    scroll_down(panel)
    desk.answer()
    panel.table.select(150)
    where = panel.table.grid.verticalScrollBar().value()

    panel.refresh()
    assert desk.asked[-1] == ("nut", None, 200)
    desk.answer()

    assert panel.table.current_row() == item(150)
    assert panel.table.grid.verticalScrollBar().value() == where


def test_another_text_begins_at_the_top_without_a_cursor(panel, desk):
    scroll_down(panel)
    desk.answer()
    panel.table.select(150)

    panel.search("bolt")
    assert not panel.has_answer()
    desk.answer()

    assert panel.has_answer()
    assert desk.asked[-1] == ("bolt", None, 100)
    assert panel.table.current_row() is None
    assert panel.table.grid.verticalScrollBar().value() == 0


def test_going_in_waits_for_the_answer(panel, desk):
    panel.search("bolt")
    panel.go_in()
    assert panel.table.current_row() is None
    desk.answer()
    assert panel.table.current_row() == item(0)


def test_going_into_nothing_goes_nowhere(panel, desk):
    desk.total = 0
    panel.search("zzz")
    desk.answer()
    panel.go_in()
    assert panel.table.current_row() is None
    assert panel.table.empty.title.text() == "Nothing goes by “zzz”"


def test_an_empty_company_is_told_how_to_begin(panel, desk):
    desk.total = 0
    panel.search("")
    desk.answer()
    assert panel.table.empty.title.text() == "No items yet"
    assert "F9" in panel.table.empty.text.text()


def test_the_few_others_take_only_the_room_they_need(panel, desk):
    desk.others = tuple(Found(Ref(FoundKind.LOT, f"L{n}"), "") for n in range(2))
    panel.search("l")
    desk.answer()
    low = panel.others_table.height()

    desk.others = tuple(Found(Ref(FoundKind.LOT, f"L{n}"), "") for n in range(20))
    panel.search("l1")
    desk.answer()

    assert low < panel.others_table.height() < 8 * low


def test_enter_opens_an_item_or_what_stands_above(panel):
    place = Ref(FoundKind.PLACE, "MAIN")
    opened = []
    panel.opened.connect(opened.append)

    panel.table.activated.emit(item(7))
    panel.others_table.activated.emit(Found(place, ""))

    assert opened == [Ref(FoundKind.ITEM, "N-007"), place]


def test_what_is_selected_can_be_named(panel):
    panel.table.grid.selectRow(1)
    assert panel.selected_skus() == ["N-001"]
