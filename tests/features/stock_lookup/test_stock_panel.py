"""Stock line by line: what is chosen, what stays chosen, long lists."""

import pytest

from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.stock_panel import StockPanel
from app.features.stock_lookup.subject import Subject
from tests.features.stock_lookup.values import line

ITEM = Ref(FoundKind.ITEM, "GEL-7")


@pytest.fixture
def panel(qtbot):
    panel = StockPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 300)
    panel.show()
    panel.chosen_lines = []
    panel.chosen.connect(panel.chosen_lines.append)
    return panel


def show(panel, *lines, ref=ITEM):
    panel.show_subject(Subject(ref, stock=lines))


ONE, TWO = line("A-01", 3, number=1), line("A-02", 4, lot="L1", number=2)


def test_no_line_is_chosen_at_first_not_even_by_the_focus(qtbot, panel):
    show(panel, ONE, TWO)
    panel.table.grid.setFocus()

    assert panel.current() is None
    assert panel.chosen_lines == [None]


def test_a_chosen_line_is_told_once(panel):
    show(panel, ONE, TWO)
    panel.table.select(1)
    panel.table.select(1)
    assert panel.chosen_lines == [None, TWO]
    panel.clear()
    assert panel.chosen_lines == [None, TWO, None]


def test_the_chosen_line_stays_when_the_figures_change(panel):
    show(panel, ONE, TWO)
    panel.table.select(1)
    more = line("A-02", 9, lot="L1", number=2)
    show(panel, line("A-00", 1, number=3), ONE, more)

    assert panel.current() == more
    assert panel.chosen_lines[-1] == more


def test_a_line_that_is_gone_is_no_longer_chosen(panel):
    show(panel, ONE, TWO)
    panel.table.select(1)
    show(panel, ONE)
    assert panel.current() is None
    assert panel.chosen_lines[-1] is None


def test_another_subject_begins_without_a_choice(panel):
    show(panel, ONE, TWO)
    panel.table.select(0)
    show(panel, ONE, TWO, ref=Ref(FoundKind.ITEM, "OTHER"))
    assert panel.current() is None


def test_a_lot_can_be_chosen_by_its_code(panel):
    show(panel, ONE, TWO)
    assert panel.choose_lot("L1") == TWO
    assert panel.choose_lot("L9") is None


def test_enter_leads_from_an_item_to_the_place_and_from_a_place_to_the_item(qtbot, panel):
    show(panel, ONE)
    with qtbot.waitSignal(panel.opened) as opened:
        panel.table.activated.emit(ONE)
    assert opened.args == [Ref(FoundKind.PLACE, "MAIN/A/A-01")]

    show(panel, ONE, ref=Ref(FoundKind.PLACE, "MAIN"))
    with qtbot.waitSignal(panel.opened) as opened:
        panel.table.activated.emit(ONE)
    assert opened.args == [ITEM]


@pytest.mark.parametrize("kind", [FoundKind.ITEM, FoundKind.PLACE, FoundKind.LOT])
def test_an_empty_list_says_what_would_be_there(panel, kind):
    show(panel, ref=Ref(kind, "X"))
    assert panel.table.empty.title.text()
    assert panel.table.empty.text.text()


def test_twenty_thousand_lines_can_be_shown_filtered_and_shown_again(panel):
    lines = [line(f"A-{n:05}", n + 1, number=n) for n in range(20_000)]
    show(panel, *lines)
    panel.table.select(19_999)
    show(panel, *lines[1:])

    assert panel.current() == lines[-1]
    panel.table.filter.setText("A-1999")
    assert [each.code for each in panel.table.model.shown()] == [f"A-1999{n}" for n in range(10)]
