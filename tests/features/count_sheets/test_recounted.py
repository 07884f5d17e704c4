from datetime import UTC, datetime, timedelta

import pytest

from app.features.count_sheets.rules import Scope
from tests.support.edited import edit, set_modified


@pytest.fixture
def stocked(room):
    room.put("TEA", "MAIN/A/A-1", 10)
    room.put("FLOUR", "MAIN/A/A-2", "12.5")
    room.put("MILK", "MAIN/B/B-1", 7, "L1")
    return room


@pytest.fixture
def sent(stocked, tmp_path):
    """A sheet that was sent out: its number, and where its workbook is."""
    number = stocked.create(Scope("MAIN"))
    return number, stocked.export(number, tmp_path / "count.xlsx")


def test_the_same_count_in_a_file_saved_anew_warns_where_stock_has_moved_since(stocked, sent):
    number, path = sent
    stocked.bring(edit(path, A_I2=9, A_I3=12))
    before = stocked.sheet(number).lines[0].counted_at
    stocked.take("TEA", "MAIN/A/A-1", 3)
    set_modified(edit(path, B_I2=7), (datetime.now(UTC) + timedelta(seconds=5)).isoformat())

    again = stocked.bring(path)

    assert [(told.row, told.found, told.is_warning) for told in again.problems] == [(2, "9", True)]
    assert "moved here since" in again.problems[0].message
    assert again.as_json()["problems"][0]["warning"] is True
    assert (again.imported, again.unchanged) == (1, 2)
    assert stocked.sheet(number).lines[0].counted_at == before


def test_the_same_count_in_the_same_file_warns_of_nothing(stocked, sent):
    _, path = sent
    stocked.bring(edit(path, A_I2=9))
    stocked.take("TEA", "MAIN/A/A-1", 3)

    assert stocked.bring(path).problems == ()
