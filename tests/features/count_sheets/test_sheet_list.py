from datetime import UTC, datetime

from app.core.scans import Tone
from app.features.count_sheets.rules import SheetHead, SheetState
from app.features.count_sheets.sheet_list import SheetList


def head(number: int, state: SheetState, document: str = "") -> SheetHead:
    made = datetime(2026, 5, 31, tzinfo=UTC)
    return SheetHead(number, "CS-x", "MAIN", state, True, made, "kim", 12, 3, document)


def test_each_sheet_says_what_it_is_and_how_far(qtbot):
    sheets = SheetList()
    qtbot.addWidget(sheets)

    sheets.show_sheets([head(2, SheetState.OPEN), head(1, SheetState.POSTED, "CT-000009")])

    names = [column.key for column in sheets.sheets.columns()]
    rows = [dict(zip(names, sheets.sheets.cells(row), strict=True)) for row in range(2)]
    assert [row["sheet"].text for row in rows] == ["CS-000002", "CS-000001"]
    assert [row["state"].text for row in rows] == ["Open", "Posted"]
    assert [row["state"].tone for row in rows] == [Tone.ASK, Tone.GOOD]
    assert [row["document"].text for row in rows] == ["", "CT-000009"]
    assert (rows[0]["counted"].text, rows[0]["lines"].text) == ("3", "12")


def test_every_state_has_a_word(qtbot):
    sheets = SheetList()
    qtbot.addWidget(sheets)

    words = {sheets.state(head(1, state)) for state in SheetState}

    assert words == {"Open", "Posted", "Reversed", "Cancelled"}
