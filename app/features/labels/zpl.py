"""Labels in ZPL II, the language of Zebra's printers and many others.

Source of the commands: Zebra, ZPL II Programming Guide. Text from outside reaches a printer only
behind ^FH, with every sign that could be a command written as its number.
"""

import zlib
from base64 import b64encode
from binascii import crc_hqx
from dataclasses import dataclass

from app.core.symbols import Symbol, Symbology
from app.features.labels.layout import Bars, Block, Composition, TextLine
from app.features.labels.typesetting import BASELINE

_SAFE = frozenset(
    b" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]`abcdefghijklmnopqrstuvwxyz{|}"
)
_LATIN = 0x250
"""Characters below this one are in the printer's own font (Latin, with its accents)."""

_MOST_SHIFT_DOWN = 120
"""What ^LT takes, in dots, up or down."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A black and white picture; `bits` has a whole number of bytes a row, 1 is black."""

    width: int
    height: int
    bits: bytes

    @property
    def bytes_per_row(self) -> int:
        return (self.width + 7) // 8


@dataclass(frozen=True, slots=True)
class Offset:
    """How far this printer prints beside the mark, in dots to the right and down."""

    x: int = 0
    y: int = 0


NO_OFFSET = Offset()


def escaped(text: str) -> str:
    """Write a text for ^FH^FD: nothing in it can be taken for a command."""
    return "".join(chr(byte) if byte in _SAFE else f"_{byte:02X}" for byte in text.encode())


def picture_label(bitmap: Bitmap, copies: int = 1, offset: Offset = NO_OFFSET) -> str:
    """Return the label as a picture: what was seen is what is printed."""
    return _framed(bitmap.width, bitmap.height, f"^FO0,0{graphic(bitmap)}^FS", copies, offset)


def native_label(composition: Composition, copies: int = 1, offset: Offset = NO_OFFSET) -> str:
    """Return the label as commands that the printer draws by itself, some ten times shorter."""
    fields = [
        *map(_text, composition.texts),
        *map(_bars, composition.bars),
        *map(_block, composition.blocks),
    ]
    return _framed(composition.width, composition.height, "\n".join(fields), copies, offset)


def can_be_native(composition: Composition) -> bool:
    """Tell whether a printer can draw this label by itself as it should be: its font has the
    letters, and no code holds the sign that changes code sets in its bar code commands."""
    texts = (line.text for line in composition.texts)
    codes = (bars.symbol.content for bars in composition.bars if not _is_drawn(bars.symbol))
    return all(max(map(ord, text), default=0) < _LATIN for text in texts) and not any(
        ">" in code for code in codes
    )


def graphic(bitmap: Bitmap) -> str:
    """Return the picture as a ^GFA field: compressed, in base 64, with its checksum (Z64)."""
    data = b64encode(zlib.compress(bitmap.bits))
    size = len(bitmap.bits)
    checksum = crc_hqx(data, 0)
    return f"^GFA,{size},{size},{bitmap.bytes_per_row},:Z64:{data.decode()}:{checksum:04x}"


def symbol_bitmap(bars: Bars) -> Bitmap:
    """Draw a barcode alone."""
    stride = (bars.width + 7) // 8
    rows: list[bytes] = []
    for runs in bars.symbol.rows:
        line = 0
        for start, length in runs:
            ones = (1 << (length * bars.module)) - 1
            line |= ones << (stride * 8 - (start + length) * bars.module)
        rows.append(line.to_bytes(stride, "big") * bars.row_height)
    return Bitmap(bars.width, len(bars.symbol.rows) * bars.row_height, b"".join(rows))


def _framed(width: int, height: int, body: str, copies: int, offset: Offset) -> str:
    down = max(-_MOST_SHIFT_DOWN, min(offset.y, _MOST_SHIFT_DOWN))
    start = f"^XA^CI28^PW{width}^LL{height}^LH0,0^LS{-offset.x}^LT{down}"
    return f"{start}\n{body}\n^PQ{copies}^XZ\n"


def _text(line: TextLine) -> str:
    top = line.y - round(BASELINE * line.size)
    return f"^FO{line.x},{top}^A0N,{line.size},{line.size}^FH^FD{escaped(line.text)}^FS"


def _block(block: Block) -> str:
    thick = min(block.width, block.height)
    return f"^FO{block.x},{block.y}^GB{block.width},{block.height},{thick}^FS"


def _is_drawn(symbol: Symbol) -> bool:
    """Squares and ITF-14 go as pictures: printers do not agree on their size."""
    return symbol.symbology.is_matrix or symbol.symbology is Symbology.ITF14


def _bars(bars: Bars) -> str:
    place = f"^FO{bars.x},{bars.y}"
    if _is_drawn(bars.symbol):
        return f"{place}{graphic(symbol_bitmap(bars))}^FS"
    content, high = bars.symbol.content, bars.height
    match bars.symbol.symbology:
        case Symbology.EAN13:
            command = f"^BEN,{high},N,N^FD{content[:-1]}"
        case Symbology.EAN8:
            command = f"^B8N,{high},N,N^FD{content[:-1]}"
        case Symbology.UPCA:
            command = f"^BUN,{high},N,N,N^FD{content[:-1]}"
        case Symbology.GS1_128:
            command = f"^BCN,{high},N,N,N,D^FH^FD{escaped(content)}"
        case _:
            command = f"^BCN,{high},N,N,N,A^FH^FD{escaped(content)}"
    return f"{place}^BY{bars.module}{command}^FS"
