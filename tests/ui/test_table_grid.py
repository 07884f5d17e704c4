import pytest
from PySide6.QtCore import Qt

from app.ui.table_grid import Grid
from app.ui.tables import Column, RowsTable


@pytest.fixture
def grid(qtbot):
    model = RowsTable((Column("Name", str, editable=lambda row: row == "jam"), Column("N", str)))
    grid = Grid(model, "grid", "Grid")
    qtbot.addWidget(grid)
    with qtbot.waitActive(grid):
        grid.show()
    model.show_rows(["jam", "oil"])
    grid.typing = []
    grid.typed.connect(grid.typing.append)
    return grid


def test_tab_leaves_the_table(grid):
    assert not grid.tabKeyNavigation()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_only_what_writes_something_is_typing(qtbot, grid, key, modifier):
    grid.go_to(1)
    qtbot.keyClick(grid, key, modifier)

    assert grid.typing == []


def test_typing_on_a_row_is_passed_on(qtbot, grid):
    grid.go_to(1)
    qtbot.keyClicks(grid, "xY")

    assert grid.typing == ["x", "Y"]


def test_enter_edits_where_it_may_and_chooses_elsewhere(qtbot, grid):
    grid.go_to(0)
    with qtbot.assertNotEmitted(grid.chosen):
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert grid.state() == Grid.State.EditingState
    qtbot.keyClick(grid.focusWidget(), Qt.Key.Key_Escape)

    grid.go_to(1)
    with qtbot.waitSignal(grid.chosen):
        qtbot.keyClick(grid, Qt.Key.Key_Enter)
