import pytest
from PySide6.QtCore import Qt

from app.shell.rail import Rail
from app.ui.theme import look
from tests.support.pages import PLACES


def make(qtbot):
    rail = Rail(PLACES)
    qtbot.addWidget(rail)
    with qtbot.waitActive(rail):
        rail.show()
    return rail


@pytest.fixture
def rail(qtbot):
    return make(qtbot)


def test_it_lists_titles_and_keys(rail):
    assert [(button.text(), button.key) for button in rail.buttons] == [
        ("Receiving", "F2"),
        ("Stock lookup", "F3"),
        ("Labels", "F6"),
    ]
    assert rail.buttons[0].toolTip() == "Receiving (F2)"
    assert rail.buttons[1].objectName() == "rail_stock_lookup"


def test_it_folds_to_pictures_by_a_key_and_remembers(qtbot, rail):
    assert rail.width() == 200
    with qtbot.waitSignal(rail.fold_changed):
        qtbot.keyClick(rail, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert rail.width() == 56
    assert make(qtbot).is_folded

    rail.toggle()
    assert rail.width() == 200


def test_the_arrow_keys_walk_and_the_space_bar_chooses(qtbot, rail):
    rail.buttons[0].setFocus()
    qtbot.keyClick(rail.buttons[0], Qt.Key.Key_Down)
    assert rail.buttons[1].hasFocus()

    with qtbot.waitSignal(rail.wanted) as wanted:
        qtbot.keyClick(rail.buttons[1], Qt.Key.Key_Space)
    assert wanted.args == [1]

    rail.buttons[0].setFocus()
    qtbot.keyClick(rail.buttons[0], Qt.Key.Key_Up)
    assert rail.fold.hasFocus()


def test_the_one_in_front_looks_different(qtbot, rail):
    before = rail.buttons[1].grab().toImage()
    rail.show_current(1)

    assert rail.buttons[1].grab().toImage() != before
    assert [button.isChecked() for button in rail.buttons] == [False, True, False]


def test_folded_there_are_no_words(qtbot, rail):
    wide = rail.buttons[0].grab().toImage().copy(56, 0, 100, 40)
    assert len({wide.pixel(x, y) for x in range(100) for y in range(40)}) > 1

    rail.toggle()
    assert rail.buttons[0].width() <= 56


def test_where_no_screen_can_be_chosen_the_foot_still_works(qtbot, rail):
    rail.allow_screens(False)
    qtbot.mouseClick(rail.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rail.fold, Qt.MouseButton.LeftButton)

    assert not rail.buttons[0].isEnabled()
    assert rail.is_folded


def test_larger_words_have_more_room(rail, qapp):
    look().dress(qapp, "light")
    look().choose_text_size(130)
    try:
        assert rail.width() == 260
    finally:
        look().choose_text_size(100)
    assert rail.width() == 200
