import csv
from pathlib import Path

import pytest

from app.core.problems import Problem
from app.ui import problems_table
from app.ui.problems_table import NotSaved, ProblemsTable, harmless, write_csv

PROBLEMS = [
    Problem(4, "Counted", "1,5", "Whole pieces only."),
    Problem(0, "", "", "The sheet has no column Item."),
    Problem(12, "Lot", "L-9", "This lot expired.", is_warning=True),
]


@pytest.fixture
def table(qtbot):
    table = ProblemsTable()
    qtbot.addWidget(table)
    table.show()
    table.show_problems(PROBLEMS)
    return table


def cells(table):
    model = table.rows
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_all_problems_are_listed_with_what_was_found_and_what_to_do(table):
    assert table.count.text() == "2 to mend, 1 to look at"
    assert cells(table) == [
        ["Mend", "4", "Counted", "1,5", "Whole pieces only."],
        ["Mend", "", "", "", "The sheet has no column Item."],
        ["Look", "12", "Lot", "L-9", "This lot expired."],
    ]


def test_they_can_be_filtered(table):
    table.table.open_filter("lot")

    assert [row[2] for row in cells(table)] == ["Lot"]


def test_they_are_saved_where_the_user_says(qtbot, table, monkeypatch, tmp_path):
    file = tmp_path / "problems.csv"
    monkeypatch.setattr(problems_table, "choose_save", lambda *_: file)

    with qtbot.waitSignal(table.save_wanted) as wanted:
        table.save.click()

    assert wanted.args[0] == str(file)
    assert wanted.args[2][0][1] == 4


def test_nothing_is_saved_if_the_user_thinks_better_of_it(qtbot, table, monkeypatch):
    monkeypatch.setattr(problems_table, "choose_save", lambda *_: None)

    with qtbot.assertNotEmitted(table.save_wanted):
        table.save.click()


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(tmp_path: Path, evil):
    assert harmless(evil) == f"'{evil}"
    assert harmless("a=b") == "a=b"

    file = tmp_path / "out.csv"
    write_csv(file, ["Found"], [[evil]])
    with file.open(encoding="utf-8-sig", newline="") as written:
        assert list(csv.reader(written)) == [["Found"], [f"'{evil}"]]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path):
    with pytest.raises(NotSaved, match="could not be written"):
        write_csv(tmp_path / "no" / "folder.csv", ["a"], [])


def test_it_can_be_shut(table):
    table.shut.click()

    assert table.isHidden()
