import pytest
from PySide6.QtWidgets import QWidget

from app.shell.view_menu import ViewMenu
from app.ui.theme import look


@pytest.fixture
def home(qtbot, qapp):
    look().dress(qapp, "light")
    home = QWidget()
    qtbot.addWidget(home)
    yield home
    look().choose_theme("light")
    look().choose_rows("normal")
    look().choose_text_size(100)


@pytest.fixture
def menu(home):
    return ViewMenu(home, "light", 50)


def trigger(menu, name):
    next(action for action in menu.actions() if action.objectName() == name).trigger()


def checked(menu):
    return [action.objectName() for action in menu.actions() if action.isChecked()]


def test_it_shows_what_is_chosen_now(menu):
    assert checked(menu) == [
        "view_theme_light",
        "view_rows_normal",
        "view_text_100",
        "view_volume_50",
    ]


def test_a_theme_is_put_on_at_once_and_told(qtbot, menu):
    with qtbot.waitSignal(menu.theme_chosen) as chosen:
        trigger(menu, "view_theme_dark")

    assert chosen.args == ["dark"]
    assert look().is_dark
    assert "view_theme_light" not in checked(menu)


def test_the_volume_is_told(qtbot, menu):
    with qtbot.waitSignal(menu.volume_chosen) as chosen:
        trigger(menu, "view_volume_0")
    assert chosen.args == [0]


def test_rows_and_text_change_at_once_and_are_there_the_next_time(menu, home):
    trigger(menu, "view_rows_comfortable")
    trigger(menu, "view_text_130")

    assert look().row_height == 36
    assert look().points("text") == pytest.approx(13)
    assert checked(ViewMenu(home, "dark", 0)) == [
        "view_theme_dark",
        "view_rows_comfortable",
        "view_text_130",
        "view_volume_0",
    ]
