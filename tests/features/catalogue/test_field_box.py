import pytest

from app.features.catalogue.field_box import FieldBox


@pytest.fixture
def weight(qtbot):
    box = FieldBox("items", "weight", "Weight")
    qtbot.addWidget(box)
    box.show()
    return box


def test_typing_is_told_and_read_back(qtbot, weight):
    with qtbot.waitSignal(weight.edited):
        qtbot.keyClicks(weight.editor, "1.5")

    assert weight.text() == "1.5"


def test_a_problem_stands_under_the_field_until_it_is_edited(qtbot, weight):
    weight.show_problem("It is too heavy.")
    assert weight.problem.isVisible()
    assert weight.editor.accessibleDescription() == "It is too heavy."

    qtbot.keyClicks(weight.editor, "1")
    assert not weight.problem.isVisible()


def test_a_locked_field_says_why_and_takes_nothing(qtbot, weight):
    weight.set_text("1")
    weight.lock("History rests on it.")
    qtbot.keyClicks(weight.editor, "2")

    assert weight.text() == "1"
    assert weight.editor.toolTip() == "History rests on it."


def test_a_choice_is_stored_by_its_word(qtbot):
    box = FieldBox("items", "tracking", "Tracked by", (("none", "Nothing"), ("lot", "Lot")))
    qtbot.addWidget(box)
    box.set_text("lot")

    assert box.text() == "lot"
    assert box.editor.currentText() == "Lot"
