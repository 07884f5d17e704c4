from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from app.core.catalogue import Item
from app.features.count_sheets.line_card import LineCard
from app.features.count_sheets.rules import SheetLine

TEA = Item(1, "TEA", "<b>Green</b> tea", unit="each")


def line(counted: str | None = None, number: int = 1) -> SheetLine:
    value = None if counted is None else Decimal(counted)
    return SheetLine(number, "k", TEA, "MAIN/A-1", "L1", Decimal(5), counted=value)


@pytest.fixture
def card(qtbot):
    card = LineCard()
    qtbot.addWidget(card)
    card.show()
    return card


def test_the_line_is_shown_large_and_its_text_is_never_markup(card):
    card.show_line(line("4"), blind=False)

    assert card.number.text() == "4"
    assert card.item.text() == "TEA  <b>Green</b> tea"
    assert card.item.textFormat() == Qt.TextFormat.PlainText
    assert card.place.text() == "MAIN/A-1 · L1"
    assert card.expected.text() == "Expected 5  (-1)"


def test_what_is_not_counted_is_empty(card):
    card.show_line(line(), blind=False)

    assert (card.number.text(), card.expected.text()) == ("", "Expected 5")


def test_a_blind_one_does_not_tell_what_is_expected(card):
    card.show_line(line("4"), blind=True)

    assert card.expected.text() == ""


def test_what_is_typed_belongs_to_the_line_it_was_typed_for(card):
    card.show_line(line(), blind=False)
    card.keys.setText("12")

    card.show_line(line("1"), blind=False)
    assert card.keys.text() == "12"
    card.show_line(line(number=2), blind=False)
    assert card.keys.text() == ""


def test_enter_counts_and_plus_adds(qtbot, card):
    card.show_line(line(), blind=False)

    with qtbot.waitSignal(card.counted) as counted:
        qtbot.keyClicks(card.keys, "7")
        qtbot.keyClick(card.keys, Qt.Key.Key_Return)
    with qtbot.waitSignal(card.added) as added:
        card.keys.clear()
        qtbot.keyClicks(card.keys, "+")

    assert counted.args == [line(), Decimal(7)]
    assert added.args == [line(), Decimal(1)]


def test_without_a_line_nothing_is_counted(qtbot, card):
    card.show_line(None, blind=False)

    with qtbot.assertNotEmitted(card.counted):
        qtbot.keyClicks(card.keys, "7")
        qtbot.keyClick(card.keys, Qt.Key.Key_Return)
