from decimal import Decimal

import pytest

from app.core.cells import BLANK
from app.db.tables import BarcodeRow
from app.features.count_sheets.elsewhere import Stockroom
from app.features.count_sheets.matching import RowCodes, Word
from app.features.count_sheets.sheet_rows import CountRow


@pytest.fixture
def ask(room):
    """Ask the stockroom what a row that is on no sheet may be."""
    room.put("MILK", "MAIN/B/B-1", 7, "L1")
    room.stock.item("007")

    def ask(item: str, location: str = "A-1", lot: str = "", numbers: str = ""):
        words = [
            Word(text, name in numbers.split())
            for name, text in (("item", item), ("location", location), ("lot", lot))
        ]
        row = CountRow("A", 2, RowCodes("", *words), BLANK)
        with room.database.reading() as session:
            return Stockroom(session, 1, [], [row]).find(row)

    return ask


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ({"item": "TEA"}, ("TEA", "MAIN/A/A-1", "", 0)),
        ({"item": "4006381333931"}, ("TEA", "MAIN/A/A-1", "", 0)),
        ({"item": "TEA", "location": "A/A-1"}, ("TEA", "MAIN/A/A-1", "", 0)),
        ({"item": "MILK", "location": "B-1", "lot": "L1"}, ("MILK", "MAIN/B/B-1", "L1", 7)),
        ({"item": "7", "numbers": "item"}, ("007", "MAIN/A/A-1", "", 0)),
    ],
)
def test_a_known_item_at_a_known_place_is_a_line_with_what_the_ledger_expects(ask, words, line):
    found = ask(**words).line

    assert found is not None
    assert (found.item.sku, found.location, found.lot, found.expected) == line


def test_a_code_that_several_places_have_is_not_guessed(room, ask):
    room.stock.location("SHOP/A-1")

    match = ask("TEA")

    assert "could be MAIN/A/A-1, SHOP/A-1" in match.problem
    assert match.column == "Location"


def test_the_code_of_a_pack_is_not_taken_for_single_pieces(room, ask):
    with room.database.writing() as session:
        tea = room.item(session, "TEA")
        session.add(BarcodeRow(item_id=tea.id, code="CASE", quantity=Decimal(12)))

    assert "pack of TEA" in ask("CASE").problem


def test_a_place_that_is_out_of_use_is_unknown(room, ask):
    room.stock.location("MAIN/A/OLD", is_active=False)

    assert "There is no location" in ask("TEA", "OLD").problem
