from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.core.labels import QueuedLabel
from app.features.labels.queue_panel import QueuePanel
from tests.support.labels import BIN, CASE, LOT, PEN

NOW = datetime(2026, 11, 23, tzinfo=UTC)
QUEUE = tuple(
    QueuedLabel(number, label, number * 2, "RC-1", NOW)
    for number, label in enumerate((PEN, CASE, LOT, BIN), start=1)
)


def never(_text: str) -> None:
    raise AssertionError("nothing is suggested here")


@pytest.fixture
def panel(qtbot):
    panel = QueuePanel(never)
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    return panel


def cells(panel) -> list[list[str]]:
    model = panel.lines
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_every_line_says_what_it_is_how_many_and_why(panel):
    panel.show_queue(QUEUE, None)
    assert [row[:4] + row[4:5] + row[6:] for row in cells(panel)] == [
        ["Item", "GEL-7", "2", "Blue gel pen, 0.7 mm", "", "RC-1"],
        ["Pack", "GEL-7 · case", "4", "Blue gel pen, 0.7 mm", "", "RC-1"],
        ["Lot", "GEL-7", "6", "Blue gel pen, 0.7 mm", "L0099", "RC-1"],
        ["Bin", "MAIN/A/A-01-02", "8", "", "", "RC-1"],
    ]


def test_an_empty_queue_teaches(panel):
    panel.show_queue((), None)
    assert panel.table.empty.isVisible()
    assert panel.table.empty.title.text() == "No labels wait"
    assert panel.current() is None


def test_copies_are_typed_after_enter(qtbot, panel):
    panel.show_queue(QUEUE, None)
    panel.table.select(1)
    qtbot.keyClick(panel.table.grid, Qt.Key.Key_Return)
    editor = panel.table.grid.findChild(QLineEdit)
    with qtbot.waitSignal(panel.copies_typed) as typed:
        editor.selectAll()
        qtbot.keyClicks(editor, "24")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert typed.args == [QUEUE[1], "24"]


def test_the_current_line_is_the_chosen_one_else_the_first(panel):
    panel.show_queue(QUEUE, None)
    assert panel.current() is QUEUE[0]
    panel.table.select(2)
    assert panel.current() is QUEUE[2]
    assert panel.selected() == [3]


def test_a_new_line_is_brought_into_sight(panel):
    panel.show_queue(QUEUE, 4)
    assert panel.current() is QUEUE[3]
    panel.show_queue(QUEUE, 99)
    assert panel.current() is QUEUE[3]


def test_a_code_typed_is_wanted_and_the_field_is_free_again(qtbot, panel):
    panel.add.setText("GEL-7")
    with qtbot.waitSignal(panel.add_wanted) as wanted:
        qtbot.keyClick(panel.add, Qt.Key.Key_Return)
    assert wanted.args == ["GEL-7"]
    assert panel.add.text() == ""
