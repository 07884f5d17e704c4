from importlib.util import find_spec

import pytest
from PySide6.QtWidgets import QWidget

from app.core.resources import resource
from app.shell.screens import SCREENS
from app.ui.parts import EmptyState
from tests.support.workplace import Workplace

NEED_ITEMS = ("F2", "F3", "F4", "F5", "F6")

BY_NAME = pytest.mark.parametrize("place", SCREENS, ids=lambda place: place.name)


@BY_NAME
def test_a_screen_lives_in_the_folder_its_title_names(place):
    assert find_spec(f"app.features.{place.name}.view")


@BY_NAME
def test_the_rail_says_of_a_screen_what_it_says_itself(place):
    screen = place.load()

    assert (screen.title, screen.key, screen.icon) == (place.title, place.key, place.icon)
    assert screen.__module__ == f"app.features.{place.name}.view"


@BY_NAME
def test_a_screen_has_a_picture(place):
    assert resource(f"icons/{place.icon}.svg").is_file()


def test_no_two_screens_share_a_key():
    assert len({place.key for place in SCREENS}) == len(SCREENS)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("key", NEED_ITEMS)
def test_a_screen_without_items_leads_to_where_they_are_made(qtbot, jobs, key):
    work = Workplace(qtbot, jobs)
    screen: QWidget = work.open(key)
    (empty,) = (one for one in screen.findChildren(EmptyState) if one.isVisible())

    qtbot.waitUntil(lambda: "sample company" in empty.text.text())
    empty.button.click()

    assert work.screen.key == "F9"
