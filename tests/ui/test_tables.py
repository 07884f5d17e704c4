from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from app.core.paging import Page
from app.core.scans import Tone
from app.ui.tables import RIGHT, Column, PagedTable, RowsTable

COLUMNS = (
    Column("Name", str, key="name"),
    Column("Length", lambda name: str(len(name)), RIGHT, key="length", sort=len),
)


class FakeJob(QObject):
    """A job that answers when the test says so."""

    succeeded = Signal(object)
    finished = Signal()

    def answer(self, *rows: str, more: bool = False) -> None:
        self.succeeded.emit(Page(rows, (rows[-1],) if more else None))
        self.finished.emit()


@pytest.fixture
def asked():
    """What the table asked for, in order: (after, job)."""
    return []


@pytest.fixture
def paged(qapp, asked, qtmodeltester):
    def fetch(after):
        asked.append((after, job := FakeJob()))
        return job

    table = PagedTable(COLUMNS, fetch)
    yield table
    qtmodeltester.check(table)


@pytest.fixture
def table(qapp, qtmodeltester):
    table = RowsTable(COLUMNS)
    yield table
    qtmodeltester.check(table)


def names(table):
    return [table.index(row, 0).data() for row in range(table.rowCount())]


def told(table):
    """Record what the model tells its views."""
    events = []
    table.rowsInserted.connect(lambda _, first, last: events.append(("in", first, last)))
    table.rowsRemoved.connect(lambda _, first, last: events.append(("out", first, last)))
    table.dataChanged.connect(lambda a, b: events.append(("changed", a.row(), b.row())))
    table.modelReset.connect(lambda: events.append(("reset",)))
    return events


def test_a_column_says_how_to_read_a_row(table):
    table.show_rows(["tea"])

    assert [table.index(0, column).data() for column in (0, 1)] == ["tea", "3"]
    assert table.headerData(1, Qt.Orientation.Horizontal) == "Length"
    assert table.data(table.index(0, 1), Qt.ItemDataRole.TextAlignmentRole) == RIGHT


def test_only_what_differs_is_told_to_the_views(table):
    table.show_rows(["jam", "oil", "tea"])
    events = told(table)

    table.show_rows(["jam", "rice", "tea"])
    table.show_rows(["jam", "rice", "salt", "tea"])
    table.show_rows(["jam", "tea"])
    table.show_rows(["jam", "tea"])

    assert events == [("changed", 1, 1), ("in", 2, 2), ("out", 1, 2)]
    assert names(table) == ["jam", "tea"]


@pytest.mark.parametrize("old", [[], ["a"], ["a", "b", "c"], ["a", "a", "b"]])
@pytest.mark.parametrize("new", [[], ["b"], ["c", "b", "a"], ["a", "x", "b", "a"]])
def test_whatever_was_shown_the_new_rows_are_shown_in_their_order(table, old, new):
    table.show_rows(old)
    names(table)

    table.show_rows(new)

    assert names(table) == new


def test_rows_are_sorted_by_the_figure_not_its_text(table):
    table.show_rows(["x" * 10, "x" * 9, "x" * 100])

    table.sort(1)
    assert [len(name) for name in names(table)] == [9, 10, 100]

    table.sort(1, Qt.SortOrder.DescendingOrder)
    assert [len(name) for name in names(table)] == [100, 10, 9]

    table.sort(-1)
    assert [len(name) for name in names(table)] == [10, 9, 100]


def test_new_rows_fall_into_the_order_that_was_chosen(table):
    table.sort(0)
    table.show_rows(["oil", "jam"])
    table.append_rows(["lard"])

    assert names(table) == ["jam", "lard", "oil"]
    assert table.rows() == ["oil", "jam", "lard"]


def test_what_is_unknown_is_sorted_to_the_end(qapp):
    column = Column("Expiry", str, sort=lambda row: row)
    table = RowsTable((column,))
    table.show_rows([None, Decimal(2), Decimal(1)])

    table.sort(0)

    assert table.shown() == [Decimal(1), Decimal(2), None]


def test_filtering_keeps_rows_that_contain_every_word(table):
    table.show_rows(["green tea", "black tea", "green soap"])

    table.filter("TEA gre")
    assert names(table) == ["green tea"]

    table.filter("")
    assert len(names(table)) == 3


def test_a_row_is_found_where_it_is_shown(table):
    table.show_rows(["oil", "jam", "tea"])
    table.sort(0)
    table.filter("a")

    assert table.place_of(2) == 1
    assert table.place_of(0) is None
    assert table.place_of(7) is None


def test_the_place_of_equal_rows_is_that_of_the_very_row(table):
    first, second = "".join(["te", "a"]), "".join(["te", "a"])
    table.show_rows([first, second])

    assert table.place_of(1) == 1


def test_a_row_given_again_as_an_equal_one_is_found(table):
    table.show_rows(["".join(["te", "a"]), "jam"])
    table.show_rows(["".join(["te", "a"]), "jam", "oil"])
    table.sort(0, Qt.SortOrder.DescendingOrder)
    table.show_rows(["".join(["te", "a"]), "jam", "oil"])

    assert table.place_of(0) == 0
    assert table.place_of(1) == 2


def test_a_cell_is_prepared_once(qapp):
    read = []
    table = RowsTable((Column("Name", lambda row: read.append(row) or row),))
    table.show_rows(["tea", "oil"])

    for _ in range(3):
        table.index(0, 0).data()

    assert read == ["tea"]


@dataclass(frozen=True)
class Line:
    name: str
    counted: str


def test_only_cells_that_may_be_edited_tell_what_was_typed(qapp):
    columns = (
        Column("Name", lambda line: line.name),
        Column("Counted", lambda line: line.counted, key="counted", editable=lambda line: True),
    )
    table = RowsTable(columns)
    table.show_rows([line := Line("tea", "")])
    edits = []
    table.edited.connect(lambda *edit: edits.append(edit))

    assert not table.flags(table.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert table.flags(table.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert table.setData(table.index(0, 1), "12")
    assert not table.setData(table.index(0, 1), "")
    assert edits == [(line, "counted", "12")]


def test_tone_unit_and_mark_go_with_a_cell(qapp):
    column = Column("On hand", str, unit=lambda _: "kg", tone=lambda _: Tone.BAD, icon=str)
    table = RowsTable((column,), row_tone=lambda _: Tone.ASK)
    table.show_rows(["bad"])

    assert table.cells(0) == (("bad", "kg", Tone.BAD, "bad"),)
    assert table.row_tone(0) == Tone.ASK


def test_the_next_page_starts_where_the_last_one_ended(paged, asked):
    paged.reload()
    asked[0][1].answer("jam", "oil", more=True)
    paged.fetchMore()
    asked[1][1].answer("tea")

    assert [after for after, _ in asked] == [None, ("oil",)]
    assert names(paged) == ["jam", "oil", "tea"]
    assert not paged.canFetchMore()


def test_one_page_is_fetched_at_a_time(paged, asked):
    paged.reload()
    assert not paged.canFetchMore()

    asked[0][1].answer("jam", more=True)
    assert paged.canFetchMore()

    paged.fetchMore()
    assert not paged.canFetchMore()


def test_the_old_rows_stay_until_the_new_ones_arrive(paged, asked):
    paged.reload()
    asked[0][1].answer("jam")
    paged.reload()
    assert names(paged) == ["jam"]

    asked[1][1].answer("tea")
    assert names(paged) == ["tea"]


def test_an_answer_that_comes_too_late_is_ignored(paged, asked):
    paged.reload()
    paged.reload()
    asked[1][1].answer("tea")
    asked[0][1].answer("jam")

    assert names(paged) == ["tea"]


def test_after_a_failure_the_page_can_be_asked_for_again(paged, asked):
    paged.reload()
    asked[0][1].answer("jam", more=True)
    paged.fetchMore()
    asked[1][1].finished.emit()

    assert paged.canFetchMore()
