"""Every file of the corpus comes out as it should: expected.json says how."""

import json
from decimal import Decimal

import pytest

from app.core.decimals import plain
from app.core.documents import sheet_title
from app.core.errors import AppError
from tests.features.count_sheets.conftest import CORPUS

EXPECTED = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))["files"]
HERE = sorted(name for name in EXPECTED if (CORPUS / name).exists())
ROWS = [name for name in HERE if EXPECTED[name]["verdict"] == "rows"]
READ_ALSO = ["40_csv_named.xlsx", "41_semicolon_cp1252.csv", "42_utf8_bom.csv"]
READ_ALSO += ["48_strict_ooxml.xlsx", "58_macro_named.xlsm"]
REFUSED = sorted(set(HERE) - set(ROWS) - set(READ_ALSO))


def found(line) -> str | None:
    if line.problem:
        return "problem"
    return None if line.counted is None else plain(line.counted)


def allowed(wanted: str | None) -> set[str | None]:
    return {None} if wanted is None else set(wanted.split("|"))


@pytest.mark.parametrize("name", [*ROWS, *READ_ALSO])
def test_every_row_is_counted_open_or_a_problem_as_it_should_be(corpus_room, name):
    before = (CORPUS / name).read_bytes()
    number = corpus_room.create()

    answer = corpus_room.bring(CORPUS / name, number)

    wanted = EXPECTED[name]["rows"]
    assert len(answer.lines) == len(wanted)
    for line, (sku, location, lot, counted) in zip(answer.lines, wanted, strict=True):
        assert found(line) in allowed(counted), (line, counted)
        if not line.problem:
            assert (line.item, line.location.rpartition("/")[2], line.lot) == (sku, location, lot)
    assert len(answer.problems) == sum(bool(line.problem) for line in answer.lines)
    assert (CORPUS / name).read_bytes() == before
    staged = {
        (line.item.sku, line.location, line.lot): line.counted
        for line in corpus_room.sheet(number).lines
        if line.counted is not None
    }
    assert staged == {
        (line.item, line.location, line.lot): line.counted
        for line in answer.lines
        if not line.problem and line.counted is not None
    }


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_whole(corpus_room, name):
    number = corpus_room.create()

    with pytest.raises(AppError) as refusal:
        corpus_room.bring(CORPUS / name, number)

    assert name in str(refusal.value)
    assert all(line.counted is None for line in corpus_room.sheet(number).lines)


def test_the_same_content_under_another_name_changes_nothing_and_says_so(corpus_room):
    number = corpus_room.create()
    first = corpus_room.bring(CORPUS / "01_clean.xlsx", number)

    again = corpus_room.bring(CORPUS / "26_same_file_again.xlsx", number)

    assert first.imported == 17
    assert (again.imported, again.unchanged) == (0, 17)
    assert "imported before, from 01_clean.xlsx" in again.message
    assert [line.counted for line in again.lines] == [line.counted for line in first.lines]


def test_a_sheet_that_came_back_empty_is_called_that(corpus_room):
    number = corpus_room.create()

    answer = corpus_room.bring(CORPUS / "60_nothing_counted.xlsx", number)

    assert answer.imported == 0
    assert answer.message.startswith("Nothing is counted in 60_nothing_counted.xlsx")


def test_a_count_by_the_corpus_can_be_posted_and_changes_only_what_differs(corpus_room):
    number = corpus_room.create()
    corpus_room.bring(CORPUS / "02_blank_vs_zero.xlsx", number)

    differences = {line.item: line.difference for line in corpus_room.review(number)}
    corpus_room.post(number)

    assert {sku: change for sku, change in differences.items() if change} == {"1E5": Decimal(-8)}
    assert corpus_room.on_hand("1E5", "MAIN/A/A-02-2") == 0
    assert corpus_room.on_hand("A-1001", "MAIN/A/A-01-1") == 10
    assert corpus_room.sheet(number).head.title == sheet_title(number)
