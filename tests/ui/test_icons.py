import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from app.core.resources import resource
from app.ui.icons import TONE_ICONS, drawn, icon
from app.ui.theme import Role, colour

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


def ink(pixmap):
    """The colours of all pixels that are not see-through."""
    image = pixmap.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_can_be_drawn(qapp, name):
    assert ink(drawn(name, "#123456", 32))


def test_a_picture_takes_the_colour_it_is_given(qapp):
    assert ink(drawn("good", "#1a7f37", 64)) == {"#1a7f37"}


def test_an_icon_is_quieter_when_it_is_disabled(qapp):
    picture = icon("print", Role.TEXT)

    assert ink(picture.pixmap(64, 64)) == {colour(Role.TEXT).name()}
    faded = picture.pixmap(QSize(64, 64), QIcon.Mode.Disabled)
    assert ink(faded) == {colour(Role.QUIET).name()}


def test_every_tone_has_a_mark_of_its_own():
    assert len(set(TONE_ICONS.values())) == 3
    assert set(TONE_ICONS.values()) <= set(NAMES)
