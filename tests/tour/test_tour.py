"""The tour does the whole main job by itself and leaves proof that can be checked without it."""

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from environment import without_display
from openpyxl import load_workbook
from PySide6.QtGui import QImage

from app.adapters.barcodes import read_symbols
from tests.support.home import variables_at

ROOT = Path(__file__).parents[2]
STEPS = 16
PICTURES = 15


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the program says that took the tour in a process of its own, on a Western console."""
    folder = tmp_path_factory.mktemp("tour") / "Łódź"
    own = without_display(variables_at(tmp_path_factory.mktemp("home")))
    own["PYTHONIOENCODING"] = "cp1252"
    command = [sys.executable, "main.py", "tour", "--out", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=own, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tour(told):
    """The folder that the tour leaves."""
    return Path(told.splitlines()[-1]).parent


@pytest.fixture(scope="module")
def summary(tour):
    return json.loads((tour / "summary.json").read_text("utf-8"))


def test_every_step_went_well_and_says_how_long_it_took(summary):
    assert summary["ok"]
    assert len(summary["steps"]) == STEPS
    assert all(step["ok"] and step["milliseconds"] > 0 for step in summary["steps"])


def test_each_step_is_told_and_where_the_proof_is(told, tour):
    assert [line.split()[0] for line in told.splitlines()[:-1]] == ["ok"] * STEPS
    assert tour.name == "Łódź"


def test_there_is_a_picture_of_every_step_in_light_and_dark(tour, summary):
    pictures = sorted(path.name for path in (tour / "pictures").iterdir())

    assert pictures == sorted(summary["pictures"])
    assert len(pictures) >= 2 * PICTURES
    assert sum(name.endswith("_dark.png") for name in pictures) == len(pictures) / 2
    assert all(not QImage(str(tour / "pictures" / name)).isNull() for name in pictures)


def test_it_begins_with_the_choice_of_a_company(summary):
    first = summary["steps"][0]

    assert "Sample company" in first["found"]["choices"]
    assert summary["pictures"][0] == "01_first_start_light.png"


def test_what_a_late_entry_changes_is_told_before_it_is_posted(summary):
    late = next(step for step in summary["steps"] if "late" in step["name"])["found"]

    assert "later counts are adjusted anew" in late["asked"]
    assert late["document"].startswith("TR-")


def test_the_count_workbook_opens_and_holds_the_counts(tour, summary):
    lines = next(step for step in summary["steps"] if "export" in step["name"])["found"]["lines"]
    sheet = load_workbook(tour / "count_sheet.xlsx").worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    counted = [sheet.cell(row, headings["Counted"]).value for row in range(2, lines + 2)]

    assert sum(count is not None for count in counted) == lines - 1


def test_every_barcode_of_the_labels_can_be_read_from_the_pdf(tour, summary):
    printed = next(step for step in summary["steps"] if "read them back" in step["name"])["found"]
    document = pypdfium2.PdfDocument(tour / printed["pdf"])
    read = []
    for page in document:
        bitmap = page.render(scale=600 / 72, grayscale=True)
        pixels = bytes(bitmap.buffer)
        read += read_symbols(pixels, bitmap.stride, bitmap.height)
    document.close()

    assert len(read) == printed["labels"]
