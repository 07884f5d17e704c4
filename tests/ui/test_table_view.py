from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from app.ui.formats import quantity
from app.ui.parts import Mend
from app.ui.preferences import keep_preferences, preferences
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, PagedTable, RowsTable


@dataclass(frozen=True)
class Line:
    sku: str
    name: str
    on_hand: Decimal | None
    counted: str = ""


LINES = [
    Line("TEA", "Green\ttea\nloose", Decimal("1240.5")),
    Line("OIL", "Olive oil", Decimal(3)),
    Line("JAM", "Jam", None),
]


def columns():
    return (
        Column("Item", lambda line: line.sku, key="item"),
        Column("Name", lambda line: line.name, key="name", stretch=True),
        Column(
            "On hand",
            lambda line: quantity(line.on_hand),
            NUMBER,
            key="on_hand",
            unit=lambda line: "kg" if line.sku == "TEA" else "",
            sort=lambda line: line.on_hand,
        ),
        Column("Counted", lambda line: line.counted, key="counted", editable=lambda _: True),
    )


def make(qtbot, **options):
    model = RowsTable(columns())
    view = TableView(model, "lines", "Lines", **options)
    qtbot.addWidget(view)
    view.resize(700, 400)
    with qtbot.waitActive(view):
        view.show()
    model.show_rows(LINES)
    view.grid.setFocus()
    return view


@pytest.fixture
def view(qtbot):
    return make(qtbot)


def shown(view):
    return [line.sku for line in view.model.shown()]


def headings(view):
    header = view.grid.horizontalHeader()
    titles = []
    for place in range(header.count()):
        number = header.logicalIndex(place)
        if not header.isSectionHidden(number):
            titles.append(view.model.columns()[number].title)
    return titles


def test_typing_opens_the_filter_and_escape_closes_it(qtbot, view):
    qtbot.keyClicks(view.grid, "o")
    assert view.filter.isVisible()
    qtbot.keyClicks(view.filter, "il")
    assert shown(view) == ["OIL"]

    qtbot.keyClick(view.filter, Qt.Key.Key_Escape)
    assert view.filter.isHidden()
    assert shown(view) == ["TEA", "OIL", "JAM"]


def test_typing_is_left_to_the_screen_if_digits_mean_quantities(qtbot):
    heard = []

    class Page(QWidget):
        def keyPressEvent(self, event):
            heard.append(event.text())

    view = make(qtbot, type_to_filter=False)
    page = Page()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(view)
    with qtbot.waitActive(page):
        page.show()

    qtbot.keyClicks(view.grid, "7")
    assert heard == ["7"]
    assert view.filter.isHidden()

    qtbot.keyClick(view.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.filter.isVisible()


def test_a_filter_that_finds_nothing_says_so_and_can_be_taken_off(qtbot, view):
    view.open_filter("coffee")

    assert view.empty.isVisible()
    assert view.empty.title.text() == "No row contains “coffee”"
    view.empty.button.click()
    assert len(shown(view)) == 3


def test_an_empty_table_teaches_how_to_begin(qtbot, view):
    begun = []
    view.show_when_empty("Nothing yet", "Scan an item.", Mend("Begin", lambda: begun.append(1)))
    assert view.empty.isHidden()

    view.model.show_rows([])
    assert view.empty.isVisible()
    view.empty.button.click()
    assert begun == [1]


def test_a_copy_has_headings_units_of_their_own_and_one_line_for_each_row(qtbot, view):
    view.select(0)
    qtbot.keyClick(view.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [
        "Item\tName\tOn hand\tUnit\tCounted",
        f"TEA\tGreen tea loose\t{quantity(Decimal('1240.5'))}\tkg\t",
    ]


def test_without_a_selection_everything_shown_is_copied(qtbot, view):
    view.grid.clearSelection()
    view.open_filter("a")
    view.copy()

    assert len(QGuiApplication.clipboard().text().splitlines()) == 1 + 2


def test_an_export_gives_figures_as_themselves(qtbot, view):
    with qtbot.waitSignal(view.export_wanted) as export:
        qtbot.keyClick(view.grid, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    titles, rows = export.args
    assert titles == ["Item", "Name", "On hand", "Unit", "Counted"]
    assert rows[0][2] == Decimal("1240.5")
    assert rows[2][2] == "—"


def test_enter_and_double_click_open_the_row(qtbot, view):
    view.select(1)
    with qtbot.waitSignal(view.activated) as opened:
        qtbot.keyClick(view.grid, Qt.Key.Key_Return)
    assert opened.args == [LINES[1]]

    place = view.grid.visualRect(view.model.index(0, 0)).center()
    qtbot.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(view.activated) as opened:
        qtbot.mouseDClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [LINES[0]]


def test_a_cell_that_may_be_edited_takes_what_is_typed(qtbot, view):
    edits = []
    view.model.edited.connect(lambda *edit: edits.append(edit))
    view.grid.setCurrentIndex(view.model.index(0, 3))

    qtbot.keyClicks(view.grid, "1")
    editor = view.grid.findChild(QLineEdit)
    qtbot.keyClicks(editor, "2")
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: edits == [(LINES[0], "counted", "12")])
    qtbot.waitUntil(lambda: view.grid.currentIndex().row() == 1)
    assert view.grid.currentIndex().column() == 3


def test_rows_that_come_anew_do_not_take_away_what_is_being_typed(qtbot, view):
    view.grid.setCurrentIndex(view.model.index(0, 3))
    qtbot.keyClicks(view.grid, "1")
    editor = view.grid.findChild(QLineEdit)

    view.model.show_rows([Line("TEA", "Tea", Decimal(9)), *LINES[1:]])

    assert editor.text() == "1"


def test_the_cursor_stays_on_its_row_when_the_order_changes(qtbot, view):
    view.select(0)
    assert shown(view)[0] == "TEA"

    view.grid.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    assert shown(view) == ["JAM", "OIL", "TEA"]
    assert view.current_row() == LINES[0]
    assert view.selected_rows() == [LINES[0]]


def test_the_cursor_is_told(qtbot, view):
    with qtbot.waitSignal(view.current_changed) as change:
        view.select(2)
    assert change.args == [LINES[2]]


def test_a_flashed_row_flashes_once(qtbot, view):
    view.grid.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    view.flash_row(0)

    assert view.grid.painter.flash == 2
    assert view.current_row() == LINES[0]
    qtbot.waitUntil(lambda: view.grid.painter.flash == -1)


def test_hidden_columns_are_neither_shown_nor_copied_and_the_last_one_stays(qtbot, view):
    state = view._state
    for name in ("name", "on_hand", "counted", "item"):
        state.toggle(name)

    assert headings(view) == ["Item"]
    assert view.tabulated()[0] == ["Item"]


def test_the_arrangement_is_remembered(qtbot, tmp_path):
    keep_preferences(tmp_path / "preferences.ini")
    view = make(qtbot)
    view.grid.horizontalHeader().resizeSection(0, 123)
    view.grid.horizontalHeader().moveSection(3, 0)
    view.grid.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    view._state.toggle("name")
    preferences().save()

    keep_preferences(tmp_path / "preferences.ini")
    again = make(qtbot)

    assert headings(again) == ["Counted", "Item", "On hand"]
    assert again.grid.horizontalHeader().sectionSize(0) == 123
    assert shown(again) == ["JAM", "TEA", "OIL"]

    again._state.reset()
    assert headings(again) == ["Item", "Name", "On hand", "Counted"]
    assert shown(again) == ["TEA", "OIL", "JAM"]


def test_a_remembered_column_that_is_gone_does_no_harm(qtbot):
    kept = {"order": ["gone", "name"], "hidden": ["lost"], "widths": {"x": 9}, "sort": ["no", True]}
    preferences().put("tables/lines", kept)

    assert sorted(headings(make(qtbot))) == ["Counted", "Item", "Name", "On hand"]


def test_columns_are_chosen_by_keyboard(qtbot, view):
    qtbot.keyClick(
        view.grid,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    menu = view.findChild(QMenu)
    assert menu.isVisible()
    menu.setActiveAction(menu.actions()[1])
    qtbot.keyClick(menu, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: headings(view) == ["Item", "On hand", "Counted"])


def test_the_menu_of_a_row_offers_what_can_be_done(qtbot, view):
    view.grid.menu_wanted.emit(QPoint(10, 10))
    menu = view.findChild(QMenu)

    assert [action.text() for action in menu.actions()] == [
        "Copy with headings",
        "Export …",
        "Filter",
        "Choose columns …",
    ]
    menu.close()


def test_the_column_that_stretches_takes_what_room_is_left(qtbot, view):
    header = view.grid.horizontalHeader()
    qtbot.waitUntil(lambda: header.length() == view.grid.viewport().width())

    narrow = header.sectionSize(1)
    view.resize(900, 400)
    qtbot.waitUntil(lambda: header.sectionSize(1) > narrow)


def test_numbers_stand_on_their_decimal_mark(qtbot, view):
    painter, metrics = view.grid.painter, view.grid.fontMetrics()
    room = painter._room(2, metrics)
    area = view.grid.visualRect(view.model.index(0, 2))
    fraction = metrics.horizontalAdvance(quantity(Decimal("0.5"))[1:])

    ends = {
        text: painter._number_area(area, text, room, metrics).right()
        for text in (quantity(Decimal("1240.5")), quantity(Decimal(3)))
    }

    with_fraction, without = ends.values()
    assert with_fraction - without == fraction


def test_the_rows_are_as_high_as_the_user_likes(qtbot, view):
    from app.ui.theme import look  # noqa: PLC0415

    heights = []
    for rows in ("compact", "normal", "comfortable"):
        look().choose_rows(rows)
        heights.append(view.grid.rowHeight(0))

    assert heights == [22, 28, 36]


def test_many_rows_are_read_only_where_they_are_looked_at(qtbot):
    read = []
    model = RowsTable((Column("Number", lambda row: read.append(row) or str(row)),))
    view = TableView(model, "many", "Many")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()

    model.show_rows(range(20_000))
    qtbot.wait(50)
    view.grid.scrollToBottom()
    view.grid.grab()

    assert 19_999 in read
    assert len(set(read)) < 1_000


def test_a_paged_table_is_not_filtered_here(qtbot):
    class Nothing:
        pass

    view = TableView(PagedTable(columns(), lambda after: Nothing()), "paged", "Paged")
    qtbot.addWidget(view)

    assert not view.filter_action.isEnabled()
    assert not view.grid.isSortingEnabled()


def test_dates_are_exported_as_dates(qtbot):
    model = RowsTable((Column("Expiry", str, sort=lambda row: row),))
    view = TableView(model, "dates", "Dates")
    qtbot.addWidget(view)
    model.show_rows([date(2027, 1, 31)])

    assert view.tabulated() == (["Expiry"], [[date(2027, 1, 31)]])
