import pytest
from PySide6.QtCore import Qt

from app.features.count_sheets.rules import Scope
from app.features.count_sheets.scope_form import ScopeForm


@pytest.fixture
def form(qtbot):
    form = ScopeForm(lambda _: None)
    qtbot.addWidget(form)
    form.show_categories(["Food", "Tools"])
    form.show()
    return form


def test_what_is_empty_does_not_narrow_the_scope(form):
    assert form.scope() == Scope()
    assert not form.is_blind()


def test_what_is_typed_is_the_scope(form):
    form.set_place(" MAIN/A/ ")
    form.first.setText(" A-1 ")
    form.last.setText("A-5")
    form.category.setCurrentIndex(2)
    form.items.setText("TEA, RUM;;  A B ,")
    form.blind.setChecked(True)

    assert form.scope() == Scope("MAIN/A", "A-1", "A-5", "Tools", ("TEA", "RUM", "A B"))
    assert form.is_blind()


def test_enter_in_a_field_is_one_wish(qtbot, form):
    wishes = []
    form.entered.connect(lambda: wishes.append("entered"))

    qtbot.keyClick(form.items, Qt.Key.Key_Return)

    assert wishes == ["entered"]


def test_categories_that_come_anew_leave_the_choice(form):
    form.category.setCurrentIndex(1)

    form.show_categories(["Drinks", "Food"])

    assert form.scope().category == "Food"


def test_starting_over_keeps_the_place(form):
    form.set_place("MAIN")
    form.first.setText("A-1")
    form.add_item("TEA")

    form.start_over()

    assert form.scope() == Scope("MAIN")
