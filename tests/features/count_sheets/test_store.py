import pytest

from app.features.count_sheets.refusals import UnknownSheet
from app.features.count_sheets.rules import Scope, SheetState
from app.features.count_sheets.service import cancel_sheet, list_sheets


def test_sheets_are_listed_newest_first_with_how_far_they_are(room):
    room.put("TEA", "MAIN/A/A-1", 10)
    room.put("RUM", "SHOP/S-1", 10)
    first = room.create(Scope("MAIN"), user="kim")
    second = room.create(Scope("SHOP"), blind=True)
    room.count(first, TEA=9)
    room.database.run(lambda session: cancel_sheet(session, second))

    with room.database.reading() as session:
        newest, oldest = list_sheets(session)

    assert (newest.number, newest.state, newest.is_blind) == (second, SheetState.CANCELLED, True)
    assert (oldest.scope, oldest.created_by, oldest.lines, oldest.counted) == ("MAIN", "kim", 1, 1)
    assert (oldest.title, oldest.document) == (f"CS-{first:06}", "")


def test_a_sheet_that_is_not_there_is_unknown(room):
    with pytest.raises(UnknownSheet, match="99"):
        room.sheet(99)
