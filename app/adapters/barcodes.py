"""Barcodes made and read back by zxing-cpp. What it makes says exactly what was asked for."""

import re
from functools import lru_cache
from typing import Any

import zxingcpp

from app.core.errors import Refused, Said, marked
from app.core.gtin import is_gtin
from app.core.symbols import ReadCode, Run, Symbol, Symbology

_FORMATS: dict[Symbology, Any] = {
    Symbology.EAN13: zxingcpp.BarcodeFormat.EAN13,
    Symbology.EAN8: zxingcpp.BarcodeFormat.EAN8,
    Symbology.UPCA: zxingcpp.BarcodeFormat.UPCA,
    Symbology.ITF14: zxingcpp.BarcodeFormat.ITF,
    Symbology.CODE128: zxingcpp.BarcodeFormat.Code128,
    Symbology.GS1_128: zxingcpp.BarcodeFormat.Code128,
    Symbology.DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
    Symbology.GS1_DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
    Symbology.QR: zxingcpp.BarcodeFormat.QRCode,
}
_LENGTHS = {Symbology.EAN13: 13, Symbology.EAN8: 8, Symbology.UPCA: 12, Symbology.ITF14: 14}
_GS1_ELEMENT = re.compile(r"\((\d{2,4})\)([^()]+)")
_GTIN_IDENTIFIERS = {"01", "02"}
_CACHED = 4096


class NotEncodable(Refused):
    """Data that this kind of barcode cannot say, or must not."""

    template = marked("“{content}” cannot be printed as {symbology}: {reason}")


@lru_cache(_CACHED)
def make_symbol(symbology: Symbology, content: str) -> Symbol:
    """Return the barcode that says exactly this. A wrong check digit is refused, never mended."""
    _check(symbology, content)
    options = {"gs1": symbology.is_gs1, "force_square": symbology is not Symbology.QR}
    try:
        made = zxingcpp.create_barcode(content, _FORMATS[symbology], **options)
    except ValueError as error:
        reason = marked("it is too long for it, or has signs or parts that it does not know.")
        raise _refusal(symbology, content, reason) from error
    said = made.text.removeprefix("0") if symbology is Symbology.UPCA else made.text
    if said != content:
        raise _refusal(symbology, content, marked("it would be read as something else."))
    image: Any = made.to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    lines: Any = memoryview(image).tolist()
    if not symbology.is_matrix:
        del lines[1:]
    return Symbol(symbology, content, len(lines[0]), tuple(map(_runs, lines)))


def read_symbols(pixels: bytes, width: int, height: int) -> tuple[ReadCode, ...]:
    """Return what a scanner would read in a picture of one byte for each pixel, 0 for black."""
    picture = memoryview(pixels).cast("B", (height, width))
    found = zxingcpp.read_barcodes(picture, formats=_READABLE)
    return tuple(ReadCode(_symbology(code), code.text) for code in found if code.valid)


def read_matrix_or_bars(
    pixels: bytes, width: int, height: int, symbology: Symbology
) -> tuple[ReadCode, ...]:
    """Read an upright, clean picture in which one kind of barcode is expected: some ten times
    faster than looking for everything in every direction."""
    found = zxingcpp.read_barcodes(
        memoryview(pixels).cast("B", (height, width)),
        formats=_FORMATS[symbology],
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
    )
    return tuple(ReadCode(_symbology(code), code.text) for code in found if code.valid)


_READABLE: Any = [
    zxingcpp.BarcodeFormat.EANUPC,
    zxingcpp.BarcodeFormat.ITF,
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.QRCode,
]


def _check(symbology: Symbology, content: str) -> None:
    if not content or not content.isprintable():
        raise _refusal(symbology, content, marked("there is nothing, or what nobody can read."))
    if symbology in _LENGTHS and not (is_gtin(content) and len(content) == _LENGTHS[symbology]):
        reason = marked("it needs {length} digits, the last of which checks the others.")
        raise _refusal(symbology, content, Said(reason, length=_LENGTHS[symbology]))
    if symbology.is_gs1:
        _check_gs1(symbology, content)
    elif symbology is Symbology.CODE128 and not content.isascii():
        raise _refusal(symbology, content, marked("only plain letters, digits and signs fit."))


def _check_gs1(symbology: Symbology, content: str) -> None:
    elements = _GS1_ELEMENT.findall(content)
    if "".join(f"({identifier}){value}" for identifier, value in elements) != content:
        raise _refusal(symbology, content, marked("it is not a chain of (01)… elements."))
    for identifier, value in elements:
        if identifier in _GTIN_IDENTIFIERS and not (is_gtin(value) and len(value) == 14):
            raise _refusal(symbology, content, marked("its item number is not a good GTIN-14."))


def _refusal(symbology: Symbology, content: str, reason: str) -> NotEncodable:
    shown = "".join(character if character.isprintable() else "·" for character in content)
    return NotEncodable(content=shown, symbology=symbology.value, reason=reason)


def _runs(row: list[int]) -> tuple[Run, ...]:
    """Return the dark stretches of a row of pixels."""
    runs: list[Run] = []
    start = None
    for at, pixel in enumerate([*row, 255]):
        if pixel == 0 and start is None:
            start = at
        elif pixel != 0 and start is not None:
            runs.append((start, at - start))
            start = None
    return tuple(runs)


def _symbology(code: zxingcpp.Barcode) -> Symbology | None:
    is_gs1 = code.content_type == zxingcpp.ContentType.GS1
    match code.format:
        case zxingcpp.BarcodeFormat.Code128:
            return Symbology.GS1_128 if is_gs1 else Symbology.CODE128
        case zxingcpp.BarcodeFormat.DataMatrix:
            return Symbology.GS1_DATAMATRIX if is_gs1 else Symbology.DATAMATRIX
    kinds = (Symbology.EAN13, Symbology.EAN8, Symbology.UPCA, Symbology.ITF14, Symbology.QR)
    return next((kind for kind in kinds if _FORMATS[kind] == code.format), None)
