"""A label printer made of paper and patience: draws the ZPL that the program sends.

It knows the commands the program is meant to use, and no others.
"""

import re
import zlib
from base64 import b64decode
from binascii import crc_hqx
from dataclasses import dataclass, field
from typing import Any

import zxingcpp

from app.core.gtin import check_digit
from app.core.symbols import ReadCode
from app.features.labels.service import read_codes

_COMMAND = re.compile(r"([\^~])([A-Z][A-Z0-9@])([^\^~]*)", re.DOTALL)
_HEX = re.compile(rb"_([0-9A-F]{2})")
_FORMAT = zxingcpp.BarcodeFormat


@dataclass
class PrintedLabel:
    width: int = 0
    height: int = 0
    copies: int = 1
    shift: tuple[int, int] = (0, 0)
    texts: list[str] = field(default_factory=list)
    pixels: bytearray = field(default_factory=bytearray)

    @property
    def codes(self) -> list[ReadCode]:
        return list(read_codes(bytes(self.pixels), self.width, self.height))

    @property
    def contents(self) -> list[str]:
        return [code.content for code in self.codes]


def print_zpl(data: bytes) -> list[PrintedLabel]:
    """Return the labels that come out. Any command not expected is an error."""
    text = data.decode("ascii")
    leftover = _COMMAND.sub("", text)
    assert not leftover.strip(), f"not a command: {leftover!r}"
    head = _Head()
    for prefix, name, value in _COMMAND.findall(text):
        assert prefix == "^", f"control command ~{name}"
        getattr(head, f"do_{name.lower()}")(value.rstrip("\n"))
    assert not head.is_inside
    return head.labels


class _Head:
    def __init__(self) -> None:
        self.labels: list[PrintedLabel] = []
        self.is_inside = False
        self._forget()

    def _forget(self) -> None:
        self._at = (0, 0)
        self._module = 2
        self._data: str | None = None
        self._has_hex = False
        self._draw: Any = None

    @property
    def _label(self) -> PrintedLabel:
        return self.labels[-1]

    def do_xa(self, _value: str) -> None:
        assert not self.is_inside
        self.is_inside = True
        self.labels.append(PrintedLabel())

    def do_xz(self, _value: str) -> None:
        self.is_inside = False

    def do_ci(self, value: str) -> None:
        assert value == "28"

    def do_pw(self, value: str) -> None:
        self._label.width = int(value)

    def do_ll(self, value: str) -> None:
        self._label.height = int(value)
        self._label.pixels = bytearray(b"\xff" * (self._label.width * self._label.height))

    def do_lh(self, value: str) -> None:
        assert value == "0,0"

    def do_ls(self, value: str) -> None:
        self._label.shift = (-int(value), self._label.shift[1])

    def do_lt(self, value: str) -> None:
        assert -120 <= int(value) <= 120
        self._label.shift = (self._label.shift[0], int(value))

    def do_pq(self, value: str) -> None:
        self._label.copies = int(value)

    def do_fo(self, value: str) -> None:
        self._forget()
        x, y = value.split(",")
        self._at = (int(x), int(y))

    def do_by(self, value: str) -> None:
        assert 1 <= int(value) <= 10
        self._module = int(value)

    def do_fh(self, value: str) -> None:
        assert value == ""
        self._has_hex = True

    def do_fd(self, value: str) -> None:
        raw = value.encode("ascii")
        if self._has_hex:
            raw = _HEX.sub(lambda found: bytes.fromhex(found[1].decode()), raw)
        self._data = raw.decode("utf-8")

    def do_fs(self, _value: str) -> None:
        if self._draw:
            self._draw()
        self._forget()

    def do_a0(self, value: str) -> None:
        turned, high, wide = value.split(",")
        assert turned == "N"
        assert int(high) == int(wide) > 0
        self._draw = self._write

    def do_bc(self, value: str) -> None:
        turned, high, *written, mode = value.split(",")
        assert (turned, written) == ("N", ["N", "N", "N"])
        self._draw = lambda: self._bars(_FORMAT.Code128, self._data, int(high), gs1=mode == "D")

    def do_be(self, value: str) -> None:
        self._retail(_FORMAT.EAN13, value, 12)

    def do_b8(self, value: str) -> None:
        self._retail(_FORMAT.EAN8, value, 7)

    def do_bu(self, value: str) -> None:
        self._retail(_FORMAT.UPCA, value, 11)

    def do_gb(self, value: str) -> None:
        wide, high, thick = map(int, value.split(","))
        assert thick == min(wide, high)
        self._draw = lambda: self._fill(*self._at, wide, high)

    def do_gf(self, value: str) -> None:
        kind, size, total, stride, data = value.split(",", 4)
        assert kind == "A"
        assert size == total
        empty, coding, text, checksum = data.split(":")
        assert (empty, coding) == ("", "Z64")
        assert int(checksum, 16) == crc_hqx(text.encode(), 0)
        bits = zlib.decompress(b64decode(text, validate=True))
        assert len(bits) == int(total)
        self._draw = lambda: self._picture(bits, int(stride))

    def _retail(self, kind: Any, value: str, digits: int) -> None:
        turned, high, *written = value.split(",")
        assert turned == "N"
        assert set(written) == {"N"}

        def draw() -> None:
            assert self._data is not None
            assert len(self._data) == digits
            self._bars(kind, self._data + str(check_digit(self._data)), int(high))

        self._draw = draw

    def _write(self) -> None:
        assert self._data is not None
        self._label.texts.append(self._data)

    def _bars(self, kind: Any, data: str | None, high: int, *, gs1: bool = False) -> None:
        made: Any = zxingcpp.create_barcode(data, kind, gs1=gs1)
        row: Any = memoryview(made.to_image(scale=1, add_quiet_zones=False)).tolist()[0]
        x, y = self._at
        for at, pixel in enumerate(row):
            if pixel == 0:
                self._fill(x + at * self._module, y, self._module, high)

    def _picture(self, bits: bytes, stride: int) -> None:
        x, y = self._at
        for number in range(len(bits) // stride):
            row = bits[number * stride : (number + 1) * stride]
            for at in (at for at, byte in enumerate(row) if byte):
                for bit in range(8):
                    if row[at] & 0x80 >> bit:
                        self._fill(x + at * 8 + bit, y + number, 1, 1)

    def _fill(self, x: int, y: int, wide: int, high: int) -> None:
        label = self._label
        assert x + wide <= label.width, "prints beside the label"
        assert y + high <= label.height, "prints below the label"
        for row in range(y, y + high):
            start = row * label.width + x
            label.pixels[start : start + wide] = bytes(wide)
