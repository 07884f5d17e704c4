"""Does what the README tells a newcomer to do, word by word."""

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest
from openpyxl import load_workbook

from app.cli.parser import build_parser
from app.cli.program import main

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
TEN_MINUTES = README[README.index("## From nothing") : README.index("## Commands")]


def blocks():
    """Return the indented blocks of the ten minutes, in their order."""
    lines = re.findall(r"(?:^       +\S.*\n)+", TEN_MINUTES, re.MULTILINE)
    return [dedent(block) for block in lines]


def commands(block):
    return [line.removeprefix("… ").split() for line in block.splitlines()]


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(words):
    return main(["--db", "stock.db", *words])


def test_ten_minutes_lead_from_nothing_to_a_posted_count(at_home, capsys):
    items, locations, opening, first, second = blocks()
    Path("items.csv").write_text(items, "utf-8")
    Path("locations.csv").write_text(locations, "utf-8")
    Path("opening.jsonl").write_text(opening, "utf-8")

    assert [run(words) for words in commands(first)] == [0] * 5
    book = load_workbook("sheet.xlsx")
    sheet = book.worksheets[0]
    (heading,) = [cell for row in sheet for cell in row if cell.value == "Counted"]
    for offset, counted in enumerate((118, 48), start=1):
        sheet.cell(heading.row + offset, heading.column, counted)
    book.save("sheet.xlsx")
    assert [run(words) for words in commands(second)] == [0] * 4

    capsys.readouterr()
    assert run(["stock", "--item", "TEA-100", "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert line["on_hand"] == "118"
    assert line["location"] == "SHOP/STORE/A-1"


def test_the_table_of_commands_names_those_that_there_are():
    table = README[README.index("## Commands") : README.index("## Where things lie")]
    cells = re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
    named = {word.split()[0] for cell in cells for word in re.findall(r"`([a-z][^`]*)`", cell)}

    (commands,) = (action.choices for action in build_parser()._subparsers._group_actions)
    # `count list`, `count review` and `count post` stand in one row, without the first word.
    assert named - {"list", "review"} == set(commands)
