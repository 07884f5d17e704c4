from decimal import Decimal

import pytest
from PySide6.QtGui import QColor, QFont

from app.core.scans import Tone
from app.ui.cell_painter import fitted
from app.ui.formats import quantity
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable
from app.ui.theme import Role, colour, look


@pytest.fixture
def view(qtbot, qapp):
    look().dress(qapp, "light")
    columns = (
        Column("Item", lambda row: row[0]),
        Column(
            "On hand",
            lambda row: quantity(row[1]),
            NUMBER,
            tone=lambda row: row[2],
            icon=lambda row: row[2].value if row[2] else "",
        ),
    )
    model = RowsTable(columns, row_tone=lambda row: row[2])
    view = TableView(model, "painted", "Painted")
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show()
    model.show_rows(
        [("TEA", Decimal("12.5"), None), ("OIL", Decimal(0), Tone.BAD), ("JAM", None, None)]
    )
    return view


def pixels(view, row, column):
    """How often each colour stands in a cell."""
    area = view.grid.visualRect(view.model.index(row, column))
    image = view.grid.viewport().grab(area).toImage()
    counts: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    return counts


def ground(view, row, column=0):
    counts = pixels(view, row, column)
    return max(counts, key=counts.__getitem__)


def named(role):
    return QColor(colour(role)).name()


def test_a_row_stands_on_the_ground_of_its_tone(view):
    assert ground(view, 0) == named(Role.SURFACE)
    assert ground(view, 1) == named(Role.BAD_SURFACE)


def test_a_tone_colours_its_cell_and_the_mark_in_it(view):
    assert named(Role.BAD) in pixels(view, 1, 1)
    assert named(Role.BAD) not in pixels(view, 1, 0)


def test_the_current_row_has_a_bar_and_the_ground_of_selection(view):
    view.select(2)

    assert ground(view, 2) == named(Role.ACCENT_SURFACE)
    assert named(Role.ACCENT) in pixels(view, 2, 0)
    assert named(Role.ACCENT) not in pixels(view, 0, 0)


def test_on_a_selected_row_words_are_written_plainly_so_that_they_can_be_read(view):
    view.select(1)
    toned = pixels(view, 1, 1)

    assert named(Role.TEXT) in toned
    assert named(Role.BAD) in toned  # the mark


def test_a_flashing_row_stands_on_good_ground(view):
    view.flash_row(0)

    assert ground(view, 0) == named(Role.GOOD_SURFACE)


def test_a_number_that_does_not_fit_is_never_cut_without_a_sign(view):
    painter, metrics = view.grid.painter, view.grid.fontMetrics()
    header = view.grid.horizontalHeader()
    assert painter.width(1, range(3)) <= header.sectionSize(1)

    assert fitted("1234567", metrics.horizontalAdvance("1234567"), metrics) == "1234567"
    assert fitted("1234567", metrics.horizontalAdvance("12345"), metrics).endswith("…")


def inks_of_units(view):
    """The columns of pixels in which the unit of the first row stands."""
    area = view.grid.visualRect(view.model.index(0, 1))
    image = view.grid.viewport().grab(area).toImage()
    quiet = QColor(colour(Role.QUIET)).lightness()
    return [
        x
        for x in range(image.width())
        if any(abs(image.pixelColor(x, y).lightness() - quiet) < 30 for y in range(image.height()))
    ]


def test_a_unit_is_whole_though_its_room_was_found_in_a_smaller_font(qtbot, qapp):
    """Rows may come before the table is on view, and with it the style sheet's font."""
    look().dress(qapp, "light")
    columns = (
        Column("Item", lambda row: row[0]),
        Column("On hand", lambda row: quantity(row[1]), NUMBER, unit=lambda _: "each"),
    )

    def shown(is_early):
        model = RowsTable(columns)
        view = TableView(model, "painted", "Painted")
        view.grid.setStyleSheet("QTableView { font-size: 20pt }")
        qtbot.addWidget(view)
        view.resize(600, 200)
        if is_early:
            model.show_rows([("TEA", Decimal("12.5"))])
            view.grid.painter.width(1, range(1))
        view.show()
        if not is_early:
            model.show_rows([("TEA", Decimal("12.5"))])
        return view

    early, late = shown(is_early=True), shown(is_early=False)

    assert len(inks_of_units(early)) == len(inks_of_units(late))


def test_a_unit_is_whole_where_the_system_has_a_font_of_its_own_for_views(qtbot, qapp):
    """Windows has one, and brings it back whenever its colours change."""
    look().dress(qapp, "light")
    columns = (
        Column("Item", lambda row: row[0]),
        Column("On hand", lambda row: quantity(row[1]), NUMBER, unit=lambda _: "each"),
    )

    def shown():
        model = RowsTable(columns)
        view = TableView(model, "painted", "Painted")
        qtbot.addWidget(view)
        view.resize(600, 200)
        model.show_rows([("TEA", Decimal("12.5"))])
        view.show()
        return len(inks_of_units(view))

    usual = shown()
    small = QFont(qapp.font())
    small.setPointSizeF(small.pointSizeF() * 0.7)
    qapp.setFont(small, "QAbstractItemView")
    try:
        assert shown() == usual
    finally:
        look().dress(qapp, "light")
