"""Paints labels. One function serves the preview, paper, PDF and label printers alike.

Nothing here is a pixmap or a widget, so it may run outside the GUI thread.
"""

import threading
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from app.features.labels.layout import Bars, Composition
from app.features.labels.typesetting import Face
from app.features.labels.zpl import Bitmap

_TEXT_FAMILIES = ["Segoe UI", "Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial"]
_CODE_FAMILIES = ["Consolas", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono"]
"""Their zero has a dot or a stroke, their 1 a foot: codes can be typed from the label."""

_MEASURED_AT = 200  # dots; large enough for rounding not to matter
_WHITE, _BLACK = 0, 1


class _Fonts(threading.local):
    """Fonts already looked up, for each thread its own: Qt's font objects are not shared."""

    def __init__(self) -> None:
        self._known: dict[tuple[Face, int], QFont] = {}

    def get(self, face: Face, size: int) -> QFont:
        font = self._known.get((face, size))
        if font is None:
            font = self._known[face, size] = _font(face, size)
        return font


_fonts = _Fonts()


def _font(face: Face, size: int) -> QFont:
    font = QFont(_CODE_FAMILIES if face is Face.CODE else _TEXT_FAMILIES)
    font.setStyleHint(QFont.StyleHint.Monospace if face is Face.CODE else QFont.StyleHint.SansSerif)
    font.setPixelSize(size)
    font.setBold(face is Face.BOLD)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    return font


@lru_cache(20_000)
def measure(text: str, face: Face) -> float:
    """Return the width of a text in units of the type's size."""
    metrics = QFontMetricsF(_fonts.get(face, _MEASURED_AT))
    return metrics.horizontalAdvance(text) / _MEASURED_AT


def paint(painter: QPainter, composition: Composition) -> None:
    """Paint a label with its upper left corner at the painter's origin, a unit to the dot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    for bars in composition.bars:
        painter.drawRects(_rectangles(bars))
    for block in composition.blocks:
        painter.drawRect(QRect(block.x, block.y, block.width, block.height))
    painter.setPen(Qt.GlobalColor.black)
    for line in composition.texts:
        painter.setFont(_fonts.get(line.face, line.size))
        painter.drawText(QPoint(line.x, line.y), line.text)


def picture(composition: Composition) -> QImage:
    """Return the label in black and white, as a label printer will burn it."""
    image = QImage(composition.width, composition.height, QImage.Format.Format_Mono)
    image.setColor(_WHITE, QColor(Qt.GlobalColor.white).rgb())
    image.setColor(_BLACK, QColor(Qt.GlobalColor.black).rgb())
    image.fill(_WHITE)
    painter = QPainter(image)
    paint(painter, composition)
    painter.end()
    return image


def detail(composition: Composition, area: QRect) -> QImage:
    """Return a part of the label in shades of gray, as a decoder wants it."""
    image = QImage(area.size(), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(-area.topLeft())
    paint(painter, composition)
    painter.end()
    return image


def bitmap(image: QImage) -> Bitmap:
    """Return a black and white picture's bits, without the bytes that Qt fills rows up with."""
    stride, padded = (image.width() + 7) // 8, image.bytesPerLine()
    bits = bytes(image.constBits())
    rows = (bits[at : at + stride] for at in range(0, padded * image.height(), padded))
    return Bitmap(image.width(), image.height(), b"".join(rows))


def gray(image: QImage) -> bytes:
    """Return a picture as one byte for each pixel, 0 for black, as decoders want it."""
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, padded = plain.width(), plain.bytesPerLine()
    bits = bytes(plain.constBits())
    if width == padded:
        return bits
    return b"".join(bits[at : at + width] for at in range(0, padded * plain.height(), padded))


def _rectangles(bars: Bars) -> list[QRect]:
    module, high = bars.module, bars.row_height
    return [
        QRect(bars.x + start * module, bars.y + number * high, length * module, high)
        for number, runs in enumerate(bars.symbol.rows)
        for start, length in runs
    ]
