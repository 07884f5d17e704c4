import pytest

from app.adapters.spreadsheet import read_tables
from app.core.cells import BLANK, Cell, CellKind, Row
from app.core.problems import Problem
from app.features.catalogue.records import Record
from app.features.catalogue.rejects import RejectsNotWritten, find_rejects

HEADINGS = Row(1, tuple(Cell(CellKind.TEXT, text) for text in ("sku", "Colour", "name")))
RECORDS = [
    Record(2, {}, ("TEA", "green", "Tea")),
    Record(3, {}, ("=RUM", "brown")),
    Record(4, {}, ("", "", "Gin")),
]
PROBLEMS = [
    Problem(3, "name", "", "It is blank."),
    Problem(4, "sku", "", "It is blank."),
    Problem(4, "name", "Gin", "Another."),
]


def test_bad_rows_come_back_as_they_were_with_what_is_wrong(tmp_path):
    rejects = find_rejects(tmp_path / "items.xlsx", HEADINGS, RECORDS, {3, 4}, PROBLEMS)
    assert list(tmp_path.iterdir()) == []
    path = rejects.write()
    rows = read_tables(path).tabs[0].rows

    assert path.name == "items.rejected.csv"
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["sku", "Colour", "name", "problem"],
        ["=RUM", "brown", "", "name: It is blank."],
        ["", "", "Gin", "sku: It is blank. name: Another."],
    ]
    assert rows[1].cells[2] == BLANK


def test_rows_that_cannot_be_written_are_told_with_what_became_of_the_others(tmp_path):
    rejects = find_rejects(tmp_path / "no" / "items.csv", HEADINGS, RECORDS, {3}, PROBLEMS)

    with pytest.raises(RejectsNotWritten, match="good rows are imported"):
        rejects.write()
