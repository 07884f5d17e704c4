"""Reads the barcodes out of label files as they were written: the proof that they say what they
should needs no printer, and no program that draws PDF."""

import re
import zlib
from base64 import b64decode
from collections.abc import Iterator

from app.core.media import Resolution, resolution_of
from app.core.symbols import ReadCode
from app.features.labels.service import read_codes

Codes = tuple[ReadCode, ...]
Matrix = tuple[float, float, float, float]
"""How far a drawing is stretched and shifted: x, y by so much, then to the right and up."""

FINE_ENOUGH = resolution_of(300)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAPER = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
_PICTURE = re.compile(r"\^GFA,\d+,\d+,(\d+),:Z64:([A-Za-z0-9+/=]+):[0-9a-f]{4}")
_DRAWS_PAGE = b" cm\n"
_EIGHT_DOTS = [bytes(0 if byte & 0x80 >> bit else 255 for bit in range(8)) for byte in range(256)]


def codes_in_pdf(data: bytes, resolution: Resolution = FINE_ENOUGH) -> list[Codes]:
    """Return what a scanner reads on each page of a PDF that this program wrote."""
    papers = [(float(wide), float(high)) for wide, high in _PAPER.findall(data)]
    drawings = [text for text in map(_unpacked, _STREAM.findall(data)) if _DRAWS_PAGE in text]
    scale = resolution.dots_per_mm * 25.4 / 72
    return [
        _scan(drawing, round(wide * scale), round(high * scale), scale)
        for drawing, (wide, high) in zip(drawings, papers, strict=True)
    ]


def codes_in_zpl(data: bytes) -> list[Codes]:
    """Return what a scanner reads on each label of a ZPL file; only pictures are looked at."""
    pages: list[Codes] = []
    for label in data.decode("ascii").split("^XZ")[:-1]:
        found: list[ReadCode] = []
        for stride, packed in _PICTURE.findall(label):
            bits = zlib.decompress(b64decode(packed))
            pixels = b"".join(map(_EIGHT_DOTS.__getitem__, bits))
            found += read_codes(pixels, int(stride) * 8, len(bits) // int(stride))
        pages.append(tuple(found))
    return pages


def _scan(drawing: bytes, width: int, height: int, scale: float) -> Codes:
    pixels = bytearray(b"\xff" * (width * height))
    for left, bottom, right, top in _blocks(drawing, scale):
        black = bytes(right - left)
        for row in range(height - top, height - bottom):
            pixels[row * width + left : row * width + right] = black
    return read_codes(bytes(pixels), width, height)


def _blocks(drawing: bytes, scale: float) -> Iterator[tuple[int, int, int, int]]:
    """Follow a page's drawing and give the rectangles in it, in pixels from below."""
    now: Matrix = (scale, scale, 0.0, 0.0)
    kept: list[Matrix] = []
    numbers: list[bytes] = []
    for word in drawing.split():
        match word:
            case b"q":
                kept.append(now)
            case b"Q":
                now = kept.pop() if kept else now
            case b"cm":
                wide, _, _, high, x, y = map(float, numbers[-6:])
                now = (now[0] * wide, now[1] * high, now[0] * x + now[2], now[1] * y + now[3])
            case b"re":
                yield _placed(now, *map(float, numbers[-4:]))
            case _:
                numbers.append(word)
                continue
        numbers.clear()


def _placed(now: Matrix, x: float, y: float, wide: float, high: float) -> tuple[int, int, int, int]:
    across = sorted(round(now[0] * side + now[2]) for side in (x, x + wide))
    up = sorted(round(now[1] * side + now[3]) for side in (y, y + high))
    return across[0], up[0], across[1], up[1]


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
