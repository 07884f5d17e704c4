import pytest
from PySide6.QtCore import QObject

from app.features.stock_lookup.panel import HALVES, SubjectPanel
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import Scope, Subject
from app.ui.jobs import Job
from app.ui.preferences import preferences
from tests.features.stock_lookup.values import entry, line

WHOLE = Scope(1, "GEL-7", "each")
ITEM = Subject(Ref(FoundKind.ITEM, "GEL-7"), stock=(line("A-01", 3),), history=WHOLE)
PLACE = Subject(Ref(FoundKind.PLACE, "MAIN"), stock=(line("A-01", 3),))
RECEIPT = Subject(Ref(FoundKind.DOCUMENT, "RC-1"), entries=(entry("RC-1", 3),))


@pytest.fixture
def panel(qtbot):
    home = QObject()
    panel = SubjectPanel(lambda *_: Job(home))
    panel.home = home
    qtbot.addWidget(panel)
    panel.resize(800, 500)
    panel.show()
    return panel


def test_the_history_follows_the_line_that_is_chosen(panel):
    panel.show_subject(ITEM)
    assert panel.history.scope == WHOLE
    panel.stock.table.select(0)
    assert panel.history.scope == ITEM.stock[0].scope
    panel.history.whole.click()
    assert panel.history.scope == WHOLE


def test_what_is_exported_is_the_history_or_all_lines(panel):
    panel.show_subject(ITEM)
    assert panel.lines_to_export() is None
    panel.show_subject(PLACE)
    assert panel.lines_to_export() is panel.stock.table
    panel.stock.table.select(0)
    assert panel.lines_to_export() is None
    panel.show_subject(RECEIPT)
    assert panel.lines_to_export() is panel.document.table
    assert panel.can_export()
    panel.show_subject(Subject(RECEIPT.ref))
    assert not panel.can_export()


def test_the_arrow_down_goes_into_what_is_there(panel):
    panel.show_subject(ITEM)
    assert panel.first_table() is panel.stock.table
    panel.show_subject(Subject(ITEM.ref, history=WHOLE))
    assert panel.first_table() is panel.history.table
    panel.show_subject(RECEIPT)
    assert panel.first_table() is panel.document.table


def test_the_halves_stay_as_high_as_they_were_left(qtbot, panel):
    panel.halves.setSizes([350, 100])
    panel.halves.splitterMoved.emit(350, 1)
    again = SubjectPanel(lambda *_: Job(panel))
    qtbot.addWidget(again)
    again.resize(800, 500)
    again.show()

    assert preferences().get(HALVES, [0]) == panel.halves.sizes()
    assert again.halves.sizes()[0] > again.halves.sizes()[1]
