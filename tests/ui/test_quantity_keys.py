from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from app.ui.quantity_keys import QuantityKeys


@pytest.fixture
def field(qtbot):
    field = QuantityKeys("quantity", "Quantity")
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def told(field):
    told = []
    field.entered.connect(lambda value: told.append(("is", value)))
    field.added.connect(lambda value: told.append(("more", value)))
    return told


def test_a_number_and_enter_is_the_quantity(qtbot, field, told):
    qtbot.keyClicks(field, "12")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert told == [("is", Decimal(12))]


def test_a_number_and_plus_is_so_many_more(qtbot, field, told):
    qtbot.keyClicks(field, "12+3-")

    assert told == [("more", Decimal(12)), ("more", Decimal(-3))]
    assert field.text() == ""


def test_plus_and_minus_alone_mean_one(qtbot, field, told):
    qtbot.keyClicks(field, "+")
    field.begin("-")
    field.begin("\N{MINUS SIGN}")

    assert told == [("more", Decimal(1)), ("more", Decimal(-1)), ("more", Decimal(-1))]


def test_what_is_no_quantity_is_marked_and_stays_to_be_mended(qtbot, field, told):
    field.setText("1,2,3")
    qtbot.keyClicks(field, "+")

    assert told == []
    assert field.text() == "1,2,3"
    assert field.property("bad")


def test_a_figure_typed_elsewhere_begins_the_quantity_anew(qtbot, field):
    field.setText("99")

    assert field.begin("5")
    assert field.text() == "5"


@pytest.mark.parametrize("text", ["a", "²", " ", "½"])
def test_other_characters_are_left_to_others(field, text):
    assert not field.begin(text)
    assert field.text() == ""
