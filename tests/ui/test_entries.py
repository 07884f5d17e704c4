import pytest
from PySide6.QtWidgets import QLineEdit

from app.ui.entries import Entries
from app.ui.fields import QuantityField


@pytest.fixture
def field(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    return field


@pytest.fixture
def entries(field):
    entries = Entries()
    entries.put(field, "LITWARE")
    return entries


def test_what_changed_elsewhere_is_shown(field, entries):
    entries.put(field, "CONTOSO")

    assert field.text() == "CONTOSO"
    assert not entries.take(field)


def test_what_is_being_typed_is_not_overwritten(field, entries):
    field.setText("CON")
    entries.put(field, "LITWARE")

    assert field.text() == "CON"


def test_what_was_typed_is_told_once(field, entries):
    field.setText("CONTOSO")

    assert entries.take(field)
    assert not entries.take(field)


def test_what_was_said_gives_way_again(field, entries):
    field.setText("NOBODY")
    entries.take(field)
    entries.put(field, "LITWARE")

    assert field.text() == "LITWARE"


def test_another_value_can_take_the_place_of_what_is_typed(field, entries):
    field.setText("CON")
    entries.replace(field, "")

    assert field.text() == ""
    assert not entries.is_new(field)


def test_a_field_that_checks_what_it_shows_knows_what_took_its_place(qtbot, entries):
    field = QuantityField("quantity", "Quantity")
    qtbot.addWidget(field)
    field.setText("1,2,3")
    assert not field.is_good()

    entries.replace(field, "")

    assert field.is_good()
    assert field.value() is None
