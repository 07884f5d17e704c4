"""Draws resources/icons/stockroom.ico in every size that Windows shows.

Up to 24 pixels it shows stockroom_small.svg, whose few edges stay sharp, then stockroom.svg.

python packaging/icons.py
"""

import struct
from collections.abc import Mapping
from pathlib import Path

from environment import ROOT
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SVG = ROOT / "resources" / "icons" / "stockroom.svg"
SMALL = SVG.with_name("stockroom_small.svg")
ICO = SVG.with_suffix(".ico")
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
LARGEST = 256
LAST_SMALL = 24


def source_for(size: int) -> Path:
    """Return the drawing for a size."""
    return SMALL if size <= LAST_SMALL else SVG


def drawn(svg: Path, size: int) -> bytes:
    """Return the picture as PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico_of(pictures: Mapping[int, bytes]) -> bytes:
    """Return an .ico of PNG pictures, by their size."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries = b""
    for size, picture in sorted(pictures.items()):
        told = size % LARGEST  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", told, told, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + entries + b"".join(picture for _, picture in sorted(pictures.items()))


if __name__ == "__main__":
    ICO.write_bytes(ico_of({size: drawn(source_for(size), size) for size in SIZES}))
