from openpyxl import load_workbook

from app.core.progress import Progress
from app.features.count_sheets.rules import Scope
from app.features.count_sheets.service import export_sheet
from tests.features.count_sheets.conftest import outcome


def test_a_whole_count_from_making_to_the_ledger(room, tmp_path):
    """As the README tells it: make, send out, count in Excel, bring back, review, post."""
    room.put("TEA", "MAIN/A/A-1", 10)
    room.put("MILK", "MAIN/B/B-1", 7, "L1")
    number = room.create(Scope("MAIN"))
    path = room.export(number, tmp_path / "count.xlsx")
    book = load_workbook(path)
    book["A"]["I2"], book["B"]["I2"] = 8, 7
    book.save(path)

    answer = room.bring(path)
    reviewed = room.review(number)
    posted = room.post(number, reviewed)

    assert (answer.imported, answer.problems) == (2, ())
    assert [line.difference for line in reviewed] == [-2, 0]
    assert posted.number.startswith("CT-")
    assert room.on_hand("TEA", "MAIN/A/A-1") == 8
    assert room.on_hand("MILK", "MAIN/B/B-1") == 7


def test_writing_a_workbook_tells_how_far_it_is_and_how_many_lines_it_holds(room, tmp_path):
    for number in range(200):
        room.stock.item(f"I-{number:03}")
    room.stock.location("MAIN/C/C-1")
    room.put_many([f"I-{number:03}" for number in range(200)], "MAIN/C/C-1")
    sheet = room.create(Scope("MAIN"))

    with room.database.reading() as session:
        steps = list(export_sheet(session, sheet, tmp_path / "count.xlsx"))
        lines = outcome(export_sheet(session, sheet, tmp_path / "again.xlsx"))

    assert steps == [Progress(200, 200)]
    assert lines == 200
