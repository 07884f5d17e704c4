import pytest

from app.ui.preferences import preferences
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable


def make(qtbot):
    columns = (
        Column("Item", str, key="item"),
        Column("Name", str, key="name", chars=20),
        Column("Extra", str, key="extra", hidden=True),
    )
    view = TableView(RowsTable(columns), "state", "State")
    qtbot.addWidget(view)
    view.resize(500, 200)
    view.show()
    return view


@pytest.fixture
def view(qtbot):
    return make(qtbot)


def widths(view):
    header = view.grid.horizontalHeader()
    return [header.sectionSize(number) for number in range(header.count())]


def test_a_column_may_be_hidden_at_first(view):
    assert [column.name for column in view._state.visible_columns()] == ["item", "name"]


def test_a_column_is_as_wide_as_it_was_said_to_be(view):
    assert widths(view)[1] >= 20 * view.grid.fontMetrics().horizontalAdvance("0")


def test_the_first_rows_make_room_for_themselves_once(view):
    view.model.show_rows(["a rather long name of an item"])
    fitted = widths(view)[0]
    assert fitted >= view.grid.fontMetrics().horizontalAdvance("a rather long name of an item")

    view.model.show_rows(["b"])
    assert widths(view)[0] == fitted


def test_a_figure_that_comes_later_gets_the_room_it_needs(qtbot):
    columns = (
        Column("Item", lambda row: row[0], key="item", stretch=True, chars=10),
        Column(
            "On",
            lambda row: row[1],
            NUMBER,
            key="on",
            unit=lambda _: "each",
            icon=lambda row: "good" if row[1] else "",
        ),
    )
    view = TableView(RowsTable(columns), "figures", "Figures")
    qtbot.addWidget(view)
    view.resize(500, 200)
    view.show()
    view.model.show_rows([("tea", ""), ("gel", "")])
    before = widths(view)[1]

    view.model.show_rows([("tea", ""), ("gel", "1234567")])

    needed = view.grid.painter.width(1, range(2))
    assert before < needed <= widths(view)[1]
    assert sum(widths(view)) == view.grid.viewport().width()
    assert preferences().get("tables/figures", {}) == {}


def test_a_width_the_user_chose_is_left_alone(qtbot, view):
    view.grid.horizontalHeader().resizeSection(0, 90)
    view.model.show_rows(["a rather long name of an item"])

    assert widths(view)[0] == 90
    assert widths(make(qtbot))[0] == 90


def test_what_the_program_arranges_itself_is_not_remembered(view):
    view.model.show_rows(["tea"])

    assert preferences().get("tables/state", {}) == {}


def test_no_column_takes_the_whole_width_by_itself(view):
    view.model.show_rows(["x" * 1000])

    assert widths(view)[0] <= 360


def test_the_column_that_stretches_gives_way_before_figures_leave_the_sight(qtbot):
    columns = (
        Column("Name", str, key="name", chars=10, stretch=True),
        Column("Counted", lambda name: str(len(name)), key="counted", chars=8),
    )
    view = TableView(RowsTable(columns), "stretching", "Stretching")
    qtbot.addWidget(view)
    view.resize(260, 200)
    view.show()

    view.model.show_rows(["a rather long name of an item that nobody will ever read to its end"])

    assert sum(widths(view)) <= view.grid.viewport().width()
    assert widths(view)[0] >= 10 * view.grid.fontMetrics().horizontalAdvance("0")
