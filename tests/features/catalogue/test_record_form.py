import pytest

from app.features.catalogue.importing import KINDS
from app.features.catalogue.record_form import LAYOUT, RecordForm
from app.features.catalogue.service import Card

TEXTS = {"sku": "TEA", "name": "Tea", "unit": "kg", "tracking": "lot", "costing": "fifo"}


@pytest.fixture
def form(qtbot):
    form = RecordForm("items")
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.mark.parametrize("kind", LAYOUT)
def test_every_field_of_a_form_is_a_field_of_its_table(qtbot, kind):
    form = RecordForm(kind)
    qtbot.addWidget(form)
    table = {field.name for field in KINDS[kind].fields}

    assert form.texts().keys() <= table


def test_a_record_is_shown_and_not_yet_changed(form):
    form.show_card(Card("items", "TEA", TEXTS))

    assert form.texts() | TEXTS == form.texts()
    assert (form.key, form.is_dirty, form.title.text()) == ("TEA", False, "Tea")


def test_what_history_rests_on_cannot_be_typed_into(form):
    form.show_card(Card("items", "TEA", TEXTS, is_used=True))

    assert form.boxes["unit"].editor.isReadOnly()
    assert not form.boxes["tracking"].editor.isEnabled()
    assert not form.boxes["name"].editor.isReadOnly()


def test_a_new_record_can_be_named(form):
    form.show_card(Card("items", "TEA", TEXTS, is_used=True))
    form.start_new()

    assert form.key == ""
    assert not form.boxes["sku"].editor.isReadOnly()
    assert form.texts()["costing"] == "average"
    assert form.texts()["active"] == "yes"


def test_problems_stand_at_their_fields(form):
    form.show_problems({"decimals": "Too many."})
    shown = {name for name, box in form.boxes.items() if box.problem.isVisible()}
    assert shown == {"decimals"}

    form.show_problems({})
    assert not form.boxes["decimals"].problem.isVisible()


def test_typing_makes_it_something_to_save(qtbot, form):
    with qtbot.waitSignal(form.edited):
        qtbot.keyClicks(form.boxes["name"].editor, "x")

    assert form.is_dirty
