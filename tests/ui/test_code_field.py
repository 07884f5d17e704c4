import pytest
from PySide6.QtCore import Qt

from app.ui.code_field import CodeField, Suggestion

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ITEMS = (Suggestion("GEL-7", "Blue gel"), Suggestion("GEL-9", "Red gel"), Suggestion("TEA"))


@pytest.fixture
def field(qtbot, jobs):
    def find(_session, text):
        return [item for item in ITEMS if item.code.startswith(text.upper())]

    field = CodeField("item", "Item", lambda text: jobs.read(find, text))
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    field.chose = []
    field.chosen.connect(field.chose.append)
    return field


def popup(field):
    return field._completer.popup()


def test_it_suggests_while_one_types(qtbot, field):
    qtbot.keyClicks(field, "ge")

    qtbot.waitUntil(popup(field).isVisible)
    assert field.suggestions() == ITEMS[:2]


def test_the_arrow_keys_and_enter_pick_a_suggestion(qtbot, field):
    qtbot.keyClicks(field, "ge")
    qtbot.waitUntil(popup(field).isVisible)
    qtbot.keyClick(popup(field), Qt.Key.Key_Down)
    qtbot.keyClick(popup(field), Qt.Key.Key_Down)
    qtbot.keyClick(popup(field), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: field.chose == ["GEL-9"])
    assert field.code() == "GEL-9"
    assert not popup(field).isVisible()


def test_enter_takes_what_was_typed_if_nothing_is_picked(qtbot, field):
    qtbot.keyClicks(field, "4012")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert field.chose == ["4012"]


def test_a_click_picks(qtbot, field):
    qtbot.keyClicks(field, "t")
    qtbot.waitUntil(popup(field).isVisible)
    place = popup(field).visualRect(popup(field).model().index(0, 0)).center()
    qtbot.mouseClick(popup(field).viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert field.chose == ["TEA"]


def test_the_down_key_asks_at_once(qtbot, field):
    qtbot.keyClick(field, Qt.Key.Key_Down)

    qtbot.waitUntil(popup(field).isVisible)
    assert len(field.suggestions()) == 3


def test_an_empty_field_chooses_nothing(qtbot, field):
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert field.chose == []
