import pytest

from app.features.stock_lookup.document_panel import DocumentPanel
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import OrderLine, Subject
from tests.features.stock_lookup.values import entry

RECEIPT = Subject(Ref(FoundKind.DOCUMENT, "RC-1"), entries=(entry("RC-1", 3),))
LINE = OrderLine(1, "TEA", "Tea", "each", entry("", 5).quantity, entry("", 2).quantity, None)
ORDER = Subject(Ref(FoundKind.DOCUMENT, "PO-1"), entries=(entry("RC-1", 2),), orders=(LINE,))


@pytest.fixture
def panel(qtbot):
    panel = DocumentPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 400)
    panel.show()
    return panel


def opened_by(qtbot, panel, table, row):
    with qtbot.waitSignal(panel.opened) as opened:
        table.activated.emit(row)
    return opened.args[0]


def test_a_document_shows_its_movements_which_lead_to_the_items(qtbot, panel):
    panel.show_subject(RECEIPT)

    assert panel.first is panel.table
    assert panel.table.isVisible()
    assert not panel.order_table.isVisible()
    found = opened_by(qtbot, panel, panel.table, RECEIPT.entries[0])
    assert found == Ref(FoundKind.ITEM, "GEL-7")


def test_a_correction_leads_to_the_late_document_that_caused_it(qtbot, panel):
    corrected = entry("CT-1", 3, caused_by="RC-9")
    panel.show_subject(Subject(Ref(FoundKind.DOCUMENT, "CT-1"), entries=(corrected,)))

    headings, rows = panel.table.tabulated()
    assert rows[0][headings.index("Note")] == "corrected because of RC-9"
    found = opened_by(qtbot, panel, panel.table, corrected)
    assert found == Ref(FoundKind.DOCUMENT, "RC-9")


def test_an_order_shows_its_lines_and_what_served_it(qtbot, panel):
    panel.show_subject(RECEIPT)
    panel.show_subject(ORDER)

    assert panel.first is panel.order_table
    assert not panel.table.isVisible()
    assert panel.served.rows() == list(ORDER.entries)
    assert panel.entries.rows() == []
    assert opened_by(qtbot, panel, panel.order_table, LINE) == Ref(FoundKind.ITEM, "TEA")
    found = opened_by(qtbot, panel, panel.served_table, ORDER.entries[0])
    assert found == Ref(FoundKind.DOCUMENT, "RC-1")


def test_what_moved_nothing_says_so(panel):
    panel.show_subject(Subject(RECEIPT.ref))
    assert panel.table.empty.title.text() == "Nothing has moved"
