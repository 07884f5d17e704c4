"""Pictures drawn with strokes, in the colour of whatever they stand beside."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.resources import resource
from app.core.tones import Tone
from app.ui.theme import Role, colour

SIZES = (16, 20, 32, 40, 64)  # pixels; for 100 to 200 % and the empty screen

TONE_ICONS = {Tone.GOOD: "good", Tone.ASK: "ask", Tone.BAD: "bad"}


def icon(name: str, role: Role = Role.TEXT) -> QIcon:
    """Return the picture resources/icons/NAME.svg in the present colour of the role."""
    return _icon(name, colour(role).name(), colour(Role.QUIET).name())


@lru_cache(maxsize=512)
def _icon(name: str, ink: str, faded: str) -> QIcon:
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(drawn(name, ink, size), QIcon.Mode.Normal)
        icon.addPixmap(drawn(name, faded, size), QIcon.Mode.Disabled)
    return icon


@lru_cache(maxsize=512)
def drawn(name: str, ink: str, size: int) -> QPixmap:
    """Return the picture in one colour (#RRGGBB), so many pixels wide and high."""
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", ink).encode()))
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
