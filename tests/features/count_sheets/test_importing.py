from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from app.features.count_sheets.refusals import OtherSheet, SheetNotOpen, WhichSheet
from app.features.count_sheets.rules import Scope
from app.features.count_sheets.service import cancel_sheet
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


def staged(room, number):
    return {
        (line.item.sku, line.location): line.counted
        for line in room.sheet(number).lines
        if line.counted is not None
    }


def test_what_was_typed_into_the_workbook_comes_back(stocked, sent):
    number, path = sent

    answer = stocked.bring(edit(path, A_I2=9, A_J2="one broken", A_K2="eva", A_I3=0))

    assert (answer.number, answer.imported, answer.unchanged, answer.missing) == (number, 2, 0, 0)
    assert [(line.tab, line.row, line.counted) for line in answer.lines] == [
        ("A", 2, 9),
        ("A", 3, 0),
        ("B", 2, None),
    ]
    first = stocked.sheet(number).lines[0]
    assert (first.counted, first.note, first.counter) == (9, "one broken", "eva")


def test_notes_and_counters_come_back_without_a_count(stocked, sent):
    number, path = sent

    answer = stocked.bring(edit(path, A_J2="shelf is locked", A_K2="eva"))

    line = stocked.sheet(number).lines[0]
    assert (line.counted, line.note, line.counter) == (None, "shelf is locked", "eva")
    assert answer.imported == 0
    assert "only what is noted" in answer.message


def test_a_note_beside_a_count_that_is_known_comes_back(stocked, sent):
    number, path = sent
    stocked.bring(edit(path, A_I2=9, A_K2="eva"))
    before = stocked.sheet(number).lines[0]

    answer = stocked.bring(edit(path, A_J2="one broken"))

    line = stocked.sheet(number).lines[0]
    assert (line.note, line.counter, line.counted) == ("one broken", "eva", 9)
    assert line.counted_at == before.counted_at
    assert (answer.imported, answer.unchanged) == (0, 1)


def test_a_blank_note_leaves_what_was_noted_before(stocked, sent):
    number, path = sent
    stocked.bring(edit(path, A_I2=9, A_J2="one broken", A_K2="eva"))

    stocked.bring(edit(path, A_I2=8, A_J2=None, A_K2=None))

    line = stocked.sheet(number).lines[0]
    assert (line.counted, line.note, line.counter) == (8, "one broken", "kim")


def test_a_note_in_one_row_and_the_count_in_another_are_of_the_same_line(stocked, sent):
    number, path = sent

    stocked.bring(edit(path, A_I2=9, A_B4="TEA", A_E4="A-1", A_J4="by the door"))

    line = stocked.sheet(number).lines[0]
    assert (line.counted, line.note, line.counter) == (9, "by the door", "kim")


def test_the_same_counts_again_change_nothing_even_in_a_file_saved_anew(stocked, sent):
    number, path = sent
    stocked.bring(edit(path, A_I2=9))
    before = stocked.sheet(number).lines[0].counted_at

    again = stocked.bring(edit(path, B_Z99=""))

    assert (again.imported, again.unchanged) == (0, 1)
    assert "imported before" in again.message
    assert stocked.sheet(number).lines[0].counted_at == before


def test_blank_cells_leave_what_another_counter_brought(stocked, sent, tmp_path):
    number, path = sent
    stocked.bring(edit(path, A_I2=9))
    other = stocked.export(number, tmp_path / "other.xlsx")

    answer = stocked.bring(edit(other, A_I2=None, B_I2=6))

    assert answer.imported == 1
    assert staged(stocked, number) == {("TEA", "MAIN/A/A-1"): 9, ("MILK", "MAIN/B/B-1"): 6}


def test_a_correction_replaces_the_count(stocked, sent):
    number, path = sent
    stocked.bring(edit(path, A_I2=9, B_I2=7))

    answer = stocked.bring(edit(path, A_I2=8))

    assert (answer.imported, answer.unchanged) == (1, 1)
    assert staged(stocked, number)["TEA", "MAIN/A/A-1"] == 8


def test_every_problem_is_told_at_once_and_the_good_rows_come_in(stocked, sent):
    number, path = sent

    answer = stocked.bring(edit(path, A_I2="ten", A_I3="12,345", B_I2=7))

    assert [(problem.row, problem.column, problem.found) for problem in answer.problems] == [
        (2, "Counted", "ten"),
        (3, "Counted", "12,345"),
    ]
    assert staged(stocked, number) == {("MILK", "MAIN/B/B-1"): 7}


def test_rows_are_known_by_their_key_when_codes_were_spoilt_and_rows_sorted(stocked, sent):
    number, path = sent
    book = load_workbook(path)
    page = book["A"]
    rows = [[cell.value for cell in row] for row in page["A2:K3"]]
    for target, values in zip(page["A2:K3"], reversed(rows), strict=True):
        for cell, value in zip(target, values, strict=True):
            cell.value = value
    page["B2"], page["I2"] = datetime(2026, 3, 1), 12
    book.save(path)

    stocked.bring(path)

    assert staged(stocked, number) == {("FLOUR", "MAIN/A/A-2"): 12}


def test_stock_found_where_none_was_listed_becomes_a_line(stocked, sent):
    number, path = sent

    answer = stocked.bring(
        edit(path, A_B4="RUM", A_E4="A-1", A_I4=3, A_B5="TEA", A_E5="MAIN/A/A-2", A_I5=1)
    )

    assert not answer.problems
    found = [line for line in stocked.sheet(number).lines if line.was_found]
    assert [(line.item.sku, line.location, line.expected, line.counted) for line in found] == [
        ("RUM", "MAIN/A/A-1", 0, 3),
        ("TEA", "MAIN/A/A-2", 0, 1),
    ]
    assert len({line.row_key for line in stocked.sheet(number).lines}) == 5


def test_stock_found_is_a_line_like_others_the_next_time(stocked, sent, tmp_path):
    number, path = sent
    stocked.bring(edit(path, A_B4="RUM", A_E4="A-1", A_I4=3))

    again = stocked.bring(edit(path, A_I4=4))

    assert again.imported == 1
    assert len(stocked.sheet(number).lines) == 4
    assert staged(stocked, number)["RUM", "MAIN/A/A-1"] == 4


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"A_B4": "ZZ", "A_E4": "A-1"}, "No item has"),
        ({"A_B4": "RUM", "A_E4": "NOWHERE"}, "There is no location"),
        ({"A_B4": "MILK", "A_E4": "A-1"}, "tracked by lot"),
        ({"A_B4": "MILK", "A_E4": "A-1", "A_F4": "L9"}, "no lot L9"),
        ({"A_B4": "RUM", "A_E4": "A-1", "A_F4": "L9"}, "not tracked by lot"),
        ({"A_B4": "RUM"}, "no location"),
        ({"A_E4": "A-1"}, "no item"),
        ({"A_B4": "RUM", "A_E4": "MAIN"}, "There is no location"),
    ],
)
def test_a_row_added_by_hand_with_something_unknown_is_a_problem(stocked, sent, row, problem):
    number, path = sent

    answer = stocked.bring(edit(path, A_I4=3, **row))

    assert problem in answer.problems[0].message
    assert staged(stocked, number) == {}


def test_stock_found_that_is_on_another_open_sheet_is_a_problem(stocked, sent):
    _, path = sent
    stocked.put("RUM", "SHOP/S-1", 5)
    other = stocked.create(Scope("SHOP"))

    answer = stocked.bring(edit(path, A_B4="RUM", A_E4="S-1", A_I4=3))

    assert f"is on count sheet CS-{other:06}" in answer.problems[0].message


def test_a_number_that_may_have_lost_its_zeros_is_an_item_only_beyond_doubt(stocked, sent):
    stocked.stock.item("0815")
    stocked.stock.item("008")
    stocked.stock.item("08")
    _, path = sent

    answer = stocked.bring(edit(path, A_B4=815, A_E4="A-1", A_I4=3, A_B5=8, A_E5="A-1", A_I5=3))

    assert [line.item for line in answer.lines if line.counted == 3] == ["0815"]
    assert "could be" in answer.problems[0].message


def test_a_workbook_of_another_sheet_is_refused(stocked, sent, tmp_path):
    _, path = sent
    stocked.put("RUM", "SHOP/S-1", 5)
    other = stocked.create(Scope("SHOP"))

    with pytest.raises(OtherSheet):
        stocked.bring(edit(path, A_I2=9), other)


def test_a_file_that_does_not_say_which_sheet_it_is_needs_to_be_told(stocked, tmp_path):
    number = stocked.create(Scope("MAIN"))
    path = tmp_path / "own.csv"
    path.write_text("SKU;Location;Counted\nTEA;A-1;8\n")

    with pytest.raises(WhichSheet):
        stocked.bring(path)
    answer = stocked.bring(path, number)

    assert (answer.imported, answer.missing) == (1, 2)
    assert staged(stocked, number) == {("TEA", "MAIN/A/A-1"): 8}


def test_a_workbook_of_another_stockroom_is_refused(stocked, sent, tmp_path):
    _, path = sent
    book = load_workbook(path)
    book["_meta"]["B1"] = "CS-elsewhere"
    del book.defined_names["stockroom_count_sheet"]
    book.custom_doc_props.props.clear()
    book.save(path)

    with pytest.raises(OtherSheet, match="this stockroom"):
        stocked.bring(path)


def test_a_cancelled_sheet_takes_no_counts(stocked, sent):
    number, path = sent
    stocked.database.run(lambda session: cancel_sheet(session, number))

    with pytest.raises(SheetNotOpen, match="is cancelled"):
        stocked.bring(path)


def test_counts_are_dated_when_the_file_was_saved_between_making_and_importing(stocked, sent):
    number, path = sent
    book = load_workbook(path)
    book["A"]["I2"] = 9
    book.save(path)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)

    stocked.bring(path)

    counted_at = stocked.sheet(number).lines[0].counted_at
    assert counted_at is not None
    assert stocked.sheet(number).head.created_at <= counted_at <= written


def test_what_moved_after_the_file_was_saved_moved_after_the_count(stocked, sent):
    number, path = sent
    edit(path, A_I2=9)
    stocked.take("TEA", "MAIN/A/A-1", 3)

    stocked.bring(path)
    stocked.post(number)

    assert stocked.on_hand("TEA", "MAIN/A/A-1") == 6


def test_counts_of_a_file_older_than_the_sheet_are_dated_when_the_sheet_was_made(stocked, tmp_path):
    number = stocked.create(Scope("MAIN"))
    book = Workbook()
    for row in (("SKU", "Location", "Counted"), ("TEA", "A-1", 8)):
        book.active.append(row)
    book.save(path := tmp_path / "old.xlsx")
    set_modified(path, "2020-01-01T00:00:00Z")

    stocked.bring(path, number)

    sheet = stocked.sheet(number)
    assert sheet.lines[0].counted_at == sheet.head.created_at


def test_the_answer_for_other_programs_holds_every_row(stocked, sent):
    number, path = sent

    answer = stocked.bring(edit(path, A_I2=9, A_I3="x")).as_json()

    assert answer["ok"] is True
    assert (answer["imported"], answer["unchanged"], answer["sheet"]) == (1, 0, number)
    lines = answer["lines"]
    assert isinstance(lines, list)
    assert lines[0] == {
        **{"tab": "A", "row": 2, "item": "TEA", "location": "MAIN/A/A-1", "lot": ""},
        **{"counted": "9", "problem": None},
    }
    assert lines[1]["counted"] is None
    assert "digits" in lines[1]["problem"]
    assert lines[2]["counted"] is lines[2]["problem"] is None


def test_counts_are_exact(stocked, sent):
    number, path = sent

    stocked.bring(edit(path, A_I3=0.1 + 0.2))

    assert staged(stocked, number) == {("FLOUR", "MAIN/A/A-2"): Decimal("0.3")}
